// SPDX-License-Identifier: Apache-2.0
import CNcurses
import Glibc

/// Ways to take the picture off the screen, and the screen off the terminal; none of them waits long
/// for one that does not read or answer.
extension TerminalScreen {
  /// How long answers may stay out before the terminal is left.
  static let answerMilliseconds: ClosedRange<Double> = 100...1000

  /// Overwrites everything that the terminal shows, and erases what scrolled away where the
  /// terminal can, at once; the next `draw` paints everything anew, and the next picture is whole.
  package func wipe() throws(TerminalError) {
    guard isOpen else { return }
    pending.removeAll()
    decoder.restart()
    forgetDrawn()
    try output.replaceAll(with: removal + EscapeSequence.wipe + forgetting)
  }

  /// Removes the pictures that stay when text is written over them; nothing where there are none.
  private var removal: [UInt8] { traits.hasKitty ? EscapeSequence.removePictures : [] }

  /// Forgets what scrolled away; nothing where the terminal cannot.
  private var forgetting: [UInt8] { erasesScrollback ? EscapeSequence.forget : [] }

  /// Gives the terminal back as it was: the picture overwritten, the screen cleared, the scrollback
  /// erased where the terminal can.
  ///
  /// Then shows what was said on standard error. A second call does nothing.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    leaveScreen()
    SignalWatch.uninstall()
    tcflush(inputDescriptor, TCIFLUSH)
    wake.close()
    output.close()
    log?.giveBack()
    log?.close()
  }

  /// Gives the shell its terminal, stops, and takes the signals again once it goes on.
  func suspend() {
    leaveScreen()
    tcflush(inputDescriptor, TCIFLUSH)
    SignalWatch.release(SIGTSTP)
    raise(SIGTSTP)
    SignalWatch.install()
    SignalWatch.isScreenUp = true
    output.restart()
    decoder.restart()
  }

  /// Overwrites the screen and goes back to the shell's; then the shell's modes.
  ///
  /// Questions that the terminal has not read by then are thrown away with all that it has not read,
  /// so that no answer comes to the shell.
  private func leaveScreen() {
    pending.removeAll()
    let expected = output.stop()
    drain(expected)
    endwin()
    let bytes =
      removal + EscapeSequence.overwrite + EscapeSequence.ignoreFocus
      + (hasMouse ? EscapeSequence.ignoreMouse : []) + curses.take() + forgetting
    // A terminal that is gone, which is the only thing that can fail here, keeps no picture.
    if isAnyAnswerDue {
      try? output.discardAll(with: bytes)
    } else {
      try? output.replaceAll(with: bytes)
    }
    TerminalDevice.set(originalModes)
    SignalWatch.isScreenUp = false
  }

  private var isAnyAnswerDue: Bool { output.pacing.unanswered > 0 || isAnswerOwed }

  /// Reads the answers that are still due, so that they do not appear at the shell's prompt: twice as
  /// long as they are expected to take.
  private func drain(_ expected: Double) {
    let patience = min(
      max(2 * expected, Self.answerMilliseconds.lowerBound), Self.answerMilliseconds.upperBound)
    let end = TerminalProbe.now() + Int64(patience)
    while isAnyAnswerDue {
      let now = TerminalProbe.now()
      guard now < end else { return }
      _ = TerminalDevice.waits(
        for: POLLIN, on: inputDescriptor, milliseconds: Int32(clamping: end - now))
      guard let bytes = try? TerminalDevice.readAvailable() else { return }
      for event in decoder.feed(bytes, nowMilliseconds: now) {
        if event == .frameAcknowledged { acknowledgeFrame(nowMilliseconds: now) }
        if event == .lastAnswer { answersOwedUntil = nil }
      }
    }
  }
}
