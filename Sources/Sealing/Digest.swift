// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import Foundation
package import Lockdown

/// Digests, plain and keyed.
package enum Digest {
  /// SHA-256: 32 bytes.
  package static func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

  /// SHA-256 of two parts after each other.
  package static func sha256(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    hash.update(data: first)
    hash.update(data: second)
    return Array(hash.finalize())
  }

  /// HMAC-SHA-256 under a key: 32 bytes.
  package static func hmac(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: key)))
  }

  /// HMAC-SHA-256 under a key in protected memory: 32 bytes.
  package static func hmac(_ bytes: [UInt8], key: SecretBytes) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: key)))
  }

  /// SHA-256 of bytes that come piece by piece.
  package struct Stream {
    private var hash = SHA256()

    /// Starts with no byte.
    package init() {}

    /// Takes the next bytes.
    ///
    /// Unsafe use: the bytes are lent for the call only.
    package mutating func update(_ bytes: Span<UInt8>) {
      unsafe bytes.withUnsafeBytes { bytes in unsafe hash.update(bufferPointer: bytes) }
    }

    /// The digest of what came so far: 32 bytes.
    package func finish() -> [UInt8] { Array(hash.finalize()) }
  }
}
