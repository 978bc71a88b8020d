// SPDX-License-Identifier: Apache-2.0

/// The only way to the terminal while the screen is up.
///
/// What is outside the grammar is refused whole, before its first byte is written. It would be a
/// fault of the program, since texts are made harmless where cells are made of them; to leave out
/// the offending bytes would hide the fault, and put the screen out of step with what ncurses and
/// the picture believe it shows. So the session ends.
enum TerminalEgress {
  /// Writes all bytes in one call where the terminal takes them so.
  ///
  /// - Throws: `outsideGrammar` where they are not in the grammar, or end inside a sequence; `lost`
  ///   where the terminal is gone.
  static func send(_ bytes: [UInt8]) throws(TerminalError) {
    if let offence = offence(in: bytes) { throw .outsideGrammar(offence) }
    try TerminalDevice.write(bytes)
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
