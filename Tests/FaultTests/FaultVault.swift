// SPDX-License-Identifier: Apache-2.0
import FaultSupport
import Foundation
import Glibc
import Synchronization
import TestSupport

/// Vaults for faults: nobody in them has a passphrase, and `ada` founded them.
enum FaultVault {
  /// What a fault may hit: the vault, and what belongs to it but lies outside.
  static let folders = ["vault", "state"]
  /// The clips' files in every scene; each has its own bytes.
  static let files = ["a.mp4", "b.mp4", "c.mp4"]

  /// A vault with the first so many of the files in it, each of a participant named after its
  /// letter, and all files beside it.
  static func make(clips: Int) async throws -> FaultScene {
    try FaultScene(copying: try await originals.value[clips])
  }

  /// The vaults that all tests copy, by the count of their clips.
  private static let originals = Task {
    atexit { FaultVault.removeOriginals() }
    var scene = try bare()
    for (index, file) in files.enumerated() {
      let card = ["--size", "64x36", "--seconds", "0.2", "--fps", String(5 * (index + 1))]
      try scene.write(file, try ClipMaker.card(card))
    }
    try await done(initialise, in: scene)
    var scenes = [scene]
    for file in files {
      scene = try FaultScene(copying: scene)
      try await done(ingest([file]), in: scene)
      scenes.append(scene)
    }
    let paths = scenes.map(\.path)
    toRemove.withLock { $0 = paths }
    return scenes
  }
  private static let toRemove = Mutex<[String]>([])

  private static func removeOriginals() {
    for path in toRemove.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) }
  }

  /// A scene without a vault.
  static func bare() throws -> FaultScene {
    let scene = try FaultScene()
    try FileManager.default.createDirectory(
      atPath: scene.path + "/state", withIntermediateDirectories: false)
    return scene
  }

  static let initialise = ["init", "vault", "--as", "ada", "--no-passphrases"]

  static func ingest(_ files: [String]) -> [String] {
    let participants = files.flatMap { ["--participant", String($0.prefix(1))] }
    return command(["ingest", "--staff-test"] + participants + files)
  }

  /// A command on the vault, as its founding lead.
  static func command(_ words: [String]) -> [String] {
    words + ["--vault", "vault", "--as", "ada"]
  }

  /// Runs a command that must end well and say nothing on standard error.
  @discardableResult
  static func done(_ arguments: [String], in scene: FaultScene) async throws -> ProgramEnd {
    let end = try await scene.milkglass(arguments)
    try demand(end.code == 0 && end.errors.isEmpty, "\(arguments.prefix(2)): \(end)")
    return end
  }
}

extension FaultScene {
  /// The bytes of a file that must be there.
  func needed(_ name: String) throws -> Data {
    guard let bytes = bytes(name) else { throw Complaint(description: "\(name) is gone") }
    return bytes
  }
}
