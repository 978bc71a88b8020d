// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import Foundation
package import Lockdown

/// An Ed25519 private key; its seed stays in protected memory.
package final class SigningKey: Sendable {
  /// The public half.
  package let publicKey: VerifyingKey
  private let seed: SecretBytes

  /// Makes a random one.
  package convenience init() {
    do { try self.init(seed: .random(count: 32)) } catch {
      // Every seed of 32 bytes is a key, and the public key of none is of low order.
      fatalError("32 random bytes are no seed")
    }
  }

  /// Takes a seed of 32 bytes.
  ///
  /// - Throws: `key` for another size.
  package init(seed: SecretBytes) throws(SealingError) {
    guard seed.count == 32, let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
      let publicKey = VerifyingKey(Array(key.publicKey.rawRepresentation))
    else { throw .key }
    self.seed = seed
    self.publicKey = publicKey
  }

  /// The seed, to be sealed.
  package var secret: SecretBytes { seed }

  /// Signs bytes: 64 bytes.
  package func sign(_ bytes: [UInt8]) -> [UInt8] {
    do {
      return Array(
        try Curve25519.Signing.PrivateKey(rawRepresentation: seed).signature(for: bytes))
    } catch {
      // `init` made a key of this very seed, and signing cannot fail.
      fatalError("a seed that was a key is one no more")
    }
  }
}
