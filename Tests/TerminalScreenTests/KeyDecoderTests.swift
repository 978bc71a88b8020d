// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
import Vocabulary

@testable import TerminalScreen

@Suite("Bytes to keys")
struct KeyDecoderTests {
  private func keys(_ text: String) -> [InputEvent] {
    var decoder = KeyDecoder()
    var events = decoder.feed(Array(text.utf8), nowMilliseconds: 0)
    events += decoder.expire(nowMilliseconds: 5000)
    return events
  }

  @Test(
    "every named key",
    arguments: [
      ("p", KeyPress.character("p")), ("é", .character("é")), ("漢", .character("漢")),
      ("😀", .character("😀")), (" ", .character(" ")), ("\r", .enter), ("\n", .enter),
      ("\t", .tab), ("\u{7F}", .backspace), ("\u{8}", .backspace), ("\u{1B}", .escape),
      ("\u{1B}[A", .up), ("\u{1B}OA", .up), ("\u{1B}[B", .down), ("\u{1B}OB", .down),
      ("\u{1B}[C", .right), ("\u{1B}OC", .right), ("\u{1B}[D", .left), ("\u{1B}OD", .left),
      ("\u{1B}[H", .home), ("\u{1B}OH", .home), ("\u{1B}[1~", .home), ("\u{1B}[7~", .home),
      ("\u{1B}[F", .end), ("\u{1B}OF", .end), ("\u{1B}[4~", .end), ("\u{1B}[8~", .end),
      ("\u{1B}[3~", .delete), ("\u{1B}[5~", .pageUp), ("\u{1B}[6~", .pageDown),
      ("\u{1B}OM", .enter), ("\u{1B}Op", .character("0")), ("\u{1B}Oy", .character("9")),
      ("\u{1B}Ok", .character("+")), ("\u{1B}Oj", .character("*")), ("\u{1B}[2~", .insert),
      ("\u{1B}OP", .function(1)), ("\u{1B}[11~", .function(1)), ("\u{1B}[[A", .function(1)),
      ("\u{1B}OS", .function(4)), ("\u{1B}[15~", .function(5)), ("\u{1B}[[E", .function(5)),
      ("\u{1B}[17~", .function(6)), ("\u{1B}[21~", .function(10)), ("\u{1B}[23~", .function(11)),
      ("\u{1B}[24~", .function(12)), ("\u{C}", .redraw),
    ])
  func named(text: String, key: KeyPress) { #expect(keys(text) == [.key(key)]) }

  @Test(
    "what has no name is one unknown key, never its letters",
    arguments: [
      "\u{1B}[59~", "\u{1B}[1;5A", "\u{1B}[1;2P", "\u{1B}[16~", "\u{1B}[2;5~", "\u{1B}[Z",
      "\u{1B}[M !!", "\u{1B}[<0;12;7M", "\u{1B}[<0;12;7m", "\u{1B}[[F",
      "\u{1B}[27;5;112~", "\u{1B}[112;5u", "\u{1B}[6;14;7t", "\u{1B}[?2026;2$y", "\u{1B}[?1;0;256S",
      "\u{1B}[12;40R",
      "\u{1B}]11;rgb:ffff/ffff/ffff\u{7}", "\u{1B}]11;rgb:0/0/0\u{1B}\\",
      "\u{1B}P>|xterm(379)\u{1B}\\", "\u{1B}_Gi=31;OK\u{1B}\\", "\u{1B}P1$r0m",
      "\u{1B}[", "\u{1B}[5", "\u{1B}O", "\u{0}", "\u{1}",
    ])
  func unnamed(text: String) { #expect(keys(text) == [.key(.unknown)]) }

  @Test("a mouse is heard where it is wanted, and nothing of it is ever a key")
  func mouse() {
    var decoder = KeyDecoder()
    decoder.hearsMouse = true
    func keys(_ text: String) -> [InputEvent] {
      decoder.feed(Array(text.utf8), nowMilliseconds: 0)
    }
    #expect(keys("\u{1B}[<0;12;7M") == [.key(.pointer(.click(column: 11, row: 6)))])
    #expect(keys("\u{1B}[<0;12;7m").isEmpty)
    #expect(keys("\u{1B}[<64;1;1Mp") == [.key(.pointer(.wheelUp)), .key(.character("p"))])
    #expect(keys("\u{1B}[<65;1;1M") == [.key(.pointer(.wheelDown))])
    for odd in [
      "<32;5;5", "<2;5;5", "<0;0;0", "<0;99999;1", "<", "<;;", "<0;5", "<0;5;5;5", "<-1;5;5",
    ] {
      #expect(keys("\u{1B}[\(odd)M").isEmpty, "\(odd)")
    }
    #expect(keys("\u{1B}[<" + String(repeating: "9", count: 5000) + "M").isEmpty)
    #expect(keys("\u{1B}[M !!") == [.key(.unknown)])
    #expect(keys("\u{1B}[200~\u{1B}[<0;1;1M\u{1B}[201~").isEmpty)
    decoder.restart()
    #expect(keys("\u{1B}[<64;1;1M") == [.key(.pointer(.wheelUp))])
  }

  @Test("a frame's answer is no key, also between keys")
  func answers() {
    #expect(keys("\u{1B}[0n") == [.frameAcknowledged])
    #expect(
      keys("p\u{1B}[0nv")
        == [.key(.character("p")), .frameAcknowledged, .key(.character("v"))])
    #expect(keys("\u{1B}[?62;4c") == [.lastAnswer])
    #expect(keys("\u{1B}[I5\u{1B}[O") == [.focusGained, .key(.character("5")), .focusLost])
    #expect(keys("\u{1B}[3n") == [.key(.unknown)])
  }

  @Test("starting again forgets what is unfinished, and no answer that is owed")
  func restart() {
    var decoder = KeyDecoder()
    decoder.isAnswerOwed = true
    _ = decoder.feed(Array("\u{1B}[".utf8), nowMilliseconds: 0)
    decoder.restart()
    #expect(decoder.isAnswerOwed && decoder.deadlineMilliseconds == nil)
    #expect(decoder.feed(Array("5".utf8), nowMilliseconds: 0) == [.key(.character("5"))])
  }

  @Test("escape and a character in the same read are both keys")
  func escapeThenCharacter() {
    #expect(keys("\u{1B}p") == [.key(.escape), .key(.character("p"))])
    #expect(keys("\u{1B}X") == [.key(.escape), .key(.character("X"))])
    #expect(keys("\u{1B}é") == [.key(.escape), .key(.character("é"))])
    #expect(keys("\u{1B}\u{1B}[A") == [.key(.escape), .key(.up)])
    #expect(keys("\u{1B}\u{1B}") == [.key(.escape), .key(.escape)])
  }

  @Test("a lone escape is given after its delay and not before")
  func loneEscape() {
    var decoder = KeyDecoder()
    #expect(decoder.feed([0x1B], nowMilliseconds: 100) == [])
    #expect(decoder.deadlineMilliseconds == 125)
    #expect(decoder.expire(nowMilliseconds: 124) == [])
    #expect(decoder.expire(nowMilliseconds: 125) == [.key(.escape)])
    #expect(decoder.deadlineMilliseconds == nil)
    #expect(decoder.feed([0x70], nowMilliseconds: 130) == [.key(.character("p"))])
  }

  @Test("a sequence torn after its escape does not type its digits")
  func tornSequence() {
    var decoder = KeyDecoder()
    _ = decoder.feed([0x1B], nowMilliseconds: 0)
    #expect(
      decoder.feed(Array("[59~".utf8), nowMilliseconds: 40) == [.key(.escape), .key(.unknown)])
    #expect(decoder.feed(Array("5".utf8), nowMilliseconds: 60) == [.key(.character("5"))])
    _ = decoder.feed([0x1B], nowMilliseconds: 100)
    #expect(decoder.expire(nowMilliseconds: 130) == [.key(.escape)])
    #expect(
      decoder.feed(Array("[".utf8), nowMilliseconds: 1131) == [.key(.character("["))])
  }

  @Test("a paste that some program left bracketed is dropped")
  func paste() {
    #expect(keys("\u{1B}[200~pvad\u{1B}[201~y") == [.key(.character("y"))])
  }

  @Test("bytes that are not UTF-8 are unknown and swallow nothing")
  func notUTF8() {
    var decoder = KeyDecoder()
    let bytes: [UInt8] = [0xFF, 0x70, 0xC3, 0x70, 0xE2, 0x82, 0x1B, 0x5B, 0x41, 0xED, 0xA0, 0x80]
    let events = decoder.feed(bytes, nowMilliseconds: 0)
    #expect(
      events == [
        .key(.unknown), .key(.character("p")), .key(.unknown), .key(.character("p")),
        .key(.unknown), .key(.up), .key(.unknown),
      ])
  }

  @Test("bytes cut anywhere give the same keys, and no bytes crash")
  func anyCut() {
    var random = SeededGenerator(seed: 7)
    let pieces = [
      "\u{1B}[A", "\u{1B}[59~", "p", "é", "\u{1B}[0n", "\u{1B}Op", "\u{1B}]0;x\u{7}", "\u{1B}[M !!",
      "5",
    ]
    for _ in 0..<300 {
      let text = (0..<8).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let bytes = Array(text.utf8)
      let cut = Int.random(in: 0...bytes.count, using: &random)
      var whole = KeyDecoder()
      var cutting = KeyDecoder()
      let expected = whole.feed(bytes, nowMilliseconds: 0)
      let first = cutting.feed(bytes[..<cut], nowMilliseconds: 0)
      #expect(first + cutting.feed(bytes[cut...], nowMilliseconds: 1) == expected)
    }
    var decoder = KeyDecoder()
    var count = 0
    for step in 0..<20_000 {
      count +=
        decoder.feed(
          [UInt8.random(in: .min ... .max, using: &random)], nowMilliseconds: Int64(step)
        ).count
    }
    #expect(count > 5000)
  }
}
