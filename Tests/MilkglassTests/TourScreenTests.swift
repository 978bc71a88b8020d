// SPDX-License-Identifier: Apache-2.0
import Foundation
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

/// The tour in the running program, from its first step to its summary.
@Suite("The tour on the screen", .serialized)
struct TourScreenTests {
  /// Small clips of the demo, drawn once for all tests here.
  private static let clips = Result {
    let folder = try TestFolder()
    let process = Process()
    process.executableURL = URL(filePath: BuiltProgram.path("scenegen"))
    process.arguments = ["demo", folder.path + "/clips", "--quick"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return folder
  }

  private static func folder() throws -> TestFolder {
    let folder = try TestFolder()
    let demo = folder.path + "/demo"
    try FileManager.default.createDirectory(atPath: demo, withIntermediateDirectories: false)
    try FileManager.default.copyItem(
      atPath: try clips.get().path + "/clips", toPath: demo + "/clips")
    try folder.write("demo/milkglass-demo", "")
    return folder
  }

  private func begun(
    _ folder: TestFolder, _ size: CellSize, _ options: [String] = []
  ) throws -> PtyProgram {
    try PtyProgram(
      [BuiltProgram.path("milkglass"), "tour", "--directory", folder.path + "/demo"] + options,
      environment: ProgramRun.environment(folder.path), size: size)
  }

  /// The two rows of the tour.
  private func coach(_ program: PtyProgram, _ size: CellSize) -> String {
    [size.rows - 2, size.rows - 1].map { program.screen.rowText($0) }.joined(separator: "\n")
  }

  /// Presses keys, again until the tour asks for the step of that number.
  private func press(_ keys: String, until step: Int, _ program: PtyProgram) throws {
    for _ in 0..<20 {
      program.send(keys)
      if (try? program.waitUntil(.milliseconds(800), { $0.text.contains(" \(step)/16 ") })) != nil {
        return
      }
    }
    try program.waitFor(" \(step)/16 ")
  }

  @Test(
    "every step from start to end, by doing",
    arguments: [
      (CellSize(columns: 80, rows: 24), "en"), (CellSize(columns: 120, rows: 36), "en"),
      (CellSize(columns: 80, rows: 24), "de"), (CellSize(columns: 120, rows: 36), "de"),
    ])
  func whole(size: CellSize, language: String) throws {
    let folder = try Self.folder()
    defer { withExtendedLifetime(folder) {} }
    let program = try begun(folder, size, ["--language", language])
    try program.waitFor(" 1/16 ")
    try program.waitUntil { $0.text.contains(/[cC]lip 1 (of|von) 5/) }
    var seen = [coach(program, size)]
    let keys = [
      " ", ".", "w", "p", "2", "\r", "y", "u", "\u{1B}", " ", "!", "X", "u", "/\u{1B}", "?x",
    ]
    for (index, key) in keys.enumerated() {
      // A comma before them tells one press from one that is held.
      let isCommit = key == "\r" || key == "y"
      try press(isCommit ? "," + key : key, until: index + 2, program)
      seen.append(coach(program, size))
      if key == "u", index == 7 {
        try program.waitUntil { $0.text.contains(/[cC]lip 2 (of|von) 5/) }
      }
    }
    #expect(Set(seen).count == 16)
    expectGolden(
      seen.joined(separator: "\n"), named: "tour-\(language)-\(size.columns)x\(size.rows)")
    program.send("qq")
    #expect(try program.waitForExit() == .exited(0))
    #expect(program.isTerminalRestored)
    let words = language == "en" ? "Learned: pause, single frames," : "Gelernt: anhalten,"
    #expect(program.screen.text.contains(words))
    #expect(!program.screen.text.contains(language == "en" ? "Left out" : "Ausgelassen"))
  }

  @Test("it can be left at any time, begins anew, and touches no label of the demo")
  func leftEarly() throws {
    let folder = try Self.folder()
    let size = CellSize(columns: 80, rows: 24)
    for _ in 0..<2 {
      let program = try begun(folder, size, ["--keymap", "mpv-like"])
      try program.waitUntil { $0.text.contains(" 1/16 ") && $0.text.contains("clip 1 of 5") }
      program.send(")")
      try program.waitFor(" 2/16 ")
      program.send("qq")
      #expect(try program.waitForExit() == .exited(0))
      #expect(program.screen.text.contains("Left out: pause."))
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/demo/vault"))
    let run = try ProgramRun(["tour", "--directory", "demo"], in: folder)
    #expect(run.code == 69 && run.errors.contains("the tour needs a terminal"))
  }
}
