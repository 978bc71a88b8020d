// SPDX-License-Identifier: Apache-2.0

/// Finds the questions a program asks its terminal, however the bytes are cut.
struct QueryScanner {
  /// The questions that are answered.
  enum Query {
    /// `CSI 5 n`.
    case status
    /// `CSI 6 n`.
    case cursorPosition
    /// `CSI c`.
    case deviceAttributes
  }

  private var sequence: [UInt8]?

  /// The questions in these bytes, in order.
  mutating func scan(_ bytes: [UInt8]) -> [Query] {
    var found: [Query] = []
    for byte in bytes {
      guard var open = sequence else {
        if byte == 0x1B { sequence = [] }
        continue
      }
      if open.isEmpty {
        sequence = byte == UInt8(ascii: "[") ? [byte] : nil
        continue
      }
      open.append(byte)
      guard (0x40...0x7E).contains(byte) || open.count > 32 else {
        sequence = open
        continue
      }
      sequence = nil
      switch String(decoding: open, as: UTF8.self) {
      case "[5n": found.append(.status)
      case "[6n": found.append(.cursorPosition)
      case "[c", "[0c": found.append(.deviceAttributes)
      default: break
      }
    }
    return found
  }
}
