// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lockdown
@testable import Sealing
import Testing

@Suite struct SigningTests {
  /// RFC 8032, §7.1, the test with one byte.
  @Test func signaturesAreEd25519() throws {
    let seed: [UInt8] = [
      0x4C, 0xCD, 0x08, 0x9B, 0x28, 0xFF, 0x96, 0xDA, 0x9D, 0xB6, 0xC3, 0x46, 0xEC, 0x11, 0x4E,
      0x0F, 0x5B, 0x8A, 0x31, 0x9F, 0x35, 0xAB, 0xA6, 0x24, 0xDA, 0x8C, 0xF6, 0xED, 0x4F, 0xB8,
      0xA6, 0xFB,
    ]
    let key = try SigningKey(seed: SecretBytes(seed.span))
    #expect(
      key.publicKey.bytes.hex == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    let signature = key.sign([0x72])
    #expect(signature.count == 64)
    #expect(key.publicKey.verifies(signature, of: [0x72]))
    #expect(!key.publicKey.verifies(signature, of: [0x73]))
    #expect(!key.publicKey.verifies(Array(signature.dropLast()), of: [0x72]))
    #expect(!key.publicKey.verifies([], of: []))
    for bit in 0..<512 {
      #expect(!key.publicKey.verifies(signature.flipping(bit: bit), of: [0x72]))
    }
    #expect(key.secret.array == seed)
  }

  @Test func seedsOfOtherSizesAreRefused() throws {
    for count in [0, 31, 33, 64] {
      #expect(throws: SealingError.key) {
        try SigningKey(seed: SecretBytes([UInt8](repeating: 1, count: count).span))
      }
    }
    _ = try SigningKey(seed: SecretBytes([UInt8](repeating: 1, count: 32).span))
  }

  /// Under a key of low order an all-zero half and a point of low order sign one message in eight or
  /// every one; nobody can be enrolled with such a key.
  @Test func keysUnderWhichAnybodySignsAreRefused() throws {
    #expect(VerifyingKey(SigningKey().publicKey.bytes) != nil)
    var forged = 0
    for height in VerifyingKey.lowOrderHeights {
      for sign in [UInt8(0), 0x80] {
        var bytes = height
        bytes[31] |= sign
        #expect(VerifyingKey(bytes) == nil)
        let identity = [UInt8(1)] + [UInt8](repeating: 0, count: 63)
        let signs = (0..<100).contains { message in
          VerifyingKey.verifies(identity, of: [UInt8(message)], by: bytes)
        }
        if signs { forged += 1 }
      }
    }
    #expect(forged >= 5, "the danger must be real: \(forged)")
  }

  @Test func textsOfKeys() {
    let key = SigningKey().publicKey
    #expect(VerifyingKey(text: key.text) == key)
    for text in ["", "AAAA", key.text + " ", String(key.text.dropLast()), " " + key.text] {
      #expect(VerifyingKey(text: text) == nil)
    }
    for count in [0, 31, 33] { #expect(VerifyingKey([UInt8](repeating: 9, count: count)) == nil) }
    #expect(key.fingerprint.count == 39)
  }

  @Test func digests() {
    #expect(
      Digest.sha256(Array("abc".utf8)).hex
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(Digest.sha256([1, 2], [3]) == Digest.sha256([1, 2, 3]))
    var stream = Digest.Stream()
    stream.update([1, 2].span)
    stream.update([UInt8]().span)
    stream.update([3].span)
    #expect(stream.finish() == Digest.sha256([1, 2, 3]))
    // RFC 4231, test case 2.
    let code = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    let text = Array("what do ya want for nothing?".utf8)
    #expect(Digest.hmac(text, key: Array("Jefe".utf8)).hex == code)
    #expect(Digest.hmac(text, key: SecretBytes("Jefe")).hex == code)
  }
}
