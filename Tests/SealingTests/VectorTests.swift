// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lockdown
import Sealing
import Testing

/// Files that other implementations made of the nine bytes `Milkglass`: Debian's age 1.1.1 and, for
/// the small work factor that it does not offer, a script over Python's hashlib and cryptography.
@Suite struct VectorTests {
  /// As `age-keygen` writes it.
  static let firstKey = """
    # created: 2026-11-23T14:55:43Z
    # public key: age1wccsladxl2v0hr6z2hzydxukk4j6mtvx5ee33xmv4uer8k70jcesf3px2l
    AGE-SECRET-KEY-15NPDLS2QNYYPSXTRTC57CUWUX69SVXWY448P7SAKWNMW53E7X2XSGRHKZ8
    """
  static let secondKey =
    "AGE-SECRET-KEY-16Q0RPCFUT0QHZFWZN7ESU229WQ9MHCRVUSX3LZE7S92JUJD0AG6QXA009F"
  static let forBoth = """
    YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBaODhnUWpRVmovR3FxV2ttTlRTcVFYWExj
    OUVJY2l0TnJsclZQSmVnNWlnCm9CUWVLOHRmeDhTc1BkS2tqb0hMMjdoZURJdFRGNnlWdzNTUU45
    S2I3Yk0KLT4gWDI1NTE5IDlpN1Z1OFNYVGdVSHpwaHBGVndYQW5aaXQ3TVA4QktqQWZPWnJJQUxX
    eEEKYmozMExabElxNjZNSGtCaURWL3R0R0k4TFJQK1FmSmkzWDYwUjRvTUJlQQotLS0gY3F1a01l
    TXpxcXRSTFdIRzRGZlg5VkgyblIvekhJaTVpeEJDejhKQ2d4ZwpDDOh1eIadqbA87sMfWOQ+4Mxy
    xGjsWBWtKDWwkz0lJlLIQ6R+BXRp1g==
    """
  static let emptyForFirst = """
    YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBEWDdvODJieSt2b1NYZk9CRWhmbWR1RXZW
    TXVjbWFnRTVKNlRvM2xmK3hNCnFlN3hHMnFvTStvek9HbFdBckVPZkcyaGxRNW4yYzlNa1BWVU9o
    THFXUjgKLS0tIElFaGFQN1FtZkpXbVZMbHlmZ3lRV1dVcCtTRnJubHhOSmNzZ25oOFVZSUEKC6aF
    lKAnZyq2QCrAYpkrWHbxzg0nig6wQtGxUaFH4w8=
    """
  static let underPassphrase = """
    YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBxTzNncXh6NGhocjlqcXZzaEt1Q2tnIDE4
    CjRzUk9IS3owQUJNc0h2ZXVWd05ZNTBDZjQwWDZLSVViSmpBeS9UWlM3UUUKLS0tIGpyazM4T1Rh
    MElwK3pneXBSUnd1VFkwMUZtUHpaL094Ym91NUpyTTRIMTAKzkXdPhRZs8yoPPnJH/tv8qBfnf5O
    lAlNRVwTi5BahvuzVqrOhlrbGGg=
    """
  static let underPassphraseSmall = """
    YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBaR1ZtWjJocGFtdHNiVzV2Y0hGeWN3IDQK
    Q0FQSm02dW1CaGgvNWwxeHNGNnRuNHplUnFpalBxWWdlQ3ZRUVh1T05JSQotLS0ga21xZXBTaDZa
    MC9PYytXY0FZNmxObWd4VzhTMHFkN254NnV0TWVvL0dNWQrIycrLzM3Oz9DR0tPU1dbXPItGhgoy
    yaX5brl/glD3b/K+hiyVccNhSQ==
    """

  static func bytes(_ base64: String) throws -> [UInt8] {
    Array(try #require(Data(base64Encoded: base64, options: .ignoreUnknownCharacters)))
  }

  @Test func filesOfDebiansAgeOpen() throws {
    let first = try AgeIdentity(text: SecretBytes(Self.firstKey))
    let second = try AgeIdentity(text: SecretBytes(Self.secondKey))
    let file = try Self.bytes(Self.forBoth)
    for identities in [[first], [second], [AgeIdentity(), second]] {
      #expect(try AgeFile.open(file.span, identities).array == Array("Milkglass".utf8))
    }
    #expect(throws: SealingError.noMatch) { try AgeFile.open(file.span, [AgeIdentity()]) }
    let empty = try Self.bytes(Self.emptyForFirst)
    #expect(try AgeFile.open(empty.span, [first]).count == 0)
    #expect(throws: SealingError.noMatch) { try AgeFile.open(empty.span, [second]) }
  }

  @Test func aPassphraseFileOpens() throws {
    let passphrase = SecretBytes("correct horse")
    let small = try Self.bytes(Self.underPassphraseSmall)
    let opened = try AgeFile.open(small.span, passphrase: passphrase, maxWorkFactor: 22)
    #expect(opened.array == Array("Milkglass".utf8))
    #expect(throws: SealingError.noMatch) {
      try AgeFile.open(small.span, passphrase: SecretBytes("Correct horse"), maxWorkFactor: 22)
    }
    let large = try Self.bytes(Self.underPassphrase)
    #expect(throws: SealingError.header) {
      try AgeFile.open(large.span, passphrase: passphrase, maxWorkFactor: 17)
    }
    guard isSoak else { return }
    let openedLarge = try AgeFile.open(large.span, passphrase: passphrase, maxWorkFactor: 18)
    #expect(openedLarge.array == Array("Milkglass".utf8))
  }

  @Test func keysHaveTheSameText() throws {
    let first = try AgeIdentity(text: SecretBytes(Self.firstKey))
    let lines = Self.firstKey.split(separator: "\n")
    #expect("# public key: " + first.recipient.text == lines[1])
    #expect(first.text.array == Array(lines[2].utf8))
    #expect(try AgeRecipient(text: first.recipient.text) == first.recipient)
  }
}
