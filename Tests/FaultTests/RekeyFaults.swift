// SPDX-License-Identifier: Apache-2.0
import ClipVault
import FaultSupport
import Testing

/// A new epoch and a new vault identity, interrupted anywhere.
@Suite("Faults in rekey")
struct RekeyFaults {
  @Test("every clip opens, and the next rekey leaves one identity alone")
  func rekey() async throws {
    let taken = ["a.mp4", "b.mp4"]
    let original = try await FaultVault.make(clips: 2)
    let before = try VaultInsides(original).vault.statement
    let words = FaultVault.command(["rekey"])
    let sweep = FaultSweep(of: words, from: original, watching: FaultVault.folders, sample: 18)
    try await sweep.run { outcome in
      let scene = outcome.scene
      let insides = try await outcome.demandRecovery()
      try scene.demandClips(taken, insides)
      let isNew = insides.vault.statement.recipient != before.recipient
      try demand(isNew || !outcome.isAcknowledged, "it said there were new keys")
      try await FaultVault.done(words, in: scene)
      let after = try scene.demandSettled()
      try scene.demandClips(taken, after)
      try demand(try identityCount(after.vault) == 1, "more than one vault identity is left")
      try demand(after.vault.statement.recipient != before.recipient, "the old keys are in force")
      try scene.demandNothingHalf(in: FaultVault.folders)
    }
  }

  private func identityCount(_ vault: Vault) throws -> Int {
    try VaultIdentityFile.open(
      vault.layout, with: try vault.unlockOpen("ada").age, expecting: vault.statement.recipient
    ).count
  }
}
