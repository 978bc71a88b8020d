// SPDX-License-Identifier: Apache-2.0
import ClipVault
import FaultSupport
import Foundation
import Sealing
import Testing

/// Taking a clip in, interrupted anywhere.
@Suite("Faults in ingest")
struct IngestFaults {
  @Test("a clip is in the vault whole or not at all, and the others stay")
  func secondClip() async throws {
    let sweep = FaultSweep(
      of: FaultVault.ingest(["b.mp4"]), from: try await FaultVault.make(clips: 1),
      watching: FaultVault.folders, sample: 14)
    try await sweep.run { outcome in
      let scene = outcome.scene
      try await outcome.demandRecovery()
      try await Self.demandIngested(outcome)
      try scene.demandClips(["a.mp4", "b.mp4"], try scene.demandSettled())
      try scene.demandNothingHalf(in: FaultVault.folders)
    }
  }

  @Test("a customer's file goes only when its clip is in the vault for good")
  func customersSource() async throws {
    let original = try await Self.withCustomersClip()
    let words = FaultVault.command(["ingest", "--manifest", "in/manifest.jsonl", "in/c.mp4"])
    let sweep = FaultSweep(
      of: words, from: original, watching: FaultVault.folders + ["in"], sample: 10)
    try await sweep.run { outcome in
      let scene = outcome.scene
      let isSourceThere = scene.bytes("in/c.mp4") != nil
      let insides = try await outcome.demandRecovery()
      let wanted = Digest.sha256(Array(try scene.needed("c.mp4")))
      let isTaken = insides.clips.values.contains(wanted)
      try demand(isTaken || isSourceThere, "the clip is nowhere")
      try demand(isTaken || outcome.end.code != 0, "ingest said it was done, and was not")
      guard isSourceThere else { return }
      let again = try await scene.milkglass(words)
      let isKnown = again.code == 65 && again.output.contains("it is the same as clip ")
      try demand(isTaken ? isKnown : again.code == 0, "ingest again: \(again)")
      try scene.demandClips(["a.mp4", "c.mp4"], try scene.demandSettled())
    }
  }

  /// The next one finishes what this one began, or finds it done.
  private static func demandIngested(_ outcome: FaultOutcome) async throws {
    let again = try await outcome.scene.milkglass(FaultVault.ingest(["b.mp4"]))
    let isKnown = again.code == 65 && again.output.contains("it is the same as clip ")
    try demand(again.code == 0 || isKnown, "ingest again: \(again)")
    try demand(outcome.end.code != 0 || isKnown, "ingest said it was done, and was not")
    let isDenied = outcome.end.errors.contains("nothing of this was stored")
    try demand(!isDenied || !isKnown, "ingest said that nothing was stored, and it was")
  }

  /// A vault with one clip, and a customer's clip with manifest and consent record in `in`.
  private static func withCustomersClip() async throws -> FaultScene {
    let scene = try await FaultVault.make(clips: 1)
    try await FaultVault.done(
      FaultVault.command(["policy", "edit", "consent_signature=false"]), in: scene)
    try FileManager.default.createDirectory(
      atPath: scene.path + "/in/consent", withIntermediateDirectories: true)
    let clip = Array(try scene.needed("c.mp4"))
    try scene.write("in/c.mp4", clip)
    let now = Int64(Date().timeIntervalSince1970 * 1000)
    let record = ConsentTemplate(
      recordID: "CR-7", principal: "p7", digests: [Digest.sha256(clip)],
      rules: try VaultInsides(scene).vault.consentRules, givenAtMilliseconds: now - 60_000,
      storageDays: 7, controllerName: "Cameras", controllerContact: "post@cameras.example")
    try scene.write("in/consent/CR-7.json", Array(record.text.utf8))
    let line = """
      {"clip":"c.mp4","source":"customer-feedback","consent":"CR-7","camera":"porch-1",\
      "recorded_at":"2026-01-15T07:40:00+01:00"}

      """
    try scene.write("in/manifest.jsonl", Array(line.utf8))
    return scene
  }
}
