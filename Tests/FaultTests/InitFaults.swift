// SPDX-License-Identifier: Apache-2.0
import FaultSupport
import Testing

/// Making a vault, interrupted anywhere.
@Suite("Faults in init")
struct InitFaults {
  @Test("a vault whose making was interrupted is finished by the next init, or is whole")
  func anywhere() async throws {
    let sweep = FaultSweep(
      of: FaultVault.initialise, from: try FaultVault.bare(), watching: FaultVault.folders,
      sample: 14)
    try await sweep.run { outcome in
      try outcome.demandSentence()
      let again = try await outcome.scene.milkglass(FaultVault.initialise)
      let isWhole = again.code == 73 && again.errors.contains("is a vault already")
      try demand(again.code == 0 || isWhole, "init again: \(again)")
      try demand(outcome.end.code != 0 || isWhole, "init said it was done, and was not")
      try await FaultVault.done(["housekeeping", "--vault", "vault"], in: outcome.scene)
      try outcome.scene.demandClips([], try outcome.scene.demandSettled())
      try outcome.scene.demandNothingHalf(in: ["vault"])
    }
  }
}
