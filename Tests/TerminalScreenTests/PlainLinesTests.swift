// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import TerminalScreen

/// What goes out to a terminal that is spoken to in plain lines.
@Suite("Plain lines' egress") struct PlainLinesTests {
  @Test(arguments: ["a", "Größe – 5 °C, „ja“ …\r\n", "ab\u{8} \u{8}", ""])
  func linesAndBackspacesPass(_ text: String) throws {
    try TerminalEgress.checkLines(Array(text.utf8))
  }

  @Test(arguments: [
    "\u{1B}[1m", "\u{1B}7", "\u{1B}[H", "\u{0E}", "\u{0F}", "\u{18}", "\u{7}", "\t", "\u{7F}",
    "\u{9B}1m", "\u{202E}",
  ])
  func sequencesDoNot(_ text: String) {
    #expect(throws: TerminalError.self) { try TerminalEgress.checkLines(Array("x\(text)".utf8)) }
  }

  @Test func theControlPassesTheScreensGrammar() throws {
    for text in ["\u{1B}[1m", "\u{1B}[H", "\u{0E}"] {
      try TerminalEgress.check(Array(text.utf8))
    }
  }
}
