// SPDX-License-Identifier: Apache-2.0
import FaultSupport
import Foundation
import Testing

/// The harness itself, on a program that copies one block.
@Suite("Fault sweep")
struct FaultSweepTests {
  private static func sweep(
    watching folder: String = "watched", program: String = "dd", words: [String] = ["conv=fsync"]
  ) throws -> FaultSweep {
    let original = try FaultScene()
    for name in ["watched", "other"] {
      try FileManager.default.createDirectory(
        atPath: "\(original.path)/\(name)", withIntermediateDirectories: false)
    }
    return FaultSweep(from: original, watching: [folder]) { scene, plan in
      let environment = plan.environment.merging(["MILKGLASS_FAULT_PROGRAM": program]) { $1 }
      return try await scene.run(
        ["/usr/bin/dd", "if=/dev/zero", "of=watched/file", "bs=10", "count=1"] + words,
        extra: environment)
    }
  }

  @Test("every kind is tried at every call that it can happen at")
  func everyCall() async throws {
    // Create, write and sync: five kinds, of which one divides writes only. Else three at each,
    // and one after the last.
    let expected = FaultSweep.isSoak ? 13 : 10
    #expect(try await Self.sweep().run { _ in } == expected)
  }

  @Test("what a check throws is told with its fault")
  func complaints() async throws {
    await #expect {
      try await Self.sweep().run([.killHalf]) { outcome in
        try demand(outcome.scene.bytes("watched/file")?.count == 10, "only half of it")
      }
    } throws: {
      let text = String(describing: $0)
      return text.contains("kill-half at call 2, write") && text.contains("only half of it")
    }
  }

  @Test("a sweep in which nothing fires fails")
  func nothingFires() async throws {
    await #expect(throws: FaultError.self) {
      try await Self.sweep(watching: "other").run { _ in }
    }
    await #expect(throws: FaultError.self) {
      try await Self.sweep(words: ["conv=nonsense"]).run { _ in }
    }
  }

  @Test("a change that the fault library does not see fails the sweep")
  func unseen() async throws {
    await #expect {
      try await Self.sweep(program: "another").run { _ in }
    } throws: { String(describing: $0).contains("watched/file was made") }
  }
}
