// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary

@testable import ReviewCore

/// Leafing through the audit log.
@Suite struct LogBrowserTests {
  private static func desk(_ count: Int64 = 1000) -> LeadDesk {
    var desk = LeadDesk([.auditor])
    desk.answer(of: count)
    return desk
  }

  private static func request(_ desk: LeadDesk) -> LogRequest? {
    if case .loadLog(let request)? = desk.effects.last { request } else { nil }
  }

  @Test func itOpensAtTheNewestEvent() {
    let desk = Self.desk()
    #expect(desk.state.log.selected?.number == 1000)
    #expect(desk.screen().contains("events 1 to 1000"))
    #expect(desk.screen().contains("Not verified since this was opened"))
    #expect(desk.screen().contains("event 1000 · 2026-"))
  }

  @Test func holdsFewEventsHoweverFarSomebodyLeafs() {
    var desk = Self.desk(1_000_000)
    var seen: [Int64] = []
    for _ in 0..<3000 {
      desk.type("k")
      desk.answer(of: 1_000_000)
      seen.append(desk.state.log.selected?.number ?? 0)
      #expect(desk.state.log.entries.count <= LogBrowser.most)
    }
    #expect(seen == (0..<3000).map { 999_999 - $0 }, "none is left out or comes twice")
    for _ in 0..<3000 {
      desk.type("j")
      desk.answer(of: 1_000_000)
    }
    #expect(desk.state.log.selected?.number == 1_000_000)
  }

  @Test func endsAreReachedAtOnce() {
    var desk = Self.desk(1_000_000)
    desk.type("g")
    desk.answer(of: 1_000_000)
    #expect(desk.state.log.selected?.number == 1)
    desk.type("k")
    #expect(desk.effects.isEmpty, "there is nothing before it")
    desk.type("G")
    desk.answer(of: 1_000_000)
    #expect(desk.state.log.selected?.number == 1_000_000)
  }

  @Test func jumpsByNumberAndDate() {
    var desk = Self.desk(1_000_000)
    desk.type(":500000⏎")
    desk.answer(of: 1_000_000)
    #expect(desk.state.log.selected?.number == 500_000)
    desk.type("k")
    desk.answer(of: 1_000_000)
    #expect(desk.state.log.selected?.number == 499_999)
    desk.type(":2026-11-23 14:28⏎")
    #expect(Self.request(desk)?.start == .time(1_795_444_080_000))
    desk.answer(of: 1_000_000)
    #expect(desk.type(":tomorrow⏎").isEmpty)
    #expect(desk.screen().contains("neither an event's number nor a date"))
    // What was typed stays; beyond the end the newest are shown.
    #expect(desk.screen().contains(": tomorrow "))
    desk.send(.key(.eraseLine))
    desk.type("2000000⏎")
    desk.answer(of: 1_000_000)
    desk.answer(of: 1_000_000)
    #expect(desk.state.log.selected?.number == 1_000_000)
  }

  @Test(
    arguments: [
      ("flag", ["flag"], nil, nil), ("flag r07", ["flag"], "r07", nil),
      ("housekeeping", [], "", nil), ("1a2b3c4d open flag", ["flag", "open"], nil, "1a2b3c4d"),
      ("who:flag", [], "flag", nil), ("kind:policy_signed", ["policy_signed"], nil, nil),
      ("clip:1A2", [], nil, "1a2"), ("", [], nil, nil),
    ] as [(String, [String], String?, String?)])
  func filtersAreRead(_ text: String, _ kinds: [String], _ person: String?, _ clip: String?) {
    var desk = Self.desk()
    desk.type("/\(text)⏎")
    let filter = Self.request(desk)?.filter
    #expect(filter?.kinds == Set(kinds) && filter?.person == person && filter?.clip == clip)
    desk.answer(of: 1000)
    #expect(desk.screen().contains("only ") == !text.isEmpty)
  }

  @Test func whatIsNoFilterChangesNothing() {
    var desk = Self.desk()
    #expect(desk.type("/kind:nothing⏎").isEmpty)
    #expect(desk.screen().contains("/ kind:nothing   no such filter"))
    #expect(desk.state.log.filter.isEmpty)
    #expect(desk.type("⌫").isEmpty && desk.screen().contains("/ kind:nothin   kinds, a person"))
    #expect(desk.type("⎋/flag⎋").isEmpty)
    #expect(desk.state.prompt == nil && desk.state.log.filter.isEmpty)
    // In a prompt no key acts.
    #expect(desk.type("/qv?").isEmpty && desk.state.prompt?.line.text == "qv?")
    #expect(desk.type("⌫⌫⌫⎋v") == [.verify])
  }

  @Test func aFilterIsMendedAtItsCursor() {
    var desk = Self.desk()
    desk.type("/fag←←l")
    #expect(desk.state.prompt?.line.text == "flag")
    #expect(desk.screen().contains("/ flag   kinds, a person"))
    desk.send(.key(.eraseLine))
    #expect(desk.state.prompt?.line.text == "ag")
  }

  @Test func anAnswerToAnOlderQuestionIsDropped() throws {
    var desk = Self.desk()
    desk.type("/flag⏎")
    let old = try #require(Self.request(desk))
    desk.type("/open⏎")
    desk.send(
      .log(
        LogPage(request: old, entries: LeadDesk.entries(1...3), first: 1, last: 9, hasMore: false)))
    #expect(desk.state.log.entries.count == 200, "nothing was taken")
    #expect(desk.screen().contains("searching"))
  }

  @Test func verifyingShowsHowFarItIsAndWhatItFound() {
    var desk = Self.desk()
    #expect(desk.type("v") == [.verify])
    #expect(desk.type("v").isEmpty)
    desk.send(.verifying(501))
    #expect(desk.screen().contains("checkpoints: 50 %"))
    desk.send(.verified(.whole(first: 1, last: 1000, unsigned: 8)))
    #expect(desk.screen().contains("Events 1 to 1000 are whole and in order. The last 8 of them"))
    #expect(desk.screen().contains("cut off shows only against a checkpoint kept elsewhere."))
    desk.send(.verified(.fault(kind: "changed", number: 7, through: 7)))
    #expect(desk.screen().contains("Event 7 was changed."))
  }

  @Test(
    arguments: [
      (0, "1970-01-01 00:00:00"), (1_795_444_101_123, "2026-11-23 14:28:21"),
      (951_782_400_000, "2000-02-29 00:00:00"), (253_402_300_799_000, "9999-12-31 23:59:59"),
    ] as [(Int64, String)])
  func datesGoBothWays(_ milliseconds: Int64, _ text: String) {
    #expect(CivilTime.text(milliseconds, withSeconds: true) == text)
    #expect(CivilTime.milliseconds(text) == milliseconds / 1000 * 1000)
  }

  @Test(arguments: [
    "", "2026", "2026-13-01", "2026-01-32", "26-01-01", "2026-01-01 24:00", "x-y-z",
  ])
  func whatIsNoDateIsNone(_ text: String) {
    #expect(CivilTime.milliseconds(text) == nil)
  }
}
