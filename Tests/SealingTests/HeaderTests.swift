// SPDX-License-Identifier: Apache-2.0

import Lockdown
import Sealing
import TestSupport
import Testing

@Suite struct HeaderTests {
  @Test func everyBitOfAHeaderMatters() throws {
    let key = AgeFileKey()
    let identities = [AgeIdentity(), AgeIdentity()]
    let header = try AgeHeader(key, for: identities.map(\.recipient))
    let payload = AgePayload.seal([1, 2, 3].span, key)
    let file = header.bytes + payload
    for identity in identities {
      #expect(try AgeFile.open(file.span, [identity]).array == [1, 2, 3])
    }
    for bit in 0..<(header.bytes.count * 8) {
      let flipped = file.flipping(bit: bit)
      #expect(throws: SealingError.self, "bit \(bit)") {
        try AgeFile.open(flipped.span, identities)
      }
    }
  }

  @Test func everyBitOfAPassphraseHeaderMatters() throws {
    let passphrase = SecretBytes("correct horse")
    let header = try AgeHeader(AgeFileKey(), passphrase: passphrase, workFactor: 2)
    _ = try AgeHeader(parsing: header.bytes.span).key(passphrase: passphrase, maxWorkFactor: 2)
    for bit in 0..<(header.bytes.count * 8) {
      let flipped = header.bytes.flipping(bit: bit)
      #expect(throws: SealingError.self, "bit \(bit)") {
        try AgeHeader(parsing: flipped.span).key(passphrase: passphrase, maxWorkFactor: 8)
      }
    }
  }

  @Test func everyCutHeaderIsRefused() throws {
    let header = try AgeHeader(AgeFileKey(), for: [AgeIdentity().recipient])
    for count in 0..<header.bytes.count {
      #expect(throws: SealingError.header) {
        try AgeHeader(parsing: header.bytes.span.extracting(0..<count))
      }
    }
    // What follows is no part of it.
    let longer = header.bytes + [0, 10, 255]
    #expect(try AgeHeader(parsing: longer.span).bytes == header.bytes)
  }

  @Test func passphrases() throws {
    for text in ["", "a", String(repeating: "long ", count: 1000)] {
      let file = try AgeFile.seal(
        [7, 8].span, passphrase: SecretBytes(text), workFactor: 1)
      #expect(
        try AgeFile.open(file.span, passphrase: SecretBytes(text), maxWorkFactor: 1).array == [
          7, 8,
        ])
      #expect(throws: SealingError.noMatch) {
        try AgeFile.open(file.span, passphrase: SecretBytes(text + "x"), maxWorkFactor: 1)
      }
      #expect(throws: SealingError.noMatch) { try AgeFile.open(file.span, [AgeIdentity()]) }
    }
  }

  @Test func workFactorsHaveLimits() throws {
    let passphrase = SecretBytes("p")
    for workFactor in [Int.min, -1, 0, 23, Int.max] {
      #expect(throws: SealingError.key) {
        try AgeHeader(AgeFileKey(), passphrase: passphrase, workFactor: workFactor)
      }
    }
    let header = try AgeHeader(AgeFileKey(), passphrase: passphrase, workFactor: 4)
    #expect(throws: SealingError.header) {
      try header.key(passphrase: passphrase, maxWorkFactor: 3)
    }
    _ = try header.key(passphrase: passphrase, maxWorkFactor: 4)
  }

  @Test func strangersAndNobodyAreRefused() throws {
    let file = try AgeFile.seal([1].span, for: [AgeIdentity().recipient])
    #expect(throws: SealingError.noMatch) { try AgeFile.open(file.span, [AgeIdentity()]) }
    #expect(throws: SealingError.noMatch) { try AgeFile.open(file.span, []) }
    #expect(throws: SealingError.noMatch) {
      try AgeFile.open(file.span, passphrase: SecretBytes("p"), maxWorkFactor: 22)
    }
    #expect(throws: SealingError.key) { try AgeHeader(AgeFileKey(), for: []) }
  }

  /// age1 of 32 zero bytes: everyone would know the shared secret.
  @Test func aRecipientOfLowOrderIsRefused() throws {
    let zero = try AgeRecipient(
      text: "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z")
    #expect(zero.bytes == [UInt8](repeating: 0, count: 32))
    #expect(throws: SealingError.key) { try AgeFile.seal([1].span, for: [zero]) }
  }

  @Test func stanzasOfUnknownTypesAreSkipped() throws {
    let identity = AgeIdentity()
    let key = AgeFileKey()
    let header = try AgeHeader(key, for: [AgeIdentity().recipient, identity.recipient])
    let text = String(decoding: header.bytes, as: UTF8.self)
    // A stanza put in by somebody else is parsed, and then found by the code over the header.
    for (stanza, error) in [
      ("-> grease-x a!~ b\n\n", SealingError.headerChanged),
      ("-> grease\n\(String(repeating: "A", count: 64))\n\n", .headerChanged),
      ("-> grease\n\(String(repeating: "A", count: 64))\n", .header), ("-> \n\n", .header),
      ("->\n\n", .header), ("-> a  b\n\n", .header), ("-> a \n\n", .header),
      ("-> a\u{E9}\n\n", .header), ("-> a\r\n\n", .header), ("-> a\n\r\n", .header),
      ("-> a\nAB\n", .header), ("-> a\nAA==\n", .header), ("-> a\nA\n", .header),
      ("-> scrypt AAAAAAAAAAAAAAAAAAAAAA 1\n\(String(repeating: "A", count: 43))\n", .header),
      ("-> X25519 AA\nAA\n", .header), ("\n", .header), ("--- \n", .header),
    ] {
      let changed = text.replacing("/v1\n", with: "/v1\n" + stanza, maxReplacements: 1)
      #expect(throws: error, "\(stanza)") {
        try AgeHeader(parsing: Array(changed.utf8).span).key([identity])
      }
    }
  }

  @Test func headersOfTwoFilesAreNotToBeSwapped() throws {
    let identity = AgeIdentity()
    let keys = [AgeFileKey(), AgeFileKey()]
    let headers = try keys.map { try AgeHeader($0, for: [identity.recipient]).bytes }
    let payloads = keys.map { AgePayload.seal([1, 2, 3].span, $0) }
    for (first, second) in [(0, 0), (1, 1)] {
      let file = headers[first] + payloads[second]
      #expect(try AgeFile.open(file.span, [identity]).array == [1, 2, 3])
    }
    for (first, second) in [(0, 1), (1, 0)] {
      let file = headers[first] + payloads[second]
      #expect(throws: SealingError.payload) { try AgeFile.open(file.span, [identity]) }
    }
  }

  @Test func noBytesTrap() throws {
    var generator = SeededGenerator(seed: 41)
    let identity = AgeIdentity()
    let file = try AgeFile.seal(Array("hello".utf8).span, for: [identity.recipient])
    var opened = 0
    for _ in 0..<3000 {
      var mutated = file
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<mutated.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: mutated[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: mutated.remove(at: place)
        case 2: mutated.insert([10, 32, 45, 65].randomElement(using: &generator) ?? 0, at: place)
        default: mutated.removeLast(mutated.count - place)
        }
        if mutated.isEmpty { mutated = [0] }
      }
      guard mutated != file else { continue }
      if (try? AgeFile.open(mutated.span, [identity])) != nil { opened += 1 }
    }
    #expect(opened == 0)
  }
}
