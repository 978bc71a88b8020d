// SPDX-License-Identifier: Apache-2.0
import FaultSupport
import Foundation
import TestSupport
import Testing

/// Taking a clip in, interrupted anywhere.
@Suite("Faults in ingest")
struct IngestFaults {
  @Test("a clip is in the vault whole or not at all, and the others stay")
  func secondClip() async throws {
    let scene = try await Self.vault(taken: ["a.mp4"])
    try await Self.sweep(["b.mp4"], from: scene)
  }

  @Test("a store whose making was interrupted is made by whoever opens it next")
  func newStore() async throws {
    let words = ["labels", "export", "--vault", "vault"]
    let sweep = FaultSweep(
      of: words, from: try await Self.vault(taken: []), watching: ["vault", "state"])
    try await sweep.run { outcome in
      try outcome.demandSentence()
      let again = try await outcome.scene.milkglass(words)
      try demand(again.code == 0 && again.lines.isEmpty, "export again: \(again)")
    }
  }

  /// An open vault with some clips in it and the files of two.
  static func vault(taken: [String]) async throws -> FaultScene {
    let scene = try FaultScene()
    let tiny = ["--size", "64x36", "--seconds", "0.2"]
    try scene.write("a.mp4", try ClipMaker.card(tiny + ["--fps", "5"]))
    try scene.write("b.mp4", try ClipMaker.card(tiny + ["--fps", "10"]))
    for arguments in [["init", "vault"]] + taken.map({ ingest([$0]) }) {
      let end = try await scene.milkglass(arguments)
      try demand(end.code == 0, "\(arguments): \(end)")
    }
    return scene
  }

  static func ingest(_ files: [String]) -> [String] {
    ["ingest", "--vault", "vault", "--staff-test"] + files
  }

  private static func sweep(_ files: [String], from original: FaultScene) async throws {
    let before = try clips(in: original)
    let sweep = FaultSweep(
      of: ingest(files), from: original, watching: ["vault", "state"])
    try await sweep.run { outcome in
      let scene = outcome.scene
      try outcome.demandSentence()
      let left = try clips(in: scene)
      try demand(before.allSatisfy { left[$0.key] == $0.value }, "a clip of before has changed")
      // The next one finishes what this one began, or finds it done.
      let again = try await scene.milkglass(ingest(files))
      let isKnown = again.code == 65 && again.output.contains("it is the same as clip ")
      try demand(again.code == 0 || isKnown, "ingest again: \(again)")
      try demand(outcome.end.code != 0 || isKnown, "ingest said it was done, and was not")
      let isDenied = outcome.end.errors.contains("nothing of this was stored")
      try demand(!isDenied || !isKnown, "ingest said that nothing was stored, and it was")
      try scene.demandNothingHalf(in: "vault")
      let wanted = try files.map { try file($0, in: scene) } + before.values
      try demand(
        Set(try clips(in: scene).values) == Set(wanted), "not the clips that were taken in")
      try demand(scene.names("vault/keys").count == wanted.count, "clips and keys differ")
    }
  }

  /// The bytes of the vault's clips by their names.
  private static func clips(in scene: FaultScene) throws -> [String: Data] {
    var clips: [String: Data] = [:]
    for name in scene.names("vault/clips") where !name.hasPrefix(".") {
      clips[name] = try file("vault/clips/\(name)", in: scene)
    }
    return clips
  }

  private static func file(_ name: String, in scene: FaultScene) throws -> Data {
    guard let bytes = scene.bytes(name) else { throw Complaint(description: "\(name) is gone") }
    return bytes
  }
}
