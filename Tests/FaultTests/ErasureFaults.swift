// SPDX-License-Identifier: Apache-2.0
import ClipVault
import FaultSupport
import Foundation
import Testing

/// Erasing, interrupted anywhere.
@Suite("Faults in erasure")
struct ErasureFaults {
  @Test("an erasure has happened, is finished by housekeeping, or never began")
  func erase() async throws {
    let original = try await FaultVault.make(clips: 2)
    let old = try Self.epoch(original)
    let words = FaultVault.command(["erase", "--subject", "a"])
    let sweep = FaultSweep(
      of: words, from: original, watching: FaultVault.folders, sample: 20)
    try await sweep.run { outcome in
      let isTold = outcome.end.code == 0 || outcome.end.output.contains("erased")
      if isTold { try Self.demandGone(old, from: outcome.scene) }
      let insides = try await outcome.demandRecovery()
      let isErased = insides.clips.count == 1
      try demand(isErased || !isTold, "it said that it was erased, and it is there")
      try outcome.scene.demandClips(isErased ? ["b.mp4"] : ["a.mp4", "b.mp4"], insides)
      try demand(insides.receipts.count == (isErased ? 1 : 0), "a receipt too many or too few")
      if isErased {
        try Self.demandGone(old, from: outcome.scene)
        try await Self.demandEntombed(outcome.scene)
      } else {
        try await FaultVault.done(words, in: outcome.scene)
        try outcome.scene.demandClips(["b.mp4"], try outcome.scene.demandSettled())
      }
      try outcome.scene.demandNothingHalf(in: FaultVault.folders)
    }
  }

  @Test("housekeeping that was interrupted is finished by the next one")
  func housekeeping() async throws {
    let original = try await FaultVault.make(clips: 2)
    try await Self.order("a", in: original)
    let old = try Self.epoch(original)
    let sweep = FaultSweep(
      of: ["housekeeping", "--vault", "vault"], from: original, watching: FaultVault.folders,
      sample: 12)
    try await sweep.run { outcome in
      if outcome.isAcknowledged { try Self.demandGone(old, from: outcome.scene) }
      let insides = try await outcome.demandRecovery()
      try outcome.scene.demandClips(["b.mp4"], insides)
      try demand(insides.receipts.count == 1, "\(insides.receipts.count) receipts")
      try Self.demandGone(old, from: outcome.scene)
      try outcome.scene.demandNothingHalf(in: FaultVault.folders)
    }
  }

  /// Leaves the order to erase a participant's clips in the store, and nothing done about it.
  private static func order(_ subject: String, in scene: FaultScene) async throws {
    let words = FaultVault.command(["erase", "--subject", subject])
    let sweep = FaultSweep(of: words, from: scene, watching: FaultVault.folders)
    let first = try await sweep.baseline().first { $0.path.contains("/.incoming-epoch-") }
    guard let first else { throw Complaint(description: "an erasure without a new epoch") }
    let plan = try FaultPlan(
      (.killBefore, first.number), in: scene, folders: FaultVault.folders)
    let end = try await scene.milkglass(words, extra: plan.environment)
    try demand(end.code == -9, "not killed: \(end)")
    let insides = try VaultInsides(scene)
    try demand(insides.pending.count == 1 && insides.clips.count == 1, "no order is left")
  }

  /// The text of the epoch identity that opens the key store now.
  private static func epoch(_ scene: FaultScene) throws -> Data {
    let state = "state/milkglass/\(try VaultInsides(scene).vault.id.text)"
    let names = scene.names(state).filter { $0.hasPrefix("epoch-") }
    try demand(names.count == 1, "epochs: \(names)")
    return try scene.needed("\(state)/\(names[0])")
  }

  /// The identity that opened the erased row stands in no file.
  private static func demandGone(_ epoch: Data, from scene: FaultScene) throws {
    for (path, bytes) in try scene.contents(FaultVault.folders)
    where bytes.range(of: epoch) != nil {
      throw Complaint(description: "the old epoch is in \(path)")
    }
  }

  /// The clip may not come in again.
  private static func demandEntombed(_ scene: FaultScene) async throws {
    let again = try await scene.milkglass(FaultVault.ingest(["a.mp4"]))
    try demand(again.code == 65 && again.output.contains("erased"), "it came back: \(again)")
  }
}
