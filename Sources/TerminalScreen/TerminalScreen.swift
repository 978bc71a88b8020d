// SPDX-License-Identifier: Apache-2.0
import CNcurses
import Glibc
package import Vocabulary

/// The terminal while the program has it: ncurses draws the frame around the picture, the picture's
/// own bytes go past it, keys come in, and the shell gets its terminal back on every way out.
///
/// ncurses writes into memory. What it wrote and the picture go out together through
/// `TerminalEgress`, as one synchronized update and one write, so that the terminal never shows half
/// of a change, and nothing that `OutputGrammar` does not hold.
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
  /// What the terminal is and can show.
  package let traits: TerminalTraits
  /// How the terminal keeps up with the frames.
  package private(set) var pacing = FramePacing()

  private var decoder = KeyDecoder()
  private let wake: WakePipe
  private let painter: RolePainter
  private let log: ErrorLog?
  private let curses: CursesOutput
  private let originalModes: termios
  private let erasesScrollback: Bool
  private var pending: [UInt8] = []
  private var drawn: CellGrid?
  private var isPictureForgotten = true
  private var isResumed = false
  private var isFocusGained = false
  private var answersOwedUntil: Int64?
  private var typedEarly: [UInt8]
  private var isOpen = true

  /// Takes the terminal over; throws where there is none that can be used, and then changed
  /// nothing.
  package init(theme: Theme, environment: [String: String]) throws(TerminalError) {
    guard TerminalDevice.isPresent, let modes = TerminalDevice.modes() else { throw .notATerminal }
    let name = environment["TERM"] ?? ""
    try Self.check(name)
    wake = try WakePipe()
    Self.chooseLocale()
    var curses = try CursesOutput()
    guard unsafe nc_newterm(name, curses.descriptor) != nil else { throw .unknownTerminal(name) }
    curses.readTerminfo()
    self.curses = curses
    Self.setModes()
    if has_colors() {
      start_color()
      use_default_colors()
    }
    let colours = has_colors() ? Int(nc_colours()) : 0
    colourDepth = ColourDepth(environment: environment, terminfoColours: colours)
    let isColourWanted = (environment["NO_COLOR"] ?? "").isEmpty
    painter = RolePainter(theme: theme, isColourWanted: isColourWanted)
    let window = TerminalDevice.windowSize()
    size =
      Self.cells(window) ?? CellSize(columns: Int(nc_columns()), rows: Int(nc_lines()))
    originalModes = modes
    erasesScrollback = Self.erasesScrollback(name)
    log = ErrorLog()
    try Self.rehearse(name, painter, size, curses, wake, log)
    let asked = TerminalProbe.ask(environment: environment, modes: modes)
    traits = TerminalProbe.traits(asked, environment, colours: colours)
    cellAspect = TerminalDevice.cellAspect(window, known: traits.cellPixels)
    answersOwedUntil = asked.owedUntil
    typedEarly = asked.replies?.keys ?? []
    decoder.isAnswerOwed = asked.owedUntil != nil
    resizeterm(Int32(size.rows), Int32(size.columns))
    SignalWatch.prepare(
      rescue: EscapeSequence.rescue(
        leave: curses.without(CursesOutput.text("rmcup")), erasesScrollback: erasesScrollback,
        hasKitty: traits.hasKitty),
      modes: modes, log: log, wakeWriter: wake.writer)
    SignalWatch.install()
    TerminalDevice.takeOver(modes)
    SignalWatch.isScreenUp = true
    pending += EscapeSequence.reportFocus
  }

  deinit { close() }

  /// Shows a grid; only what changed goes out, with the picture of the next `writePicture` or with
  /// `flush`, at the latest when `readKeys` is called.
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
    pending += curses.take()
  }

  /// Sends what was drawn and is not out yet, as one synchronized update.
  package func flush() throws(TerminalError) {
    guard isOpen, !pending.isEmpty else { return }
    let frame = EscapeSequence.beginFrame + pending + EscapeSequence.endFrame
    pending.removeAll(keepingCapacity: true)
    try TerminalEgress.send(frame)
  }

  /// Overwrites everything that the terminal shows, and erases what scrolled away where the
  /// terminal can, at once; the next `draw` paints everything anew, and the next picture is whole.
  package func wipe() throws(TerminalError) {
    guard isOpen else { return }
    pending.removeAll()
    decoder = KeyDecoder()
    forgetDrawn()
    try TerminalEgress.send(EscapeSequence.wipe + (erasesScrollback ? EscapeSequence.forget : []))
  }

  /// Whether the program was stopped and goes on since this was last asked.
  package func takeResumed() -> Bool {
    defer { isResumed = false }
    return isResumed
  }

  /// Whether the window got the focus since this was last asked: what a terminal lost of the picture
  /// meanwhile is then to be drawn again.
  package func takeFocusGained() -> Bool {
    defer { isFocusGained = false }
    return isFocusGained
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

  /// Writes one frame's picture, behind ncurses' back, and what was drawn before it, as one
  /// synchronized update; nothing for no bytes.
  ///
  /// Call it after `draw`. May block while the terminal does not read.
  package func writePicture(_ bytes: [UInt8], nowMilliseconds now: Int64) throws(TerminalError) {
    guard isOpen, !bytes.isEmpty else { return }
    var frame = EscapeSequence.beginFrame
    frame.reserveCapacity(pending.count + bytes.count + 64)
    frame += pending
    frame += EscapeSequence.beginPicture
    frame += bytes
    frame += EscapeSequence.endPicture + EscapeSequence.endFrame + EscapeSequence.acknowledge
    pending.removeAll(keepingCapacity: true)
    try TerminalEgress.send(frame)
    pacing.frameSent(nowMilliseconds: now)
  }

  /// The keys that have come, without waiting; first sees to signals, so it may stop the program
  /// (`^Z`) and return after it was continued.
  package func readKeys(nowMilliseconds now: Int64) throws(TerminalError) -> [KeyPress] {
    guard isOpen else { return [] }
    try flush()
    var keys = try answerSignals()
    var events = decoder.expire(nowMilliseconds: now)
    events += decoder.feed(typedEarly, nowMilliseconds: now)
    typedEarly = []
    while true {
      let bytes = try TerminalDevice.readAvailable()
      events += decoder.feed(bytes, nowMilliseconds: now)
      if bytes.isEmpty { break }
    }
    for event in events {
      switch event {
      case .key(let key): keys.append(key)
      case .frameAcknowledged: pacing.acknowledged()
      case .lastAnswer: answersOwedUntil = nil
      case .focusGained: isFocusGained = true
      case .focusLost: break
      }
    }
    return keys
  }

  /// When `readKeys` or `mayDraw` will have news without anything coming in; nil for never, in the
  /// past while something drawn is not out.
  package var deadlineMilliseconds: Int64? {
    if !pending.isEmpty || !typedEarly.isEmpty { return 0 }
    return [decoder.deadlineMilliseconds, pacing.deadlineMilliseconds].compactMap { $0 }.min()
  }

  /// Gives the terminal back as it was: the picture overwritten, the screen cleared, the scrollback
  /// erased where the terminal can.
  ///
  /// Then shows what was said on standard error. A second call does nothing.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    drain()
    leaveScreen()
    SignalWatch.uninstall()
    tcflush(inputDescriptor, TCIFLUSH)
    wake.close()
    log?.giveBack()
    log?.close()
  }

  /// What `readKeys` does about signals, for readers of their own.
  func takeSignals() throws(TerminalError) -> [KeyPress] {
    isOpen ? try answerSignals() : []
  }

  /// Notes a frame's answer that another reader found.
  func acknowledgeFrame() { pacing.acknowledged() }

  private func answerSignals() throws(TerminalError) -> [KeyPress] {
    let signals = wake.takeAll()
    guard !signals.isEmpty else { return [] }
    if signals.contains(SIGTSTP) { suspend() }
    if signals.contains(SIGCONT) || signals.contains(SIGTSTP) {
      isResumed = true
      repaint()
    }
    if adoptSize() { return [.resized] }
    guard signals.contains(SIGWINCH) else { return [] }
    // Smaller and back again before we looked: the terminal has lost what was cut off.
    repaint()
    return [.resized]
  }

  private func suspend() {
    drain()
    leaveScreen()
    tcflush(inputDescriptor, TCIFLUSH)
    SignalWatch.release(SIGTSTP)
    raise(SIGTSTP)
    SignalWatch.install()
    SignalWatch.isScreenUp = true
    pacing = FramePacing()
    decoder = KeyDecoder()
  }

  /// Overwrites the screen and goes back to the shell's, in one write; then the shell's modes.
  private func leaveScreen() {
    pending.removeAll()
    endwin()
    let forget = erasesScrollback ? EscapeSequence.forget : []
    // A terminal that is gone, which is the only thing that can fail here, keeps no picture.
    let pictures = traits.hasKitty ? EscapeSequence.removePictures : []
    try? TerminalEgress.send(
      pictures + EscapeSequence.overwrite + EscapeSequence.ignoreFocus + curses.take() + forget)
    TerminalDevice.set(originalModes)
    SignalWatch.isScreenUp = false
  }

  /// Takes the terminal's modes again, which a shell may have changed, and sends the whole screen
  /// again with the next frame, and the picture after it.
  private func repaint() {
    TerminalDevice.takeOver(originalModes)
    isPictureForgotten = true
    _ = unsafe clearok(nc_screen(), true)
    _ = unsafe wrefresh(nc_screen())
    pending += EscapeSequence.reportFocus + curses.take()
  }

  private func forgetDrawn() {
    drawn = nil
    isPictureForgotten = true
    _ = unsafe werase(nc_screen())
    _ = unsafe clearok(nc_screen(), true)
  }

  private func adoptSize() -> Bool {
    let window = TerminalDevice.windowSize()
    cellAspect = TerminalDevice.cellAspect(window, known: traits.cellPixels)
    guard let new = Self.cells(window), new != size else { return false }
    resizeterm(Int32(new.rows), Int32(new.columns))
    size = new
    forgetDrawn()
    return true
  }

  /// Reads the answers that are still due, so that they do not appear at the shell's prompt.
  private func drain() {
    var spent: Int32 = 0
    while pacing.unanswered > 0 && spent < 100 || isAnswerOwed {
      let isReady = TerminalDevice.waits(for: POLLIN, on: inputDescriptor, milliseconds: 10)
      if !isReady { spent += 10 }
      guard let bytes = try? TerminalDevice.readAvailable() else { return }
      for event in decoder.feed(bytes, nowMilliseconds: 0) {
        if event == .frameAcknowledged { pacing.acknowledged() }
        if event == .lastAnswer { answersOwedUntil = nil }
      }
    }
  }

  /// Whether the last answer to the questions may still come.
  private var isAnswerOwed: Bool { answersOwedUntil.map { TerminalProbe.now() < $0 } ?? false }

  /// Opens and leaves the screen once, in memory alone, so that a terminal whose terminfo wants what
  /// is never sent is refused before anything was.
  private static func rehearse(
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
  private static func cells(_ window: winsize) -> CellSize? {
    guard window.ws_col > 0, window.ws_row > 0 else { return nil }
    return CellSize(columns: min(2000, Int(window.ws_col)), rows: min(1000, Int(window.ws_row)))
  }

  /// Whether the terminal erases its scrollback by `CSI 3 J`: terminfo says so, or it is screen,
  /// whose entry does not say it.
  private static func erasesScrollback(_ name: String) -> Bool {
    CursesOutput.text("E3") == EscapeSequence.forget || name.hasPrefix("screen")
  }

  private static func check(_ name: String) throws(TerminalError) {
    var status: Int32 = 0
    guard !name.isEmpty, unsafe setupterm(name, TerminalDevice.output, &status) == OK else {
      throw .unknownTerminal(name)
    }
    defer { nc_forget_setup() }
    guard !CursesOutput.text("cup").isEmpty else { throw .cannotMoveCursor(name) }
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
  }
}
