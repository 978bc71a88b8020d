// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary

@testable import ReviewCore

/// The history of a clip, and the messages of a session.
@Suite struct ListScreenTests {
  private func event(_ ordinal: Int, _ change: LabelChange, by reviewer: String = "r07")
    -> LabelEvent
  {
    LabelEvent(
      clip: Desk.id(1), ordinal: ordinal, reviewer: ReviewerID(reviewer),
      atMilliseconds: 1_768_425_330_000 + Int64(ordinal) * 1000, taxonomyVersion: "2026.1",
      change: change)
  }

  // MARK: - History

  @Test func tellsEveryEventInWordsWithTimeAndWhoDidIt() {
    var desk = Desk()
    desk.state.zoneMilliseconds = 3_600_000
    let moment = Moment(time: MediaTime(milliseconds: 1500), frame: 15)
    desk.open(
      events: [
        event(0, .set(TermID("person"), isConfirmation: false), by: "ann"),
        event(1, .set(TermID("level_2"), isConfirmation: true), by: "ann"),
        event(2, .openSegment(TermID("person"), at: moment)),
        event(3, .closeSegment(2, at: moment)), event(4, .moveSegment(2, .end, at: moment)),
        event(5, .note(ClipNote("at the gate") ?? .none), by: "bob"), event(6, .undo(5), by: "bob"),
        event(7, .commit),
      ])
    desk.type("H")
    let rows = desk.rows(120, 36)
    #expect(rows[2] == " History of clip \(Desk.id(1).short)  8 / 8")
    #expect(
      rows[4...11].map { String($0.dropFirst(3)) } == [
        "2026-01-14 22:15:30  reviewer 1      set person",
        "2026-01-14 22:15:31  reviewer 1      confirmed 2 human presence, intent unknown",
        "2026-01-14 22:15:32  r07             person begins at 0:01.5",
        "2026-01-14 22:15:33  r07             person ends at 0:01.5",
        "2026-01-14 22:15:34  r07             end of person moved to 0:01.5",
        "2026-01-14 22:15:35  reviewer 2    × note: at the gate  taken back",
        "2026-01-14 22:15:36  reviewer 2      took back: note: at the gate",
        "2026-01-14 22:15:37  r07             committed",
      ])
    #expect(rows[11].hasPrefix(" › "))
    // Nobody else's name is told.
    #expect(!desk.screen().contains("ann") && !desk.screen().contains("bob"))
    #expect(desk.state.picture == .none)
    desk.type("H")
    #expect(desk.state.mode == .review && desk.state.clip?.player.isPlaying == true)
  }

  @Test func scrollsAndNeverLeavesTheList() {
    var desk = Desk()
    desk.open(
      events: (0..<300).map {
        event(
          $0, $0 % 2 == 0 ? .set(TermID("person"), isConfirmation: false) : .clear(TermID("person"))
        )
      })
    desk.type("H")
    for (key, place) in [
      (KeyPress.home, "1 / 300"), (.up, "1 / 300"), (.pageDown, "16 / 300"), (.down, "17 / 300"),
      (.end, "300 / 300"), (.character("j"), "300 / 300"), (.pageUp, "285 / 300"),
      (.character("k"), "284 / 300"),
    ] {
      desk.press(key)
      #expect(desk.row(containing: "History").hasSuffix(place))
      #expect(desk.rows(80, 24).contains { $0.hasPrefix(" › ") })
    }
    #expect(desk.type("p").isEmpty)
    #expect(desk.state.mode != .review, "labels are not set from here")
    desk.type("⎋")
    #expect(desk.state.mode == .review && !desk.state.isBlanked)
  }

  @Test func aLongNoteIsWholeBelowTheList() {
    var desk = Desk()
    let words = (0..<40).map { "w\($0)" }.joined(separator: " ")
    desk.open(events: [event(0, .note(ClipNote(words) ?? .none))])
    desk.type("H")
    let foot = desk.rows(80, 24)[19...21].joined(separator: " ")
    #expect(foot.contains("w0 ") && foot.contains("w39"))
  }

  @Test func aClipThatIsClosedShowsNone() {
    var desk = Desk()
    desk.open()
    desk.send(.clipClosed(Desk.id(1), Notice("Clip was withdrawn: g goes on", kind: .error)))
    desk.type("H")
    #expect(desk.state.mode == .review)
  }

  // MARK: - Messages

  @Test func keepsEveryNoticeAlsoThoseNobodyCouldRead() {
    var desk = Desk()
    desk.state.wallAheadMilliseconds = 1_768_425_330_000 - desk.now
    desk.send(.notice(Notice("first", kind: .error)))
    desk.send(.notice(Notice("second")))
    desk.open()
    desk.send(.notice(Notice("third")))
    for _ in 0..<5 { desk.type("=") }
    desk.type("M")
    let rows = desk.rows(120, 36)
    #expect(rows[2] == " Messages of this session  4 / 4")
    #expect(rows[4] == "   21:15:30            first")
    #expect(rows[5] == "   21:15:30            second")
    #expect(rows[6].hasSuffix("\(Desk.id(1).short)  third"))
    #expect(rows[7].hasSuffix("No clip before this one has labels to copy  5 times"))
    #expect(desk.cell("first")?.role == .flagged)
  }

  @Test func keepsTheLast500() {
    var desk = Desk()
    for number in 0..<1200 { desk.send(.notice(Notice("message \(number)"))) }
    #expect(desk.state.messages.entries.count == 500)
    #expect(desk.state.messages.entries.first?.notice.text == "message 700")
    desk.type("M")
    #expect(desk.screen(80, 24).contains("message 1199"))
  }

  @Test func areThereWithoutAClipAndWithoutAMessage() {
    var desk = Desk()
    desk.send(.nothingDue(WorklistCounts()))
    desk.type("M")
    #expect(desk.screen().contains("No message yet."))
    desk.type("q")
    #expect(desk.state.mode == .review)
  }

  @Test func aClipThatFailsIsAMessage() {
    var desk = Desk()
    desk.open()
    desk.send(.clipFailed(Desk.id(1), sentence: "Clip x cannot be decoded."))
    #expect(desk.state.messages.entries.last?.notice.text == "Clip x cannot be decoded.")
  }

  @Test(
    arguments: [
      (0, "1970-01-01", "00:00:00"), (951_827_696_000, "2000-02-29", "12:34:56"),
      (-1000, "1969-12-31", "23:59:59"), (4_102_444_799_999, "2099-12-31", "23:59:59"),
    ] as [(Int64, String, String)])
  func timesAreThoseOfACalendar(_ milliseconds: Int64, _ date: String, _ clock: String) {
    let time = LocalTime(milliseconds, utcOffsetSeconds: 0)
    #expect(time.date == date && time.clock == clock)
    let late = LocalTime(milliseconds - 5_400_000, utcOffsetSeconds: 5400)
    #expect(late.date == date && late.clock == clock)
  }

  @Test func noTimeTraps() {
    for milliseconds in [Int64.min, .max] {
      for offset in [-86_400, 0, 86_400] {
        let time = LocalTime(milliseconds, utcOffsetSeconds: offset)
        #expect(!time.date.isEmpty && time.clock.count == 8)
      }
    }
  }
}
