// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary

@testable import ReviewCore

/// Clips that are shut: flagged for good, closed under the reviewer, or never opened.
@Suite struct ShutClipTests {
  private static let early =
    "Withdrawn as sensitive: 1–5 say why, u takes it back (60 s), g goes on"
  private static let late =
    "Withdrawn as sensitive: 1–5 say why, a lead can restore it, g goes on"
  private static let withdrawn = Notice("Clip 00a0 was withdrawn by its customer: g goes on")

  // MARK: - A flag taken back

  @Test(arguments: [(59_999, true), (60_000, true), (60_001, false), (86_400_000, false)])
  func aFlagIsTakenBackWithinAMinute(milliseconds: Int64, isTakenBack: Bool) {
    var desk = Desk()
    desk.open()
    desk.type("pX")
    desk.press(.character("u"), after: milliseconds)
    if isTakenBack {
      #expect(desk.changes == [.undo(1)])
      #expect(desk.state.shownFrost == .strict)
      #expect(desk.setTerms == ["person"])
    } else {
      #expect(desk.effects.isEmpty)
      #expect(desk.notice == "Only a lead can restore it; erased 24 h after the flag")
      #expect(desk.state.picture == .solid)
    }
  }

  @Test func theSentenceAndTheHintsFollowTheMinute() {
    var desk = Desk(flaggedHours: 168)
    desk.open()
    desk.type("X ")
    #expect(desk.rows(80, 24)[22] == " " + Self.early)
    #expect(desk.rows()[35].hasPrefix(" u take it back   1–5 say why   g next due"))
    desk.press(.character("l"), after: 61_000)
    #expect(desk.rows(80, 24)[22] == " " + Self.late)
    #expect(desk.rows()[35].hasPrefix(" 1–5 say why   g next due"))
    desk.type("u")
    #expect(
      desk.rows(60, 20)[18] == " Only a lead can restore it; erased 168 h after the flag")
    desk.type("p")
    #expect(desk.notice == Self.late)
  }

  @Test func aFlagBroughtBackIsANewFlag() {
    var desk = Desk()
    desk.open()
    desk.type("Xu")
    desk.press(.character("U"), after: 120_000)
    #expect(desk.changes == [.flag])
    #expect(desk.notice == Self.early)
    desk.type("u")
    #expect(desk.changes == [.undo(2)])
  }

  @Test func anothersFlagIsNotTakenBack() {
    var desk = Desk()
    desk.open()
    desk.type("X")
    let flag = desk.state.clip?.history.events.first
    let other = LabelEvent(
      clip: Desk.id(1), ordinal: 0, reviewer: ReviewerID("r08"),
      atMilliseconds: flag?.atMilliseconds ?? 0, taxonomyVersion: "2026.1", change: .flag)
    desk.open(1, events: [other])
    #expect(desk.type("u").isEmpty)
    #expect(desk.state.clip?.isFlagged == true)
    // The same flag by this reviewer is: the refusal above is about the name alone.
    desk.open(1, events: [flag].compactMap(\.self))
    desk.type("u")
    #expect(desk.changes == [.undo(0)])
  }

  @Test func aClockSetBackIsTooLate() {
    var desk = Desk()
    desk.open()
    desk.type("X")
    desk.send(
      .key(.character("u"), nowMilliseconds: desk.now + 150, wallMilliseconds: 1_000))
    #expect(desk.effects.isEmpty)
  }

  @Test func aClipFlaggedBeforeSaysSo() {
    var desk = Desk()
    desk.open()
    desk.type("Xu")
    let events = desk.state.clip?.history.events ?? []
    desk.open(1, events: events, frost: .clear, source: .staffTest)
    #expect(desk.state.clip?.frostFloor == .strict)
    desk.type("⎋")
    #expect(desk.screen().contains("frost: flagged before"))
    #expect(desk.rows()[0].contains("▒ strict · staff test clip"))
    desk.open(2, frost: .clear, source: .staffTest)
    #expect(desk.state.clip?.frostFloor == .clear)
    #expect(desk.rows()[0].contains("□ clear · staff test clip"))
  }

  // MARK: - Closed under the reviewer

  @Test func aClosedClipIsSolidAtOnceAndTakesNoLabel() {
    var desk = Desk()
    desk.open()
    desk.type("p")
    #expect(desk.state.picture == .frames)
    desk.send(.clipClosed(Desk.id(1), Self.withdrawn))
    #expect(desk.effects == [.refreshCounts])
    #expect(desk.state.picture == .solid && desk.state.shownFrost == .solid)
    #expect(desk.state.clip?.player.isPlaying == false)
    for key in "v2c0⏎yuU-zXm⇥⌦ ←.wh" {
      #expect(desk.type(String(key)).isEmpty, "\(key)")
      #expect(desk.state.mode == .review, "\(key)")
      #expect(desk.notice == Self.withdrawn.text, "\(key)")
    }
    #expect(desk.setTerms == ["person"])
    #expect(desk.state.clip?.player.isPlaying == false)
    #expect(desk.type("j") == [.openNext(of: Desk.id(1))])
    desk.send(.stays(Notice("There is no next clip")))
    #expect(desk.type("g") == [.openNextDue(after: Desk.id(1))])
  }

  @Test func theSentenceOfAClosedClipStays() {
    var desk = Desk()
    desk.open()
    desk.send(.clipClosed(Desk.id(1), Self.withdrawn))
    desk.send(.clipFailed(Desk.id(1), sentence: "The decoder is gone."))
    desk.type("x")
    #expect(desk.state.notice == nil)
    #expect(desk.rows(80, 24)[22] == " " + Self.withdrawn.text)
    #expect(desk.rows(80, 24)[23].hasPrefix(" g next due"))
    desk.type("?⎋")
    #expect(desk.rows(80, 24)[22] == " " + Self.withdrawn.text)
    desk.open(2)
    #expect(desk.rows(80, 24)[22] == "")
    #expect(desk.type("v").count == 1)
  }

  @Test func closingEndsAPromptAndNothingPlaysOn() {
    for keys in ["-", "c", "?", "/", "q", "⎋"] {
      var desk = Desk()
      desk.open()
      desk.type(keys)
      desk.send(.clipClosed(Desk.id(1), Self.withdrawn))
      if keys == "-" || keys == "c" { #expect(desk.state.mode == .review) }
      desk.type(keys == "⎋" ? " " : "⎋")
      #expect(desk.state.picture == .solid, "\(keys)")
      #expect(desk.state.clip?.player.isPlaying == false, "\(keys)")
    }
  }

  @Test func closingAnotherClipChangesNothingHere() {
    var desk = Desk()
    desk.open()
    desk.send(.clipClosed(Desk.id(2), Self.withdrawn))
    #expect(desk.state.picture == .frames && desk.notice.isEmpty)
    #expect(desk.type("p").count == 1)
  }

  @Test func aClipClosedBeforeItsFirstPictureNeitherPlaysNorReopens() {
    for isClosed in [true, false] {
      var desk = Desk()
      desk.open(7)
      desk.type("p2⏎")
      let events = desk.state.clip?.history.events ?? []
      desk.send(
        .clipOpened(
          OpenedClip(
            record: Desk.record(7), events: events, timeline: Desk.timeline(), position: 7,
            frost: .frosted, frostReason: "", isReopening: true)))
      if isClosed { desk.send(.clipClosed(Desk.id(7), Self.withdrawn)) }
      desk.send(.firstPictureShown(Desk.id(7), nowMilliseconds: desk.now))
      #expect(desk.changes == (isClosed ? [] : [.reopen]))
      #expect(desk.state.clip?.player.isPlaying == !isClosed)
    }
  }

  // MARK: - Never opened

  private static let sentence =
    "Consent record CR-2026-000117 ends its storage period on 3 November 2026, before today; "
    + "ask the customer again or have the clip erased: g goes on."

  @Test(arguments: [(80, 24, 3), (60, 20, 3), (120, 36, 3)])
  func aLongRefusalIsReadableAtEverySize(columns: Int, rows: Int, most: Int) {
    var desk = Desk()
    desk.open()
    desk.send(.clipRefused(Desk.id(1), sentence: Self.sentence))
    #expect(view(desk.state, CellSize(columns: columns, rows: rows)).pane == nil)
    let lines = desk.rows(columns, rows)
    let heading = lines.firstIndex { $0.contains("This clip does not open") } ?? 0
    #expect(heading > 1)
    let body = lines[(heading + 2)...].prefix(most).flatMap { $0.prefix(90).split(separator: " ") }
    #expect(body.joined(separator: " ").hasPrefix(Self.sentence))
    desk.type("p")
    #expect(desk.notice == "This clip does not open: g goes on")
    #expect(desk.type("⏎") == [.openNextDue(after: Desk.id(1))])
  }

  @Test func aRefusalAt80By24() {
    var desk = Desk()
    desk.open()
    desk.send(.clipRefused(Desk.id(1), sentence: Self.sentence))
    #expect(
      desk.rows(80, 24)[6...10] == [
        "                            This clip does not open", "",
        "        Consent record CR-2026-000117 ends its storage period on 3",
        "        November 2026, before today; ask the customer again or have the",
        "        clip erased: g goes on.",
      ])
  }

  @Test func aClipThatCannotBePlayedIsToldApart() {
    var desk = Desk()
    desk.open()
    desk.send(.clipFailed(Desk.id(1), sentence: "The decoder crashed."))
    #expect(desk.screen().contains("This clip cannot be played"))
  }

  @Test(arguments: [
    ("one two three", 7, 9, ["one two", "three"]), ("", 7, 9, []),
    ("abcdefghij kl", 4, 9, ["abcd", "efgh", "ij", "kl"]),
    ("one two three four", 5, 2, ["one", "two …"]), ("a\u{1B}[2Jb", 9, 9, ["a·[2Jb"]),
    ("one two", 0, 2, ["o", "…"]), ("one two", -5, 0, ["o", "n", "e", "t", "w", "o"]),
  ])
  func sentencesAreBrokenBetweenWords(text: String, width: Int, rows: Int, lines: [String]) {
    #expect(text.wrapped(width, rows: rows) == lines)
  }
}
