// SPDX-License-Identifier: Apache-2.0

/// How a terminal answers what is asked of it, as recorded from real ones.
package struct TerminalPersonality: Sendable {
  /// The questions and the answers to them, by the question's bytes.
  package let answers: [String: String]
  /// How long it takes before it answers what is asked before the screen.
  package var delayMilliseconds = 0
  /// How long passes between an answer's `ESC` and the rest of it, which then comes in two pieces.
  package var tearMilliseconds = 0
  /// Whether it answers `CSI 5 n`.
  package var answersStatus = true

  /// A terminal with these answers.
  package init(_ answers: [String: String]) { self.answers = answers }

  private static func named(
    _ version: String?, _ attributes: String, _ more: [String: String] = [:]
  )
    -> TerminalPersonality
  {
    var answers = ["[c": "\u{1B}[?\(attributes)c"]
    if let version { answers["[>q"] = "\u{1B}P>|\(version)\u{1B}\\" }
    return TerminalPersonality(answers.merging(more) { $1 })
  }

  /// Says what it can do (DA1), and nothing else.
  package static let plain = TerminalPersonality([
    "[c": "\u{1B}[?62;22c", "[0c": "\u{1B}[?62;22c", "[6n": "\u{1B}[1;1R",
  ])
  /// xterm 379 without graphics.
  package static let xterm = named(
    "XTerm(379)", "64;1;2;6;9;15;16;17;18;21;22;28",
    ["[?1;1;0S": "\u{1B}[?1;3;0S", "[?2;1;0S": "\u{1B}[?2;3;0S", "[?2026$p": "\u{1B}[?2026;0$y"])
  /// xterm 379 as `-ti vt340`.
  package static let xtermSixel = named(
    "XTerm(379)", "63;1;2;4;6;9;15;16;22;28",
    [
      "[?1;1;0S": "\u{1B}[?1;0;1024S", "[?2;1;0S": "\u{1B}[?2;0;1000;765S",
      "[?2026$p": "\u{1B}[?2026;0$y",
    ])
  /// foot 1.13.1.
  package static let foot = named(
    "foot(1.13.1)", "62;4;22",
    [
      "[?1;1;0S": "\u{1B}[?1;0;1024S", "[?2;1;0S": "\u{1B}[?2;0;1393;896S",
      "[16t": "\u{1B}[6;14;7t", "[?2026$p": "\u{1B}[?2026;2$y",
    ])
  /// mlterm 3.9.
  package static let mlterm = named(
    nil, "63;1;2;3;4;6;7;15;18;22;29",
    ["[?1;1;0S": "\u{1B}[?1;0;1024S", "[16t": "\u{1B}[6;19;10t", "[?2026$p": "\u{1B}[?2026;0$y"])
  /// kitty, after its documentation.
  package static let kitty = named(
    "kitty(0.32.2)", "62;",
    ["_G": "\u{1B}_Gi=31;OK\u{1B}\\", "[16t": "\u{1B}[6;18;9t", "[?2026$p": "\u{1B}[?2026;2$y"])
  /// tmux 3.3a.
  package static let tmux = named("tmux 3.3a", "1;2")
  /// screen.
  package static let screen = named(nil, "1;2")
  /// Answers nothing.
  package static let mute = {
    var personality = TerminalPersonality([:])
    personality.answersStatus = false
    return personality
  }()

  /// The same, but it takes so long to answer what is asked before the screen.
  package func late(milliseconds: Int) -> TerminalPersonality {
    var late = self
    late.delayMilliseconds = milliseconds
    return late
  }

  /// The same, but its answers come in pieces.
  package func torn(milliseconds: Int) -> TerminalPersonality {
    var torn = self
    torn.tearMilliseconds = milliseconds
    return torn
  }

  /// The bytes of the answer to a question, each piece with the time to wait before it.
  func pieces(of question: String) -> [(milliseconds: Int, bytes: [UInt8])] {
    let isStatus = question == "[5n"
    guard let answer = isStatus ? (answersStatus ? "\u{1B}[0n" : nil) : answers[question] else {
      return []
    }
    let delay = isStatus ? 0 : delayMilliseconds
    let bytes = Array(answer.utf8)
    guard tearMilliseconds > 0 else { return [(delay, bytes)] }
    let half = (bytes.count + 1) / 2
    return [
      (delay, Array(bytes[..<1])), (tearMilliseconds, Array(bytes[1..<half])),
      (1, Array(bytes[half...])),
    ]
  }

  /// All that it answers to all questions, in their order.
  package var batch: String {
    let order = ["[>q", "[?1;1;0S", "[?2;1;0S", "[14t", "[16t", "_G", "[?2026$p", "[c"]
    return order.compactMap { answers[$0] }.joined()
  }
}
