// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lockdown
@testable import Sealing
import TestSupport
import Testing

@Suite struct SignedNoteTests {
  static let text = "Glas ist\n\nnicht klar: ä\n"
  /// Made by a script over Python's cryptography, with the seed 0, 1, … 31.
  static let vector =
    text + "\n— lead.anna Ef0+8ZtJFFpC+LpqPFk1pQ/h7kvoddDDrS/6Vx14etAEHZVHPCk55ebjrQKrdTbvagqTV"
    + "jVqtg9trqSyov8ywOmDRAg=\n"
  let key: SigningKey

  init() throws { key = try SigningKey(seed: SecretBytes(Array(UInt8(0)..<32).span)) }

  @Test func aNoteIsWhatOthersWrite() throws {
    let note = SignedNote(Self.text, signedBy: key, named: "lead.anna")
    #expect(note.encoded == Self.vector)
    let read = try SignedNote(Array(Self.vector.utf8))
    #expect(read == note)
    #expect(read.text == Self.text)
    #expect(try read.signer(among: [("lead.anna", key.publicKey)]) == "lead.anna")
    #expect(key.publicKey.text == "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=")
    #expect(key.publicKey.fingerprint == "5647-5aa7-5463-474c-0285-df5d-bf2b-cab7")
    #expect(VerifyingKey(text: key.publicKey.text) == key.publicKey)
  }

  @Test func everyBitOfANoteMatters() throws {
    let bytes = Array(Self.vector.utf8)
    let keys = [(name: "lead.anna", key: key.publicKey)]
    #expect(try SignedNote(bytes).signer(among: keys) == "lead.anna")
    for bit in 0..<(bytes.count * 8) {
      #expect(throws: SealingError.signature, "bit \(bit)") {
        try SignedNote(bytes.flipping(bit: bit)).signer(among: keys)
      }
    }
    for count in 0..<bytes.count {
      #expect(throws: SealingError.signature, "cut at \(count)") {
        try SignedNote(Array(bytes[..<count])).signer(among: keys)
      }
    }
  }

  @Test func onlyTheNamedKeyCounts() throws {
    let note = SignedNote(Self.text, signedBy: key, named: "anna")
    let stranger = SigningKey().publicKey
    #expect(try note.signer(among: [("eve", stranger), ("anna", key.publicKey)]) == "anna")
    for keys in [[], [("bert", key.publicKey)], [("anna", stranger)]] as [[(String, VerifyingKey)]]
    {
      #expect(throws: SealingError.signature) {
        try note.signer(among: keys.map { (name: $0.0, key: $0.1) })
      }
      #expect(try note.signers(among: keys.map { (name: $0.0, key: $0.1) }).isEmpty)
    }
  }

  @Test func twoSignatures() throws {
    let second = SigningKey()
    let note = try SignedNote(Self.text, signedBy: key, named: "anna")
      .signed(by: second, named: "bert")
    let read = try SignedNote(Array(note.encoded.utf8))
    #expect(read == note)
    let anna = (name: "anna", key: key.publicKey)
    let bert = (name: "bert", key: second.publicKey)
    #expect(try read.signers(among: [bert, anna]) == ["bert", "anna"])
    #expect(try read.signer(among: [bert]) == "bert")
    // A line that claims to be anna's and is not spoils the note for whoever trusts anna.
    let other = SignedNote("other\n", signedBy: key, named: "anna")
    let forged =
      Self.text + other.encoded.dropFirst(6)
      + note.encoded.split(separator: "\n").suffix(1).joined() + "\n"
    let forgedNote = try SignedNote(Array(forged.utf8))
    #expect(forgedNote.signatures.map(\.name) == ["anna", "bert"])
    #expect(throws: SealingError.signature) { try forgedNote.signers(among: [bert, anna]) }
    #expect(try forgedNote.signer(among: [bert]) == "bert")
    var full = note
    while full.signatures.count < SignedNote.signatureLimit {
      full = try full.signed(by: second, named: "n\(full.signatures.count)")
    }
    #expect(try SignedNote(Array(full.encoded.utf8)) == full)
    #expect(throws: SealingError.signature) { try full.signed(by: second, named: "more") }
  }

  @Test func hostileNotesAreRefused() throws {
    let line = "— anna " + Data(repeating: 7, count: 68).base64EncodedString() + "\n"
    #expect(try SignedNote(Array("a\n\n\(line)".utf8)).signatures.count == 1)
    #expect(try SignedNote(Array("\n\n\(line)".utf8)).text == "\n")
    // Lines by keys of another type are kept, and are nobody's.
    let short = "— x " + Data(repeating: 7, count: 5).base64EncodedString() + "\n"
    let mixed = try SignedNote(Array("a\n\n\(short)\(line)".utf8))
    #expect(mixed.signatures.count == 2)
    #expect(try mixed.signers(among: [("x", key.publicKey)]).isEmpty)
    for text in [
      "", "\n", "\n\n", "a\n", "a\n\n", "a\n\n\n", "a\n\(line)", "\n\(line)", line,
      "a\n\n\(line)\n",
      "a\n\n\(line)x", "a\n\n\(line.dropLast())", "a\r\n\r\n\(line)", "a\tb\n\n\(line)",
      "a\u{0}\n\n\(line)", "a\n\n \(line)", "a\n\n\(line.replacing("— ", with: "- "))",
      "a\n\n\(line.replacing("anna ", with: "an+na "))",
      "a\n\n\(line.replacing("anna ", with: ""))",
      "a\n\n\(line.replacing("anna", with: ""))",
      "a\n\n\(line.replacing("anna", with: "an\u{A0}na"))",
      "a\n\n\(line.replacing("anna ", with: "anna  "))", "a\n\n\(line.replacing("=", with: ""))",
      "a\n\n" + String(repeating: line, count: 17),
    ] {
      #expect(throws: SealingError.signature, "\(text.debugDescription)") {
        try SignedNote(Array(text.utf8))
      }
    }
    #expect(throws: SealingError.signature) { try SignedNote([0xFF] + Array(Self.vector.utf8)) }
    let large = [UInt8](repeating: 0x61, count: SignedNote.byteLimit) + Array(Self.vector.utf8)
    #expect(throws: SealingError.signature) { try SignedNote(large) }
  }

  @Test func noBytesTrap() throws {
    var generator = SeededGenerator(seed: 23)
    let original = Array(Self.vector.utf8)
    let keys = [(name: "lead.anna", key: key.publicKey)]
    var believed = 0
    for _ in 0..<10_000 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...5, using: &generator) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert([10, 32, 0xE2, 61].randomElement(using: &generator) ?? 0, at: place)
        case 3: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &generator))
        default: bytes.removeSubrange(place..<min(bytes.count, place + 9))
        }
      }
      guard bytes != original else { continue }
      if (try? SignedNote(bytes).signer(among: keys)) != nil { believed += 1 }
    }
    #expect(believed == 0)
  }

  @Test func whatCannotBeReadIsNotSigned() throws {
    for text in ["", "a", "a\r\n", "a\tb\n", "\u{0}\n"] {
      #expect(throws: SealingError.signature, "\(text.debugDescription)") {
        try SignedNote(signing: text, by: key, named: "anna")
      }
    }
    for name in ["", "a b", "a+b", "a\n", "a\u{2003}b", String(repeating: "a", count: 101)] {
      #expect(throws: SealingError.signature, "\(name.debugDescription)") {
        try SignedNote(signing: Self.text, by: key, named: name)
      }
    }
    let note = try SignedNote(signing: Self.text, by: key, named: "anna")
    #expect(try SignedNote(Array(note.encoded.utf8)) == note)
  }
}
