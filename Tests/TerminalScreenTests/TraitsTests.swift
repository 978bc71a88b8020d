// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TestSupport
import Testing
import Vocabulary

@testable import TerminalScreen

@Suite("What a terminal is, by its answers")
struct TraitsTests {
  private func traits(
    _ replies: TerminalReplies?, _ environment: [String: String], pixels: Bool = true,
    colours: Int = 256
  ) -> TerminalTraits {
    TerminalTraits(
      replies: replies, environment: environment, terminfoColours: colours,
      cells: CellSize(columns: 80, rows: 24),
      windowPixels: pixels ? PixelSize(width: 724, height: 460) : PixelSize(width: 0, height: 0))
  }

  private func replies(_ text: String) -> TerminalReplies {
    var replies = TerminalReplies()
    replies.take(Array(text.utf8))
    return replies
  }

  @Test(
    "each is judged as it is",
    arguments: [
      (TerminalPersonality.xterm, "xterm-256color", PictureKind.quadrant, nil),
      (.xtermSixel, "xterm-256color", .sixel, SixelDelta.changedPixels),
      (.foot, "foot", .sixel, .changedPixels), (.mlterm, "mlterm", .sixel, .strips),
      (.kitty, "xterm-kitty", .kitty, nil), (.tmux, "tmux-256color", .half256, nil),
      (.screen, "screen-256color", .half256, nil), (.mute, "xterm-256color", .half256, nil),
      (.mute, "linux", .console, nil), (.mute, "st-256color", .half, nil),
    ] as [(TerminalPersonality, String, PictureKind, SixelDelta?)])
  func each(_ personality: TerminalPersonality, term: String, best: PictureKind, delta: SixelDelta?)
  {
    let found = traits(replies(personality.batch), ["TERM": term])
    #expect(found.best == best && found.sixel?.delta == delta)
    #expect(found.offer(best).isUsable && found.offered.contains(best))
    for kind in PictureKind.allCases { #expect(found.offer(kind).reason.hasSuffix(".")) }
    let plain = traits(replies(personality.batch), ["TERM": term, "NO_COLOR": "1"])
    #expect(plain.best == .ascii && plain.offered == [.ascii])
    #expect(!found.findings.contains { $0.text.isEmpty })
  }

  @Test("sizes: a cell's own answer, the window's by cells, or nobody knows") func sizes() {
    let term = ["TERM": "foot"]
    #expect(
      traits(replies(TerminalPersonality.foot.batch), term).cellPixels
        == PixelSize(width: 7, height: 14))
    #expect(
      traits(replies("\u{1B}[4;480;800t"), term).cellPixels == PixelSize(width: 10, height: 20))
    #expect(traits(replies(""), term).cellPixels == PixelSize(width: 9, height: 19))
    #expect(traits(replies("\u{1B}[6;0;0t"), term, pixels: false).cellPixels == nil)
    let unknown = traits(replies(TerminalPersonality.xtermSixel.batch), term, pixels: false)
    #expect(unknown.best == .quadrant && !unknown.offer(.sixel).isUsable)
  }

  @Test("an unknown terminal gets whole pictures; tmux before 3.4 and screen none") func unknown() {
    let some = traits(replies("\u{1B}[?62;4c"), ["TERM": "xterm-256color"])
    #expect(some.sixel?.delta == .whole && some.best == .sixel && some.recognised == nil)
    let tmux = ["TERM": "tmux-256color", "XTERM_VERSION": "XTerm(379)"]
    #expect(traits(replies("\u{1B}P>|tmux 3.3a\u{1B}\\\u{1B}[?1;2;4c"), tmux).sixel == nil)
    #expect(traits(replies("\u{1B}P>|tmux 3.4\u{1B}\\\u{1B}[?1;2;4c"), tmux).sixel?.delta == .whole)
    #expect(traits(replies("\u{1B}[?1;2;4c"), ["TERM": "screen", "STY": "1"]).sixel == nil)
    #expect(traits(replies(""), ["TERM": "vt100"], colours: 0).best == .ascii)
    #expect(traits(nil, ["TERM": "xterm"], colours: 8).best == .half16)
  }

  @Test("what only later versions keep is not counted on where the version is unknown")
  func versionUnknown() {
    let term = ["TERM": "foot"]
    #expect(traits(replies("\u{1B}[?62;4;22c"), term).sixel?.delta == .strips)
    let old = "\u{1B}P>|foot(1.9.0)\u{1B}\\\u{1B}[?62;4;22c"
    #expect(traits(replies(old), term).sixel?.delta == .whole)
    let new = "\u{1B}P>|foot(1.13.1)\u{1B}\\\u{1B}[?62;4;22c"
    #expect(traits(replies(new), term).sixel?.delta == .changedPixels)
    // A variable with a version says it as the answer does.
    let xterm = ["TERM": "xterm-256color", "XTERM_VERSION": "XTerm(379)"]
    #expect(traits(replies("\u{1B}[?63;4c"), xterm).sixel?.delta == .changedPixels)
  }

  @Test("answers cut at any byte, with keys between them, lose nothing") func cuts() {
    for personality in [TerminalPersonality.xtermSixel, .foot, .kitty, .mlterm] {
      let bytes = Array(("p" + personality.batch + "v\u{1B}[A5").utf8)
      var whole = TerminalReplies()
      whole.take(bytes)
      whole.end()
      #expect(whole.keys == Array("pv\u{1B}[A5".utf8))
      for cut in bytes.indices {
        var parts = TerminalReplies()
        parts.take(Array(bytes[..<cut]))
        parts.take(Array(bytes[cut...]))
        parts.end()
        #expect(parts == whole)
      }
    }
  }

  @Test("late answers are no key that means anything, also torn by time") func late() {
    for personality in [TerminalPersonality.xtermSixel, .foot, .kitty, .mlterm, .tmux] {
      let bytes = Array(personality.batch.utf8)
      for cut in bytes.indices {
        var decoder = KeyDecoder()
        decoder.isAnswerOwed = true
        var events = decoder.feed(bytes[..<cut], nowMilliseconds: 0)
        events += decoder.expire(nowMilliseconds: 30)
        events += decoder.feed(bytes[cut...], nowMilliseconds: 40)
        #expect(!decoder.isAnswerOwed)
        for event in events {
          #expect([.key(.unknown), .key(.escape), .lastAnswer].contains(event), "\(cut)")
        }
      }
    }
  }

  @Test("no bytes crash it, and what is no answer is kept") func garbage() {
    var random = SeededGenerator(seed: 31)
    for _ in 0..<500 {
      var found = TerminalReplies()
      let pieces = [
        "\u{1B}", "[", "?", "4", ";", "c", "t", "S", "P>|", "\\", "_G", "$y", "\u{7}", "p",
      ]
      for _ in 0..<60 { found.take(Array((pieces.randomElement(using: &random) ?? "").utf8)) }
      found.take((0..<60).map { _ in .random(in: 0...255, using: &random) })
      found.end()
      _ = traits(found, ["TERM": "xterm"]).findings
    }
    #expect(replies("\u{1B}[?99999999999999999999c").attributes == nil)
  }
}
