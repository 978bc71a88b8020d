// SPDX-License-Identifier: Apache-2.0
import Lockdown
import Testing

/// A passphrase while it is typed.
@Suite struct SecretLineTests {
  private func text(_ secret: SecretBytes) -> String {
    secret.withSpan { bytes in
      String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
    }
  }

  @Test func holdsWhatIsTypedOnce() {
    let line = SecretLine()
    #expect(line.isEmpty)
    for byte in "aé€𝄞".utf8 { line.append(byte) }
    #expect(!line.isEmpty)
    #expect(text(line.take()) == "aé€𝄞")
    #expect(line.isEmpty && line.take().count == 0)
  }

  @Test func erasesWholeCharacters() {
    let line = SecretLine()
    for byte in "aé€𝄞".utf8 { line.append(byte) }
    line.eraseLast()
    line.eraseLast()
    for byte in "z".utf8 { line.append(byte) }
    #expect(text(line.take()) == "aéz")
    line.eraseLast()
    #expect(line.isEmpty)
    // Bytes that are no UTF-8 go too.
    for byte in [0x80, 0x80] as [UInt8] { line.append(byte) }
    line.eraseLast()
    #expect(line.isEmpty)
  }

  @Test func whatIsTooLongIsNoPassphraseUntilItIsCleared() {
    let line = SecretLine()
    for _ in 0..<Passphrase.mostBytes { line.append(0x61) }
    #expect(line.take().count == Passphrase.mostBytes)
    for _ in 0..<Passphrase.mostBytes + 1 { line.append(0x61) }
    #expect(!line.isEmpty && line.take().count == 0)
    for _ in 0..<Passphrase.mostBytes + 9 { line.append(0x61) }
    line.eraseLast()
    #expect(line.isEmpty)
  }
}
