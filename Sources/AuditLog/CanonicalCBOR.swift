// SPDX-License-Identifier: Apache-2.0

/// Writes CBOR in its core deterministic encoding (RFC 8949 §4.2), as far as the log needs it:
/// integers, byte and text strings and maps, each head in its shortest form.
///
/// Maps are the caller's: it writes the head and then the pairs in order of their encoded keys.
struct CBORWriter {
  private(set) var bytes: [UInt8] = []

  mutating func unsigned(_ value: UInt64) { head(0, value) }

  mutating func integer(_ value: Int64) {
    if value < 0 { head(1, UInt64(-1 - value)) } else { head(0, UInt64(value)) }
  }

  mutating func byteString(_ value: [UInt8]) {
    head(2, UInt64(value.count))
    bytes += value
  }

  mutating func text(_ value: String) {
    let utf8 = value.utf8
    head(3, UInt64(utf8.count))
    bytes += utf8
  }

  mutating func map(count: Int) { head(5, UInt64(count)) }

  private mutating func head(_ major: UInt8, _ value: UInt64) {
    let type = major << 5
    switch value {
    case 0..<24: bytes.append(type | UInt8(value))
    case 24...0xFF: append(type | 24, value, 1)
    case 0x100...0xFFFF: append(type | 25, value, 2)
    case 0x1_0000...0xFFFF_FFFF: append(type | 26, value, 4)
    default: append(type | 27, value, 8)
    }
  }

  private mutating func append(_ first: UInt8, _ value: UInt64, _ count: Int) {
    bytes.append(first)
    for shift in (0..<count).reversed() {
      bytes.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(shift))))
    }
  }
}

/// Reads what `CBORWriter` writes and refuses everything else: longer heads than needed, other
/// types, text that is no UTF-8, ends too early.
struct CBORReader {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { offset == bytes.count }

  mutating func unsigned() throws(AuditError) -> UInt64 {
    let (major, value) = try head()
    guard major == 0 else { throw .malformed }
    return value
  }

  /// The major type of what comes next; nil at the end.
  var nextMajor: UInt8? { offset < bytes.count ? bytes[offset] >> 5 : nil }

  mutating func integer() throws(AuditError) -> Int64 {
    let (major, value) = try head()
    guard major <= 1, let magnitude = Int64(exactly: value) else { throw .malformed }
    return major == 0 ? magnitude : -1 - magnitude
  }

  mutating func byteString(limit: Int) throws(AuditError) -> [UInt8] {
    Array(try content(major: 2, limit: limit))
  }

  mutating func text(limit: Int) throws(AuditError) -> String {
    guard let text = String(validating: try content(major: 3, limit: limit), as: UTF8.self) else {
      throw .malformed
    }
    return text
  }

  mutating func mapCount(limit: Int) throws(AuditError) -> Int {
    let (major, value) = try head()
    guard major == 5, value <= UInt64(limit) else { throw .malformed }
    return Int(value)
  }

  private mutating func content(
    major expected: UInt8, limit: Int
  ) throws(AuditError) -> ArraySlice<UInt8> {
    let (major, value) = try head()
    guard major == expected, value <= UInt64(min(limit, bytes.count - offset)) else {
      throw .malformed
    }
    defer { offset += Int(value) }
    return bytes[offset..<offset + Int(value)]
  }

  private mutating func head() throws(AuditError) -> (major: UInt8, value: UInt64) {
    guard offset < bytes.count else { throw .malformed }
    let first = bytes[offset]
    offset += 1
    let short = first & 31
    if short < 24 { return (first >> 5, UInt64(short)) }
    guard short < 28 else { throw .malformed }
    let count = 1 << Int(short - 24)
    guard count <= bytes.count - offset else { throw .malformed }
    let value = bytes[offset..<offset + count].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    offset += count
    let smallest: UInt64 = count == 1 ? 24 : 1 << (4 * UInt64(count))
    guard value >= smallest else { throw .malformed }
    return (first >> 5, value)
  }
}
