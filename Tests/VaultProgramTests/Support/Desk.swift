// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TerminalModels
import Testing
import Vocabulary

/// A reviewer at a terminal, in a review of a test vault.
struct Desk {
  let program: PtyProgram
  /// Kept so that its folder stays.
  private let box: VaultBox

  static let size = CellSize(columns: 120, rows: 36)
  /// Where the picture goes at this size.
  static let pane = CellRect(column: 0, row: 2, columns: 90, rows: 29)

  /// Sits down; `env` only changes to the vault's folder and becomes the program.
  init(
    _ box: VaultBox, as name: String = "bob", state: String = "state", command: String = "review"
  ) throws {
    self.box = box
    program = try PtyProgram(
      [
        "/usr/bin/env", "-C", box.folder.path, BuiltProgram.path("milkglass"), command, "vault",
        "--state", state, "--as", name, "--seat", "desk",
      ], environment: ProgramRun.environment(box.folder), size: Self.size,
      cellPixels: PixelSize(width: 8, height: 16))
  }

  var text: String { program.screen.text }

  /// The clip's place in order of ingest; nil where none is shown.
  var position: Int? {
    program.screen.rowText(Self.size.rows - 3).firstMatch(of: /clip (\d+) of/)
      .flatMap { Int($0.output.1) }
  }

  /// The frost's word in the top line.
  var topLine: String { program.screen.rowText(0) }

  func wait(_ patience: Duration = .seconds(20), _ isDone: () -> Bool) throws {
    try program.waitUntil(patience) { _ in isDone() }
  }

  func waitFor(_ text: String) throws { try program.waitFor(text, .seconds(20)) }

  /// Waits until a clip's own picture is shown.
  func waitForPicture(of clip: Int) throws { try wait { position == clip && hasPicture } }

  /// Whether a picture is in the pane: more than the surround's and a text's few colours.
  var hasPicture: Bool { paneColours.count > 3 }

  /// The colours behind and in the pane's cells, of pictures only: half blocks and blanks.
  private var paneColours: Set<RGB> {
    var colours: Set<RGB> = []
    for row in Self.pane.row..<Self.pane.row + Self.pane.size.rows {
      for column in 0..<Self.pane.size.columns {
        let cell = program.screen.cell(column: column, row: row)
        guard [" ", "▀", "▄"].contains(cell.glyph) else { continue }
        if let colour = cell.background { colours.insert(colour) }
        if cell.glyph != " ", let colour = cell.foreground { colours.insert(colour) }
      }
    }
    return colours
  }

  /// Sends keys.
  func press(_ keys: String) { program.send(keys) }

  /// Commits, again if the picture had only just come, until the clip is left.
  func commit() throws {
    let here = position
    while true {
      // The comma tells this press apart from one held since the clip before.
      press(",\r")
      try wait { isLeft(here) || text.contains("only just come") }
      if isLeft(here) { return }
      press(",")
      try wait { !text.contains("only just come") }
    }
  }

  private func isLeft(_ here: Int?) -> Bool {
    text.contains("Nothing is due") || position.map { $0 != here } == true
  }

  /// Leaves as a reviewer does.
  func leave() throws {
    press("q")
    try waitFor("This session")
    press("q")
    let status = try program.waitForExit()
    try #require(status == .exited(0))
  }
}
