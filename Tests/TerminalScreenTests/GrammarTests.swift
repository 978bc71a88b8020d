// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TestSupport
import Testing
import Vocabulary

@testable import TerminalScreen

@Suite("What may reach the terminal")
struct GrammarTests {
  private func offence(_ text: String) -> OutputGrammar.Offence? {
    TerminalEgress.offence(in: Array(text.utf8))
  }

  @Test(
    "what is sent is in it",
    arguments: [
      "", "plain text", "Grüße · ▄━●░ Привет 日本 ｆ", "\r\n\u{8}\u{E}\u{F}",
      "\u{1B}7\u{1B}8\u{1B}>\u{1B}=",
      "\u{1B}(B\u{1B}(0\u{1B})0\u{1B}M\u{1B}D\u{1B}E\u{1B}\\", "\u{1B}[H\u{1B}[2J\u{1B}[3J\u{1B}[K",
      "\u{1B}[36;4H\u{1B}[9999d\u{1B}[12G\u{1B}[C\u{1B}[4X\u{1B}[5b\u{1B}[1;36r\u{1B}[r",
      "\u{1B}[m\u{1B}[0;10;1m\u{1B}[38;5;255;48;2;0;128;255m\u{1B}[39;49m\u{1B}[97;107m",
      "\u{1B}[?1049h\u{1B}[?25l\u{1B}[?12;25h\u{1B}[?2026h\u{1B}[4l\u{1B}[34h\u{1B}[?1c\u{1B}[5n",
      "\u{1B}Pq\"1;1;6;12#0;2;0;100;0#0!6~$-??\u{1B}\\",
      "\u{1B}P0;1;0q\"1;1;4096;6#1!4096@\u{1B}\\",
      "\u{1B}[38;2;1\u{18}\u{1B}[H\u{18}", "\u{1B}Pq\"1;1;3;6~\u{18}x", "\u{1B}\u{18}x",
    ])
  func accepted(text: String) {
    #expect(offence(text) == nil)
    // Every beginning is in it too; only the whole ends between sequences.
    var checker = OutputGrammar.Checker()
    for byte in text.utf8 { #expect(checker.check([byte]) == nil) }
    #expect(checker.isWhole)
  }

  @Test(
    "what is not, is refused",
    arguments: [
      "\u{1B}]0;title\u{7}", "\u{1B}]52;c;aGk=\u{1B}\\", "\u{1B}]1337;File=:\u{7}",
      "\u{1B}]9;x\u{7}",
      "\u{1B}]104\u{7}", "\u{1B}_Gf=24;\u{1B}\\", "\u{1B}^x\u{1B}\\", "\u{1B}Xx\u{1B}\\",
      "\u{1B}P$qm\u{1B}\\", "\u{1B}P+q544e\u{1B}\\", "\u{1B}Ptmux;x\u{1B}\\", "\u{1B}k\u{1B}\\",
      "\u{1B}[5i", "\u{1B}[?4i", "\u{1B}[22;0;0t", "\u{1B}[15t", "\u{1B}[0c", "\u{1B}[>c",
      "\u{1B}[6n",
      "\u{1B}[?6n", "\u{1B}[0n", "\u{1B}[!p", "\u{1B}[>0q", "\u{1B}[ q", "\u{1B}[=1h",
      "\u{1B}[?1001h", "\u{1B}[?1002h", "\u{1B}[?1015h", "\u{1B}[?1016h", "\u{1B}[?1000;1003h",
      "\u{1B}[?1000;1006h", "\u{1B}[?1000$p",
      "\u{1B}[?2004h", "\u{1B}[?1003h", "\u{1B}[?1005h", "\u{1B}[?5h", "\u{1B}[?69h", "\u{1B}[?80h",
      "\u{1B}[?h",
      "\u{1B}[20h", "\u{1B}[2h", "\u{1B}[5m", "\u{1B}[8m", "\u{1B}[38;5m", "\u{1B}[38;5;256m",
      "\u{1B}[38;2;1;2m", "\u{1B}[38:5:1m", "\u{1B}[38;3;1m", "\u{1B}[4:3m", "\u{1B}[999m",
      "\u{1B}[10000A", "\u{1B}[1;2A", "\u{1B}[1;2;3H", "\u{1B}[4J", "\u{1B}[?2J", "\u{1B}[s",
      "\u{1B}[u",
      "\u{1B}[>1u", "\u{1B}[1\r", "\u{1B}[1\u{1B}[H", "\u{1B}c", "\u{1B}Z", "\u{1B}n", "\u{1B}#8",
      "\u{1B}%G", "\u{1B}(1", "\u{1B}\u{1B}", "\u{1B}é", "\u{5}", "\u{7}", "\t", "\u{B}", "\u{0}",
      "\u{7F}", "\u{9B}31m", "\u{9D}0;x", "\u{85}", "\u{AD}", "\u{200B}", "\u{202E}",
      "\u{2066}",
      "\u{FEFF}", "a\u{301}", "\u{1F600}", "\u{E000}", "\u{FFFD}", "\u{5D0}", "\u{3000}",
      "\u{1B}Pq~\u{1B}\\", "\u{1B}Pq\"1;1;4097;6\u{1B}\\", "\u{1B}Pq\"2;1;6;6\u{1B}\\",
      "\u{1B}Pq\"1;1;3;6~~~~\u{1B}\\", "\u{1B}Pq\"1;1;3;6~-~\u{1B}\\",
      "\u{1B}Pq\"1;1;9;6!10~\u{1B}\\",
      "\u{1B}Pq\"1;1;3;6#1;1;0;0;0~\u{1B}\\", "\u{1B}Pq\"1;1;3;6#1;2;101;0;0~\u{1B}\\",
      "\u{1B}Pq\"1;1;3;6#2000~\u{1B}\\", "\u{1B}P0;1;1q\"1;1;3;6~\u{1B}\\",
      "\u{1B}P0;2;0q\"1;1;3;6~\u{1B}\\",
      "\u{1B}P1;2;3;4q\"1;1;3;6~\u{1B}\\", "\u{1B}Pq\"1;1;3;6~\u{1B}[m",
      "\u{1B}Pq\"1;1;3;6 \u{1B}\\",
      "\u{1B}Pq\"1;1;3;6~\u{7}", "\u{1B}[" + String(repeating: "1;", count: 30) + "m",
      "\u{1B}", "\u{1B}[", "\u{1B}[3", "\u{1B}(", "\u{1B}Pq\"1;1;3;6~",
    ])
  func refused(text: String) { #expect(offence(text) != nil) }

  @Test(
    "bytes that are not UTF-8, and C1 controls as they are, are refused",
    arguments: [
      [0x9B, 0x33, 0x4A], [0x80], [0xC0, 0x9B], [0xC2], [0xC2, 0x41], [0xC1, 0xBF],
      [0xE0, 0x80, 0x9B],
      [0xE0, 0x82, 0x9B], [0xED, 0xA0, 0x80], [0xE2, 0x96], [0xF0, 0x9F, 0x98, 0x80], [0xF5],
      [0xFF],
    ] as [[UInt8]])
  func notText(bytes: [UInt8]) { #expect(TerminalEgress.offence(in: bytes) != nil) }

  @Test("a picture of too many bytes is refused, one byte after the last that is allowed")
  func endlessPicture() {
    let head = Array("\u{1B}Pq".utf8)
    var body = Array("\"1;1;6;6".utf8)
    let most = OutputGrammar.Sixel.mostBytes
    while body.count < most { body += repeatElement(UInt8(ascii: "$"), count: most - body.count) }
    var checker = OutputGrammar.Checker()
    #expect(checker.check(head + body) == nil)
    let offence = checker.check(Array("$$".utf8))
    #expect(offence?.position == head.count + most)
    #expect(checker.check(Array("text".utf8)) == offence, "what was refused stays refused")
  }

  @Test("everything that this layer sends by itself is in it")
  func ownSequences() {
    for sequence in EscapeSequence.allCases {
      #expect(offence(sequence.text) == nil, "\(sequence)")
      #expect(!sequence.effect.isEmpty)
    }
    for leave in ["", "\u{1B}[?1049l", "\u{1B}[2J\u{1B}[?47l\u{1B}8", "\u{1B}[r\u{1B}[?1049l"] {
      for (erases, hasMouse) in [(false, false), (true, false), (true, true)] {
        let rescue = EscapeSequence.rescue(
          leave: Array(leave.utf8), erasesScrollback: erases, hasMouse: hasMouse)
        #expect(TerminalEgress.offence(in: rescue) == nil)
        #expect(rescue.suffix(4) == Array("\u{1B}[3J".utf8) || !erases)
        let text = String(decoding: rescue, as: UTF8.self)
        #expect(text.contains("\u{1B}[0m\u{1B}[H\u{1B}[J\u{1B}[2J"), "the picture is overwritten")
        #expect(text.contains("\u{1B}[?1000l\u{1B}[?1006l") == hasMouse)
        #expect(!text.contains("\u{1B}[?1000h"))
        // Whatever was cut off when the program died, the rescue's first bytes end it.
        #expect(text.hasPrefix("\u{18}\u{1B}\\\u{1B}[?2026l"))
      }
    }
    #expect(TerminalEgress.offence(in: EscapeSequence.wipe + EscapeSequence.forget) == nil)
  }

  @Test("every character that may be shown has the width that it is given, by the C library too")
  func widths() {
    CharacterWidth.prepare()
    var shown = 0
    for value in 0...0x10FFFF as ClosedRange<UInt32> {
      let isOne = DisplayText.isOneCell(value)
      let isTwo = DisplayText.isTwoCells(value)
      guard isOne || isTwo else { continue }
      shown += 1
      #expect(CharacterWidth.cells(value) == (isOne ? 1 : 2), "U+\(String(value, radix: 16))")
      #expect(Unicode.Scalar(value) != nil && !(isOne && isTwo))
      let category = Unicode.Scalar(value)?.properties.generalCategory
      let hidden: Set<Unicode.GeneralCategory> = [
        .control, .format, .surrogate, .privateUse, .unassigned, .nonspacingMark, .enclosingMark,
        .spacingMark, .lineSeparator, .paragraphSeparator,
      ]
      #expect(category.map { !hidden.contains($0) } == true, "U+\(String(value, radix: 16))")
    }
    #expect(shown > 30_000)
  }

  @Test("another terminal's parser sees no string in what is accepted, and finds those refused")
  func secondOpinion() {
    var random = SeededGenerator(seed: 12)
    let pieces = [
      "\u{1B}[38;5;7m", "▄", "\u{1B}", "]", "P", "_", "^", "X", "[", "\\", "\u{7}", "\u{9B}",
      "\u{9D}",
      "0;x", "\u{1B}(B", "\u{1B}7", "q", "\u{1B}\\", "日", "m", "\r", "\u{1B}]0;x\u{7}",
    ].map { Array($0.utf8) }
    var accepted = 0
    var found = 0
    for _ in 0..<20_000 {
      let count = Int.random(in: 1...5, using: &random)
      let bytes = (0..<count).flatMap { _ in pieces.randomElement(using: &random) ?? [] }
      let seen = SeenStrings(bytes)
      let isString = seen.osc + seen.dcs > 0
      if TerminalEgress.offence(in: bytes) == nil {
        accepted += 1
        #expect(!isString, "\(bytes)")
      } else if isString {
        found += 1
      }
    }
    #expect(accepted > 1000 && found > 1000)
    let picture = SeenStrings(Array("\u{1B}Pq\"1;1;6;6#1~\u{1B}\\".utf8))
    #expect(picture.dcs > 0 && picture.osc == 0, "only a picture is a string")
  }

  @Test("any bytes cut anywhere get the same answer, and none crash it")
  func anyCut() {
    var random = SeededGenerator(seed: 11)
    let pieces = [
      "\u{1B}[38;5;7m", "\u{1B}[?2026h", "▄", "日", "\u{1B}Pq\"1;1;9;6#3!9~\u{1B}\\", "x",
      "\u{1B}(B",
      "\u{1B}]0;", "\u{9B}", "\u{1B}[",
    ]
    var refusals = 0
    for _ in 0..<2000 {
      var bytes = (0..<6).flatMap { _ in Array((pieces.randomElement(using: &random) ?? "").utf8) }
      if Bool.random(using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
      }
      let cut = Int.random(in: 0...bytes.count, using: &random)
      var whole = OutputGrammar.Checker()
      var cutting = OutputGrammar.Checker()
      let expected = whole.check(bytes)
      let first = cutting.check(Array(bytes[..<cut]))
      #expect((first ?? cutting.check(Array(bytes[cut...]))) == expected)
      #expect(whole.isWhole == cutting.isWhole && whole.position == cutting.position)
      if expected != nil { refusals += 1 }
    }
    #expect(refusals > 500 && refusals < 1900)
  }
}
