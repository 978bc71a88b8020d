// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import CryptoExtras
internal import Foundation
internal import Lockdown

/// age's scrypt recipient: the file key under a passphrase (C2SP age, “The scrypt recipient type”).
///
/// One try with work factor w takes 2^w · 1 KiB of memory: 128 MiB at 17, 4 GiB at 22.
enum Scrypt {
  static let stanzaType = "scrypt"
  /// The work factors that may be written.
  static let workFactors = 1...22
  private static let label = Array("age-encryption.org/v1/scrypt".utf8)
  private static let saltByteCount = 16

  /// A stanza under the passphrase.
  ///
  /// - Throws: `key` for a work factor out of `workFactors`, `io` where memory is short.
  static func wrap(_ key: AgeFileKey, passphrase: SecretBytes, workFactor: Int)
    throws(SealingError) -> AgeStanza
  {
    guard workFactors.contains(workFactor) else { throw .key }
    var random = SystemRandomNumberGenerator()
    let salt = (0..<saltByteCount).map { _ in random.next() as UInt8 }
    let wrapKey = try derive(passphrase, salt, workFactor)
    return AgeStanza(
      type: stanzaType,
      arguments: [String(decoding: Base64.encode(salt.span), as: UTF8.self), "\(workFactor)"],
      body: key.wrapped(under: wrapKey))
  }

  /// The salt and the work factor of a stanza of this type.
  ///
  /// - Throws: `header` where arguments or body are not of the form.
  static func parameters(of stanza: AgeStanza) throws(SealingError)
    -> (salt: [UInt8], workFactor: Int)
  {
    guard stanza.arguments.count == 2, stanza.body.count == AgeFileKey.wrappedByteCount,
      let salt = Base64.decode(Array(stanza.arguments[0].utf8).span), salt.count == saltByteCount,
      let workFactor = Int(stanza.arguments[1]), workFactor > 0,
      "\(workFactor)" == stanza.arguments[1]
    else { throw .header }
    return (salt, workFactor)
  }

  /// The file key of a stanza of this type; nil where the passphrase is another.
  ///
  /// - Throws: `header` where the stanza asks for more work than the limit, `io` where memory is
  ///   short.
  static func unwrap(_ stanza: AgeStanza, passphrase: SecretBytes, maxWorkFactor: Int)
    throws(SealingError) -> AgeFileKey?
  {
    let (salt, workFactor) = try parameters(of: stanza)
    guard workFactor <= min(maxWorkFactor, workFactors.upperBound) else { throw .header }
    return AgeFileKey(unwrapping: stanza.body, try derive(passphrase, salt, workFactor))
  }

  /// Unsafe use: the passphrase is lent for the call only.
  private static func derive(_ passphrase: SecretBytes, _ salt: [UInt8], _ workFactor: Int)
    throws(SealingError) -> SymmetricKey
  {
    let key = unsafe passphrase.withBytes { passphrase in
      try? unsafe KDF.Scrypt.deriveKey(
        from: passphrase, salt: label + salt, outputByteCount: 32, rounds: 1 << workFactor,
        blockSize: 8, parallelism: 1)
    }
    guard let key else { throw .io }
    return key
  }
}
