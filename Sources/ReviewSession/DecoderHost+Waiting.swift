// SPDX-License-Identifier: Apache-2.0

internal import DecoderLink

extension DecoderHost {
  /// Waits for a decoder's next messages, or for it to be silent too long.
  ///
  /// For where there is nothing else to wait for. Perhaps nothing has come: call it again.
  func waitForEvents(of decoder: DecoderHandle) -> [DecoderEvent] {
    let wait = decoder.deadlineMilliseconds.map { $0 - SessionClock.monotonicMilliseconds }
    let descriptors = [fileDescriptor, decoder.fileDescriptor].compactMap { $0 }
    _ = Waiting.readable(descriptors, milliseconds: wait ?? 1000)
    _ = receive()
    return decoder.takeEvents()
  }
}

extension DecoderHandle {
  /// What has come by now; the last of it that the decoder hangs, where it does.
  func takeEvents() -> [DecoderEvent] {
    let now = SessionClock.monotonicMilliseconds
    return receive(nowMilliseconds: now) + checkDeadline(nowMilliseconds: now)
  }
}
