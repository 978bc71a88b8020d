// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TerminalScreen
import Testing

/// A passphrase's bytes told from the terminal's own.
@Suite struct SecretKeyTests {
  private struct Field {
    var decoder = SecretKeyDecoder()
    var keys: [SecretKey] = []

    mutating func take(_ byte: UInt8, at now: Int64) {
      decoder.take(byte, nowMilliseconds: now) { keys.append($0) }
    }

    mutating func type(_ text: String, at now: Int64 = 0) {
      for byte in text.utf8 { decoder.take(byte, nowMilliseconds: now) { keys.append($0) } }
    }

    var text: String {
      String(
        decoding: keys.compactMap { if case .byte(let byte) = $0 { byte } else { nil } },
        as: UTF8.self)
    }
  }

  @Test func whatIsTypedComesByteByByte() {
    var field = Field()
    field.type("ä [O] €!")
    #expect(field.text == "ä [O] €!")
    field.keys = []
    field.type("\u{7F}\u{08}\u{15}\r\n\u{04}")
    #expect(field.keys == [.erase, .erase, .clear, .enter, .enter, .end])
    field.keys = []
    field.type("\0\u{01}\u{03}\u{1A}\u{1C}\t")
    #expect(field.keys.isEmpty, "no other control does anything")
  }

  @Test(arguments: [
    "\u{1B}[A", "\u{1B}OP", "\u{1B}[1;5C", "\u{1B}[200~", "\u{1B}]0;x\u{07}",
    "\u{1B}Pq#0\u{1B}\\", "\u{1B}[<0;3;4M", "\u{1B}[?62;22c",
  ])
  func sequencesAreNoPartOfIt(_ sequence: String) {
    var field = Field()
    field.type("a\(sequence)b")
    #expect(field.keys == [.byte(0x61), .byte(0x62)])
  }

  @Test func theAnswerToAFrameIsPassedOn() {
    var field = Field()
    field.type("a\u{1B}[0nb\u{1B}[00n\u{1B}[1nc")
    #expect(field.keys == [.byte(0x61), .frameAcknowledged, .byte(0x62), .byte(0x63)])
  }

  @Test func aLoneEscapeClearsAndATornSequenceDoesNotGetIn() {
    var field = Field()
    field.type("ab\u{1B}", at: 0)
    #expect(field.decoder.expire(nowMilliseconds: 24) == nil)
    #expect(field.decoder.expire(nowMilliseconds: 25) == .clear)
    field.keys = []
    field.type("[Ax", at: 500)
    #expect(field.keys == [.byte(0x78)])
    field.keys = []
    field.type("\u{1B}", at: 2000)
    field.type("Ox", at: 4000)
    #expect(field.keys == [.clear, .byte(0x4F), .byte(0x78)])
    field.keys = []
    field.type("\u{1B}", at: 6000)
    field.type("a", at: 9000)
    field.type("O", at: 9000)
    #expect(field.keys == [.clear, .byte(0x61), .byte(0x4F)])
    field.keys = []
    field.type("\u{1B}x", at: 10_000)
    #expect(field.keys == [.clear, .byte(0x78)])
  }

  @Test func lateAnswersTornAnywhereDoNotGetIn() {
    for personality in [TerminalPersonality.xtermSixel, .foot, .kitty, .mlterm, .tmux] {
      let answers = Array(personality.batch.utf8)
      for cut in answers.indices {
        for pause in [30, 1500] as [Int64] {
          var field = Field()
          field.decoder.isAnswerOwed = true
          for byte in answers[..<cut] { field.take(byte, at: 0) }
          _ = field.decoder.expire(nowMilliseconds: 30)
          for byte in answers[cut...] { field.take(byte, at: pause) }
          field.type("ab", at: pause)
          #expect(field.text == "ab", "cut at \(cut)")
          #expect(!field.decoder.isAnswerOwed, "the last answer came")
        }
      }
    }
  }

  @Test func withoutAnswersOwedTheirFirstLettersAreTyped() {
    var field = Field()
    field.type("\u{1B}", at: 0)
    field.type("P_a", at: 40)
    #expect(field.text == "P_a")
  }

  @Test func anUnfinishedSequenceEnds() {
    var field = Field()
    field.type("\u{1B}]0;title", at: 0)
    #expect(field.keys.isEmpty)
    field.type("x", at: 5000)
    #expect(field.text == "x")
  }
}
