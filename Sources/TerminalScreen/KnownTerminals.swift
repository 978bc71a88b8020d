// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// What is known of one terminal beyond what it answers.
struct KnownTerminal: Sendable {
  /// Its name as it is shown.
  let name: String
  /// What its XTVERSION answer begins with; nil where it gives none.
  var version: String?
  /// The oldest version that this row holds for.
  var least: [Int] = []
  /// What `TERM` begins with.
  var terms: [String] = []
  /// Variables that it sets, each with what its value begins with.
  var variables: [(name: String, prefix: String)] = []
  /// The block glyphs that it surely shows, because it draws them itself or every usual font has them.
  let glyphs: Set<PictureKind>
  /// The colours that it has, whatever the environment promises; nil where that is believed.
  var depth: ColourDepth?
  /// What it keeps of a sixel picture.
  var delta = SixelDelta.strips
  /// The largest sixel picture where it answers none.
  var largest: PixelSize?
  /// Whether it shows another terminal's screens in its own.
  var isMultiplexer = false
}

/// The terminals that are known, the first that fits first.
enum KnownTerminals {
  /// Blocks down to quadrants: U+2580 to U+259F.
  private static let blocks: Set<PictureKind> = [.half, .half256, .half16, .quadrant]
  private static let halves: Set<PictureKind> = [.half, .half256, .half16]
  private static let sextants = blocks.union([.sextant])

  static let all: [KnownTerminal] = [
    // Asks before all others: variables of the terminal around it are inherited.
    // Measured on 3.3a; sixel from 3.4 where it was built with it, which DA1 says.
    .init(
      name: "tmux", version: "tmux ", terms: ["tmux"], variables: [("TMUX", "")], glyphs: halves,
      delta: .whole, isMultiplexer: true),
    // Measured: answers DA1 alone.
    .init(
      name: "screen", terms: ["screen"], variables: [("STY", "")], glyphs: halves, delta: .whole,
      isMultiplexer: true),
    // Measured on 379: keeps unset pixels until it repaints; fonts have quadrants, no sextants.
    .init(
      name: "xterm", version: "XTerm(", least: [379], variables: [("XTERM_VERSION", "XTerm(")],
      glyphs: blocks, depth: .trueColour, delta: .changedPixels),
    .init(name: "xterm, an older one", version: "XTerm(", glyphs: blocks),
    // Measured on 1.13.1: keeps unset pixels; draws blocks and sextants itself, octants shift the row.
    .init(
      name: "foot", version: "foot(", least: [1, 13], terms: ["foot"], glyphs: sextants,
      depth: .trueColour, delta: .changedPixels),
    // Measured on 3.9.0: unset pixels become background, strips are right; no XTVERSION.
    .init(name: "mlterm", terms: ["mlterm"], variables: [("MLTERM", "")], glyphs: blocks),
    // These draw their blocks themselves (their documentation; not tested here).
    .init(
      name: "kitty", version: "kitty(", terms: ["xterm-kitty"],
      variables: [("KITTY_WINDOW_ID", "")], glyphs: sextants, depth: .trueColour),
    .init(
      name: "WezTerm", version: "WezTerm ", terms: ["wezterm"],
      variables: [("TERM_PROGRAM", "WezTerm")], glyphs: sextants, depth: .trueColour),
    .init(
      name: "Ghostty", version: "ghostty ", terms: ["xterm-ghostty"],
      variables: [("TERM_PROGRAM", "ghostty")], glyphs: sextants, depth: .trueColour),
    .init(
      name: "Konsole", version: "Konsole ", terms: ["konsole"],
      variables: [("KONSOLE_VERSION", "")], glyphs: blocks, depth: .trueColour),
    .init(
      name: "VTE", version: "VTE(", terms: ["vte", "gnome"], variables: [("VTE_VERSION", "")],
      glyphs: sextants, depth: .trueColour),
    .init(
      name: "Alacritty", terms: ["alacritty"], variables: [("ALACRITTY_WINDOW_ID", "")],
      glyphs: blocks, depth: .trueColour),
    // contour#191: once 16 registers; it answers XTSMGRAPHICS, which is believed.
    .init(
      name: "contour", version: "contour ", terms: ["contour"], glyphs: blocks,
      depth: .trueColour),
    // microsoft/terminal PR 16729: U+2580 to 259F; PR 20424: sextants, too new to count on.
    .init(
      name: "Windows Terminal", variables: [("WT_SESSION", "")], glyphs: blocks,
      depth: .trueColour),
    .init(
      name: "iTerm2", version: "iTerm2 ", variables: [("TERM_PROGRAM", "iTerm.app")],
      glyphs: blocks, depth: .trueColour),
    // @xterm/addon-image: 256 registers, at most 25 MB a picture.
    .init(
      name: "VS Code", version: "xterm.js(", variables: [("TERM_PROGRAM", "vscode")],
      glyphs: blocks, depth: .trueColour),
    // notcurses#1298: Windows fonts have half blocks, no quadrants.
    .init(name: "PuTTY", version: "PuTTY", terms: ["putty"], glyphs: halves),
    .init(
      name: "mintty", version: "mintty ", terms: ["mintty"],
      variables: [("TERM_PROGRAM", "mintty")], glyphs: halves, depth: .trueColour),
    .init(name: "rxvt-unicode", terms: ["rxvt-unicode"], glyphs: halves, depth: .indexed256),
    .init(name: "st", terms: ["st-", "stterm"], glyphs: halves, depth: .trueColour),
    // Font tables: Lat15 and Uni2 have no half blocks.
    .init(name: "Linux console", terms: ["linux"], glyphs: [], depth: .named16),
  ]

  /// The terminal that this is: by its own name where it gave one, else by `TERM`, else by a
  /// variable.
  ///
  /// A multiplexer is looked for first: what it inherited says nothing of it.
  static func find(version: String?, environment: [String: String]) -> KnownTerminal? {
    let term = environment["TERM"] ?? ""
    if let version {
      return all.first { row in
        row.version.map { version.hasPrefix($0) } == true && !isOlder(version, than: row.least)
      }
    }
    let byTerm = all.first { row in row.terms.contains { term.hasPrefix($0) } }
    if var byTerm {
      // An old one has the same name: what only later versions keep is not counted on.
      if !byTerm.least.isEmpty, byTerm.delta == .changedPixels { byTerm.delta = .strips }
      return byTerm
    }
    return all.first { row in
      row.variables.contains { name, prefix in
        guard let value = environment[name], !value.isEmpty, value.hasPrefix(prefix) else {
          return false
        }
        return !isOlder(value, than: row.least)
      }
    }
  }

  /// Whether the version in a text, its first numbers with dots between them, is older.
  static func isOlder(_ text: String, than least: [Int]) -> Bool {
    let digits = text.drop { !$0.isASCII || !$0.isNumber }
    let numbers = digits.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      .split(separator: ".").map { Int($0) ?? 0 }
    return numbers.lexicographicallyPrecedes(least)
  }
}
