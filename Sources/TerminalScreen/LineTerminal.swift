// SPDX-License-Identifier: Apache-2.0
import Glibc
package import Vocabulary

/// A terminal that is spoken to in plain lines: nothing but characters, line feeds and backspaces goes
/// out, so that a screen reader or a braille line can follow and any terminal will do.
///
/// It knows no size that matters and reads no terminfo: the terminal breaks the lines. Keys come as on
/// `TerminalScreen`. One at a time, used by one thread.
package final class LineTerminal: SessionTerminal {
  package let inputDescriptor = TerminalDevice.input
  package var wakeDescriptor: Int32 { wake.reader }

  private let wake: WakePipe
  private let log: ErrorLog?
  private let originalModes: termios
  private let output: OutputDescriptor
  private var decoder = KeyDecoder()
  /// What was said and is not out yet, from `head` on.
  private var waiting: [UInt8] = []
  private var head = 0
  /// Whether what was said last is a line without its end.
  private var isLineOpen = false
  private var isResumed = false
  private var isOpen = true

  /// While so many bytes wait for a terminal that does not read, nothing more is said.
  private static let mostWaiting = 1 << 20
  /// How long a terminal that does not read is waited for when it is left.
  private static let leavingMilliseconds: Int64 = 300

  /// Takes the terminal over; throws where there is none, and then changed nothing.
  package init() throws(TerminalError) {
    guard TerminalDevice.isPresent, let modes = TerminalDevice.modes() else { throw .notATerminal }
    originalModes = modes
    wake = try WakePipe()
    log = ErrorLog()
    output = OutputDescriptor()
    SignalWatch.prepare(
      rescue: Array("\r\n".utf8), modes: modes, log: log, wakeWriter: wake.writer,
      output: output.number)
    SignalWatch.install()
    TerminalDevice.takeOver(modes)
    SignalWatch.isScreenUp = true
  }

  deinit { close() }

  /// How many lines take away what stands in the window; 24 where nobody knows.
  package var rows: Int {
    let rows = Int(TerminalDevice.windowSize().ws_row)
    return rows > 0 ? min(rows, 200) : 24
  }

  /// Says a text, as far as the terminal takes it at present; the rest waits for `flush`.
  ///
  /// - Throws: `outsideGrammar`, and then nothing of it was said.
  package func say(_ text: String) throws(TerminalError) {
    guard isOpen, !text.isEmpty else { return }
    let bytes = text.utf8.flatMap { $0 == UInt8(ascii: "\n") ? Array("\r\n".utf8) : [$0] }
    try TerminalEgress.checkLines(bytes)
    guard waiting.count - head < Self.mostWaiting else { return }
    waiting += bytes
    isLineOpen = bytes.last != UInt8(ascii: "\n")
    try flush()
  }

  package var outputDescriptor: Int32? { isOpen && head < waiting.count ? output.number : nil }

  /// Sends what waits, as far as the terminal takes it.
  package func flush() throws(TerminalError) {
    while isOpen, head < waiting.count {
      let written = try output.write(waiting, from: head)
      guard written > 0 else { return }
      head += written
    }
    waiting.removeAll(keepingCapacity: true)
    head = 0
  }

  package var deadlineMilliseconds: Int64? { decoder.deadlineMilliseconds }

  /// The keys that have come; a `^Z` stops the program in here.
  package func readKeys(nowMilliseconds now: Int64) throws(TerminalError) -> [KeyPress] {
    guard isOpen else { return [] }
    answerSignals()
    var events = decoder.expire(nowMilliseconds: now)
    while true {
      let bytes = try TerminalDevice.readAvailable()
      events += decoder.feed(bytes, nowMilliseconds: now)
      if bytes.isEmpty { break }
    }
    return events.compactMap { event in
      if case .key(let key) = event { key } else { nil }
    }
  }

  /// Hands over the bytes of a passphrase; nothing of them is echoed or kept.
  package func readSecretKeys(
    with decoder: inout SecretKeyDecoder, nowMilliseconds now: Int64, _ take: (SecretKey) -> Void
  ) throws(TerminalError) -> [KeyPress] {
    guard isOpen else { return [] }
    answerSignals()
    if let key = decoder.expire(nowMilliseconds: now) { take(key) }
    while try TerminalDevice.readSecret(with: &decoder, nowMilliseconds: now, take) {}
    return []
  }

  /// Whether the program was stopped and goes on since this was last asked.
  package func takeResumed() -> Bool {
    defer { isResumed = false }
    return isResumed
  }

  /// Stops where that was asked for, and takes the terminal again; a new size is the terminal's matter.
  private func answerSignals() {
    let signals = wake.takeAll()
    if signals.contains(SIGTSTP) { suspend() }
    guard signals.contains(SIGTSTP) || signals.contains(SIGCONT) else { return }
    isResumed = true
    TerminalDevice.takeOver(originalModes)
  }

  private func suspend() {
    leave()
    SignalWatch.release(SIGTSTP)
    raise(SIGTSTP)
    SignalWatch.install()
    SignalWatch.isScreenUp = true
    decoder.restart()
  }

  /// Ends the line, says what still waits while the terminal reads, and puts its modes back.
  private func leave() {
    let end = TerminalProbe.now() + Self.leavingMilliseconds
    let rest = Array(waiting[head...]) + (isLineOpen ? Array("\r\n".utf8) : [])
    // A terminal that is gone, which is the only thing that can fail here, hears nothing.
    _ = try? output.write(rest, untilMilliseconds: end)
    waiting.removeAll()
    (head, isLineOpen) = (0, false)
    TerminalDevice.set(originalModes)
    tcflush(inputDescriptor, TCIFLUSH)
    SignalWatch.isScreenUp = false
  }

  /// Ends the line and gives the terminal back as it was; a second call does nothing.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    leave()
    SignalWatch.uninstall()
    wake.close()
    output.close()
    log?.giveBack()
    log?.close()
  }
}
