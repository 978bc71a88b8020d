// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import Foundation
internal import Lockdown

/// age's X25519 recipient: the file key under a key that only the identity and the one who sealed
/// can derive (C2SP age, “The X25519 recipient type”).
enum X25519 {
  static let stanzaType = "X25519"
  private static let info = Array("age-encryption.org/v1/X25519".utf8)

  /// A stanza for one recipient.
  ///
  /// - Throws: `key` where the recipient is a point of low order.
  static func wrap(_ key: AgeFileKey, for recipient: AgeRecipient) throws(SealingError)
    -> AgeStanza
  {
    let ephemeral = Curve25519.KeyAgreement.PrivateKey()
    let share = Array(ephemeral.publicKey.rawRepresentation)
    guard let secret = try? sharedSecret(ephemeral, with: recipient.bytes) else { throw .key }
    return AgeStanza(
      type: stanzaType, arguments: [String(decoding: Base64.encode(share.span), as: UTF8.self)],
      body: key.wrapped(under: wrapKey(secret, share, recipient)))
  }

  /// The share of a stanza of this type.
  ///
  /// - Throws: `header` where arguments or body are not of the form.
  static func share(of stanza: AgeStanza) throws(SealingError) -> [UInt8] {
    guard stanza.arguments.count == 1, stanza.body.count == AgeFileKey.wrappedByteCount,
      let share = Base64.decode(Array(stanza.arguments[0].utf8).span), share.count == 32
    else { throw .header }
    return share
  }

  /// The file key of a stanza of this type; nil where it is for somebody else.
  static func unwrap(_ stanza: AgeStanza, _ identity: AgeIdentity) throws(SealingError)
    -> AgeFileKey?
  {
    let share = try share(of: stanza)
    let secret = try identity.sharedSecret(with: share)
    return AgeFileKey(unwrapping: stanza.body, wrapKey(secret, share, identity.recipient))
  }

  /// What both sides know, never all zero: a share of low order would give that to everyone.
  ///
  /// - Throws: `header` where it is.
  ///
  /// Unsafe use: the secret is lent for the call only.
  static func sharedSecret(_ key: Curve25519.KeyAgreement.PrivateKey, with share: [UInt8])
    throws(SealingError) -> SharedSecret
  {
    guard let other = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: share),
      let secret = try? key.sharedSecretFromKeyAgreement(with: other),
      unsafe secret.withUnsafeBytes({ unsafe $0.contains { $0 != 0 } })
    else { throw .header }
    return secret
  }

  private static func wrapKey(
    _ secret: SharedSecret, _ share: [UInt8], _ recipient: AgeRecipient
  ) -> SymmetricKey {
    secret.hkdfDerivedSymmetricKey(
      using: SHA256.self, salt: share + recipient.bytes, sharedInfo: info, outputByteCount: 32)
  }
}
