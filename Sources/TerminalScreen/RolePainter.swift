// SPDX-License-Identifier: Apache-2.0
import CNcurses
import Vocabulary

/// Gives every role its ncurses colour pair and attributes.
///
/// Unsafe uses: ncurses' window, which lives as long as the screen. Colours are the nearest of the
/// fixed 240: redefining the palette would change the user's terminal for good where a crash or a
/// multiplexer keeps the reset from it.
struct RolePainter {
  private let theme: Theme
  private let colourCount: Int
  private let hasColour: Bool
  /// Whether roles are told apart by attributes alone.
  private let isPlain: Bool
  /// Whether the terminal is the console, whose fonts have few characters.
  private let isConsole: Bool

  /// Sets the pairs up; without colour, roles are told apart by bold, dim and reverse.
  init(theme: Theme, isColourWanted: Bool, isConsole: Bool) {
    self.theme = theme
    self.isConsole = isConsole
    hasColour = isColourWanted && has_colors()
    isPlain = !hasColour || theme.isColourless
    colourCount = hasColour ? Int(nc_colours()) : 0
    guard hasColour else { return }
    for role in StyleRole.allCases {
      let style = theme[role]
      let back = number(style.background ?? theme.background)
      init_pair(pair(role), front(style.foreground, on: back), back)
    }
    let back = number(theme.background)
    init_pair(Self.backgroundPair, front(theme[.text].foreground, on: back), back)
    unsafe nc_background(nc_screen(), Int32(Self.backgroundPair))
  }

  /// Writes one cell into ncurses' window.
  func put(_ cell: Cell, column: Int, row: Int) {
    var attributes = attr_t(0)
    if cell.role == .pane {
      // No chrome is protected, so that ncurses never takes a cell of the pane for one that follows it
      // and leaves a piece of picture there. Terminals show nothing of it.
      attributes |= nc_protect
    } else {
      let isBold = cell.emphasis == .bold || theme[cell.role].isBold
      if isBold, !isGreyWhereBold(cell.role) { attributes |= nc_bold }
      if cell.emphasis == .dim { attributes |= nc_dim }
      if isPlain { attributes |= plainAttributes(cell.role) }
    }
    let shown = isConsole ? ConsoleGlyphs.shown(cell.glyph) : cell.glyph
    let glyph = cell.role == .pane ? " " : shown
    _ = unsafe nc_put(
      nc_screen(), Int32(row), Int32(column), glyph.value, attributes,
      hasColour ? Int32(pair(cell.role)) : 0)
  }

  /// The console draws bold as a brighter colour, and bold black as dark grey.
  private func isGreyWhereBold(_ role: StyleRole) -> Bool {
    isConsole && hasColour && theme[role].background != nil && number(theme[role].foreground) == 0
  }

  private static let backgroundPair = Int16(StyleRole.allCases.count + 1)

  private func pair(_ role: StyleRole) -> Int16 { Int16(role.rawValue + 1) }

  private func number(_ colour: RGB?) -> Int16 {
    guard let colour else { return -1 }
    return colourCount >= 256
      ? XtermPalette.nearestFixed(colour)
      : XtermPalette.nearestNamed(colour, count: Int16(clamping: colourCount))
  }

  /// Where there are few colours two may be one here, which would hide the words: then black or white.
  private func front(_ colour: RGB?, on back: Int16) -> Int16 {
    let front = number(colour)
    guard colourCount < 256, front == back, front >= 0 else { return front }
    return back == 0 ? 7 : 0
  }

  private func plainAttributes(_ role: StyleRole) -> attr_t {
    switch role {
    case .selected, .flagged: nc_reverse
    case .heading, .key, .set, .playhead: nc_bold
    case .quiet, .prediction: nc_dim
    default: 0
    }
  }
}
