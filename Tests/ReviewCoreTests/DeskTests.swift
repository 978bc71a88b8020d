// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary

@testable import ReviewCore

/// The lead's and the auditor's screens, as screen, keys and screen.
@Suite struct DeskTests {
  private static func lead() -> LeadDesk {
    var desk = LeadDesk()
    desk.send(.disputes([LeadDesk.dispute(1), LeadDesk.dispute(2)], waiting: 2))
    desk.send(.flags([LeadDesk.flag(3), LeadDesk.flag(4, by: "ada")]))
    return desk
  }

  private static func auditor(_ count: Int64 = 1000) -> LeadDesk {
    var desk = LeadDesk([.auditor])
    desk.answer(of: count)
    return desk
  }

  // MARK: - Rights

  @Test func tabsAreThoseOfTheRoles() {
    #expect(LeadDesk().effects == [.loadDisputes, .loadFlags])
    var desk = Self.lead()
    #expect(desk.screen().contains("disputed 2    flagged 2    team    receipts"))
    #expect(!desk.screen().contains("log"))
    let seen = (0..<4).map { _ in
      desk.type("⇥")
      return desk.state.tab
    }
    #expect(seen == [.flagged, .team, .receipts, .disputed])
    var auditor = Self.auditor()
    #expect(!auditor.screen().contains("disputed"))
    #expect(auditor.type("12ure").isEmpty)
    let both = LeadDesk([.lead, .auditor])
    #expect(both.state.person.tabs == DeskTab.allCases)
  }

  // MARK: - Disputes

  @Test func bothVerdictsStandSideBySideAndDifferencesAreMarked() throws {
    let desk = Self.lead()
    let screen = desk.screen()
    #expect(screen.contains("r07 asked for a second opinion."))
    #expect(screen.contains("alert: animal .82 (cc-4.1)") && screen.contains("person .91"))
    #expect(screen.contains("No picture here"))
    let moved = try #require(desk.rows().first { $0.contains("↔ What moved") })
    #expect(moved.contains("person") && moved.contains("animal"))
    #expect(desk.rows().contains { $0.contains("↔ Alarm level") })
    let happened = try #require(desk.rows().first { $0.contains("What happened") })
    #expect(!happened.contains("↔"), "what both say is not marked")
  }

  @Test func oneKeyDecidesAndAnotherTakesItBack() {
    var desk = Self.lead()
    #expect(desk.type("2") == [.decide(Desk.id(1), .second)])
    #expect(desk.type("1u").isEmpty, "one act at a time")
    desk.send(.decided(Desk.id(1), .second))
    #expect(desk.state.disputes.waiting == 1)
    #expect(desk.screen().contains("2 taken") && desk.screen().contains("r08  taken"))
    #expect(desk.type("1").isEmpty)
    #expect(desk.screen().contains("u takes it back"))
    // It stays in its place when the store no longer lists it.
    desk.send(.disputes([LeadDesk.dispute(2)], waiting: 1))
    #expect(desk.state.disputes.items.map(\.record.id) == [Desk.id(1), Desk.id(2)])
    #expect(desk.type("u") == [.takeBack(Desk.id(1))])
    desk.send(.decided(Desk.id(1), nil))
    #expect(desk.state.disputes.waiting == 2 && desk.screen().contains("is disputed again"))
    #expect(desk.type("u").isEmpty)
  }

  @Test func nobodyDecidesOnTheirOwnVerdict() {
    var desk = LeadDesk()
    desk.send(.disputes([LeadDesk.dispute(1, reviewers: ("r07", "ada"))], waiting: 1))
    #expect(desk.screen().contains("One of these verdicts is yours"))
    #expect(desk.type("12").isEmpty)
  }

  @Test func whatFailsIsSaidAndLeavesTheListAlone() {
    var desk = Self.lead()
    desk.type("1")
    desk.send(.failed("The disk is full; nothing of this was stored."))
    #expect(desk.screen().contains("The disk is full"))
    #expect(desk.state.disputes.items[0].decision == nil)
    #expect(desk.type("1") == [.decide(Desk.id(1), .first)])
  }

  // MARK: - Flags

