// SPDX-License-Identifier: Apache-2.0
import Glibc
package import Vocabulary

/// Keys that nobody may keep: a passphrase typed on the screen.
extension TerminalScreen {
  /// Hands over the bytes that have come, without waiting, in place of `readKeys`; first sees to
  /// signals as that does, and returns `resized` where the size changed.
  ///
  /// The bytes are on the stack meanwhile, and wiped there.
  package func readSecretKeys(
    with decoder: inout SecretKeyDecoder, nowMilliseconds now: Int64,
    _ take: (SecretKey) -> Void
  ) throws(TerminalError) -> [KeyPress] {
    let keys = try takeSignals()
    output.expire(nowMilliseconds: now)
    decoder.isAnswerOwed = isAnswerOwed
    defer { if !decoder.isAnswerOwed { answersOwedUntil = nil } }
    if let key = decoder.expire(nowMilliseconds: now) { take(key) }
    func hand(_ key: SecretKey) {
      if key == .frameAcknowledged { acknowledgeFrame(nowMilliseconds: now) } else { take(key) }
    }
    while try TerminalDevice.readSecret(with: &decoder, nowMilliseconds: now, hand) {}
    return keys
  }
}

extension TerminalDevice {
  /// Hands over what is there of a passphrase, at most a few keys; false where nothing was.
  ///
  /// Unsafe use: a buffer of the length that `read` is told, which lives until it is wiped.
  static func readSecret(
    with decoder: inout SecretKeyDecoder, nowMilliseconds now: Int64, _ take: (SecretKey) -> Void
  ) throws(TerminalError) -> Bool {
    guard waits(for: POLLIN, on: input, milliseconds: 0) else { return false }
    let (count, code) = unsafe withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) {
      buffer -> (Int, Int32) in
      let count = unsafe read(input, buffer.baseAddress, buffer.count)
      let code = errno
      for index in 0..<max(0, count) {
        decoder.take(unsafe buffer[index], nowMilliseconds: now, give: take)
      }
      if let start = buffer.baseAddress { unsafe explicit_bzero(start, buffer.count) }
      return (count, code)
    }
    if count > 0 { return true }
    if count < 0, code == EINTR || code == EAGAIN { return false }
    throw .lost(errno: count == 0 ? EIO : code)
  }
}
