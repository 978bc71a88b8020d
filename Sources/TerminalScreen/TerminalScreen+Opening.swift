// SPDX-License-Identifier: Apache-2.0
import CNcurses
import Glibc
import Vocabulary

/// What is found out and set before the screen is up.
///
/// Unsafe uses: ncurses' own window; C strings of terminfo and the locale, read at once.
extension TerminalScreen {
  /// Opens and leaves the screen once, in memory alone, so that a terminal whose terminfo wants what
  /// is never sent is refused before anything was.
  static func rehearse(
    _ name: String, _ painter: RolePainter, _ size: CellSize, _ curses: CursesOutput,
    _ wake: WakePipe, _ log: ErrorLog?
  ) throws(TerminalError) {
    for role in StyleRole.allCases {
      painter.put(Cell("x", role), column: role.rawValue % size.columns, row: 0)
    }
    _ = unsafe wrefresh(nc_screen())
    endwin()
    let sample = curses.take()
    _ = unsafe werase(nc_screen())
    guard TerminalEgress.offence(in: sample) != nil else { return }
    SignalWatch.uninstall()
    wake.close()
    log?.giveBack()
    log?.close()
    throw .strangeTerminal(name)
  }

  /// The size in cells; nil where nobody told the kernel.
  ///
  /// What is beyond any screen is cut off, so that a lying terminal costs no memory.
  static func cells(_ window: winsize) -> CellSize? {
    guard window.ws_col > 0, window.ws_row > 0 else { return nil }
    return CellSize(columns: min(2000, Int(window.ws_col)), rows: min(1000, Int(window.ws_row)))
  }

  /// Whether the terminal erases its scrollback by `CSI 3 J`: terminfo says so, or it is screen,
  /// whose entry does not say it.
  static func erasesScrollback(_ name: String) -> Bool {
    CursesOutput.text("E3") == EscapeSequence.forget || name.hasPrefix("screen")
  }

  static func check(_ name: String) throws(TerminalError) {
    var status: Int32 = 0
    guard !name.isEmpty, unsafe setupterm(name, TerminalDevice.output, &status) == OK else {
      throw .unknownTerminal(name)
    }
    defer { nc_forget_setup() }
    guard !CursesOutput.text("cup").isEmpty else { throw .cannotMoveCursor(name) }
  }

  /// Takes the user's locale where it is UTF-8, else C.UTF-8: the terminals in use all are.
  static func chooseLocale() {
    unsafe setlocale(LC_CTYPE, "")
    let codeset = unsafe nl_langinfo(nl_item(CODESET)).map { unsafe String(cString: $0) }
    if codeset != "UTF-8" { unsafe setlocale(LC_CTYPE, "C.UTF-8") }
  }

  static func setModes() {
    cbreak()
    noecho()
    nonl()
    typeahead(-1)
    curs_set(0)
    _ = unsafe idcok(nc_screen(), false)
    _ = unsafe leaveok(nc_screen(), true)
  }
}
