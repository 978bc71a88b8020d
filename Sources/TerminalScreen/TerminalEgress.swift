// SPDX-License-Identifier: Apache-2.0

/// What every byte passes before it goes to the terminal.
///
/// What is outside the grammar is refused whole, before its first byte is written. It would be a
/// fault of the program, since texts are made harmless where cells are made of them; to leave out
/// the offending bytes would hide the fault, and put the screen out of step with what ncurses and
/// the picture believe it shows. So the session ends.
enum TerminalEgress {
  /// Throws `outsideGrammar` where bytes are not in the grammar, or end inside a sequence.
  static func check(_ bytes: [UInt8]) throws(TerminalError) {
    if let offence = offence(in: bytes) { throw .outsideGrammar(offence) }
  }

  /// Throws `outsideGrammar` where bytes are no plain lines: characters, line feeds with their carriage
  /// returns, and backspaces; no sequence of any kind.
  static func checkLines(_ bytes: [UInt8]) throws(TerminalError) {
    try check(bytes)
    let controls: Set<UInt8> = [0x08, 0x0A, 0x0D]
    guard let place = bytes.firstIndex(where: { $0 < 0x20 && !controls.contains($0) }) else {
      return
    }
    throw .outsideGrammar(
      OutputGrammar.Offence(position: place, reason: .control(bytes[place])))
  }

  /// The first byte that is not in the grammar; the last where they end inside a sequence.
  static func offence(in bytes: [UInt8]) -> OutputGrammar.Offence? {
    var checker = OutputGrammar.Checker()
    if let offence = checker.check(bytes) { return offence }
    if checker.isWhole { return nil }
    return OutputGrammar.Offence(
      position: bytes.count, reason: .controlSequence(bytes.last ?? 0))
  }
}
