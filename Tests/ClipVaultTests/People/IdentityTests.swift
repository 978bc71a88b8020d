// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lockdown
import Sealing
import Testing
import TestSupport
import Vocabulary

@testable import ClipVault

@Suite struct IdentityTests {
  private func text(_ secret: SecretBytes) -> String {
    secret.withSpan { span in
      String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
    }
  }

  @Test func keysComeBackFromTheirText() throws {
    for _ in 0..<50 {
      let keys = IdentityKeys()
      let lines = text(keys.text).split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count == 3 && lines[2].isEmpty)
      #expect(lines[0].hasPrefix("AGE-SECRET-KEY-1") && lines[1].hasPrefix("ed25519 "))
      // The same base64 as everybody's.
      let seed = try #require(Data(base64Encoded: String(lines[1].dropFirst(8))))
      #expect(seed.count == 32)
      let back = try IdentityKeys(text: keys.text)
      #expect(back.age.recipient == keys.age.recipient)
      #expect(back.signing.publicKey == keys.signing.publicKey)
    }
  }

  @Test func everyOtherTextIsRefused() {
    let whole = text(IdentityKeys().text)
    #expect(throws: Never.self) { try IdentityKeys(text: .words(whole)) }
    let bytes = Array(whole.utf8)
    for count in bytes.indices {
      let cut = SecretBytes(Array(bytes[..<count]).span)
      #expect(throws: SealingError.self) { try IdentityKeys(text: cut) }
    }
    for wrong in [
      "", "\n", whole + "\n", "\n" + whole,
      whole.replacingOccurrences(of: "ed25519", with: "ed448_7"),
      whole.replacingOccurrences(of: "=", with: "A"), String(repeating: "\n", count: 128),
    ] {
      #expect(throws: SealingError.self) { try IdentityKeys(text: .words(wrong)) }
    }
    // What a last digit says beyond the 32nd byte must be nothing.
    let end = whole.index(whole.endIndex, offsetBy: -3)
    for digit in "BCD" {
      let wrong = whole[..<end] + String(digit) + "=\n"
      if let last = "AEIMQUYcgkosw048".firstIndex(of: digit) {
        _ = last
      } else {
        #expect(throws: SealingError.self) { try IdentityKeys(text: .words(String(wrong))) }
      }
    }
  }

  private struct Case {
    let defect: UnlockDefect
    let file: [UInt8]?
    let person: Person?
    let words: String

    init(
      _ defect: UnlockDefect, _ file: [UInt8]?, _ person: Person?, _ words: String = "right"
    ) {
      self.defect = defect
      self.file = file
      self.person = person
      self.words = words
    }
  }

  @Test func whateverIsWrongTheSentenceAndTheWorkAreTheSame() throws {
    let passphrase = SecretBytes.words("right")
    let (keys, file) = try IdentityFile.make(passphrase, cost: .cheap)
    func person(_ keys: IdentityKeys) -> Person {
      Person(
        name: "ada", roles: [.lead], recipient: keys.age.recipient, signer: keys.signing.publicKey)
    }
    let ada = person(keys)
    let cases = [
      Case(.wrongPassphrase, file, ada, "wrong"), Case(.wrongPassphrase, file, ada, ""),
      Case(.unknownPerson, nil, nil), Case(.missingFile, nil, ada), Case(.damagedFile, [], ada),
      Case(.damagedFile, Array("rubbish".utf8), ada),
      Case(.damagedFile, Array(file.dropLast()), ada),
      Case(.otherKeys, file, person(IdentityKeys())),
    ]
    var sentences: Set<String> = []
    for test in cases {
      var scrypts = 0
      let attempt: IdentityFile.Attempt = { (file, passphrase) throws(SealingError) in
        if (try? AgeHeader(parsing: file.span)) != nil { scrypts += 1 }
        return try IdentityFile.attempt(file, passphrase)
      }
      let error = #expect(throws: VaultError.unlock(test.defect)) {
        try IdentityFile.open(
          test.file, of: test.person, .words(test.words), cost: .cheap, attempt: attempt)
      }
      #expect(scrypts == 1, "\(test.defect)")
      if let error { sentences.insert(error.sentence) }
    }
    #expect(sentences == ["That name and passphrase do not open this vault."])
    let identity = try IdentityFile.open(file, of: person(keys), passphrase, cost: .cheap)
    #expect(identity.person.name == "ada")
    #expect(identity.signing.publicKey == keys.signing.publicKey)
  }

  @Test func theDecoyCostsWhatARealFileCosts() throws {
    let header = try AgeHeader(parsing: PassphraseCost.standard.decoy.span)
    #expect(String(decoding: header.bytes, as: UTF8.self).contains(" 18\n"))
    #expect(PassphraseCost.standard.workFactor >= 17)
    #expect(PassphraseCost.standard.workFactor <= IdentityFile.greatestWorkFactor)
    #expect(throws: SealingError.noMatch) {
      try IdentityFile.attempt(PassphraseCost.cheap.decoy, .words("x"))
    }
  }

  @Test func aChangedIdentityFileNeverOpens() throws {
    let passphrase = SecretBytes.words("right")
    let (keys, file) = try IdentityFile.make(passphrase, cost: .cheap)
    let person = Person(
      name: "ada", roles: [.lead], recipient: keys.age.recipient, signer: keys.signing.publicKey)
    for bit in stride(from: 0, to: file.count * 8, by: 3) {
      var changed = file
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(throws: VaultError.self, "bit \(bit)") {
        try IdentityFile.open(changed, of: person, passphrase, cost: .cheap)
      }
    }
    #expect(throws: Never.self) {
      try IdentityFile.open(file, of: person, passphrase, cost: .cheap)
    }
  }
}
