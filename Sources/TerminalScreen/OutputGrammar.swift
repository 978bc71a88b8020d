// SPDX-License-Identifier: Apache-2.0

/// Every byte that Milkglass may send to a terminal, in one place.
///
/// What is not in these tables is not sent: no OSC (titles, clipboard, files, notifications,
/// colours), no PM or SOS, no DCS but a bounded sixel picture, no APC but a few bounded kitty
/// graphics commands, no media copy, no window operation but two questions for sizes, no ENQ, no BEL,
/// no C1 control, no reset. `Checker` reads these tables and nothing
/// else; `TerminalEgress` lets no byte past that `Checker` refuses.
///
/// Text is UTF-8 of the scalars for which `DisplayText.isOneCell` or `isTwoCells` holds, and of those
/// that pictures are made of (`isPicturePart`).
///
/// The terminals that ncurses drives within these tables are those of terminfo's families xterm,
/// tmux, screen, linux, vt100, vt102, vt220, rxvt, Eterm, ansi, wsvt25, foot, kitty, alacritty, st
/// and VTE. For any other, `TerminalScreen` says so before it takes the terminal over.
package enum OutputGrammar {
  /// The numbers a control sequence may carry, `;` between them; a missing one counts as 0.
  enum Numbers: Hashable, Sendable {
    /// At most so many, each at most `largestNumber`.
    case atMost(Int)
    /// None, or one of these.
    case noneOr([UInt16])
    /// Exactly one, one of these.
    case exactly([UInt16])
    /// One or more of the first, or exactly one of the second.
    case some([UInt16], orOne: [UInt16])
    /// Exactly one of these lists.
    case oneOf([[UInt16]])
    /// Colours and attributes, as `styles` and `colours` say.
    case style
  }

  /// A family of control sequences: `CSI`, `introducer`, numbers, one of `finals`.
  struct ControlSequence: Hashable, Sendable {
    /// `?` where it is a private one, `>` where it is a secondary one; nil for none.
    let introducer: Unicode.Scalar?
    let finals: String
    let numbers: Numbers
    let meaning: String

    init(_ introducer: Unicode.Scalar?, _ finals: String, _ numbers: Numbers, _ meaning: String) {
      (self.introducer, self.finals, self.numbers) = (introducer, finals, numbers)
      self.meaning = meaning
    }
  }

  /// The C0 controls: backspace, line feed, carriage return, and the shifts that the Linux console,
  /// tmux and screen get with every change of style.
  static let controls: [UInt8] = [0x08, 0x0A, 0x0D, 0x0E, 0x0F]

  /// CAN, which may stand anywhere: whatever was begun is given up.
  static let cancel: UInt8 = 0x18

  /// What may follow `ESC`, beside `[` and, for pictures, `P` and `_`.
  static let escapes: [(text: String, meaning: String)] = [
    ("7", "DECSC: saves cursor, pen and character set"),
    ("8", "DECRC: puts back what DECSC saved"),
    ("=", "DECKPAM: number pad sends its own codes"),
    (">", "DECKPNM: number pad sends digits"),
    ("D", "IND: down one row"),
    ("E", "NEL: to the start of the next row"),
    ("M", "RI: up one row"),
    ("\\", "ST: ends a picture; alone, ends a string that was cut off half way"),
    ("(B", "G0 is ASCII"), ("(0", "G0 is line drawing"),
    (")B", "G1 is ASCII"), (")0", "G1 is line drawing"),
  ]

  /// The control sequences.
  static let controlSequences: [ControlSequence] = [
    .init(nil, "ABCD", .atMost(1), "cursor up, down, right, left by so many"),
    .init(nil, "Gd", .atMost(1), "cursor to a column, to a row"),
    .init(nil, "H", .atMost(2), "cursor to row and column"),
    .init(nil, "J", .noneOr([0, 1, 2, 3]), "erases: to the end, from the start, all, scrollback"),
    .init(nil, "K", .noneOr([0, 1, 2]), "erases in the row"),
    .init(nil, "@PX", .atMost(1), "inserts, deletes, erases so many cells"),
    .init(nil, "LM", .atMost(1), "inserts, deletes so many rows"),
    .init(nil, "ST", .atMost(1), "scrolls up, down by so many rows"),
    .init(nil, "b", .atMost(1), "repeats the last character so many times"),
    .init(nil, "r", .atMost(2), "the rows that scroll"),
    .init(nil, "m", .style, "colours and attributes"),
    .init(nil, "n", .exactly([5]), "asks whether it has read this far (DSR 5)"),
    .init(nil, "hl", .exactly([4, 34]), "insert mode; screen's block cursor"),
    .init("?", "hl", .some(privateModes, orOne: mouseModes), "private modes, by list"),
    .init("?", "c", .exactly([0, 1, 8]), "the Linux console's cursor: usual, none, block"),
    .init(nil, "c", .atMost(0), "asks what it can do (DA1)"),
    .init(">", "q", .atMost(0), "asks for its name and version (XTVERSION)"),
    .init(nil, "t", .exactly([14, 16]), "asks for its size, for a cell's size, in pixels"),
    .init(
      "?", "S", .oneOf([[1, 1, 0], [2, 1, 0]]),
      "asks how many sixel colours, how large a sixel picture (XTSMGRAPHICS)"),
  ]

  /// `CSI ? 2026 $ p` asks whether it knows synchronized update (DECRQM); no other mode is asked for.
  static let askedModes: [UInt16] = [2026]

  /// DECCKM (1), autowrap (7), cursor's blinking (12) and showing (25), the alternate screen (47,
  /// 1047, 1049) with its cursor (1048), reports of the focus (1004), and synchronized update (2026).
  static let privateModes: [UInt16] = [1, 7, 12, 25, 47, 1004, 1047, 1048, 1049, 2026]

  /// With `--mouse`: reports of buttons and wheel (1000), in digits (1006); never of moves.
  static let mouseModes: [UInt16] = [1000, 1006]

  /// SGR: plain, bold, dim, italic, underlined, reverse, and their ends; the console's fonts; the
  /// 16 named colours and the terminal's own.
  ///
  /// Neither blinking nor hidden text.
  static let styles: [ClosedRange<UInt16>] = [
    0...4, 7...7, 10...12, 22...24, 27...27, 30...37, 39...39, 40...47, 49...49, 90...97, 100...107,
  ]

  /// SGR's other colours: `38` or `48`, then `5` and one of 256, or `2` and three of 256; with `;`
  /// only, since terminals disagree about `:`.
  static let colours: [UInt16] = [38, 48]

  /// No number in a control sequence is larger.
  static let largestNumber: UInt16 = 9999
  /// No control sequence has more numbers.
  static let mostNumbers = 24

  /// A picture: `ESC P`, up to three numbers (at most 9, 1 and 0), `q`, then `"1;1;width;height`,
  /// then sixels, repeats (`!`), colours (`#n`, `#n;2;red;green;blue` in percent), `$` and `-`, all
  /// inside that width and height; then `ESC \`.
  enum Sixel {
    /// No side is longer, in pixels.
    static let longestSide = 4096
    /// Colours are 0 to this.
    static let lastColour: UInt16 = 1023
    /// No picture has more bytes.
    static let mostBytes = 8 << 20
  }

  /// Kitty's graphics commands.
  ///
  /// Each is `ESC _ G`, keys, `;` and data, `ESC \`, in any order, each key once:
  ///
  /// - a picture: `a=T,f=24,t=d,i=,p=1,q=2,C=1,s=,v=,c=,r=,m=`, `;`, its pixels in base64; further
  ///   chunks with `m=` (and `q=2`) alone follow at once while `m` is 1;
  /// - away with it: `a=d,d=I,i=,q=2` (or `d=i`); away with all: `a=d,d=A,q=2`;
  /// - the end of a picture of which not all chunks come: `m=0,q=2`;
  /// - the question whether it knows them: `i=31,s=1,v=1,a=q,t=d,f=24;AAAA`.
  ///
  /// Never a file, shared memory, an animation, or a compressed picture.
  enum Kitty {
    /// Every key that may be used.
    static let keys = "atdfsvipqCcrm"
    /// The pictures' numbers.
    static let identifiers: ClosedRange<UInt32> = 1...4095
    /// No side is longer, in pixels.
    static let longestSide: UInt32 = 4096
    /// No chunk has more bytes of base64.
    static let longestChunk = 4096
    /// No picture has more bytes of base64.
    static let mostBytes = 16 << 20
  }

  /// What terminfo tells ncurses to send with the alternate screen although nobody asked, and the
  /// egress cuts out: xterm's title stack.
  ///
  /// The reset of a palette that was never changed (`oc`) is cut as well; its bytes are terminfo's,
  /// so they are not listed here.
  static let cut = [
    "\u{1B}[22;0;0t", "\u{1B}[23;0;0t", "\u{1B}[22;0t", "\u{1B}[23;0t", "\u{1B}[22t", "\u{1B}[23t",
  ]
}
