// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import Vocabulary

/// A terminal that does not show what is typed, from `init` until `restore`.
///
/// One at a time in a process. Unsafe uses: pointers to local values that live across one system
/// call.
final class QuietTerminal {
  private let descriptor: OwnedDescriptor
  private let originalModes: termios
  private let signals: SignalNotes
  private var isQuiet = false
  private let showsInput: Bool
  private let takesKeys: Bool

  /// `showsInput` for questions whose answer is no secret, `takesKeys` for those that one key answers.
  init(
    path: String, showsInput: Bool = false, takesKeys: Bool = false
  ) throws(PassphraseError) {
    self.showsInput = showsInput
    self.takesKeys = takesKeys
    let number = unsafe path.withCString { unsafe cl_open_terminal($0) }
    guard number >= 0 else { throw .noTerminal }
    descriptor = OwnedDescriptor(number)
    var modes = termios()
    guard unsafe tcgetattr(number, &modes) == 0 else { throw .noTerminal }
    originalModes = modes
    do throws(SystemError) { signals = try SignalNotes() } catch { throw .lost(error) }
    quiet()
  }

  /// Shows a prompt and reads a line.
  func ask(_ prompt: String) throws(PassphraseError) -> SecretBytes {
    let words = DisplayText.line(prompt, limit: 200) + (prompt.hasSuffix("?") ? " " : ": ")
    write(words)
    var isAnything = false
    do throws(PassphraseError) {
      let answer = try unsafe Passphrase.line { (buffer) throws(PassphraseError) in
        try waitForLine(words)
        let count = unsafe read(descriptor.number, buffer.baseAddress, buffer.count)
        if count < 0 { throw .lost(SystemError(call: "read", code: errno)) }
        if count > 0 { isAnything = true }
        return count
      }
      if !showsInput { write("\n") }
      if !isAnything { throw PassphraseError.ended }
      return answer
    } catch {
      if error == .tooLong {
        // The rest of the line must not answer the next question.
        tcflush(descriptor.number, TCIFLUSH)
        write("\n")
      }
      throw error
    }
  }

  /// Shows a prompt and reads the first byte of a key.
  func key(_ prompt: String) throws(PassphraseError) -> UInt8 {
    write(prompt)
    try waitForLine(prompt)
    var byte: UInt8 = 0
    let count = unsafe read(descriptor.number, &byte, 1)
    write("\n")
    if count < 0 { throw .lost(SystemError(call: "read", code: errno)) }
    if count == 0 { throw .ended }
    return byte
  }

  /// Writes a line of its own.
  func say(_ sentence: String) { write(DisplayText.line(sentence, limit: 400) + "\n") }

  /// Gives the terminal and the signals back as they were.
  func restore() {
    loud()
    signals.uninstall()
  }

  /// Waits until a line can be read; a signal is acted on meanwhile, and the question put again.
  private func waitForLine(_ prompt: String) throws(PassphraseError) {
    while true {
      var entries = [
        pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      if unsafe poll(&entries, 2, -1) < 0, errno != EINTR {
        throw .lost(SystemError(call: "poll", code: errno))
      }
      if let number = signals.next() {
        act(on: number)
        write(prompt)
      } else if entries[0].revents != 0 {
        return
      }
    }
  }

  /// Lets a signal do what it would have done, with the terminal as it was.
  private func act(on number: Int32) {
    write("\n")
    loud()
    signals.uninstall()
    if number != SIGCONT { raise(number) }
    signals.install()
    quiet()
  }

  private func quiet() {
    var modes = originalModes
    modes.c_lflag &= ~tcflag_t(ECHO | ECHOE | ECHOK | ECHONL)
    if showsInput { modes.c_lflag |= tcflag_t(ECHO | ECHOE | ECHOK | ECHOCTL) }
    modes.c_lflag |= tcflag_t(ICANON | ISIG)
    if takesKeys {
      // No signal from a key: whatever is pressed is an answer.
      modes.c_lflag &= ~tcflag_t(ICANON | ISIG)
      setControl(&modes, VMIN, 1)
      setControl(&modes, VTIME, 0)
    }
    // Backspace takes a whole character of UTF-8.
    modes.c_iflag |= tcflag_t(ICRNL | IUTF8)
    set(modes, TCSAFLUSH)
    isQuiet = true
  }

  private func setControl(_ modes: inout termios, _ name: Int32, _ value: cc_t) {
    unsafe withUnsafeMutableBytes(of: &modes.c_cc) { bytes in unsafe bytes[Int(name)] = value }
  }

  private func loud() {
    guard isQuiet else { return }
    set(originalModes, TCSAFLUSH)
    isQuiet = false
  }

  private func set(_ modes: termios, _ moment: Int32) {
    var modes = modes
    while unsafe tcsetattr(descriptor.number, moment, &modes) < 0, errno == EINTR {}
  }

  private func write(_ text: String) {
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(
          descriptor.number, buffer.baseAddress.map { unsafe $0 + done }, bytes.count - done)
      }
      if count < 0, errno != EINTR { return }
      done += max(0, count)
    }
  }
}
