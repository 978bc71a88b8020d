// SPDX-License-Identifier: Apache-2.0
import Foundation
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

/// A lead or an auditor at a desk of a test vault.
struct DeskSeat {
  let program: PtyProgram
  /// Kept so that its folder stays.
  private let vault: TestVault

  /// Sits down.
  init(
    _ vault: TestVault, as name: String, size: CellSize = CellSize(columns: 120, rows: 36),
    options: [String] = []
  ) throws {
    self.vault = vault
    program = try PtyProgram(
      ["/usr/bin/env", "-C", vault.folder.path, BuiltProgram.path("milkglass"), "desk", "vault"]
        + ["--as", name, "--seat", "desk-1"] + options,
      environment: ProgramRun.environment(vault.folder.path), size: size,
      cellPixels: PixelSize(width: 8, height: 16))
  }

  var text: String { program.screen.text }

  func press(_ keys: String) { program.send(keys) }

  func waitFor(_ text: String) throws { try program.waitFor(text) }

  func wait(_ isDone: () -> Bool) throws { try program.waitUntil { _ in isDone() } }

  /// Leaves; true where it ended well and the terminal is as it was.
  func leave() throws -> Bool {
    program.send("q")
    return try program.waitForExit() == .exited(0) && program.isTerminalRestored
  }

  /// The screen with clips' random names, times that pass and digests masked.
  private var rendering: String {
    text.replacing(/\b[0-9a-f]{8}\b/, with: "########")
      .replacing(/\b[0-9a-f]{32}\b/, with: String(repeating: "#", count: 32))
      .replacing(/20(?!26-01-1)\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?/) { match in
        String(match.output.0.map { $0.isNumber ? "0" : $0 })
      }
      .replacing(/\b\d+ h \d+ min/, with: "## h ## min")
      .replacing(/(payload bytes) \d+/) { "\($0.output.1) ####" }
  }

  /// Waits until the screen is the golden one, then compares, so that a failure shows both.
  func expectScreen(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Golden/\(name).txt")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try program.waitForIdle(quietMilliseconds: 700)
    } else if let kept = try? String(contentsOf: path, encoding: .utf8) {
      try? program.waitUntil(.seconds(15)) { _ in rendering == kept }
    }
    expectGolden(rendering, named: name, sourceLocation: sourceLocation)
  }
}
