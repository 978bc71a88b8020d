// SPDX-License-Identifier: Apache-2.0
import CNcurses
import Glibc
package import Vocabulary

/// The terminal while the program has it: ncurses draws the frame around the picture, the picture's
/// own bytes go past it, keys come in, and the shell gets its terminal back on every way out.
///
/// ncurses writes into memory. What it wrote and the picture go out as whole synchronized updates
/// through `TerminalOutput`, so that the terminal never shows half of a change, and nothing that
/// `OutputGrammar` does not hold. Nothing waits for a terminal that does not read: what it does not
/// take waits here, and of the chrome the newest alone.
///
/// One at a time, used by one thread. Times are milliseconds of `CLOCK_MONOTONIC`. Poll
/// `inputDescriptor` and `wakeDescriptor` for input and `outputDescriptor` for room, at most until
/// `deadlineMilliseconds`; then call `readKeys` and `flush`.
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
  /// What the terminal is and can show.
  package let traits: TerminalTraits
  /// How the terminal keeps up with the frames.
  package var pacing: FramePacing { output.pacing }
  /// How fast the line is, and what of a picture it leaves.
  package var pace: LinePace { output.pace }
  /// What is to be drawn of a moving picture.
  package var quality: PictureQuality { output.pace.quality }

  var output: TerminalOutput
  var decoder = KeyDecoder()
  let wake: WakePipe
  let log: ErrorLog?
  let curses: CursesOutput
  let originalModes: termios
  let erasesScrollback: Bool
  var pending: [UInt8] = []
  var isPictureForgotten = true
  var isOpen = true
  var answersOwedUntil: Int64?
  private var painter: RolePainter
  private let isColourWanted: Bool
  private let isConsole: Bool
  /// Whether the screen was opened with a mouse, and whether it is listened to now.
  let hasMouse: Bool
  private(set) var isMouseOn: Bool
  private var drawn: CellGrid?
  /// What is to be drawn once the terminal has taken what was.
  private var wanted: CellGrid?
  private var isResumed = false
  private var isFocusGained = false
  private var isFocusLost = false
  private var typedEarly: [UInt8]
  /// Whether what is drawn next may be what a key did.
  private var isKeyNews = false
  /// Whether the first update must still ask whether it was read, which tells how fast the line is.
  private var asksFirst: Bool

  /// Takes the terminal over; throws where there is none that can be used, and then changed
  /// nothing.
  ///
  /// Pictures wait while more than `maxBytesPerSecond` would go out; chrome never does. With a mouse,
  /// `readKeys` gives its buttons and wheel too.
  package init(
    theme: Theme, environment: [String: String], maxBytesPerSecond: Int? = nil,
    hasMouse: Bool = false
  ) throws(TerminalError) {
    guard TerminalDevice.isPresent, let modes = TerminalDevice.modes() else { throw .notATerminal }
    let name = environment["TERM"] ?? ""
    (self.hasMouse, isMouseOn) = (hasMouse, hasMouse)
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
    isColourWanted = (environment["NO_COLOR"] ?? "").isEmpty
    isConsole = ConsoleGlyphs.isConsole(name)
    painter = RolePainter(
      theme: theme, isColourWanted: isColourWanted, isConsole: isConsole)
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
    output = TerminalOutput(
      OutputDescriptor(), traits: traits, maxBytesPerSecond: maxBytesPerSecond)
    // A terminal that answers nothing would only be waited for.
    asksFirst = traits.hasAnswered == true
    answersOwedUntil = asked.owedUntil
    typedEarly = asked.replies?.keys ?? []
    decoder.isAnswerOwed = asked.owedUntil != nil
    resizeterm(Int32(size.rows), Int32(size.columns))
    SignalWatch.prepare(
      rescue: EscapeSequence.rescue(
        leave: curses.without(CursesOutput.text("rmcup")), erasesScrollback: erasesScrollback,
        hasKitty: traits.hasKitty, hasMouse: hasMouse),
      modes: modes, log: log, wakeWriter: wake.writer, output: output.number)
    SignalWatch.install()
    TerminalDevice.takeOver(modes)
    SignalWatch.isScreenUp = true
    decoder.hearsMouse = hasMouse
    pending += EscapeSequence.reportFocus + mouseReports
  }

  deinit { close() }

  /// Shows a grid; only what changed goes out, with the picture of the next `writePicture` or with
  /// `flush`, at the latest when `readKeys` is called; once the terminal has taken what was drawn
  /// before, and then the newest.
  ///
  /// Cells of the role `pane` are left alone for the picture.
  package func draw(_ grid: CellGrid) {
    guard isOpen else { return }
    wanted = grid
    paintWhereTaken()
  }

  /// A picture that waits goes before what only the clock changed.
  private func paintWhereTaken() {
    guard !output.hasChrome, isKeyNews || !output.isPictureWaiting else { return }
    paint()
  }

  private func paint() {
    guard let grid = wanted else { return }
    wanted = nil
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

  /// Sends what was drawn and is not out yet, as one synchronized update, as far as the terminal
  /// takes it.
  package func flush() throws(TerminalError) {
    guard isOpen else { return }
    try sendPending()
    try output.pump(nowMilliseconds: TerminalProbe.now())
    if wanted != nil {
      paintWhereTaken()
      try sendPending()
      try output.pump(nowMilliseconds: TerminalProbe.now())
    }
    if wanted == nil { isKeyNews = false }
  }

  /// What to poll for room to write, which `flush` then uses; nil while nothing waits.
  package var outputDescriptor: Int32? { isOpen ? output.waitingDescriptor : nil }

  private func sendPending() throws(TerminalError) {
    guard !pending.isEmpty else { return }
    if isKeyNews, output.isPictureInTheWay(nowMilliseconds: TerminalProbe.now()) {
      dropQueuedPicture()
    }
    try output.append(chrome: pending, isAsking: asksFirst)
    asksFirst = false
    pending.removeAll(keepingCapacity: true)
  }

  /// Stops a picture that is not out whole: what is left of it is never sent, and the next must be
  /// whole.
  package func dropQueuedPicture() {
    guard isOpen, output.dropPictures() else { return }
    isPictureForgotten = true
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

  /// Whether the window lost the focus since this was last asked.
  package func takeFocusLost() -> Bool {
    defer { isFocusLost = false }
    return isFocusLost
  }

  /// Whether the picture last written is no longer on the screen, so that the next one must be
  /// whole; asking takes the answer back.
  package func takePictureForgotten() -> Bool {
    defer { isPictureForgotten = false }
    return isPictureForgotten
  }

  /// Whether the next frame may be written, or the terminal is still busy with the last one, or the
  /// budget is spent.
  package func mayDraw(nowMilliseconds now: Int64) -> Bool {
    isOpen && output.mayDraw(nowMilliseconds: now)
  }

  /// Sends one frame's picture, behind ncurses' back, and what was drawn before it, as far as the
  /// terminal takes it; nothing for no bytes.
  ///
  /// Call it after `draw`. Both are one synchronized update where the line is fast.
  package func writePicture(_ bytes: [UInt8], nowMilliseconds now: Int64) throws(TerminalError) {
    guard isOpen, !bytes.isEmpty else { return }
    // The picture's place is the newest grid's.
    paint()
    try output.append(picture: bytes, chrome: pending)
    asksFirst = false
    pending.removeAll(keepingCapacity: true)
    try output.pump(nowMilliseconds: now)
  }

  /// The keys that have come, without waiting; first sees to signals, so it may stop the program
  /// (`^Z`) and return after it was continued.
  package func readKeys(nowMilliseconds now: Int64) throws(TerminalError) -> [KeyPress] {
    guard isOpen else { return [] }
    try flush()
    var keys = try answerSignals()
    output.expire(nowMilliseconds: now)
    decoder.isAnswerOwed = isAnswerOwed
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
      case .key(.redraw):
        repaint()
        keys.append(.resized)
      case .key(let key): keys.append(key)
      case .frameAcknowledged: acknowledgeFrame(nowMilliseconds: now)
      case .lastAnswer: answersOwedUntil = nil
      case .focusGained: isFocusGained = true
      case .focusLost: isFocusLost = true
      }
    }
    isKeyNews = isKeyNews || !keys.isEmpty
    return keys
  }

  /// When `readKeys` or `mayDraw` will have news without anything coming in; nil for never, in the
  /// past while something drawn was not sent.
  package var deadlineMilliseconds: Int64? {
    if !pending.isEmpty || !typedEarly.isEmpty { return 0 }
    let waits = output.deadlineMilliseconds(nowMilliseconds: TerminalProbe.now())
    return [decoder.deadlineMilliseconds, waits].compactMap { $0 }.min()
  }

  /// What `readKeys` does about signals, for readers of their own.
  func takeSignals() throws(TerminalError) -> [KeyPress] {
    isOpen ? try answerSignals() : []
  }

  /// Notes a frame's answer, which every answer to an earlier question came before.
  func acknowledgeFrame(nowMilliseconds now: Int64) {
    answersOwedUntil = nil
    output.acknowledged(nowMilliseconds: now)
  }

  /// Whether the last answer to the questions may still come.
  var isAnswerOwed: Bool { answersOwedUntil.map { TerminalProbe.now() < $0 } ?? false }

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

  /// Takes the terminal's modes again, which a shell may have changed, and sends the whole screen
  /// again with the next frame, and the picture after it.
  private func repaint() {
    TerminalDevice.takeOver(originalModes)
    isPictureForgotten = true
    _ = unsafe clearok(nc_screen(), true)
    _ = unsafe wrefresh(nc_screen())
    pending += EscapeSequence.reportFocus + mouseReports + curses.take()
  }

  /// Paints in that theme from now on: the next `draw` sends everything anew, and the next picture is
  /// whole.
  package func use(_ theme: Theme) {
    guard isOpen else { return }
    painter = RolePainter(
      theme: theme, isColourWanted: isColourWanted, isConsole: isConsole)
    forgetDrawn()
  }

  /// Listens to the mouse, or no longer; nothing without one.
  package func hearMouse(_ isOn: Bool) {
    guard isOpen, hasMouse, isMouseOn != isOn else { return }
    (isMouseOn, decoder.hearsMouse) = (isOn, isOn)
    pending += isOn ? EscapeSequence.reportMouse : EscapeSequence.ignoreMouse
  }

  private var mouseReports: [UInt8] { isMouseOn ? EscapeSequence.reportMouse : [] }

  func forgetDrawn() {
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
}
