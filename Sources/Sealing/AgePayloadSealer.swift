// SPDX-License-Identifier: Apache-2.0

internal import Lockdown

/// Seals a payload piece by piece, as its bytes come; at most one chunk waits here.
package struct AgePayloadSealer: ~Copyable {
  private let stream: AgeStream
  private var waiting: [UInt8] = []
  private var index = 0

  /// Starts a payload: its nonce, 16 bytes, is appended to `output`.
  package init(_ key: AgeFileKey, to output: inout [UInt8]) {
    let nonce = AgeStream.newNonce()
    stream = AgeStream(key, nonce: nonce)
    output += nonce
  }

  /// Takes plain bytes, and appends to `output` the chunks that are now full and not the last.
  package mutating func append(_ plain: Span<UInt8>, to output: inout [UInt8]) {
    var start = 0
    while start < plain.count {
      if waiting.count == AgeStream.chunkByteCount { sealWaiting(isLast: false, to: &output) }
      let room = AgeStream.chunkByteCount - waiting.count
      let end = min(start + room, plain.count)
      // A whole chunk with more behind it need not wait.
      if waiting.isEmpty, end - start == room, end < plain.count {
        stream.seal(plain.extracting(start..<end), index: index, isLast: false, to: &output)
        index += 1
      } else {
        if waiting.isEmpty { waiting.reserveCapacity(AgeStream.chunkByteCount) }
        waiting.append(plain.extracting(start..<end))
      }
      start = end
    }
  }

  /// Appends the last chunk to `output`: the payload is whole.
  package consuming func finish(to output: inout [UInt8]) {
    sealWaiting(isLast: true, to: &output)
  }

  private mutating func sealWaiting(isLast: Bool, to output: inout [UInt8]) {
    stream.seal(waiting.span, index: index, isLast: isLast, to: &output)
    index += 1
    SecretBytes.wipe(&waiting)
    waiting.removeAll(keepingCapacity: true)
  }
}
