// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary

@testable import ReviewCore

@Suite struct WorklistTests {
  private func rows(_ range: Range<Int>, leased: Int = -1) -> [WorklistRow] {
    range.map { index in
      WorklistRow(
        clip: Desk.id(UInt64(index + 1)), position: index + 1, camera: CameraID("porch-2"),
        recordedAt: "2026-01-14T22:15:30+01:00", source: .customerFeedback,
        alert: CameraAlert(label: "animal", score: 0.5, model: "cc-4.1"),
        state: index == 2 ? .done : .due, summary: index == 2 ? "person, loitering" : "",
        isLeasedByOther: index == leased)
    }
  }

  private func opened(_ total: Int = 5, leased: Int = -1) -> Desk {
    var desk = Desk()
    desk.open()
    desk.type("/")
    let count = min(total, WorklistScreen.pageLength)
    desk.send(
      .rows(
        WorklistPage(filter: .due, offset: 0, total: total, rows: rows(0..<count, leased: leased))))
    return desk
  }

  @Test func itAsksForItsRows() {
    var desk = Desk()
    desk.open()
    #expect(desk.type("/") == [.refreshCounts, .loadRows(.due, offset: 0, limit: 300)])
    #expect(desk.type("⇥") == [.loadRows(.second, offset: 0, limit: 300)])
    desk.send(.rows(WorklistPage(filter: .due, offset: 0, total: 5, rows: rows(0..<5))))
    #expect(!desk.screen().contains("porch-2"))
    #expect(desk.type("←") == [.loadRows(.due, offset: 0, limit: 300)])
    #expect(desk.type("←") == [.loadRows(.all, offset: 0, limit: 300)])
  }

  @Test func enterOpensTheSelectedClip() {
    var desk = opened()
    desk.type("jjkj")
    #expect(desk.cell("›")?.role == .selected)
    #expect(desk.row(containing: "›").contains("person, loitering"))
    let place = WorklistPlace(filter: .due, selection: 2)
    #expect(desk.type("⏎") == [.saveWorklistPlace(place), .open(Desk.id(3))])
    #expect(desk.state.mode == .review)
    #expect(desk.type("p").isEmpty)
  }

  @Test func anothersClipIsNotOpened() {
    var desk = opened(5, leased: 1)
    desk.type("j")
    #expect(desk.type("⏎").isEmpty)
    #expect(desk.notice == "Another session has this clip open")
  }

  @Test(arguments: [(60, 20, 0), (80, 24, 2), (120, 36, 2), (200, 60, 2)])
  func clipsThatAreDecodedHaveAPicture(columns: Int, rows: Int, count: Int) {
    let size = CellSize(columns: columns, rows: rows)
    var desk = opened()
    desk.send(.decodedAhead(Desk.id(4)))
    let thumbnails = view(desk.state, size).thumbnails
    #expect(thumbnails.map(\.clip) == Array([Desk.id(1), Desk.id(4)].prefix(count)))
    #expect(desk.row(containing: "›", columns: columns, rows: rows).contains("new"))
    desk.send(.decodedAhead(nil))
    #expect(view(desk.state, size).thumbnails.count == min(1, count))
    // None of a clip that is shut, and none that is in another list.
    desk.send(.clipClosed(Desk.id(1), Notice("withdrawn")))
    #expect(view(desk.state, size).thumbnails.isEmpty)
    desk.send(.decodedAhead(Desk.id(9)))
    #expect(view(desk.state, size).thumbnails.isEmpty)
  }

  /// Rows that a search left are numbered anew, and their pictures with them.
  @Test func aPictureHasTheNumberOfItsRow() {
    var desk = Desk()
    desk.open(4)
    desk.type("/")
    desk.send(.rows(WorklistPage(filter: .due, offset: 0, total: 2, rows: rows(2..<4))))
    let screen = desk.screen(80, 24)
    #expect(screen.contains("\n 2 porch-2") && !screen.contains(" 4 porch-2"), "\(screen)")
  }

  @Test func theSelectionStaysInsideAndRowsAreFetchedAhead() {
    var desk = opened(1000)
    for _ in 0..<12 { desk.press(.pageDown) }
    #expect(desk.effects.isEmpty)
    for _ in 0..<4 { desk.press(.pageDown) }
    #expect(desk.effects == [.loadRows(.due, offset: 90, limit: 300)])
    desk.press(.end)
    #expect(desk.effects == [.loadRows(.due, offset: 849, limit: 300)])
    desk.send(.rows(WorklistPage(filter: .due, offset: 849, total: 1000, rows: rows(849..<1000))))
    #expect(desk.row(containing: "›").contains("1000"))
    desk.press(.home)
    desk.press(.up)
    #expect(desk.effects == [.loadRows(.due, offset: 0, limit: 300)])
  }

