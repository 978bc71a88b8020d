// SPDX-License-Identifier: Apache-2.0
import CNcurses
import Glibc
package import Vocabulary

/// The terminal while the program has it: ncurses draws the frame around the picture, the picture's
/// own bytes go past it, keys come in, and the shell gets its terminal back on every way out.
///
/// One at a time, used by one thread. Times are milliseconds of any one monotonic clock. Poll
/// `inputDescriptor` and `wakeDescriptor`, at most until `deadlineMilliseconds`; then call
/// `readKeys`.
///
/// Unsafe uses: ncurses' own window and screen, made in `init` and used only until `close`.
package final class TerminalScreen {
  /// Becomes readable when keys or answers came in.
  package let inputDescriptor = TerminalDevice.input
  /// Becomes readable when a signal changed something that `readKeys` must see to.
  package var wakeDescriptor: Int32 { wake.reader }
  /// The terminal's size in cells; changes only inside `readKeys`.
  package private(set) var size: CellSize
  /// A cell's width to height in pixels; 1 : 2 where nobody knows.
  package private(set) var cellAspect: Ratio
  /// What the picture may be drawn with.
  package let colourDepth: ColourDepth
  /// How the terminal keeps up with the frames.
  package private(set) var pacing = FramePacing()

  private var decoder = KeyDecoder()
  private let wake: WakePipe
  private let painter: RolePainter
  private let log: ErrorLog?
  private var drawn: CellGrid?
  private var isPictureForgotten = true
  private var isOpen = true

  /// Takes the terminal over; throws where there is none that can be used, and then changed
  /// nothing.
  package init(theme: Theme, environment: [String: String]) throws(TerminalError) {
    guard TerminalDevice.isPresent, let modes = TerminalDevice.modes() else { throw .notATerminal }
    let name = environment["TERM"] ?? ""
    try Self.check(name)
    wake = try WakePipe()
    Self.chooseLocale()
    guard unsafe nc_newterm(name) != nil else { throw .unknownTerminal(name) }
    log = ErrorLog()
    Self.setModes()
    if has_colors() {
      start_color()
      use_default_colors()
    }
    let colours = has_colors() ? Int(nc_colours()) : 0
    colourDepth = ColourDepth(environment: environment, terminfoColours: colours)
    let isColourWanted = (environment["NO_COLOR"] ?? "").isEmpty
    painter = RolePainter(theme: theme, isColourWanted: isColourWanted)
    size = CellSize(columns: Int(nc_columns()), rows: Int(nc_lines()))
    cellAspect = TerminalDevice.cellAspect(TerminalDevice.windowSize())
    SignalWatch.prepare(
      rescue: EscapeSequence.rescue, modes: modes, log: log, wakeWriter: wake.writer)
    SignalWatch.install()
    SignalWatch.isScreenUp = true
  }

  deinit { close() }

  /// Shows a grid; only what changed goes out.
  ///
  /// Cells of the role `pane` are left alone for the picture.
  package func draw(_ grid: CellGrid) {
    guard isOpen else { return }
    let isFirst = drawn?.size != grid.size
    for row in 0..<min(grid.size.rows, size.rows) {
      for column in 0..<min(grid.size.columns, size.columns) {
        let cell = grid[column, row]
        let old = isFirst ? nil : drawn?[column, row]
        guard cell != old else { continue }
        if cell.role == .pane, old?.role == .pane { continue }
        if cell.role == .pane || old?.role == .pane { isPictureForgotten = true }
        painter.put(cell, column: column, row: row)
      }
    }
    drawn = grid
    _ = unsafe wnoutrefresh(nc_screen())
    doupdate()
  }

  /// Whether the picture last written is no longer on the screen, so that the next one must be
  /// whole; asking takes the answer back.
  package func takePictureForgotten() -> Bool {
    defer { isPictureForgotten = false }
    return isPictureForgotten
  }

  /// Whether the next frame may be written, or the terminal is still busy with the last one.
  package func mayDraw(nowMilliseconds now: Int64) -> Bool {
    isOpen && pacing.mayDraw(nowMilliseconds: now)
  }

  /// Writes one frame's picture as one synchronized update, behind ncurses' back; nothing for no
  /// bytes.
  ///
  /// Call it after `draw`. May block while the terminal does not read.
  package func writePicture(_ bytes: [UInt8], nowMilliseconds now: Int64) throws(TerminalError) {
    guard isOpen, !bytes.isEmpty else { return }
    try TerminalDevice.write(EscapeSequence.beginFrame + bytes + EscapeSequence.endFrame)
    pacing.frameSent(nowMilliseconds: now)
  }

  /// The keys that have come, without waiting; first sees to signals, so it may stop the program
  /// (`^Z`) and return after it was continued.
  package func readKeys(nowMilliseconds now: Int64) throws(TerminalError) -> [KeyPress] {
    guard isOpen else { return [] }
    var keys = try answerSignals()
    var events = decoder.expire(nowMilliseconds: now)
    while true {
      let bytes = try TerminalDevice.readAvailable()
      events += decoder.feed(bytes, nowMilliseconds: now)
      if bytes.isEmpty { break }
    }
    for event in events {
      switch event {
      case .key(let key): keys.append(key)
      case .frameAcknowledged: pacing.acknowledged()
      }
    }
    return keys
  }

  /// When `readKeys` or `mayDraw` will have news without anything coming in; nil for never.
  package var deadlineMilliseconds: Int64? {
    [decoder.deadlineMilliseconds, pacing.deadlineMilliseconds].compactMap { $0 }.min()
  }

  /// Gives the terminal back as it was, the picture wiped.
  ///
  /// Then shows what was said on standard error. A second call does nothing.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    drain()
    _ = unsafe werase(nc_screen())
    _ = unsafe wrefresh(nc_screen())
    endwin()
    SignalWatch.isScreenUp = false
    SignalWatch.uninstall()
    tcflush(inputDescriptor, TCIFLUSH)
    wake.close()
    log?.giveBack()
    log?.close()
  }

  private func answerSignals() throws(TerminalError) -> [KeyPress] {
    let signals = wake.takeAll()
    guard !signals.isEmpty else { return [] }
    if signals.contains(SIGTSTP) { suspend() }
    if signals.contains(SIGCONT) || signals.contains(SIGTSTP) { repaint() }
    if adoptSize() { return [.resized] }
    guard signals.contains(SIGWINCH) else { return [] }
    // Smaller and back again before we looked: the terminal has lost what was cut off.
    repaint()
    return [.resized]
  }

  private func suspend() {
    drain()
    endwin()
    tcflush(inputDescriptor, TCIFLUSH)
    SignalWatch.isScreenUp = false
    SignalWatch.release(SIGTSTP)
    raise(SIGTSTP)
    SignalWatch.install()
    SignalWatch.isScreenUp = true
    pacing = FramePacing()
    decoder = KeyDecoder()
  }

  /// Sends the whole screen again with the next `draw`, and the picture after it.
  private func repaint() {
    isPictureForgotten = true
    _ = unsafe clearok(nc_screen(), true)
    _ = unsafe wrefresh(nc_screen())
  }

  private func adoptSize() -> Bool {
    let window = TerminalDevice.windowSize()
    cellAspect = TerminalDevice.cellAspect(window)
    let new = CellSize(columns: Int(window.ws_col), rows: Int(window.ws_row))
    guard new != size, new.columns > 0, new.rows > 0 else { return false }
    resizeterm(Int32(new.rows), Int32(new.columns))
    size = new
    drawn = nil
    isPictureForgotten = true
    _ = unsafe werase(nc_screen())
    _ = unsafe clearok(nc_screen(), true)
    return true
  }

  /// Reads the answers that are still due, so that they do not appear at the shell's prompt.
  private func drain() {
    var spent: Int32 = 0
    while pacing.unanswered > 0, spent < 100 {
      let isReady = TerminalDevice.waits(for: POLLIN, on: inputDescriptor, milliseconds: 10)
      if !isReady { spent += 10 }
      guard let bytes = try? TerminalDevice.readAvailable() else { return }
      for event in decoder.feed(bytes, nowMilliseconds: 0) where event == .frameAcknowledged {
        pacing.acknowledged()
      }
    }
  }

  private static func check(_ name: String) throws(TerminalError) {
    var status: Int32 = 0
    guard !name.isEmpty, unsafe setupterm(name, TerminalDevice.output, &status) == OK else {
      throw .unknownTerminal(name)
    }
    defer { nc_forget_setup() }
    guard unsafe nc_has("cup") == 1 else { throw .cannotMoveCursor(name) }
  }

  /// Takes the user's locale where it is UTF-8, else C.UTF-8: the terminals in use all are.
  private static func chooseLocale() {
    unsafe setlocale(LC_CTYPE, "")
    let codeset = unsafe nl_langinfo(nl_item(CODESET)).map { unsafe String(cString: $0) }
    if codeset != "UTF-8" { unsafe setlocale(LC_CTYPE, "C.UTF-8") }
  }

  private static func setModes() {
    cbreak()
    noecho()
    nonl()
    typeahead(-1)
    curs_set(0)
    _ = unsafe idcok(nc_screen(), false)
    _ = unsafe leaveok(nc_screen(), true)
    TerminalDevice.releaseFlowControl()
    def_prog_mode()
  }
}
