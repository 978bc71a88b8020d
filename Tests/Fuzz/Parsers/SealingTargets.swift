// SPDX-License-Identifier: Apache-2.0

import AuditLog
import Lockdown
import Sealing
import Vocabulary

extension ParserTarget {
  static let sealing: [ParserTarget] = [
    ParserTarget(name: "age-header", seeds: ageHeaders, read: readAgeHeader),
    ParserTarget(name: "age-keys", seeds: ageKeys, read: readAgeKeys),
    ParserTarget(name: "note", seeds: notes, read: readNote),
    ParserTarget(name: "audit", seeds: events, read: readEvent),
  ]

  /// An identity that is the same in every run.
  static let identity = secret(
    "AGE-SECRET-KEY-1", "QYPQXPQ9QCRSSZG2PVXQ6RS0ZQG3YYC5Z5TPWXQERGD3C8G7RUSQJLP7H2")

  private static func secret(_ prefix: String, _ digits: String) -> AgeIdentity {
    let text = Array((prefix + digits).utf8)
    // Where the text is no key any key will do: the seeds are sealed to it in the same run.
    return (try? AgeIdentity(text: SecretBytes(text.span))) ?? AgeIdentity()
  }

  /// A signing key that is the same in every run.
  static let signer: SigningKey = {
    let seed = [UInt8](repeating: 7, count: 32)
    guard let key = try? SigningKey(seed: SecretBytes(seed.span)) else { return SigningKey() }
    return key
  }()

  private static func ageHeaders() throws -> [[UInt8]] {
    let key = AgeFileKey()
    let words = Array("a passphrase".utf8)
    let one = try AgeHeader(key, for: [identity.recipient])
    let two = try AgeHeader(key, for: [identity.recipient, AgeIdentity().recipient])
    let scrypt = try AgeHeader(key, passphrase: SecretBytes(words.span), workFactor: 1)
    let grease = Array(
      String(decoding: one.bytes, as: UTF8.self)
        .replacing("---", with: "-> x-grease a b\nAAAA\n---").utf8)
    return [one.bytes, two.bytes, scrypt.bytes, grease]
  }

  private static func readAgeHeader(_ bytes: [UInt8]) -> Bool {
    guard let header = try? AgeHeader(parsing: bytes.span) else { return false }
    expect(bytes.starts(with: header.bytes), "a header is what the file begins with")
    let again = try? AgeHeader(parsing: header.bytes.span)
    expect(again?.bytes == header.bytes, "a header read again is the same")
    _ = try? header.key([identity])
    let words = Array("a passphrase".utf8)
    _ = try? header.key(passphrase: SecretBytes(words.span), maxWorkFactor: 2)
    return true
  }

  private static func ageKeys() throws -> [[UInt8]] {
    let text = identity.text.withSpan { span in span.indices.map { span[$0] } }
    let file = Array("# created: today\n\n  ".utf8) + text + Array("\n".utf8)
    return [text, file, Array(identity.recipient.text.utf8), Array(signer.publicKey.text.utf8)]
  }

  private static func readAgeKeys(_ bytes: [UInt8]) -> Bool {
    var isTaken = false
    if let read = try? AgeIdentity(text: SecretBytes(bytes.span)) {
      let again = try? AgeIdentity(text: read.text)
      expect(again?.recipient == read.recipient, "an identity written and read is the same")
      isTaken = true
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { return isTaken }
    if let recipient = try? AgeRecipient(text: text) {
      expect(recipient.text == text, "a recipient has one text")
      isTaken = true
    }
    if let key = VerifyingKey(text: text) {
      expect(VerifyingKey(text: key.text) == key, "a verifying key written and read is the same")
      isTaken = true
    }
    return isTaken
  }

  private static func notes() throws -> [[UInt8]] {
    let one = SignedNote("one line\n", signedBy: signer, named: "lead")
    let two = try SignedNote("two\n\nlines — é\n", signedBy: signer, named: "a")
      .signed(by: SigningKey(), named: "b")
    let head = AuditHead(vault: vaultText)
    let checkpoint = Checkpoint(head, atMilliseconds: 1_768_428_900_000)
      .note(signedBy: AuditSigner(vault: vaultText, key: signer))
    return [Array(one.encoded.utf8), Array(two.encoded.utf8), Array(checkpoint.utf8)]
  }

  static let vaultText = "0123456789abcdef0123456789abcdef"

  private static func readNote(_ bytes: [UInt8]) -> Bool {
    _ = try? Checkpoint(note: bytes, vault: vaultText, key: signer.publicKey)
    guard let note = try? SignedNote(bytes) else { return false }
    expect(Array(note.encoded.utf8) == bytes, "a note has one form")
    expect((try? SignedNote(Array(note.encoded.utf8))) == note, "a note read again is the same")
    _ = try? note.signers(among: [("lead", signer.publicKey), ("a", signer.publicKey)])
    return true
  }

  private static func events() throws -> [[UInt8]] {
    let name = ClipLogName(Array(1...16))
    let actor = AuditActor("lead", seat: "seat-3")
    let drafts = [
      AuditDraft(.unlock), AuditDraft(.open, clip: name),
      AuditDraft(.ingest, clip: name, ["count": .number(-70_000), "word": .word("kept")]),
    ]
    return try drafts.enumerated().map { index, draft in
      try AuditEvent(
        seq: Int64(index * 300 + 1), atMilliseconds: 1_768_428_900_000, actor: actor, draft
      ).encoded()
    }
  }

  private static func readEvent(_ bytes: [UInt8]) -> Bool {
    guard let event = try? AuditEvent(bytes) else { return false }
    expect((try? event.encoded()) == bytes, "an event has one encoding")
    return true
  }
}
