// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import Foundation
internal import Synchronization

extension AgePayload {
  /// As `open(sealedByteCount:_:read:_:)`, but a large payload's second half is opened by a thread of
  /// its own meanwhile: chunks come in no order, each with its place among the plain bytes.
  ///
  /// Both halves have ended on return, also by an error; then nothing of either must be used.
  package static func openInHalves(
    sealedByteCount: Int, _ key: AgeFileKey,
    read:
      @escaping @Sendable (_ offset: Int, _ target: inout MutableSpan<UInt8>)
      throws(SealingError) -> Void,
    _ receive: @escaping @Sendable (_ offset: Int, Span<UInt8>) throws(SealingError) -> Void
  ) throws(SealingError) {
    let stream = try stream(key, sealedByteCount, read)
    let open: @Sendable (Range<Int>) throws(SealingError) -> Void = {
      (chunks) throws(SealingError) in
      try AgePayload.open(
        chunks, of: sealedByteCount, stream,
        { (range, buffer) throws(SealingError) in try load(range, into: &buffer, read) }, receive)
    }
    let count = chunkCount(sealedByteCount)
    guard count >= leastForHalves else { return try open(0..<count) }
    let half = Half { () throws(SealingError) in try open(count / 2..<count) }
    var failure: SealingError?
    do { try open(0..<count / 2) } catch { failure = error }
    // Waited for in any case: the thread writes to what the caller lent.
    let other = half.wait()
    if let failure = failure ?? other { throw failure }
  }

  /// Below so many chunks, 1 MiB, a thread costs more than it saves.
  private static let leastForHalves = 16

  /// Work on a thread of its own, which ends with it.
  private final class Half: Sendable {
    private let failure = Mutex<SealingError?>(nil)
    private let end = DispatchSemaphore(value: 0)

    init(_ work: @escaping @Sendable () throws(SealingError) -> Void) {
      Thread { [self] in
        do throws(SealingError) { try work() } catch { failure.withLock { $0 = error } }
        end.signal()
      }.start()
    }

    /// Waits for its end; the error that ended it, or nil.
    func wait() -> SealingError? {
      end.wait()
      return failure.withLock { $0 }
    }
  }
}
