// SPDX-License-Identifier: Apache-2.0

package import Sealing

/// A consent or participant record as it was received: its bytes, and its signature where one came.
package struct ConsentDocument: Hashable, Sendable {
  /// The record's text, bit for bit: the signature is of these bytes.
  package let bytes: [UInt8]
  /// The bytes of the `.sig` file; nil where there is none.
  package let signature: [UInt8]?

  /// Takes both as they are; nothing is read of them yet.
  package init(bytes: [UInt8], signature: [UInt8]?) {
    self.bytes = bytes
    self.signature = signature
  }

  /// Signs a record's bytes; nil where the id or the signer's name is none (see `ConsentNames` and
  /// `SignedNote.isName`).
  package init?(bytes: [UInt8], recordID: String, signedBy key: SigningKey, named name: String) {
    guard ConsentNames.isRecordID(recordID), SignedNote.isName(name) else { return nil }
    self.bytes = bytes
    let note = SignedNote(
      Self.statement(recordID: recordID, bytes: bytes), signedBy: key, named: name)
    signature = Array(note.encoded.utf8)
  }

  /// What a signature says, one thing a line: what it is, the record's id, the digest of its bytes.
  static func statement(recordID: String, bytes: [UInt8]) -> String {
    "milkglass consent\n\(recordID)\n\(SHA256Text.text(Digest.sha256(bytes)))\n"
  }

  /// Who signed the record under that id.
  func signer(
    recordID: String, among keys: [ConsentSigners.Key]
  ) throws(ConsentDefect) -> String {
    guard let signature else { throw .unsigned }
    let note: SignedNote
    do { note = try SignedNote(signature) } catch { throw .badSignature }
    guard note.text == Self.statement(recordID: recordID, bytes: bytes) else {
      throw .otherText
    }
    do {
      return try note.signer(among: keys.map { ($0.name, $0.key) })
    } catch { throw .stranger }
  }
}

/// Whose signatures a record or a notice may bear.
package struct ConsentSigners: Hashable, Sendable {
  /// A public key and its owner's name.
  package struct Key: Hashable, Sendable {
    package let name: String
    package let key: VerifyingKey

    /// Names a key.
    package init(name: String, key: VerifyingKey) {
      self.name = name
      self.key = key
    }
  }

  /// The enrolled intake keys: their signature counts for every record.
  package let intake: [Key]
  /// The leads' keys: their signature counts for participant records and notices.
  package let leads: [Key]

  /// Takes the keys as the vault's people give them.
  package init(intake: [Key], leads: [Key]) {
    self.intake = intake
    self.leads = leads
  }
}
