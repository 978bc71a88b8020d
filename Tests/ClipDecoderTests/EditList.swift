// SPDX-License-Identifier: Apache-2.0
import Testing

/// Changes the edit list of an MP4 in place.
enum EditList {
  /// Moves the start of the first track's only edit later by some seconds.
  static func skip(seconds: Double, in bytes: inout [UInt8]) throws {
    let list = try #require(offset(of: "elst", in: bytes))
    let header = try #require(offset(of: "mdhd", in: bytes))
    // Both boxes are of version 0: 32-bit fields.
    try #require(bytes[list + 4] == 0 && bytes[header + 4] == 0)
    try #require(word(bytes, list + 8) == 1)
    let ticksPerSecond = Double(word(bytes, header + 16))
    let start = word(bytes, list + 16) + Int(seconds * ticksPerSecond)
    for byte in 0..<4 { bytes[list + 16 + byte] = UInt8(start >> (24 - 8 * byte) & 255) }
  }

  /// Where a box's name stands.
  private static func offset(of name: String, in bytes: [UInt8]) -> Int? {
    let name = Array(name.utf8)
    return bytes.indices.dropLast(24).first { bytes[$0..<$0 + 4].elementsEqual(name) }
  }

  private static func word(_ bytes: [UInt8], _ offset: Int) -> Int {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}