  @Test func aFlaggedClipIsRestoredOrErasedAfterAYes() {
    var desk = Self.lead()
    desk.type("⇥")
    let screen = desk.screen()
    #expect(screen.contains("3 h 0 min") && screen.contains("child") && screen.contains("▁▄█"))
    #expect(desk.type("eee").isEmpty, "a held key erases nothing")
    #expect(desk.screen().contains("for good? y erases it"))
    #expect(desk.type("q").isEmpty, "any other key keeps it")
    #expect(!desk.screen().contains("for good?"))
    #expect(desk.type("ey") == [.erase(Desk.id(3))])
    desk.send(.erasureOrdered(Desk.id(3)))
    #expect(desk.screen().contains("1 clip is being erased"))
    desk.send(.erased([Desk.id(3)]))
    #expect(desk.screen().contains("is erased") && !desk.screen().contains("being erased"))
    // What is left is the lead's own flag.
    #expect(desk.screen().contains("You flagged this clip"))
    #expect(desk.type("re").isEmpty && desk.state.flags.asking == nil)
  }

  @Test func restoringAsksNothing() {
    var desk = Self.lead()
    desk.type("⇥")
    #expect(desk.type("r") == [.restore(Desk.id(3))])
    desk.send(.restored(Desk.id(3)))
    #expect(desk.state.flags.items?.map(\.clip) == [Desk.id(4)])
  }

  @Test func aHeldClipSaysSo() {
    var desk = LeadDesk()
    desk.send(.flags([LeadDesk.flag(3, hoursLeft: 100, held: "police")]))
    desk.type("⇥")
    #expect(desk.screen().contains("held, 4 days") && desk.screen().contains("held: police"))
    desk.send(.tick(nowMilliseconds: 0, wallMilliseconds: LeadDesk.now + 100 * 3_600_000))
    #expect(desk.screen().contains("held, due now") || desk.screen().contains("due now"))
  }

  @Test func listsAreReadAgainFromTimeToTime() {
    var desk = Self.lead()
    desk.send(.tick(nowMilliseconds: 3999, wallMilliseconds: LeadDesk.now))
    #expect(desk.effects.isEmpty)
    desk.send(.tick(nowMilliseconds: 4000, wallMilliseconds: LeadDesk.now))
    #expect(desk.effects == [.loadDisputes])
    desk.type("j")
    desk.send(.disputes([LeadDesk.dispute(9), LeadDesk.dispute(2)], waiting: 2))
    #expect(desk.state.disputes.selected?.record.id == Desk.id(2), "the choice stays on its clip")
  }

  // MARK: - Team

  @Test func totalsGoByNameAndWindow() throws {
    var desk = Self.lead()
    desk.type("⇥⇥")
    func row(_ name: String, _ committed: Int) -> TeamRow {
      TeamRow(
        reviewer: ReviewerID(name), seen: 9, committed: committed, skipped: 1, flagged: 2,
        clearSeconds: 17, secondOpinions: 4, compared: 6, disputed: 2)
    }
    #expect(desk.screen().contains("counting"))
    desk.send(.team([[row("r07", 3), row("r08", 8)], [row("r07", 33)], []]))
    let rows = desk.rows()
    let first = try #require(rows.firstIndex { $0.contains("r07") })
    let second = try #require(rows.firstIndex { $0.contains("r08") })
    #expect(first < second && rows[first].contains("2 of 6") && rows[first].contains("17 s"))
    #expect(desk.screen().contains("By name, never by rank"))
    desk.type("→")
    #expect(desk.screen().contains("33"))
    desk.type("→")
    #expect(desk.screen().contains("Nobody has reviewed"))
    desk.type("→")
    #expect(desk.state.team.window == .today)
  }

  // MARK: - Language and size

  @Test(arguments: Language.allCases)
  func everyScreenFitsEverySize(_ language: Language) {
    var desk = LeadDesk(
      [.lead, .auditor, .reviewer], language: language, note: "no passphrases: demo only")
    let far = LeadDesk.sheet(["person", "vehicle", "animal", "package", "transit", "loitering"])
    #expect(!far.isEmpty)
    desk.send(
      .disputes(
        (1...30).map {
          LeadDesk.dispute(
            $0, ["person", "vehicle", "animal", "package", "transit", "loitering", "level_4"])
        }, waiting: 30))
    desk.send(.flags((1...30).map { LeadDesk.flag($0) }))
    desk.send(.receipts([ReceiptItem(number: 1, content: nil)]))
    for tab in DeskTab.allCases {
      for (columns, rows) in [(0, 0), (1, 1), (20, 5), (60, 20), (80, 24), (120, 36), (200, 60)] {
        let grid = view(desk.state, CellSize(columns: columns, rows: rows))
        #expect(grid.cells.count == columns * rows)
        guard columns >= 60 else { continue }
        let text = desk.screen(columns, rows)
        #expect(text.contains("demo only") && text.contains("?"), "\(tab) \(columns)")
      }
      desk.type("?")
      #expect(desk.screen(80, 24).contains("q"))
      desk.type("x⇥")
    }
  }
}
