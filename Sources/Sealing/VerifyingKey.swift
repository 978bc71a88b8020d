// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import Foundation

/// An Ed25519 public key.
package struct VerifyingKey: Hashable, Sendable {
  /// 32 bytes.
  package let bytes: [UInt8]

  /// Takes 32 bytes; nil where they are no key, or one under which anybody can sign.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count == 32, !Self.isOfLowOrder(bytes),
      (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil
    else { return nil }
    self.bytes = bytes
  }

  /// Reads standard base64 of 32 bytes, 44 characters; nil for anything else.
  package init?(text: String) {
    guard let bytes = Base64.decode(Array(text.utf8).span, padded: true) else { return nil }
    self.init(bytes)
  }

  /// Standard base64, 44 characters.
  package var text: String {
    String(decoding: Base64.encode(bytes.span, padded: true), as: UTF8.self)
  }

  /// The first 16 bytes of the key's SHA-256 as eight groups of four hexadecimal digits in lower
  /// case, joined by hyphens: 39 characters for people to compare.
  package var fingerprint: String {
    let digits = Digest.sha256(bytes).prefix(16).map { byte in
      String(UInt16(byte) + 256, radix: 16).dropFirst()
    }
    return stride(from: 0, to: 16, by: 2).map { digits[$0] + digits[$0 + 1] }
      .joined(separator: "-")
  }

  /// Whether the signature, 64 bytes, of the bytes is this key's; false for any other size.
  package func verifies(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
    Self.verifies(signature, of: bytes, by: self.bytes)
  }

  /// The check alone, under any 32 bytes.
  static func verifies(_ signature: [UInt8], of bytes: [UInt8], by key: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: key) else { return false }
    return key.isValidSignature(signature, for: bytes)
  }

  /// Whether the point's order divides 8: one of the eight such points in any spelling (the table of
  /// RFC 7748's curve in Edwards form; a test holds that each of them lets anybody sign).
  private static func isOfLowOrder(_ bytes: [UInt8]) -> Bool {
    var height = bytes
    height[31] &= 0x7F
    return lowOrderHeights.contains(height)
  }

  /// Heights of the points of low order: 0, 1, -1, two of order 8, and p, p + 1 as other spellings
  /// of 0 and 1.
  static let lowOrderHeights: [[UInt8]] = {
    let p: [UInt8] = [0xED] + Array(repeating: 0xFF, count: 30) + [0x7F]
    let zero = [UInt8](repeating: 0, count: 32)
    func plus(_ bytes: [UInt8], _ first: UInt8) -> [UInt8] { [first] + bytes.dropFirst() }
    return [
      zero, plus(zero, 1), plus(p, 0xEC), p, plus(p, 0xEE),
      [
        0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98,
        0xF0, 0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53,
        0xFC, 0x05,
      ],
      [
        0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10, 0x67,
        0x0F, 0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77, 0x92, 0xAC,
        0x03, 0x7A,
      ],
    ]
  }()
}
