// SPDX-License-Identifier: Apache-2.0

/// Every escape sequence that this layer itself sends; ncurses sends its own, from terminfo, and
/// the picture between `saveCursor` and `endFrame` holds only cursor moves, SGR and text.
package enum EscapeSequence: CaseIterable, Sendable {
  case beginSynchronized, saveCursor
  case plainStyle, restoreCursor, endSynchronized, askStatus
  case closeString, clearScreen, normalCursorKeys, normalKeypad, showCursor, leaveAlternateScreen

  /// The bytes as text; `ESC` is U+001B.
  package var text: String {
    switch self {
    case .beginSynchronized: "\u{1B}[?2026h"
    case .saveCursor: "\u{1B}7"
    case .plainStyle: "\u{1B}[0m"
    case .restoreCursor: "\u{1B}8"
    case .endSynchronized: "\u{1B}[?2026l"
    case .askStatus: "\u{1B}[5n"
    case .closeString: "\u{1B}\\"
    case .clearScreen: "\u{1B}[2J"
    case .normalCursorKeys: "\u{1B}[?1l"
    case .normalKeypad: "\u{1B}>"
    case .showCursor: "\u{1B}[?25h"
    case .leaveAlternateScreen: "\u{1B}[?1049l"
    }
  }

  /// What the terminal does with it.
  package var effect: String {
    switch self {
    case .beginSynchronized: "holds the screen until the frame is whole (ignored where unknown)"
    case .saveCursor: "DECSC: saves cursor, pen and character set, as ncurses believes them to be"
    case .plainStyle: "SGR 0: default colours, no attributes"
    case .restoreCursor: "DECRC: puts back what DECSC saved"
    case .endSynchronized: "shows the frame"
    case .askStatus: "DSR 5: the answer CSI 0 n says that the frame has been read"
    case .closeString: "ST: ends a control string that was cut off half way"
    case .clearScreen: "ED 2: wipes the picture from the alternate screen's memory"
    case .normalCursorKeys: "DECCKM off"
    case .normalKeypad: "DECKPNM"
    case .showCursor: "DECTCEM on"
    case .leaveAlternateScreen: "back to the shell's screen"
    }
  }

  /// What goes before a picture's bytes.
  package static let beginFrame = bytes([.beginSynchronized, .saveCursor, .plainStyle])
  /// What goes after a picture's bytes.
  package static let endFrame = bytes([.plainStyle, .restoreCursor, .endSynchronized, .askStatus])
  /// What a dying program writes so that the shell finds its terminal in order.
  package static let rescue = bytes([
    .endSynchronized, .closeString, .plainStyle, .clearScreen, .normalCursorKeys, .normalKeypad,
    .showCursor, .leaveAlternateScreen,
  ])

  private static func bytes(_ sequences: [EscapeSequence]) -> [UInt8] {
    sequences.flatMap { Array($0.text.utf8) }
  }
}
