// SPDX-License-Identifier: Apache-2.0
import Foundation
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary
import Words

/// A reviewer `r07` at a terminal of their own, in a review of a test vault.
struct Seat {
  let program: PtyProgram
  let size: CellSize
  /// What it says, in its language.
  let texts: Texts
  /// Kept so that its folder stays.
  private let vault: TestVault

  /// Sits down; `env` only changes to the vault's folder and becomes the program.
  init(
    _ vault: TestVault, size: CellSize = CellSize(columns: 120, rows: 36),
    reviewer: String = "r07", environment: [String: String] = [:], options: [String] = [],
    personality: TerminalPersonality = .plain, language: Language = .english,
    installedAt path: String = BuiltProgram.path("milkglass")
  ) throws {
    self.size = size
    texts = Words.texts(language)
    self.vault = vault
    let arguments =
      ["/usr/bin/env", "-C", vault.folder.path, path, "review", "vault"]
      + ["--reviewer", reviewer, "--seat", "seat-3"] + options
      + (language == .english ? [] : ["--language", language.rawValue])
    program = try PtyProgram(
      arguments,
      environment: ProgramRun.environment(vault.folder.path).merging(environment) { $1 },
      size: size, cellPixels: PixelSize(width: 8, height: 16), personality: personality)
  }

  var screen: TerminalModel { program.screen }

  /// Where the picture goes at this size.
  var pane: CellRect { Self.pane(size) }

  static func pane(_ size: CellSize) -> CellRect {
    switch (size.columns, size.rows) {
    case (80, 24): CellRect(column: 0, row: 1, columns: 80, rows: 15)
    case (120, 36): CellRect(column: 0, row: 2, columns: 90, rows: 29)
    default: CellRect(column: 0, row: 2, columns: 168, rows: 53)
    }
  }

  var picture: Picture { Picture(screen, pane) }

  /// What is written in the pane, in one line of words.
  var paneWords: String {
    (pane.row..<pane.row + pane.size.rows)
      .map { String(screen.rowText($0).prefix(pane.size.columns)) }
      .joined(separator: " ").split(separator: " ").joined(separator: " ")
  }

  /// The clip's place in order of ingest; nil where none is shown.
  var position: Int? {
    screen.rowText(size.rows - 3).firstMatch(of: /[cC]lip (\d+) (?:of|von)/).flatMap {
      Int($0.output.1)
    }
  }

  // MARK: - Waiting

  func wait(_ isDone: () -> Bool) throws { try program.waitUntil { _ in isDone() } }

  func waitFor(_ text: String) throws { try program.waitFor(text) }

  /// Waits until that clip is on the screen; its picture may still be to come.
  func waitForClip(_ wanted: Int) throws { try wait { position == wanted } }

  /// Waits for the first clip, pauses it at its start, and waits for its frosted picture.
  func waitForFrostedStart(isResumed: Bool = false) throws {
    try waitForClip(1)
    // A clip that was left stands where it was.
    if !isResumed { try pauseAtStart() }
    try wait { picture.isFrosted && picture.colours.count > 3 }
  }

  /// Pauses a clip that plays by itself and goes to its first frame; all motion is known then.
  func pauseAtStart() throws {
    // A clip that has yet to begin looks like one paused at its start.
    try wait { screen.text.contains(#/[║▶] \d:\d\d/#) && !screen.text.contains(" 0:00.0 / ") }
    for _ in 0..<200 where !isAtStart {
      program.send(",hh")
      try? program.waitUntil(.milliseconds(150)) { _ in isAtStart }
    }
    try wait { isAtStart }
  }

  var isAtStart: Bool {
    let timeline = screen.rowText(size.rows - timelineFromBottom)
    return timeline.contains("║ 0:00.0 /") && !timeline.contains("·")
  }

  private var timelineFromBottom: Int { size.columns >= 100 ? 5 : 8 }

  /// Sends a key that commits, again if the picture had only just come, until the clip is left.
  func commit(_ key: String = "\r") throws {
    let here = position
    while true {
      // The comma tells this press apart from one held since the clip before.
      program.send("," + key)
      try wait { isLeft(here) || screen.text.contains(texts(LabellingPhrase.tooSoon)) }
      if isLeft(here) { return }
      program.send(",")
      try wait { !screen.text.contains(texts(LabellingPhrase.tooSoon)) }
    }
  }

  private func isLeft(_ here: Int?) -> Bool {
    screen.text.contains(texts(FactsPhrase.nothingDue)) || position.map { $0 != here } == true
  }

  /// Leaves as a reviewer does; true where it ended well and the terminal is as it was.
  func leave() throws -> Bool {
    program.send("q")
    try waitFor(texts(FactsPhrase.thisSession))
    program.send("q")
    return try program.waitForExit() == .exited(0) && program.isTerminalRestored
  }

  /// Whether the alternate screen was left again.
  var isShellBack: Bool {
    let text = String(decoding: program.output, as: UTF8.self)
    guard let out = text.range(of: "\u{1B}[?1049l", options: .backwards),
      let into = text.range(of: "\u{1B}[?1049h", options: .backwards)
    else { return false }
    return out.lowerBound > into.lowerBound
  }

  // MARK: - Golden screens

  /// The screen as text, and the picture as letters; times that pass while one looks and clips'
  /// random names are masked.
  func rendering(withPicture: Bool) -> String {
    let text = screen.text.replacing(
      /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/, with: "YYYY-MM-DD hh:mm:ss"
    ).replacing(/\d\d-\d\d(.)\d\d:\d\d/) { "MM-DD\($0.output.1)hh:mm" }
      .replacing(/((?:time(?: a clip)?|Zeit(?: je Clip)?) {3})\d+ s\n/) { "\($0.output.1)# s\n" }
      .replacing(/([Cc]lip )[0-9a-f]{8}\b/) { "\($0.output.1)########" }
      .replacing(/\d\d:\d\d:\d\d {2}[0-9a-f]{8}/, with: "hh:mm:ss  ########")
      .replacing(/\d\d:\d\d:\d\d {12}/, with: "hh:mm:ss            ")
      .replacing(/( {2})[ \d]{3}\d([mhdT] {2})/) { "\($0.output.1)   #\($0.output.2)" }
      .replacing(/\d+\.\d (a minute|je Minute)/) { "#.# \($0.output.1)" }
      .replacing(/((?:last|letzte) 20 {3})\d+\.\d/) { "\($0.output.1)#.#" }
      .replacing(/notices \d+ min/, with: "notices # min")
    return withPicture ? text + "\npicture:\n" + picture.map : text
  }

  /// Waits until the screen is the golden one, then compares, so that a failure shows both.
  func expectScreen(
    _ name: String, withPicture: Bool = true, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Golden/\(name).txt")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try program.waitForIdle(quietMilliseconds: 700)
    } else if let kept = try? String(contentsOf: path, encoding: .utf8) {
      // Where it never comes true, the comparison below tells what differs.
      try? program.waitUntil(.seconds(15)) { _ in rendering(withPicture: withPicture) == kept }
    }
    expectGolden(
      rendering(withPicture: withPicture), named: name, sourceLocation: sourceLocation)
  }
}
