// SPDX-License-Identifier: Apache-2.0
import ClipVault
import FaultSupport
import Foundation
import LabelStore
import Testing

/// Withdrawals and notices, interrupted anywhere.
@Suite("Faults in withdrawals")
struct ConsentFaults {
  @Test("a withdrawal that was told is in force")
  func withdraw() async throws {
    let original = try await FaultVault.make(clips: 2)
    let words = FaultVault.command(["consent", "withdraw", "--subject", "a"])
    let sweep = FaultSweep(of: words, from: original, watching: FaultVault.folders, sample: 10)
    try await sweep.run { outcome in
      let insides = try await outcome.demandRecovery()
      let shut = insides.closures.values.filter { $0 == .withdrawn }.count
      try demand(shut == 1 || (shut == 0 && !outcome.isAcknowledged), "\(shut) withdrawn")
      let isListed = outcome.scene.bytes("vault/keys/consent/withdrawn") != nil
      try demand(isListed || !outcome.isAcknowledged, "the pseudonym was not noted")
      try await FaultVault.done(words, in: outcome.scene)
      let after = try outcome.scene.demandSettled()
      try demand(after.closures.values.elementsEqual([.withdrawn]), "withdrawing again")
      try outcome.scene.demandClips(["a.mp4", "b.mp4"], after)
      try outcome.scene.demandNothingHalf(in: FaultVault.folders)
    }
  }

  @Test("a list of notices is applied whole, or not at all")
  func notices() async throws {
    let original = try await FaultVault.make(clips: 3)
    try await FaultVault.done(
      FaultVault.command([
        "notices", "new", "--number", "1", "--erase-subject", "a", "--withdraw-subject", "b",
        "--output", "list.note",
      ]), in: original)
    let words = FaultVault.command(["notices", "apply", "list.note"])
    let sweep = FaultSweep(of: words, from: original, watching: FaultVault.folders, sample: 12)
    try await sweep.run { outcome in
      let scene = outcome.scene
      let insides = try await outcome.demandRecovery()
      let isApplied = insides.appliedNotice == 1
      try demand(isApplied || !outcome.isAcknowledged, "it said it was applied")
      try demand(insides.clips.count == (isApplied ? 2 : 3), "half of the erasures")
      let shut = insides.closures.values.filter { $0 == .withdrawn }.count
      try demand(shut == (isApplied ? 1 : 0), "half of the withdrawals")
      try await FaultVault.done(words, in: scene)
      let after = try scene.demandSettled()
      try scene.demandClips(["b.mp4", "c.mp4"], after)
      try demand(after.closures.values.elementsEqual([.withdrawn]), "not withdrawn")
      try scene.demandNothingHalf(in: FaultVault.folders)
    }
  }
}
