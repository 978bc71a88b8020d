// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TerminalModels
import Testing
import Vocabulary

/// Themes as a terminal of 256 colours shows them: which colours each cell of a screen has.
@Suite("Screens in colours")
struct StyleScreenTests {
  @Test(
    "a clip with labels and the worklist", arguments: ["dark", "light", "high-contrast"])
  func review(theme: String) throws {
    let seat = try Seat(
      try .mixed(), size: CellSize(columns: 80, rows: 24), options: ["--theme", theme])
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    seat.program.send("p")
    try seat.wait { seat.screen.text.contains("●p person") }
    try seat.program.waitForIdle(quietMilliseconds: 400)
    let clip = Self.styles(seat.screen, without: seat.pane)
    seat.program.send("/")
    try seat.waitFor("Worklist")
    try seat.wait { seat.screen.text.contains("›") }
    try seat.program.waitForIdle()
    let list = Self.styles(seat.screen, without: CellRect(column: 0, row: 15, columns: 80, rows: 6))
    expectGolden(clip + "\n" + list, named: "styles-\(theme)-80x24")
    seat.program.send("\u{1B}")
    try seat.waitForClip(1)
    #expect(try seat.leave())
  }

  @Test("the console gets its 16 colours and the characters that its fonts have")
  func console() throws {
    let seat = try Seat(
      try .mixed(), size: CellSize(columns: 80, rows: 24),
      environment: ["TERM": "linux", "COLORTERM": ""], options: ["--theme", "console"],
      personality: .mute)
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    #expect(seat.screen.text.contains("°a animal") && !seat.screen.text.contains("○"))
    expectGolden(Self.styles(seat.screen, without: seat.pane), named: "styles-console-80x24")
    #expect(try seat.leave())
  }

  /// Rows as text, each with a row of letters under it that say how its cells are drawn, and what each
  /// letter stands for.
  private static func styles(_ screen: TerminalModel, without pane: CellRect) -> String {
    var letters: [String: Character] = [:]
    var rows = ""
    let hidden = pane.row..<pane.row + pane.size.rows
    for row in 0..<screen.size.rows where !hidden.contains(row) {
      var styles = ""
      for column in 0..<screen.size.columns {
        let cell = screen.cell(column: column, row: row)
        let style = describe(cell)
        let next = Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8(letters.count)))
        let letter = letters[style] ?? next
        letters[style] = letter
        styles.append(letter)
      }
      // An age depends on the day of the test.
      let text = screen.rowText(row).replacing(/\d+d\b/) { match in
        String(repeating: "#", count: match.output.count)
      }
      rows += text + "\n" + (text.isEmpty && Set(styles).count == 1 ? "" : styles + "\n")
    }
    let legend = letters.sorted { $0.value < $1.value }.map { "\($0.value) \($0.key)\n" }
    return rows + legend.joined()
  }

  private static func describe(_ cell: TerminalModel.ShownCell) -> String {
    func hex(_ colour: RGB?) -> String {
      guard let colour else { return "own" }
      return [colour.red, colour.green, colour.blue]
        .map { String($0 + 0, radix: 16) }.map { $0.count < 2 ? "0" + $0 : $0 }.joined()
    }
    let front = cell.glyph == " " && !cell.isReverse ? "" : hex(cell.foreground) + " "
    return front + "on " + hex(cell.background) + (cell.isBold ? ", bold" : "")
      + (cell.isReverse ? ", reverse" : "")
  }
}
