// SPDX-License-Identifier: Apache-2.0
import ClipVault
import Foundation
import Lockdown
import ReviewSession
import Vocabulary

/// A folder of clips and vaults that is made for one run.
struct Fixture {
  /// A vault and the clips that it took in, in order.
  struct Filled {
    let entry: VaultEntry
    let clips: [ClipID]
    var vault: Vault { entry.vault }
    var path: String { vault.layout.root }
    /// Where its state lies, as the program is told it.
    var state: String { vault.places.stateRoot }
  }

  /// Who does everything here.
  static let person = "bench"

  private let folder: URL

  init(in directory: String) throws {
    folder = URL(filePath: directory).appending(path: "milkglass-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Removes everything.
  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// Draws and encodes a 1080p scene of a static camera at 30 frames a second.
  func scene(seconds: Int) throws -> String {
    let file = path("scene-\(seconds).mp4")
    try Child.run([
      try Installation.program("scenegen"), "scene", "porch-2-burglar", file,
      "--size", "1920x1080", "--seconds", "\(seconds)", "--fps", "30",
    ])
    return file
  }

  /// Copies of an MP4 clip that differ by an empty box at the end, since a vault takes no clip twice.
  func copies(of clip: String, _ count: Int) throws -> [String] {
    let data = try Data(contentsOf: URL(filePath: clip))
    return try (0..<count).map { index in
      let file = path("copy-\(index).mp4")
      // A box is its length, its name and its content (ISO/IEC 14496-12, 8.1.2).
      let box = [0, 0, 0, 9] + Array("free".utf8) + [UInt8(index)]
      try (data + box).write(to: URL(filePath: file))
      return file
    }
  }

  /// Makes a vault with these clips as staff test clips, which are shown clear.
  func vault(_ name: String, clips: [String]) throws -> Filled {
    let entry = try makeVault(name)
    let summary = try entry.ingest(
      clips, from: .staffTest(camera: CameraID("bench"), participants: []), isCheck: false,
      keepSources: false, progress: { _ in })
    guard summary.exitCode == 0 else {
      throw BenchError.failed(summary.findings.first?.sentence ?? summary.sentence)
    }
    return Filled(entry: entry, clips: summary.ids)
  }

  /// Makes an empty vault in which nobody has a passphrase, and enters it.
  func makeVault(_ name: String) throws -> VaultEntry {
    var policy = Policy()
    policy.openPeople = true
    let state = path(name + "-state")
    _ = try Vault.initialise(
      at: path(name), TrustPlaces(stateRoot: state),
      founder: Founder(name: Self.person, passphrase: SecretBytes(count: 0) { _ in }),
      policy: policy, nowMilliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    return try Entrance(path: path(name), stateRoot: state, name: Self.person, seat: "bench")
      .open(for: .ingest)
  }

  private func path(_ name: String) -> String {
    folder.appending(path: name).path(percentEncoded: false)
  }
}
