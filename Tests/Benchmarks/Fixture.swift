// SPDX-License-Identifier: Apache-2.0
import AuditLog
import ClipVault
import Foundation
import LabelStore
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
      try Installation.program("scenegen"), "scene", "bench-1-test", file,
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

  /// Such a clip with an empty box at its end that makes it so many bytes in all.
  func padded(_ clip: String, to byteCount: Int) throws -> String {
    let data = try Data(contentsOf: URL(filePath: clip))
    let rest = byteCount - data.count
    guard rest >= 8 else { throw BenchError.failed("padding a clip of \(data.count) bytes") }
    let length = stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: rest >> $0) }
    let file = path("padded-\(byteCount).mp4")
    try (data + length + Array("free".utf8) + Data(count: rest - 8)).write(to: URL(filePath: file))
    return file
  }

  /// Makes a vault with these clips as staff test clips, which are shown clear.
  func vault(_ name: String, clips: [String]) throws -> Filled {
    let entry = try makeVault(name)
    let summary = try entry.ingest(
      clips, from: .staffTest(camera: CameraID("bench"), participants: []), isCheck: false,
      keepSources: false, decoders: try Decoders(), progress: { _ in })
    guard summary.exitCode == 0 else {
      throw BenchError.failed(summary.findings.first?.sentence ?? summary.sentence)
    }
    return Filled(entry: entry, clips: summary.ids)
  }

  /// Makes a vault with these clips as staff test clips, each predicted to be a harmless animal.
  func predictedVault(_ name: String, clips: [String]) throws -> Filled {
    let entry = try makeVault(name)
    let record = """
      {"schema_version": "1", "record_id": "P-bench", "kind": "participants",
      "participants": ["actor-1"], "agreed_at": "2026-01-01T00:00:00Z", "camera": "bench",
      "window": {"camera": "bench", "from": "2026-01-01T00:00:00Z", "to": "2027-01-01T00:00:00Z"},
      "storage_days": 365}
      """
    let lines = clips.map { clip in
      """
      {"clip":"\(URL(filePath: clip).lastPathComponent)","source":"staff-test","consent":"P-bench",\
      "camera":"bench","recorded_at":"2026-01-14T22:15:30Z",\
      "alert":{"label":"animal","score":0.82,"model":"bench"},\
      "predictions":[{"label":"animal","score":0.82},{"label":"level_0","score":0.9}]}

      """
    }
    try FileManager.default.createDirectory(
      at: folder.appending(path: "consent"), withIntermediateDirectories: true)
    try Data(record.utf8).write(to: folder.appending(path: "consent/P-bench.json"))
    try Data(lines.joined().utf8).write(to: folder.appending(path: "manifest.jsonl"))
    let summary = try entry.ingest(
      clips, from: .manifest(path: path("manifest.jsonl"), consents: nil), isCheck: false,
      keepSources: false, decoders: try Decoders(), progress: { _ in })
    guard summary.exitCode == 0 else {
      throw BenchError.failed(summary.findings.first?.sentence ?? summary.sentence)
    }
    return Filled(entry: entry, clips: summary.ids)
  }

  /// Makes an empty vault in which nobody has a passphrase, and enters it.
  func makeVault(_ name: String) throws -> VaultEntry {
    var policy = Policy()
    policy.openPeople = true
    policy.consentSignature = false
    return try entrance(
      makeVault(name, policy: policy, passphrase: SecretBytes(count: 0) { _ in })
    ).open(for: .ingest, .unconfined)
  }

  /// Makes an empty vault.
  func makeVault(_ name: String, policy: Policy, passphrase: SecretBytes) throws -> Vault {
    try Vault.initialise(
      at: path(name), TrustPlaces(stateRoot: path(name + "-state")),
      founder: Founder(name: Self.person, passphrase: passphrase),
      policy: policy, nowMilliseconds: SessionClock.wallMilliseconds)
  }

  /// The way into a vault.
  func entrance(_ vault: Vault) -> Entrance {
    Entrance(
      path: vault.layout.root, stateRoot: vault.places.stateRoot, name: Self.person, seat: "bench")
  }

  private func path(_ name: String) -> String {
    folder.appending(path: name).path(percentEncoded: false)
  }
}

extension Fixture.Filled {
  /// Opens its clips.
  func opener() throws -> ClipOpener {
    guard let person = entry.identity else { throw BenchError.failed("unlocking the vault") }
    return ClipOpener(
      vault.layout,
      try VaultIdentityFile.open(
        vault.layout, with: person.age, expecting: vault.statement.recipient))
  }

  /// A clip's row in the key store.
  func row(of clip: ClipID) throws -> KeyRow {
    guard let row = try KeyStore(vault.layout, vault.state).row(of: clip) else {
      throw BenchError.failed("finding the clip's row")
    }
    return row
  }

  /// Lets the next session begin at the start of the first clip, not where the last one stood.
  func forgetPlace() throws {
    guard let first = clips.first else { return }
    let store = try vault.openStore()
    try store.setPlace(
      ReviewerPlace(clip: first, playhead: .zero), of: ReviewerID(Fixture.person))
    try store.close()
  }
}
