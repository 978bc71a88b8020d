// SPDX-License-Identifier: Apache-2.0
import CNcurses
import Glibc
import Vocabulary

/// Asks the terminal what it is, before ncurses has it.
///
/// One write of all questions, the one that every terminal answers last; then the answers are read
/// until that one came, for at most a second.
///
/// Unsafe uses: signal sets and a clock's value that live across one call; terminfo's set-up.
package enum TerminalProbe {
  /// How long all answers together may take.
  package static let patienceMilliseconds: Int64 = 1000
  /// How long after the questions a late answer may still come, and is waited for on leaving.
  static let lateMilliseconds: Int64 = 3000

  /// What came of the questions.
  struct Outcome {
    var replies: TerminalReplies?
    var milliseconds: Int64 = 0
    /// Until when the last answer is owed; nil where none is.
    var owedUntil: Int64?
  }

  /// What the terminal is, without a screen; nil where there is none.
  ///
  /// Keys typed meanwhile are dropped. The terminal's modes are as before afterwards.
  package static func examine(environment: [String: String]) -> TerminalTraits? {
    guard TerminalDevice.isPresent, let modes = TerminalDevice.modes() else { return nil }
    var status: Int32 = 0
    var colours = 0
    let name = environment["TERM"] ?? ""
    if !name.isEmpty, unsafe setupterm(name, TerminalDevice.output, &status) == OK {
      colours = Int(unsafe tigetnum("colors"))
      nc_forget_setup()
    }
    let outcome = ask(environment: environment, modes: modes, keepsNothing: true)
    return traits(outcome, environment, colours: max(0, colours))
  }

  /// Judges what came of the questions.
  static func traits(
    _ outcome: Outcome, _ environment: [String: String], colours: Int
  ) -> TerminalTraits {
    let window = TerminalDevice.windowSize()
    return TerminalTraits(
      replies: outcome.replies, environment: environment, terminfoColours: colours,
      cells: CellSize(columns: Int(window.ws_col), rows: Int(window.ws_row)),
      windowPixels: PixelSize(width: Int(window.ws_xpixel), height: Int(window.ws_ypixel)),
      milliseconds: outcome.milliseconds)
  }

  /// Asks, with the terminal in raw mode meanwhile; no signal ends the program before its modes are
  /// put back.
  static func ask(
    environment: [String: String], modes: termios, keepsNothing: Bool = false
  ) -> Outcome {
    let name = environment["TERM"] ?? ""
    if name.isEmpty || name == "dumb" || name.hasPrefix("linux") { return Outcome() }
    let held = holdSignals()
    defer { release(held) }
    TerminalDevice.takeOver(modes, hasSignalKeys: false)
    defer { TerminalDevice.set(modes) }
    var outcome = Outcome(replies: TerminalReplies())
    guard send(EscapeSequence.questions) else { return Outcome() }
    let start = now()
    outcome.replies = read(until: start + patienceMilliseconds)
    outcome.milliseconds = now() - start
    if outcome.replies?.attributes == nil { outcome.owedUntil = start + lateMilliseconds }
    if keepsNothing {
      if let owed = outcome.owedUntil { _ = read(until: owed) }
      tcflush(TerminalDevice.input, TCIFLUSH)
    }
    return outcome
  }

  /// Whether the terminal took the bytes; it is not waited for longer than for answers.
  private static func send(_ bytes: [UInt8]) -> Bool {
    let output = OutputDescriptor()
    defer { output.close() }
    let end = now() + patienceMilliseconds
    guard TerminalEgress.offence(in: bytes) == nil,
      (try? output.write(bytes, untilMilliseconds: end)) == true
    else {
      output.discard()
      return false
    }
    return true
  }

  private static func read(until end: Int64) -> TerminalReplies {
    var replies = TerminalReplies()
    while replies.attributes == nil {
      let left = end - now()
      guard left > 0 else { break }
      let isReady = TerminalDevice.waits(
        for: POLLIN, on: TerminalDevice.input, milliseconds: Int32(clamping: left))
      guard isReady, let bytes = try? TerminalDevice.readAvailable() else { break }
      replies.take(bytes)
    }
    replies.end()
    return replies
  }

  /// Milliseconds of the monotonic clock.
  static func now() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  private static func holdSignals() -> sigset_t {
    var set = sigset_t()
    var old = sigset_t()
    unsafe sigemptyset(&set)
    for number in [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP] { unsafe sigaddset(&set, number) }
    unsafe pthread_sigmask(SIG_BLOCK, &set, &old)
    return old
  }

  private static func release(_ held: sigset_t) {
    var held = held
    unsafe pthread_sigmask(SIG_SETMASK, &held, nil)
  }
}
