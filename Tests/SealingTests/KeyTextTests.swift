// SPDX-License-Identifier: Apache-2.0

import Lockdown
@testable import Sealing
import TestSupport
import Testing

@Suite struct KeyTextTests {
  @Test func textsComeBack() throws {
    for _ in 0..<100 {
      let identity = AgeIdentity()
      let again = try AgeIdentity(text: identity.text)
      #expect(again.recipient == identity.recipient)
      #expect(again.text.equals(identity.text))
      #expect(identity.text.count == 74)
      #expect(identity.recipient.text.utf8.count == 62)
      #expect(try AgeRecipient(text: identity.recipient.text) == identity.recipient)
    }
  }

  /// Bech32 finds any one changed character; ours refuses the other case as well.
  @Test func everyOtherCharacterIsRefused() throws {
    let identity = AgeIdentity()
    let recipient = identity.recipient.text
    _ = try AgeRecipient(text: recipient)
    let text = identity.text.array
    for place in text.indices {
      for character in UInt8(33)...126 where character != text[place] {
        var changed = text
        changed[place] = character
        #expect(throws: SealingError.key) { try AgeIdentity(text: SecretBytes(changed.span)) }
        var public_ = Array(recipient.utf8)
        guard place < public_.count, character != public_[place] else { continue }
        public_[place] = character
        #expect(throws: SealingError.key) {
          try AgeRecipient(text: String(decoding: public_, as: UTF8.self))
        }
      }
    }
  }

  @Test func wrongTextsAreRefused() throws {
    let recipient = AgeIdentity().recipient.text
    let identity = String(decoding: AgeIdentity().text.array, as: UTF8.self)
    for text in [
      "", "age1", recipient.uppercased(), recipient + "q", String(recipient.dropLast()),
      " " + recipient, recipient + "\n", identity, "\u{0}", "äge1",
    ] {
      #expect(throws: SealingError.key, "\(text)") { try AgeRecipient(text: text) }
    }
    for text in [
      "", "#", "\n\n", identity.lowercased(), identity + "\n" + identity, identity + " x",
      "x\n" + identity, recipient, String(identity.dropLast()), identity + "Q", "\u{0}\u{0}",
    ] {
      #expect(throws: SealingError.key, "\(text)") { try AgeIdentity(text: SecretBytes(text)) }
    }
    for text in [identity, "# a\n \(identity)\t\r\n\n#b", "\n\n" + identity + "\r\n"] {
      #expect(
        try AgeIdentity(text: SecretBytes(text)).text.array == Array(identity.utf8), "\(text)")
    }
  }

  @Test func base64HasOneSpelling() {
    var generator = SeededGenerator(seed: 3)
    for count in 0..<200 {
      let bytes = [UInt8].random(count, &generator)
      for padded in [false, true] {
        let digits = Base64.encode(bytes.span, padded: padded)
        #expect(digits.count == Base64.digitCount(count, padded: padded))
        #expect(Base64.decode(digits.span, padded: padded) == bytes)
        if count % 3 > 0 { #expect(Base64.decode(digits.span, padded: !padded) == nil) }
      }
    }
    for text in ["A", "AAAAA", "AB", "AAB", "AA=", "A===", "AA-_", "A A", "AA\n", "=", "\u{FF}"] {
      #expect(Base64.decode(Array(text.utf8).span) == nil, "\(text)")
      #expect(Base64.decode(Array(text.utf8).span, padded: true) == nil, "\(text)")
    }
    #expect(Base64.decode(Array("AAAAAA".utf8).span) == [0, 0, 0, 0])
    #expect(Base64.decode(Array("AA====".utf8).span, padded: true) == nil)
    #expect(Base64.decode(Array("====".utf8).span, padded: true) == nil)
  }
}
