// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import Foundation
package import Lockdown

/// An age header, whole and checked for form; its bytes are what lies on disk.
///
/// Form: C2SP age, “The header”, to the letter. Stanzas of unknown types are skipped.
package struct AgeHeader: Sendable {
  /// From `age-encryption.org/v1` to the line end behind the authentication code.
  package let bytes: [UInt8]
  private let stanzas: [AgeStanza]
  private let code: [UInt8]

  private static let version = Array("age-encryption.org/v1".utf8)
  private static let mark = Array("---".utf8)
  /// A space, 43 digits and a line end stand behind the mark.
  private static let codeDigitCount = 43

  /// Makes a header that wraps the key for each recipient.
  ///
  /// - Throws: `key` where there is no recipient, or one of low order.
  package init(_ key: AgeFileKey, for recipients: [AgeRecipient]) throws(SealingError) {
    guard !recipients.isEmpty else { throw .key }
    var stanzas: [AgeStanza] = []
    for recipient in recipients { stanzas.append(try X25519.wrap(key, for: recipient)) }
    self.init(key, stanzas)
  }

  /// Makes a header that wraps the key under a passphrase; `workFactor` is scrypt's log2 N, 1 to 22.
  ///
  /// - Throws: `key` for another work factor, `io` where its memory, 2^workFactor KiB, is not to be
  ///   had.
  package init(_ key: AgeFileKey, passphrase: SecretBytes, workFactor: Int) throws(SealingError) {
    self.init(key, [try Scrypt.wrap(key, passphrase: passphrase, workFactor: workFactor)])
  }

  private init(_ key: AgeFileKey, _ stanzas: [AgeStanza]) {
    var bytes = Self.version + [UInt8(ascii: "\n")]
    for stanza in stanzas { bytes += stanza.encoded }
    bytes += Self.mark
    let code = Array(
      HMAC<SHA256>.authenticationCode(for: bytes, using: key.derive("header")))
    self.stanzas = stanzas
    self.code = code
    self.bytes =
      bytes + [UInt8(ascii: " ")] + Base64.encode(code.span) + [UInt8(ascii: "\n")]
  }

  /// Reads the header that `file` begins with.
  ///
  /// - Throws: `header` where it breaks any rule of the format.
  package init(parsing file: Span<UInt8>) throws(SealingError) {
    var lines = AgeLines()
    guard file.copied(try lines.next(file)) == Self.version else { throw .header }
    var stanzas: [AgeStanza] = []
    while true {
      let line = try lines.next(file)
      if line.count >= 3, file.copied(line.lowerBound..<line.lowerBound + 3) == Self.mark {
        guard line.count == 3 + 1 + Self.codeDigitCount,
          file[line.lowerBound + 3] == UInt8(ascii: " "),
          let code = Base64.decode(file.extracting(line.lowerBound + 4..<line.upperBound))
        else { throw .header }
        self.code = code
        break
      }
      stanzas.append(try AgeStanza(line, of: file, &lines))
    }
    guard !stanzas.isEmpty else { throw .header }
    try Self.checkKnown(stanzas)
    self.stanzas = stanzas
    bytes = file.copied(0..<lines.offset)
  }

  /// Stanzas of the types we know must keep their types' rules, whoever they are for.
  private static func checkKnown(_ stanzas: [AgeStanza]) throws(SealingError) {
    for stanza in stanzas {
      if stanza.type == X25519.stanzaType { _ = try X25519.share(of: stanza) }
      guard stanza.type == Scrypt.stanzaType else { continue }
      _ = try Scrypt.parameters(of: stanza)
      guard stanzas.count == 1 else { throw .header }
    }
  }

  /// The file key, by the first identity that a stanza opens for.
  ///
  /// - Throws: `noMatch` where there is none, `headerChanged` where the header's code is wrong,
  ///   `header` for a share of low order.
  package func key(_ identities: [AgeIdentity]) throws(SealingError) -> AgeFileKey {
    for identity in identities {
      for stanza in stanzas where stanza.type == X25519.stanzaType {
        guard let key = try X25519.unwrap(stanza, identity) else { continue }
        return try checked(key)
      }
    }
    throw .noMatch
  }

  /// The file key by passphrase; a work factor above `maxWorkFactor` (at most 22) is refused.
  ///
  /// - Throws: `noMatch` where the passphrase or the kind of header is another, `headerChanged`
  ///   where the header's code is wrong, `header` where too much work is asked for, `io` where
  ///   memory is short.
  package func key(passphrase: SecretBytes, maxWorkFactor: Int) throws(SealingError) -> AgeFileKey {
    guard let stanza = stanzas.first, stanza.type == Scrypt.stanzaType,
      let key = try Scrypt.unwrap(stanza, passphrase: passphrase, maxWorkFactor: maxWorkFactor)
    else { throw .noMatch }
    return try checked(key)
  }

  private func checked(_ key: AgeFileKey) throws(SealingError) -> AgeFileKey {
    let covered = bytes.dropLast(1 + Self.codeDigitCount + 1)
    guard
      HMAC<SHA256>.isValidAuthenticationCode(
        code, authenticating: covered, using: key.derive("header"))
    else { throw .headerChanged }
    return key
  }
}

extension Span<UInt8> {
  /// The bytes of a range as an array.
  ///
  /// Unsafe use: the buffer is read within its bounds while it is lent.
  func copied(_ range: Range<Int>) -> [UInt8] {
    unsafe extracting(range).withUnsafeBufferPointer { bytes in unsafe Array(bytes) }
  }
}
