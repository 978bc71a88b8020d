// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TestSupport
import Testing

@testable import TerminalScreen

@Suite("Kitty's commands and the questions, and nothing near them")
struct KittyCheckerTests {
  private static let head = "\u{1B}_Ga=T,f=24,t=d,i=7,p=1,q=2,C=1,s=2,v=3,c=4,r=5,m="
  private static let picture =
    head + "1;" + String(repeating: "A", count: 8) + "\u{1B}\\\u{1B}_Gm=1;AbC+\u{1B}\\"
    + "\u{1B}_Gm=0;" + String(repeating: "/", count: 12) + "\u{1B}\\"
  private static let whole =
    head + "0;" + String(repeating: "A", count: 24) + "\u{1B}\\"
  private static let commands =
    [
      picture, whole, "\u{1B}_Ga=d,d=I,i=4095,q=2\u{1B}\\", "\u{1B}_Ga=d,d=i,i=1,q=2\u{1B}\\",
    ] + EscapeSequence.allCases.map(\.text)

  private func isAccepted(_ text: String) -> Bool {
    TerminalEgress.offence(in: Array(text.utf8)) == nil
  }

  @Test("what is sent is in it, cut anywhere") func accepted() {
    for text in Self.commands {
      var checker = OutputGrammar.Checker()
      for byte in text.utf8 { #expect(checker.check([byte]) == nil, "\(text)") }
      #expect(checker.isWhole && isAccepted("a" + text + "b"))
    }
    #expect(TerminalEgress.offence(in: EscapeSequence.questions) == nil)
  }

  @Test(
    "what is near is refused",
    arguments: [
      ("a=T", "a=t"), ("a=T", "a=p"), ("a=T", "a=f"), ("f=24", "f=100"), ("f=24", "f=32"),
      ("t=d", "t=f"), ("t=d", "t=t"), ("t=d", "t=s"), ("i=7", "i=0"), ("i=7", "i=4096"),
      ("q=2", "q=1"), ("C=1", "C=0"), ("p=1", "p=2"), ("s=2", "s=4097"), ("v=3", "v=0"),
      ("c=4", "c=2001"), ("m=0", "m=2"), ("m=0", "m=0,o=z"), ("m=0", "m=0,m=0"), ("m=0", "x=1"),
      ("i=7", "i=07"), ("i=7", "i="), ("i=7", "I=7"), (",m=0", ""), (";A", ";"), (";A", ";AA"),
      (";A", ";="), (";A", ";*"), ("\u{1B}\\", "\u{7}"), ("\u{1B}\\", ""), ("_G", "_g"),
    ])
  func near(old: String, new: String) { #expect(!isAccepted(Self.whole.replacing(old, with: new))) }

  @Test(
    "other commands and questions are refused",
    arguments: [
      "\u{1B}_Ga=d,d=A\u{1B}\\", "\u{1B}_Ga=d,q=2\u{1B}\\", "\u{1B}_Ga=d,d=Z,q=2\u{1B}\\",
      "\u{1B}_Gm=0;AAAA\u{1B}\\", "\u{1B}_Ga=q,i=31;\u{1B}\\", "\u{1B}_G\u{1B}\\",
      "\u{1B}_G;\u{1B}\\", "\u{1B}_Gm=0\u{1B}\\", "\u{1B}_Gm=1,q=2\u{1B}\\",
      "\u{1B}_Gm=0,q=1\u{1B}\\", "\u{1B}_Gm=0,q=2;\u{1B}\\", "\u{1B}_Gm=0,q=2,i=1\u{1B}\\",
      "\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAA\u{1B}\\",
      "\u{1B}_Gi=31,s=1,v=1,a=q,t=f,f=24;AAAA\u{1B}\\",
      "\u{1B}[?2026;1$p", "\u{1B}[?2027$p", "\u{1B}[2026$p", "\u{1B}[?2026$", "\u{1B}[?2026$1p",
      "\u{1B}[?1;1S", "\u{1B}[?1;3;0S", "\u{1B}[?2;2;0S", "\u{1B}[?1;1;0;0S", "\u{1B}[1;1;0S",
      "\u{1B}[18t", "\u{1B}[14;2t", "\u{1B}[t", "\u{1B}[?c", "\u{1B}[1c", "\u{1B}[>1q", "\u{1B}[q",
      "\u{1B}[>?q", "\u{1B}[>m", "\u{1B}[>4;1m", "\u{1B}[?>q", "\u{1B}[?1004;1000h",
    ])
  func others(text: String) { #expect(!isAccepted(text)) }

  @Test("nothing stands between chunks, and only a whole picture ends") func chunks() {
    #expect(!isAccepted(Self.picture.replacing("\\\u{1B}_Gm=1", with: "\\x\u{1B}_Gm=1")))
    #expect(!isAccepted(Self.picture.replacing("\\\u{1B}_Gm=1", with: "\\\u{1B}[H\u{1B}_Gm=1")))
    #expect(!isAccepted(Self.picture.replacing("AbC+", with: "AbC")))
    #expect(!isAccepted(Self.picture.replacing("m=0", with: "m=1")))
    let long = "\u{1B}_Ga=T,f=24,t=d,i=7,p=1,q=2,C=1,s=64,v=64,c=4,r=5,m="
    let pad = String(repeating: "A", count: 4096)
    let rest = (1...3).map { "\u{1B}_Gm=\($0 < 3 ? 1 : 0);" + pad + "\u{1B}\\" }.joined()
    #expect(isAccepted(long + "1;" + pad + "\u{1B}\\" + rest))
    #expect(!isAccepted(long + "1;" + pad + "AAAA\u{1B}\\" + rest), "a chunk is too long")
    #expect(!isAccepted(long.replacing("s=64,v=64", with: "s=4096,v=4096") + "1;" + pad))
    #expect(isAccepted(Self.head + "1;AAAA\u{18}text"), "CAN gives it up")
    let end = EscapeSequence.endKitty.text
    #expect(isAccepted(Self.head + "1;AAAA\u{1B}\\\u{18}\u{1B}\\" + end + Self.whole))
    #expect(
      !isAccepted(Self.head + "1;AAAA\u{1B}\\" + end), "half a picture is given up by CAN alone")
  }

  @Test("one byte changed anywhere is refused, or is another command of ours") func mutations() {
    var random = SeededGenerator(seed: 21)
    var refused = 0
    for _ in 0..<10_000 {
      var bytes = Array((Self.commands.randomElement(using: &random) ?? "").utf8)
      guard !bytes.isEmpty else { continue }
      bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
      if TerminalEgress.offence(in: bytes) != nil {
        refused += 1
      } else {
        #expect(SeenStrings(bytes).osc == 0)
        #expect(!String(decoding: bytes, as: UTF8.self).contains("t=f"))
      }
    }
    #expect(refused > 6000)
  }
}