  @Test func aQueryNarrowsTheListOnceItCanBeRead() throws {
    var desk = opened(1000)
    #expect(desk.type("/score<").isEmpty)
    #expect(desk.screen().contains("/ score<   At 7: something is missing"))
    #expect(desk.type("⏎").isEmpty, "not yet")
    #expect(desk.type("9").isEmpty && desk.screen().contains("At 7: a score is 0 to 1"))
    desk.press(.backspace)
    let query = try WorklistQuery(text: "score<0.5 sort:danger")
    #expect(
      desk.type("0.5 sort:danger⏎")
        == [.loadRows(.due, matching: query, offset: 0, limit: 300)])
    // Rows of the list before come too late.
    desk.send(.rows(WorklistPage(filter: .due, offset: 0, total: 5, rows: rows(0..<5))))
    #expect(!desk.screen().contains("porch-2"))
    desk.send(
      .rows(WorklistPage(filter: .due, query: query, offset: 0, total: 2, rows: rows(0..<2))))
    #expect(desk.screen().contains("/ score<0.5 sort:danger   2 clips"))
    #expect(
      desk.type("⇥") == [.loadRows(.second, matching: query, offset: 0, limit: 300)],
      "it stays from list to list")
    desk.send(.rows(WorklistPage(filter: .second, query: query, offset: 0, total: 0, rows: [])))
    #expect(desk.screen().contains("No clip fits the search"))
    #expect(desk.type("/⎋").isEmpty, "it is left as it was")
    desk.type("/")
    for _ in 0..<40 { desk.press(.backspace) }
    #expect(desk.type("⏎") == [.loadRows(.second, offset: 0, limit: 300)])
  }

  @Test func aQueryIsMendedInItsMiddle() throws {
    var desk = opened(1000)
    desk.type("/camera:portch age>1")
    for _ in 0..<7 { desk.press(.left) }
    #expect(desk.cell("ch age")?.role != .selected)
    desk.press(.left)
    desk.press(.backspace)
    #expect(desk.screen().contains("/ camera:porch age>1   "))
    #expect(desk.cell("ch age")?.role == .selected, "the cursor")
    desk.press(.end)
    desk.press(.eraseWord)
    let query = try WorklistQuery(text: "camera:porch")
    #expect(desk.type("⏎") == [.loadRows(.due, matching: query, offset: 0, limit: 300)])
  }

  /// However long it is, the cursor and what is wrong stay in sight.
  @Test func aLongQueryLeavesRoomForItsFault() {
    var desk = opened(1000)
    desk.type("/" + String(repeating: "porch ", count: 30) + "score<")
    let row = desk.row(containing: "something is missing")
    #expect(row.hasPrefix(" / ") && row.contains("score<   At 187: something is missing"))
    desk.press(.home)
    #expect(desk.row(containing: "something is missing").hasPrefix(" / porch porch"))
  }

  @Test func aNumberGoesToItsRow() {
    var desk = opened(1000)
    desk.type(":7x5")
    #expect(desk.screen().contains("Go to row : 75"))
    #expect(desk.type("⏎").isEmpty)
    #expect(desk.row(containing: "›").contains("75"))
    #expect(desk.type(":999999999⏎") == [.loadRows(.due, offset: 849, limit: 300)])
    desk.type(":0⏎")
    #expect(desk.row(containing: "›").contains("   1  "))
  }

  @Test func whatWasPutOffIsBroughtBack() {
    var desk = opened()
    #expect(desk.type("b").isEmpty, "nothing is put off among those that are due")
    desk.type("⇥⇥")
    var row = rows(1..<2)[0]
    row.state = .deferred(untilMilliseconds: 1)
    desk.send(.rows(WorklistPage(filter: .deferred, offset: 0, total: 1, rows: [row])))
    #expect(desk.screen().contains("b bring back"))
    #expect(desk.type("b").last == .open(Desk.id(2)))
    let postponed = LabelEvent(
      clip: Desk.id(2), ordinal: 0, reviewer: ReviewerID("r08"), atMilliseconds: 0,
      taxonomyVersion: "2026.1", change: .postpone(untilMilliseconds: 1))
    desk.open(2, events: [postponed])
    #expect(desk.changes == [.bringBack] || Desk.changes(desk.allEffects) == [.bringBack])
    #expect(desk.state.clip?.history.state == .due)
    #expect(desk.notice == "Brought back: it is due again")
  }

  @Test func escapeAndQReturn() {
    for key in ["⎋", "q"] {
      var desk = opened()
      #expect(desk.type(key).isEmpty)
      #expect(desk.state.mode == .review)
      #expect(!desk.state.isBlanked)
      #expect(desk.state.clip?.player.isPlaying == true)
    }
  }

  @Test func nothingDueIsAScreenWithCounts() {
    var desk = Desk()
    desk.open()
    desk.type("p0⏎")
    var counts = WorklistCounts()
    counts.deferred = 2
    counts.leasedByOthers = 3
    counts.flagged = 1
    desk.send(.nothingDue(counts))
    let screen = desk.screen(80, 24)
    #expect(screen.contains("Nothing is due"))
    #expect(screen.contains("deferred   2"))
    #expect(screen.contains("open in other sessions   3"))
    #expect(screen.contains("flagged   1"))
    #expect(desk.rows(80, 24)[23].contains("g look again   / worklist"))
    #expect(desk.type("p0⏎ X⎋-zm").isEmpty)
    #expect(!desk.state.isBlanked)
    #expect(desk.type("g") == [.openNextDue(after: nil)])
    desk.send(.nothingDue(counts))
    #expect(desk.type("u") == [.reopenLastCommitted])
    desk.send(.stays(Notice("Nothing was committed yet")))
    #expect(desk.type("k") == [.openPrevious(of: nil)])
  }
}
