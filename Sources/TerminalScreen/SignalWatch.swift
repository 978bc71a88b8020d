// SPDX-License-Identifier: Apache-2.0
import Glibc

/// What the signal handlers share with the screen: plain memory that is never freed.
@unsafe struct SignalState {
  /// Whether the screen is up, so that a dying program must take it down.
  var isScreenUp = false
  /// The terminal's modes from before the screen.
  var savedModes = termios()
  var rescue: UnsafeMutablePointer<UInt8>?
  var rescueCount = 0
  var log: ErrorLog?
  /// Where the rescue text is written; it does not block.
  var output = STDOUT_FILENO
  /// The writing end of the wake pipe; -1 without one.
  var wakeWriter: Int32 = -1
}

/// The handlers of every signal that concerns the screen.
///
/// Unsafe uses: `state` is allocated once, before the first handler is installed, and never moved
/// or freed; handlers call only what signal-safety(7) lists. A handler that interrupts a change of
/// a field sees its old or new word, and `isScreenUp` is set last.
enum SignalWatch {
  nonisolated(unsafe) static let state = {
    let pointer = UnsafeMutablePointer<SignalState>.allocate(capacity: 1)
    unsafe pointer.initialize(to: SignalState())
    return unsafe pointer
  }()

  /// The signals that end the program; each restores the terminal first.
  static let fatal = [
    SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGTERM, SIGHUP, SIGINT, SIGQUIT,
  ]
  /// The signals that the screen answers when it next reads keys.
  static let noted = [SIGWINCH, SIGTSTP, SIGCONT]

  /// Whether a dying program must take the screen down.
  static var isScreenUp: Bool {
    get { unsafe state.pointee.isScreenUp }
    set { unsafe state.pointee.isScreenUp = newValue }
  }

  /// Prepares the memory and the alternate stack; called before `install`.
  static func prepare(
    rescue: [UInt8], modes: termios, log: ErrorLog?, wakeWriter: Int32, output: Int32
  ) {
    if unsafe state.pointee.rescue == nil {
      let text = UnsafeMutablePointer<UInt8>.allocate(capacity: rescue.count)
      for (index, byte) in rescue.enumerated() { unsafe text[index] = byte }
      unsafe state.pointee.rescue = text
      unsafe state.pointee.rescueCount = rescue.count
      let size = 65_536
      var stack = unsafe stack_t(
        ss_sp: UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16), ss_flags: 0,
        ss_size: size)
      unsafe sigaltstack(&stack, nil)
    }
    unsafe state.pointee.savedModes = modes
    unsafe state.pointee.log = log
    unsafe state.pointee.wakeWriter = wakeWriter
    unsafe state.pointee.output = output
  }

  /// Takes the signals over from ncurses.
  static func install() {
    for number in fatal { set(number, flags: SA_ONSTACK | Int32(bitPattern: 0x8000_0000), die) }
    for number in noted { set(number, flags: SA_ONSTACK | SA_RESTART, note) }
  }

  /// Leaves all of them to the system again.
  static func uninstall() {
    for number in fatal + noted { signal(number, SIG_DFL) }
  }

  /// Leaves one to the system, as suspending needs it.
  static func release(_ number: Int32) { signal(number, SIG_DFL) }

  private static func set(
    _ number: Int32, flags: Int32, _ handler: @escaping @convention(c) (Int32) -> Void
  ) {
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = handler
    action.sa_flags = flags
    unsafe sigemptyset(&action.sa_mask)
    unsafe sigaction(number, &action, nil)
  }

  private static let note: @convention(c) (Int32) -> Void = { number in
    let saved = errno
    var byte = UInt8(truncatingIfNeeded: number)
    _ = unsafe write(SignalWatch.state.pointee.wakeWriter, &byte, 1)
    errno = saved
  }

  /// Writes the rescue text where the terminal has room for it; whether it did.
  private static func writeRescue(_ state: UnsafeMutablePointer<SignalState>) -> Bool {
    let output = unsafe state.pointee.output
    guard TerminalDevice.waits(for: POLLOUT, on: output, milliseconds: 0) else { return false }
    let count = unsafe state.pointee.rescueCount
    return unsafe write(output, state.pointee.rescue, count) == count
  }

  // SA_RESETHAND: the signal raised again here waits until the handler returns and then ends the
  // program in the usual way, so that its parent sees the right wait status.
  private static let die: @convention(c) (Int32) -> Void = { number in
    let state = unsafe SignalWatch.state
    if unsafe state.pointee.isScreenUp {
      unsafe state.pointee.isScreenUp = false
      // Where the terminal does not read, what it has not read makes room.
      if unsafe !SignalWatch.writeRescue(state) {
        tcflush(unsafe state.pointee.output, TCOFLUSH)
        _ = unsafe SignalWatch.writeRescue(state)
      }
      tcflush(STDIN_FILENO, TCIFLUSH)
      _ = unsafe tcsetattr(STDIN_FILENO, TCSANOW, &state.pointee.savedModes)
      unsafe state.pointee.log?.giveBack()
    }
    raise(number)
  }
}
