// SPDX-License-Identifier: Apache-2.0
import FaultSupport
import Foundation
import Testing

/// Giving the labels out, interrupted anywhere.
@Suite("Faults in an export")
struct ExportFaults {
  private static func export(to file: String) -> [String] {
    FaultVault.command(["labels", "export", "--output", file])
  }

  @Test("a file of labels is whole or not there")
  func wholeOrNotThere() async throws {
    let original = try await FaultVault.make(clips: 1)
    try FileManager.default.createDirectory(
      atPath: original.path + "/out", withIntermediateDirectories: false)
    let plan = try FaultPlan(nil, in: original, folders: FaultVault.folders)
    let judged = try await SessionDrive.judge(original, plan)
    try demand(judged.code == 0, "\(judged)")
    let first = try await original.milkglass(Self.export(to: "labels.jsonl"))
    let whole = original.bytes("labels.jsonl")
    try demand(first.code == 0 && whole?.isEmpty == false, "\(first)")

    let sweep = FaultSweep(
      of: Self.export(to: "out/labels.jsonl"), from: original,
      watching: FaultVault.folders + ["out"], sample: 8)
    try await sweep.run { outcome in
      try outcome.demandSentence()
      let left = outcome.scene.bytes("out/labels.jsonl")
      try demand(left == nil || left == whole, "half a file: \(left?.count ?? 0) bytes")
      try demand(left != nil || outcome.end.code != 0, "no file, and no error")
      let again = try await outcome.scene.milkglass(Self.export(to: "out/labels.jsonl"))
      let isThere = again.code == 73 && again.errors.contains("is there already")
      try demand(again.code == 0 || (isThere && left != nil), "export again: \(again)")
      try demand(outcome.scene.bytes("out/labels.jsonl") == whole, "not the whole file")
    }
  }
}
