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
    while try readOnce(with: &decoder, now, take) {}
    return keys
  }

  /// Reads what is there, at most a few keys; false where nothing was.
  ///
  /// Unsafe use: a buffer of the length that `read` is told, which lives until it is wiped.
  private func readOnce(
    with decoder: inout SecretKeyDecoder, _ now: Int64, _ take: (SecretKey) -> Void
  ) throws(TerminalError) -> Bool {
    guard TerminalDevice.waits(for: POLLIN, on: inputDescriptor, milliseconds: 0) else {
      return false
    }
    let (count, code) = unsafe withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) {
      buffer -> (Int, Int32) in
      let count = unsafe read(inputDescriptor, buffer.baseAddress, buffer.count)
      let code = errno
      for index in 0..<max(0, count) {
        let byte = unsafe buffer[index]
        decoder.take(byte, nowMilliseconds: now) { key in
          if key == .frameAcknowledged { acknowledgeFrame(nowMilliseconds: now) } else { take(key) }
        }
      }
      if let start = buffer.baseAddress { unsafe explicit_bzero(start, buffer.count) }
      return (count, code)
    }
    if count > 0 { return true }
    if count < 0, code == EINTR || code == EAGAIN { return false }
    throw .lost(errno: count == 0 ? EIO : code)
  }
}
