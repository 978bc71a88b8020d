// SPDX-License-Identifier: Apache-2.0

import Vocabulary

/// Numbers and parts of the key store's files, most significant byte first.
enum BigEndian {
  /// Eight bytes of a number.
  static func bytes(_ number: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
  }

  /// The number in eight bytes; the caller has checked that they are there.
  static func number(_ bytes: Span<UInt8>, at offset: Int) -> UInt64 {
    var number: UInt64 = 0
    for index in offset..<offset + 8 { number = number << 8 | UInt64(bytes[index]) }
    return number
  }

  /// A copy of a range.
  static func slice(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    var copy: [UInt8] = []
    copy.reserveCapacity(range.count)
    for index in range { copy.append(bytes[index]) }
    return copy
  }
}

extension ClipID {
  /// Reads an id from 16 bytes; the caller has checked that they are there.
  init(_ bytes: Span<UInt8>, at offset: Int) {
    self.init(
      high: BigEndian.number(bytes, at: offset), low: BigEndian.number(bytes, at: offset + 8))
  }
}
