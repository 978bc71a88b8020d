// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// The terminal of a session, whether it is drawn on or spoken to: keys come in, signals are seen to,
/// and the shell gets it back on every way out.
///
/// Times are milliseconds of `CLOCK_MONOTONIC`.
package protocol SessionTerminal: AnyObject {
  /// Becomes readable when keys or answers came in.
  var inputDescriptor: Int32 { get }
  /// Becomes readable when a signal changed something that `readKeys` must see to.
  var wakeDescriptor: Int32 { get }
  /// What to poll for room to write, which `flush` then uses; nil while nothing waits.
  var outputDescriptor: Int32? { get }
  /// When `readKeys` will have news without anything coming in; nil for never.
  var deadlineMilliseconds: Int64? { get }

  /// The keys that have come, without waiting; first sees to signals.
  ///
  /// - Throws: `lost` where the terminal is gone.
  func readKeys(nowMilliseconds now: Int64) throws(TerminalError) -> [KeyPress]
  /// Hands over the bytes of a passphrase that have come, in place of `readKeys`, and keeps none.
  ///
  /// - Throws: `lost` where the terminal is gone.
  func readSecretKeys(
    with decoder: inout SecretKeyDecoder, nowMilliseconds now: Int64, _ take: (SecretKey) -> Void
  ) throws(TerminalError) -> [KeyPress]
  /// Sends what waits, as far as the terminal takes it.
  ///
  /// - Throws: `lost` where the terminal is gone; `outsideGrammar` for what is never sent.
  func flush() throws(TerminalError)
  /// Whether the program was stopped and goes on since this was last asked.
  func takeResumed() -> Bool
  /// Gives the terminal back as it was; a second call does nothing.
  func close()
}

extension TerminalScreen: SessionTerminal {}
