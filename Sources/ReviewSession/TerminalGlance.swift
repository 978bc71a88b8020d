// SPDX-License-Identifier: Apache-2.0

internal import DecoderLink
package import Lockdown
internal import TerminalScreen

/// One look at this process's terminal, for commands that show no clips.
package enum TerminalGlance {
  /// What is found; nil where standard output is no terminal.
  ///
  /// Waits for the answer, two seconds at most. The look starts the decoder program, so it comes
  /// before the lock.
  package static func finding() throws(SessionError) -> TerminalFinding? {
    let look = TerminalLook.here(isThorough: true)
    guard look.device.kind != .none else { return nil }
    let host = try Decoders().host
    defer { host.close() }
    let number = host.look(look, nowMilliseconds: SessionClock.monotonicMilliseconds)
    while true {
      let wait = host.lookDeadlineMilliseconds.map { $0 - SessionClock.monotonicMilliseconds }
      _ = Waiting.readable([host.watchDescriptor].compactMap { $0 }, milliseconds: wait ?? 0)
      let now = SessionClock.monotonicMilliseconds
      for case .terminal(number, let finding) in host.receiveLooks(nowMilliseconds: now) {
        return finding
      }
    }
  }

  /// What the terminal can show and how the picture would be drawn on it; empty where standard input
  /// or output is no terminal.
  ///
  /// Reads terminfo, so it comes before the lock too. Waits for answers, at most a few seconds.
  package static func picture() -> [DoctorReport.Fact] {
    let traits = TerminalProbe.examine(environment: ProgramStart.environment.values)
    return (traits?.findings ?? []).map { DoctorReport.Fact(name: $0.name, text: $0.text) }
  }
}
