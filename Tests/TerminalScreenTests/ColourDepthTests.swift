// SPDX-License-Identifier: Apache-2.0
import Testing
import Vocabulary

@testable import TerminalScreen

@Suite("Colours of the terminal")
struct ColourDepthTests {
  @Test("what the environment and terminfo promise")
  func promises() {
    #expect(ColourDepth(environment: [:], terminfoColours: 256) == .indexed256)
    #expect(ColourDepth(environment: [:], terminfoColours: 8) == .none)
    let direct = ["COLORTERM": "truecolor"]
    #expect(ColourDepth(environment: direct, terminfoColours: 256) == .trueColour)
    #expect(ColourDepth(environment: direct, terminfoColours: 0) == .none)
    let unwanted = ["COLORTERM": "truecolor", "NO_COLOR": "1"]
    #expect(ColourDepth(environment: unwanted, terminfoColours: 256) == .none)
    let empty = ["COLORTERM": "24bit", "NO_COLOR": ""]
    #expect(ColourDepth(environment: empty, terminfoColours: 256) == .trueColour)
  }

  @Test(
    "an xterm with 24 bits is known by its version",
    arguments: [
      ("xterm-256color", "XTerm(379)", ColourDepth.trueColour),
      ("xterm-256color", "XTerm(330)", .indexed256), ("tmux-256color", "XTerm(379)", .indexed256),
      ("xterm-256color", "XTerm()", .indexed256), ("xterm-256color", "379", .indexed256),
    ])
  func xterm(term: String, version: String, expected: ColourDepth) {
    let environment = ["TERM": term, "XTERM_VERSION": version]
    #expect(ColourDepth(environment: environment, terminfoColours: 256) == expected)
  }

  @Test("the nearest fixed colour of each fixed colour is one that looks the same")
  func nearest() {
    for index in Int16(16)...255 {
      let colour = XtermPalette.colour(index)
      #expect(XtermPalette.colour(XtermPalette.nearestFixed(colour)) == colour)
    }
    #expect(XtermPalette.nearestFixed(RGB(254, 1, 0)) == 196)
    #expect(XtermPalette.nearestNamed(RGB(250, 10, 10), count: 8) == 1)
    // A grey is never a colour: words that matter less would look as predictions do.
    for grey in 0...255 as ClosedRange<UInt8> {
      #expect([0, 7].contains(XtermPalette.nearestNamed(RGB(grey, grey, grey), count: 8)))
      #expect([0, 7, 8, 15].contains(XtermPalette.nearestNamed(RGB(grey, grey, grey), count: 16)))
    }
  }
}
