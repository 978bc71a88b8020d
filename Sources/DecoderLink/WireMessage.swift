// SPDX-License-Identifier: Apache-2.0

/// The form of every message: 64 bytes, little-endian fields one after the other, zeros to the end.
///
/// 64 bytes are far below `PIPE_BUF`, so that a pipe never cuts a message (`pipe(7)`).
enum WireMessage {
  static let byteCount = 64
}

/// Lays fields into a message.
struct WireWriter {
  private(set) var bytes: [UInt8] = []

  init(kind: UInt8) {
    bytes.reserveCapacity(WireMessage.byteCount)
    bytes.append(kind)
  }

  mutating func put8(_ value: UInt8) { bytes.append(value) }

  mutating func put32(_ value: UInt32) { put(UInt64(value), byteCount: 4) }

  /// A number that is known to be small, as `put32` takes it.
  mutating func put16(_ value: Int) { put(UInt64(UInt16(clamping: value)), byteCount: 2) }

  /// A number that is known to be small; what does not fit is cut to the field's range.
  mutating func put32(_ value: Int) { put32(UInt32(clamping: value)) }

  mutating func put64(_ value: Int64) { put(UInt64(bitPattern: value), byteCount: 8) }

  mutating func put(_ values: [UInt8]) { bytes += values }

  /// The whole message.
  consuming func finished(byteCount: Int = WireMessage.byteCount) -> [UInt8] {
    assert(bytes.count <= byteCount, "a message's fields outgrew it")
    return bytes + [UInt8](repeating: 0, count: max(0, byteCount - bytes.count))
  }

  private mutating func put(_ value: UInt64, byteCount: Int) {
    for byte in 0..<byteCount { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * byte))) }
  }
}

/// Takes fields out of a message, in the order they were put.
struct WireReader {
  private let bytes: [UInt8]
  private var position = 0
  private var hasOverrun = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func take8() -> UInt8 {
    guard position < bytes.count else {
      hasOverrun = true
      return 0
    }
    defer { position += 1 }
    return bytes[position]
  }

  /// A 16-bit field as a whole number, never negative.
  mutating func take16() -> Int { Int(take(byteCount: 2)) }

  mutating func take32() -> UInt32 { UInt32(truncatingIfNeeded: take(byteCount: 4)) }

  /// A 32-bit field as a whole number, never negative.
  mutating func takeCount() -> Int { Int(take32()) }

  mutating func take64() -> Int64 { Int64(bitPattern: take(byteCount: 8)) }

  mutating func take(_ count: Int) -> [UInt8] { (0..<count).map { _ in take8() } }

  /// Throws unless the message has its full length and nothing but zeros follows the last field.
  func finish(byteCount: Int = WireMessage.byteCount) throws(LinkViolation) {
    guard bytes.count == byteCount, !hasOverrun,
      bytes[position...].allSatisfy({ $0 == 0 })
    else { throw .malformed }
  }

  private mutating func take(byteCount: Int) -> UInt64 {
    (0..<byteCount).reduce(0) { $0 | UInt64(take8()) << (8 * UInt64($1)) }
  }
}
