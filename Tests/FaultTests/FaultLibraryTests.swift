// SPDX-License-Identifier: Apache-2.0
import FaultSupport
import Foundation
import Testing

/// The fault library itself, on a program that writes three blocks of ten bytes and syncs.
@Suite("Fault library")
struct FaultLibraryTests {
  private static let words = [
    "/usr/bin/dd", "if=/dev/zero", "of=watched/file", "bs=10", "count=3", "conv=fsync",
  ]

  /// One run in a scene with a folder that is watched and one that is not.
  private func dd(
    _ fault: (kind: FaultKind, at: Int)?, program: String = "dd", words: [String] = words
  ) async throws -> (scene: FaultScene, end: ProgramEnd, report: FaultReport) {
    let scene = try FaultScene()
    for folder in ["watched", "other"] {
      try FileManager.default.createDirectory(
        atPath: "\(scene.path)/\(folder)", withIntermediateDirectories: false)
    }
    let plan = try FaultPlan(fault, in: scene, folders: ["watched"], program: program)
    let end = try await scene.run(words, extra: plan.environment)
    return (scene, end, try plan.report())
  }

  @Test("it counts the changes below the watched folders")
  func counts() async throws {
    let run = try await dd(nil)
    #expect(run.end.code == 0 && run.report.fired.isEmpty && run.report.blindSpots.isEmpty)
    #expect(run.report.calls.map(\.operation) == [.create, .write, .write, .write, .sync])
    #expect(run.report.calls.allSatisfy { $0.path == "\(run.scene.path)/watched/file" })
    #expect(run.report.calls.map(\.size) == [0, 10, 10, 10, 0])
  }

  @Test("it leaves other folders and other programs alone")
  func elsewhere() async throws {
    let other = try await dd(
      (.killBefore, 1), words: Self.words.map { $0.replacing("watched", with: "other") })
    #expect(other.end.code == 0 && other.report.calls.isEmpty)
    let twisted = try await dd(
      (.killBefore, 1), words: Self.words.map { $0.replacing("watched", with: "watched/../other") })
    #expect(twisted.end.code == 0 && twisted.report.calls.isEmpty)
    let program = try await dd((.killBefore, 1), program: "milkglass")
    #expect(program.end.code == 0 && program.report.calls.isEmpty)
  }

  @Test(
    "it kills before, after and in the middle of a call",
    arguments: [
      (FaultKind.killBefore, 1, nil), (.killAfter, 1, 0), (.killBefore, 2, 0), (.killHalf, 2, 5),
      (.killAfter, 2, 10), (.killHalf, 4, 25), (.killBefore, 5, 30),
    ] as [(FaultKind, Int, Int?)])
  func kills(kind: FaultKind, at: Int, size: Int?) async throws {
    let run = try await dd((kind, at))
    #expect(run.end.code == -9 && run.report.fired == [at])
    #expect(run.scene.bytes("watched/file")?.count == size)
  }

  @Test("it fails one call, or all that need room from one on")
  func fails() async throws {
    let once = try await dd((.fail, 3))
    #expect(once.end.code == 1 && once.report.fired == [3])
    #expect(once.end.errors.contains("Input/output error"))
    #expect(once.scene.bytes("watched/file")?.count == 10)
    let full = try await dd((.full, 3))
    #expect(full.end.code == 1 && full.report.fired.first == 3 && full.report.fired.count > 1)
    #expect(full.end.errors.contains("No space left on device"))
    #expect(full.scene.bytes("watched/file")?.count == 15)
    let beyond = try await dd((.fail, 6))
    #expect(beyond.end.code == 0 && beyond.report.fired.isEmpty)
  }

  @Test("it sets the wall clock, of that program alone")
  func clock() async throws {
    for (program, hours) in [("date", 30), ("date", -30), ("milkglass", 0)] as [(String, Int64)] {
      let scene = try FaultScene()
      let plan = try FaultPlan(nil, in: scene, folders: ["watched"], program: program)
      try plan.setClock(aheadMilliseconds: (program == "date" ? hours : 30) * 3_600_000 + 500)
      let now = Date.now.timeIntervalSince1970
      let end = try await scene.run(["/usr/bin/date", "+%s"], extra: plan.environment)
      let told = try #require(Double(end.lines.first ?? ""))
      #expect(abs(told - now - Double(hours) * 3600) < 600)
    }
  }
}
