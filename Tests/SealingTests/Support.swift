// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lockdown
import Sealing
import TestSupport

/// Whether the exhaustive variants run too.
let isSoak = ProcessInfo.processInfo.environment["MILKGLASS_SOAK"] == "1"

extension SecretBytes {
  /// A test's secret, which is none.
  convenience init(_ text: String) { self.init(Array(text.utf8).span) }

  /// A test's secret in the open.
  var array: [UInt8] { withSpan { span in span.indices.map { span[$0] } } }
}

extension [UInt8] {
  /// Random bytes that a seed repeats.
  static func random(_ count: Int, _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 8)
    while bytes.count < count {
      let word: UInt64 = generator.next()
      for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(8 * shift))) }
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  /// With one bit flipped.
  func flipping(bit: Int) -> [UInt8] {
    var bytes = self
    bytes[bit / 8] ^= 1 << UInt8(bit % 8)
    return bytes
  }

  /// Two hexadecimal digits a byte.
  var hex: String { map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined() }
}

extension AgePayload {
  /// A whole payload in the open.
  static func open(_ sealed: [UInt8], _ key: AgeFileKey) throws(SealingError) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(sealed.count)
    try open(sealed.span, key) { chunk throws(SealingError) in
      for index in chunk.indices { plain.append(chunk[index]) }
    }
    return plain
  }
}
