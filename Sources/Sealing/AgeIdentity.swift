// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import Foundation
package import Lockdown

/// An X25519 identity (`AGE-SECRET-KEY-1…`); its private half stays in protected memory.
package final class AgeIdentity: Sendable {
  /// The public half.
  package let recipient: AgeRecipient
  private let secret: SecretBytes

  private static let prefix = "age-secret-key-"

  /// Makes a random one.
  package convenience init() {
    self.init(secret: .random(count: 32))
  }

  /// Takes 32 bytes; any are a key.
  private init(secret: SecretBytes) {
    self.secret = secret
    recipient = AgeRecipient(bytes: Array(Self.privateKey(secret).publicKey.rawRepresentation))
  }

  /// Reads `AGE-SECRET-KEY-1…` in upper case, alone or in a file as `age-keygen` writes it: white
  /// space around it, empty lines and comment lines (`#`) are skipped.
  ///
  /// - Throws: `key` where there is no such line, more than one, or any other.
  package convenience init(text: SecretBytes) throws(SealingError) {
    let secret = try SecretBytes(count: 32) { bytes throws(SealingError) in
      try text.withSpan { text throws(SealingError) in
        guard let range = KeyText.onlyLine(of: text) else { throw .key }
        var place = 0
        let line = text.extracting(range)
        let isKey = Bech32.decode(line, prefix: Self.prefix, upperCase: true) { byte in
          bytes.storeBytes(of: byte, toByteOffset: place, as: UInt8.self)
          place += 1
        }
        guard isKey else { throw .key }
      }
    }
    self.init(secret: secret)
  }

  /// `AGE-SECRET-KEY-1…` without a line end: 74 characters.
  package var text: SecretBytes {
    SecretBytes(count: Bech32.characterCount(prefix: Self.prefix)) { text in
      secret.withSpan { bytes in
        var place = 0
        Bech32.encode(bytes, prefix: Self.prefix, upperCase: true) { character in
          text.storeBytes(of: character, toByteOffset: place, as: UInt8.self)
          place += 1
        }
      }
    }
  }

  /// What both sides of an exchange know.
  ///
  /// - Throws: `header` where the share is of low order, so that everyone knows it.
  func sharedSecret(with share: [UInt8]) throws(SealingError) -> SharedSecret {
    try X25519.sharedSecret(Self.privateKey(secret), with: share)
  }

  private static func privateKey(_ secret: SecretBytes) -> Curve25519.KeyAgreement.PrivateKey {
    do { return try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: secret) } catch {
      // The library refuses a size other than 32 bytes only.
      fatalError("32 bytes are no X25519 key")
    }
  }
}
