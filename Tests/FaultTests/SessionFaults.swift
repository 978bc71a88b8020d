// SPDX-License-Identifier: Apache-2.0
import FaultSupport
import Foundation
import Testing

/// Committing a verdict in a session, interrupted anywhere.
@Suite("Faults in a session")
struct SessionFaults {
  @Test("a verdict that the screen acknowledged is never lost, and no other is half there")
  func commit() async throws {
    let original = try await FaultVault.make(clips: 2)
    let sweep = FaultSweep(
      from: original, watching: FaultVault.folders, isArmed: false, isSteady: false,
      sample: 8, drive: SessionDrive.judge)
    try await sweep.run { outcome in
      if !outcome.kind.isKill {
        try demand([0, 74].contains(outcome.end.code), "an exit code that is neither 0 nor 74")
        let isTold = outcome.end.output.contains(SessionDrive.Words.refused)
        try demand(isTold || outcome.isShown, "neither stored nor refused")
      }
      let verdicts = try await exported(outcome.scene)
      try demand(!outcome.isShown || verdicts.count == 1, "the verdict is lost")
      for verdict in verdicts {
        try demand(verdict["what_moved"] as? [String] == ["person"], "half a verdict")
        try demand(verdict["alarm_level"] as? String == "level_2", "half a verdict")
      }
      // What was not acknowledged can be judged now.
      if verdicts.isEmpty {
        let plan = try FaultPlan(nil, in: outcome.scene, folders: FaultVault.folders)
        let again = try await SessionDrive.judge(outcome.scene, plan)
        try demand(again.code == 0, "judging again: \(again)")
        try demand(try await exported(outcome.scene).count == 1, "judging again did nothing")
      }
      try await FaultVault.done(["housekeeping", "--vault", "vault"], in: outcome.scene)
      try outcome.scene.demandClips(["a.mp4", "b.mp4"], try outcome.scene.demandSettled())
    }
  }

  private func exported(_ scene: FaultScene) async throws -> [[String: Any]] {
    let end = try await scene.milkglass(FaultVault.command(["labels", "export"]))
    try demand(end.code == 0 && end.errors.isEmpty, "export: \(end)")
    return try end.output.split(separator: "\n").compactMap { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    }
  }
}

extension FaultOutcome {
  fileprivate var isShown: Bool { end.output.contains(SessionDrive.Words.committed) }
}
