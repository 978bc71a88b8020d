// SPDX-License-Identifier: Apache-2.0

/// Every escape sequence that this layer itself sends; ncurses sends its own, from terminfo, and
/// the picture between `saveCursor` and `endFrame` holds only cursor moves, SGR and text.
package enum EscapeSequence: CaseIterable, Sendable {
  case beginSynchronized, saveCursor
  case plainStyle, restoreCursor, endSynchronized, askStatus
  case cancel, closeString, wholeCharacter, asciiText
  case home, clearBelow, clearScreen, clearScrollback
  case normalCursorKeys, normalKeypad, showCursor
  case focusOn, focusOff, buttonsOn, buttonsOff, wideButtonsOn, wideButtonsOff, removeKitty,
    endKitty
  case askName, askSixelColours, askSixelSize, askPixels, askCellPixels, askKitty, askSynchronized
  case askAttributes

  /// The bytes as text; `ESC` is U+001B.
  package var text: String {
    switch self {
    case .beginSynchronized: "\u{1B}[?2026h"
    case .saveCursor: "\u{1B}7"
    case .plainStyle: "\u{1B}[0m"
    case .restoreCursor: "\u{1B}8"
    case .endSynchronized: "\u{1B}[?2026l"
    case .askStatus: "\u{1B}[5n"
    case .cancel: "\u{18}"
    case .closeString: "\u{1B}\\"
    case .wholeCharacter: "─"
    case .asciiText: "\u{1B}(B\u{0F}"
    case .home: "\u{1B}[H"
    case .clearBelow: "\u{1B}[J"
    case .clearScreen: "\u{1B}[2J"
    case .clearScrollback: "\u{1B}[3J"
    case .normalCursorKeys: "\u{1B}[?1l"
    case .normalKeypad: "\u{1B}>"
    case .showCursor: "\u{1B}[?25h"
    case .focusOn: "\u{1B}[?1004h"
    case .focusOff: "\u{1B}[?1004l"
    case .buttonsOn: "\u{1B}[?1000h"
    case .buttonsOff: "\u{1B}[?1000l"
    case .wideButtonsOn: "\u{1B}[?1006h"
    case .wideButtonsOff: "\u{1B}[?1006l"
    case .removeKitty: "\u{1B}_Ga=d,d=A,q=2\u{1B}\\"
    case .endKitty: "\u{1B}_Gm=0,q=2\u{1B}\\"
    case .askName: "\u{1B}[>q"
    case .askSixelColours: "\u{1B}[?1;1;0S"
    case .askSixelSize: "\u{1B}[?2;1;0S"
    case .askPixels: "\u{1B}[14t"
    case .askCellPixels: "\u{1B}[16t"
    case .askKitty: "\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\"
    case .askSynchronized: "\u{1B}[?2026$p"
    case .askAttributes: "\u{1B}[c"
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
    case .cancel: "CAN: gives up a sequence that was cut off half way"
    case .closeString: "ST: ends a control string that was cut off half way"
    case .wholeCharacter:
      "ends the wait for the rest of a character that was cut off; overwritten at once"
    case .asciiText: "G0 is ASCII, and in use: line drawing that was cut off half way ends"
    case .home: "CUP: to the first cell"
    case .clearBelow: "ED 0: overwrites everything in place, nothing moves to the scrollback"
    case .clearScreen: "ED 2: wipes the picture from the alternate screen's memory"
    case .clearScrollback: "ED 3 (E3): forgets what scrolled away, where the terminal has it"
    case .normalCursorKeys: "DECCKM off"
    case .normalKeypad: "DECKPNM"
    case .showCursor: "DECTCEM on"
    case .focusOn: "reports when the window gains or loses the focus"
    case .focusOff: "reports no focus"
    case .buttonsOn: "reports a mouse's buttons and wheel, never its moves; only with --mouse"
    case .buttonsOff: "reports no mouse"
    case .wideButtonsOn: "reports them in digits (SGR), so that no report can be taken for letters"
    case .wideButtonsOff: "reports them as before"
    case .removeKitty: "removes every kitty picture and forgets its pixels"
    case .endKitty:
      "ends a kitty picture of which not all came, else the next one would count as its rest"
    case .askName: "XTVERSION: its name and version"
    case .askSixelColours: "XTSMGRAPHICS: how many colours a sixel picture may have"
    case .askSixelSize: "XTSMGRAPHICS: how large a sixel picture may be"
    case .askPixels: "its size in pixels"
    case .askCellPixels: "a cell's size in pixels"
    case .askKitty: "whether it knows kitty's graphics"
    case .askSynchronized: "DECRQM: whether it knows synchronized update"
    case .askAttributes: "DA1: what it can do; every terminal answers it, so it is asked last"
    }
  }

  /// What goes before a frame's bytes.
  static let beginFrame = bytes([.beginSynchronized])
  /// What goes before a picture's bytes, inside a frame.
  static let beginPicture = bytes([.saveCursor, .plainStyle])
  /// What goes after a picture's bytes, inside a frame.
  static let endPicture = bytes([.plainStyle, .restoreCursor])
  /// What goes after a frame's bytes.
  static let endFrame = bytes([.endSynchronized])
  /// Asks whether a frame has been read.
  static let acknowledge = bytes([.askStatus])
  /// Gets the terminal out of a sequence or a picture that was cut off half way, with default colours.
  static let giveUp = bytes([.cancel, .closeString, .plainStyle])
  /// The same for anything that was cut off, pictures or not.
  static let giveUpAll = giveUp + bytes([.asciiText])
  /// The same where nobody knows what the terminal has read; what comes next overwrites the screen.
  static let giveUpUnseen = giveUpAll + bytes([.wholeCharacter])
  /// Saves the cursor: what `beginPicture` begins with.
  static let save = bytes([.saveCursor])
  /// Puts back what `save` saved.
  static let restore = bytes([.restoreCursor])
  /// Overwrites everything that is on the screen.
  ///
  /// `clearBelow` goes first: some terminals move what `clearScreen` clears to the scrollback.
  static let overwrite = bytes([.plainStyle, .home, .clearBelow, .clearScreen])
  /// The same while the screen stays up: pen and cursor are as ncurses believes them to be after it.
  static let wipe = bytes([.saveCursor]) + overwrite + bytes([.restoreCursor])
  /// Begins and ends the reports of the focus.
  static let (reportFocus, ignoreFocus) = (bytes([.focusOn]), bytes([.focusOff]))
  /// Begins and ends the reports of a mouse.
  static let (reportMouse, ignoreMouse) = (
    bytes([.wideButtonsOn, .buttonsOn]), bytes([.buttonsOff, .wideButtonsOff])
  )
  /// Ends a kitty picture that was cut off.
  static let endKittyPicture = bytes([.endKitty])
  /// Removes the pictures that no overwriting removes, of a terminal that has them.
  static let removePictures = bytes([.removeKitty])
  /// Everything that is asked of a terminal before the screen, the one that all answer last.
  static let questions = bytes([
    .askName, .askSixelColours, .askSixelSize, .askPixels, .askCellPixels, .askKitty,
    .askSynchronized, .askAttributes,
  ])
  /// Forgets what scrolled away.
  static let forget = bytes([.clearScrollback])

  /// What a dying program writes so that nothing of a picture stays and the shell finds its
  /// terminal in order: with `leave`, the terminal's own way out of a screen, and with the
  /// scrollback erased and kitty's pictures removed where the terminal can, and its mouse let go.
  static func rescue(
    leave: [UInt8], erasesScrollback: Bool, hasKitty: Bool = false, hasMouse: Bool = false
  ) -> [UInt8] {
    bytes([.cancel, .closeString, .endSynchronized, .asciiText, .wholeCharacter, .focusOff])
      + (hasMouse ? ignoreMouse : [])
      + (hasKitty ? endKittyPicture + removePictures : [])
      + overwrite
      + bytes([.normalCursorKeys, .normalKeypad, .showCursor]) + leave
      + (erasesScrollback ? forget : [])
  }

  private static func bytes(_ sequences: [EscapeSequence]) -> [UInt8] {
    sequences.flatMap { Array($0.text.utf8) }
  }
}
