// SPDX-License-Identifier: Apache-2.0

/// A text with signatures below it: the C2SP signed-note format with Ed25519 keys.
///
/// Shape: lines of text, an empty line, then for each signature `— NAME BASE64`, where the base64
/// holds the four bytes of `keyHash` and the 64-byte Ed25519 signature of the text with its last
/// line end. A note is untrusted until `signer(among:)` named someone. Lines by keys of other types
/// are kept unread, as the format asks.
package struct SignedNote: Hashable, Sendable {
  /// The text, with its last line end.
  package let text: String
  /// The signatures as they stand, 1 to `signatureLimit`.
  package let signatures: [Signature]

  /// One signature line.
  package struct Signature: Hashable, Sendable {
    /// Who signed, as the line claims.
    package let name: String
    let keyHash: [UInt8]
    let signature: [UInt8]
  }

  /// No note is larger, in bytes.
  package static let byteLimit = 4 << 20
  /// No note has more signatures.
  package static let signatureLimit = 16

  /// Signs a text of our own making: `isSignable(text)` and `isName(name)` must hold.
  ///
  /// Text with anything in it from a file or a terminal goes through `init(signing:by:named:)`.
  package init(_ text: String, signedBy key: SigningKey, named name: String) {
    precondition(Self.isSignable(text) && Self.isName(name), "a note that nobody could read")
    self.init(unchecked: text, key, name)
  }

  /// Signs a text.
  ///
  /// - Throws: `signature` where text or name are none that a note can carry.
  package init(signing text: String, by key: SigningKey, named name: String) throws(SealingError) {
    guard Self.isSignable(text), Self.isName(name) else { throw .signature }
    self.init(unchecked: text, key, name)
  }

  private init(unchecked text: String, _ key: SigningKey, _ name: String) {
    self.text = text
    signatures = [Self.sign(text, key, name)]
  }

  /// This note with one more signature below the others.
  ///
  /// - Throws: `signature` where the name is none, or there are `signatureLimit` already.
  package func signed(by key: SigningKey, named name: String) throws(SealingError) -> SignedNote {
    guard Self.isName(name), signatures.count < Self.signatureLimit else { throw .signature }
    return SignedNote(text: text, signatures: signatures + [Self.sign(text, key, name)])
  }

  private init(text: String, signatures: [Signature]) {
    self.text = text
    self.signatures = signatures
  }

  private static func sign(_ text: String, _ key: SigningKey, _ name: String) -> Signature {
    Signature(
      name: name, keyHash: keyHash(name, key.publicKey), signature: key.sign(Array(text.utf8)))
  }

  /// Whether a note can carry the text: it ends with a line end, holds no other control character,
  /// and leaves room for signatures below `byteLimit`.
  package static func isSignable(_ text: String) -> Bool {
    text.utf8.last == lineEnd && text.utf8.count <= byteLimit - (16 << 10)
      && isReadable(text)
  }

  /// Whether a note can carry the name: 1 to 100 bytes without white space, control character or
  /// plus sign.
  package static func isName(_ name: String) -> Bool {
    (1...100).contains(name.utf8.count)
      && name.unicodeScalars.allSatisfy { scalar in
        scalar.value > 0x20 && scalar.value != 0x7F && scalar != "+"
          && !scalar.properties.isWhitespace
      }
  }

  /// Reads a note's bytes.
  ///
  /// - Throws: `signature` where they are no note, to the letter of the format; base64 must be
  ///   canonical.
  package init(_ bytes: [UInt8]) throws(SealingError) {
    guard bytes.count <= Self.byteLimit, bytes.last == Self.lineEnd,
      let gap = Self.lastGap(bytes), let text = String(validating: bytes[...gap], as: UTF8.self),
      Self.isReadable(text)
    else { throw .signature }
    self.text = text
    let lines = bytes[(gap + 2)...].dropLast().split(
      separator: Self.lineEnd, omittingEmptySubsequences: false)
    guard (1...Self.signatureLimit).contains(lines.count) else { throw .signature }
    var signatures: [Signature] = []
    for line in lines { signatures.append(try Signature(line: Array(line))) }
    self.signatures = signatures
  }

  private static func isReadable(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 || $0 == lineEnd }
  }

  /// Where the text's last line end stands: before the last empty line.
  private static func lastGap(_ bytes: [UInt8]) -> Int? {
    var place = bytes.count - 2
    while place >= 0 {
      if bytes[place] == lineEnd, bytes[place + 1] == lineEnd { return place }
      place -= 1
    }
    return nil
  }

  /// The note as it is written.
  package var encoded: String { text + "\n" + signatures.map(\.line).joined() }

  /// The first of the named keys that signed the note.
  ///
  /// - Throws: `signature` where none did, or where a line claims to be by one of them and is not.
  package func signer(among keys: [(name: String, key: VerifyingKey)]) throws(SealingError)
    -> String
  {
    guard let first = try signers(among: keys).first else { throw .signature }
    return first
  }

  /// The named keys that signed the note, in the order asked; perhaps none.
  ///
  /// - Throws: `signature` where a line claims to be by one of them and is not.
  package func signers(among keys: [(name: String, key: VerifyingKey)]) throws(SealingError)
    -> [String]
  {
    let signed = Array(text.utf8)
    var found: [String] = []
    for (name, key) in keys {
      let hash = Self.keyHash(name, key)
      let lines = signatures.filter { $0.keyHash == hash && $0.name.utf8.elementsEqual(name.utf8) }
      guard lines.allSatisfy({ key.verifies($0.signature, of: signed) }) else { throw .signature }
      if !lines.isEmpty { found.append(name) }
    }
    return found
  }

  /// The first four bytes of SHA-256(name, line end, 1 for Ed25519, public key).
  private static func keyHash(_ name: String, _ key: VerifyingKey) -> [UInt8] {
    Array(Digest.sha256(Array(name.utf8) + [lineEnd, 0x01], key.bytes).prefix(4))
  }

  fileprivate static let lineEnd = UInt8(ascii: "\n")
}

extension SignedNote.Signature {
  private static let dash = Array("— ".utf8)

  /// Reads a line without its end.
  fileprivate init(line: [UInt8]) throws(SealingError) {
    guard line.starts(with: Self.dash) else { throw .signature }
    let words = line.dropFirst(Self.dash.count).split(
      separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard words.count == 2, let name = String(validating: words[0], as: UTF8.self),
      SignedNote.isName(name), let data = Base64.decode(Array(words[1]).span, padded: true),
      (5...4096).contains(data.count)
    else { throw .signature }
    self.name = name
    keyHash = Array(data.prefix(4))
    signature = Array(data.dropFirst(4))
  }

  /// The line as it is written.
  fileprivate var line: String {
    let digits = Base64.encode((keyHash + signature).span, padded: true)
    return "— \(name) \(String(decoding: digits, as: UTF8.self))\n"
  }
}
