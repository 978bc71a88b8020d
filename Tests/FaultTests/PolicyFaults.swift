// SPDX-License-Identifier: Apache-2.0
import ClipVault
import FaultSupport
import Foundation
import Testing

/// Changing rules and people, interrupted anywhere.
@Suite("Faults in policy and people")
struct PolicyFaults {
  @Test("an edit of the policy is in force whole, or not at all")
  func edit() async throws {
    let original = try await FaultVault.make(clips: 1)
    let before = try VaultInsides(original).vault
    let words = FaultVault.command(["policy", "edit", "daily_goal=33", "flagged_hours=5"])
    let sweep = FaultSweep(of: words, from: original, watching: FaultVault.folders, sample: 12)
    try await sweep.run { outcome in
      let after = try await outcome.demandRecovery().vault
      let isNew = after.statement.version > before.statement.version
      try demand(isNew || !outcome.isAcknowledged, "it said it was signed")
      try demand(
        after.policy.dailyGoal == (isNew ? 33 : before.policy.dailyGoal)
          && after.policy.flaggedHours == (isNew ? 5 : before.policy.flaggedHours),
        "half an edit")
      let again = try await FaultVault.done(words, in: outcome.scene)
      let version = after.statement.version + 1
      try demand(again.output.contains("version \(version) "), "edit again: \(again)")
      try outcome.scene.demandNothingHalf(in: FaultVault.folders)
    }
  }

  @Test("a signature over files that were changed by hand can be given again")
  func sign() async throws {
    let original = try await FaultVault.make(clips: 1)
    let file = "vault/policy/policy.toml"
    let text = String(decoding: try original.needed(file), as: UTF8.self)
    let edited = text.replacing("daily_goal = 150", with: "daily_goal = 44")
    try original.write(file, Array(edited.utf8))
    let words = FaultVault.command(["policy", "sign"])
    let sweep = FaultSweep(of: words, from: original, watching: FaultVault.folders, sample: 10)
    try await sweep.run { outcome in
      try outcome.demandSentence()
      let verified = try await outcome.scene.milkglass(["policy", "verify", "--vault", "vault"])
      let isSigned = verified.code == 0
      try demand(isSigned || !outcome.isAcknowledged, "it said it was signed: \(verified)")
      try demand(
        isSigned || verified.errors.split(separator: "\n").count == 1, "no sentence: \(verified)")
      try await FaultVault.done(words, in: outcome.scene)
      try await FaultVault.done(["housekeeping", "--vault", "vault"], in: outcome.scene)
      let insides = try outcome.scene.demandSettled()
      try demand(insides.vault.policy.dailyGoal == 44, "another policy is in force")
      try outcome.scene.demandClips(["a.mp4"], insides)
      try outcome.scene.demandNothingHalf(in: FaultVault.folders)
    }
  }

  @Test("a new person can open clips, or is not there")
  func personAdd() async throws {
    let original = try await FaultVault.make(clips: 1)
    let words = FaultVault.command(["person", "add", "bob", "--role", "reviewer"])
    let sweep = FaultSweep(of: words, from: original, watching: FaultVault.folders, sample: 12)
    try await sweep.run { outcome in
      let scene = outcome.scene
      let isListed = try await outcome.demandRecovery().vault.people["bob"] != nil
      try demand(isListed || !outcome.isAcknowledged, "it said bob was enrolled")
      if !isListed {
        try demand(scene.bytes("vault/keys/people/bob.age") == nil, "keys of nobody")
        try await FaultVault.done(words, in: scene)
      }
      let insides = try scene.demandSettled()
      let vault = insides.vault
      let bob = try vault.unlockOpen("bob").age
      _ = try VaultIdentityFile.open(
        vault.layout, with: bob, expecting: vault.statement.recipient)
      try scene.demandClips(["a.mp4"], insides)
      try scene.demandNothingHalf(in: FaultVault.folders)
    }
  }
}
