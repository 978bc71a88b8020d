// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TerminalModels
import Testing
import Vocabulary
import Words

/// A reviewer who hears a review in plain lines, at a terminal that can do nothing.
struct PlainSeat {
  let program: PtyProgram
  let texts: Texts
  /// Kept so that its folder stays.
  private let vault: TestVault

  init(
    _ vault: TestVault, size: CellSize = CellSize(columns: 80, rows: 24),
    reviewer: String = "r07", options: [String] = [], language: Language = .english
  ) throws {
    texts = Words.texts(language)
    self.vault = vault
    program = try PtyProgram(
      [
        "/usr/bin/env", "-C", vault.folder.path, BuiltProgram.path("milkglass"), "review", "vault",
        "--plain", "--reviewer", reviewer, "--seat", "seat-3", "--language", language.rawValue,
      ] + options,
      environment: ProgramRun.environment(vault.folder.path).merging(["TERM": "dumb"]) { $1 },
      size: size)
  }

  /// All that was said, a line feed after each line.
  var said: String {
    String(decoding: program.output, as: UTF8.self).replacing("\r\n", with: "\n")
  }

  /// Waits until a text was said after what was said before.
  func hear(_ text: String, after length: Int = 0) throws {
    try program.waitUntil { _ in said.dropFirst(length).contains(text) }
  }

  /// Presses keys and waits until a text is said after them.
  func press(_ keys: String, _ text: String) throws {
    let length = said.count
    program.send(keys)
    try hear(text, after: length)
  }

  /// Waits until the clip may be committed: it was told, and a moment has passed since.
  func hearClip(_ position: Int, after length: Int = 0) throws {
    try hear("Clip \(position) ", after: length)
    let enter = texts(PlainPhrase.missing, "enter", "")
    try hear(String(enter.prefix { $0 != "." }), after: length)
    program.pass(milliseconds: 1000)
  }

  /// Commits by a key and waits for the next clip.
  func commit(_ key: String = "\r", next: Int) throws {
    // A key that was pressed just before may be one that is held.
    program.pass(milliseconds: 1000)
    let length = said.count
    program.send(key)
    try hearClip(next, after: length)
  }

  /// Leaves; true where it ended well and the terminal is as it was.
  func leave() throws -> Bool {
    try press("q", texts(FactsPhrase.thisSession))
    program.send("q")
    return try program.waitForExit() == .exited(0) && program.isTerminalRestored
  }

  /// That nothing went out but characters, line feeds and backspaces: no sequence of any kind.
  func expectPlainBytes(sourceLocation: SourceLocation = #_sourceLocation) {
    let controls = Set(program.output.filter { $0 < 0x20 || $0 == 0x7F })
    #expect(
      controls.isSubset(of: [0x08, 0x0A, 0x0D]), "\(controls)", sourceLocation: sourceLocation)
    #expect(!said.isEmpty, "the control: something was said", sourceLocation: sourceLocation)
  }
}
