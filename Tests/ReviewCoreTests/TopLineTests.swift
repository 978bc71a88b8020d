// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary

@testable import ReviewCore

/// What every screen says of the vault, however narrow it is.
@Suite struct TopLineTests {
  private static let note = "no passphrases: demo only"

  private func desk(note: String = "", minutes: Int? = nil) -> Desk {
    var desk = Desk(vaultNote: note)
    desk.send(.counts(WorklistCounts(), committedToday: 42))
    desk.send(.noticesAge(minutes: minutes))
    desk.open(source: .staffTest)
    return desk
  }

  @Test func theNoteAt60And80And120Columns() {
    let desk = desk(note: Self.note)
    #expect(
      desk.rows(60, 20)[0] == " ░ frosted · staff test clip      no passphrases: demo only")
    #expect(
      desk.rows(80, 24)[0]
        == " milkglass   ░ frosted · staff test clip   no passphrases: demo only   42 / 150")
    #expect(
      desk.rows(120, 36)[0]
        == " milkglass  seat-3 · r07     ░ frosted · staff test clip     "
        + "no passphrases: demo only       42 / 150 ━━━━─────────────")
  }

  @Test func theNoticesAgeAt60And80And120Columns() {
    let desk = desk(minutes: 300)
    #expect(
      desk.rows(60, 20)[0] == " ░ frosted · staff test clip    notices 5 h old    42 / 150")
    #expect(
      desk.rows(80, 24)[0]
        == " milkglass    ░ frosted · staff test clip    notices 5 h old    42 / 150 ━─────")
    #expect(
      desk.rows(120, 36)[0]
        == " milkglass  seat-3 · r07         ░ frosted · staff test clip         "
        + "notices 5 h old         42 / 150 ━━━━─────────────")
  }

  @Test func bothAtOnceShortenBeforeTheyGo() {
    let desk = desk(note: Self.note, minutes: 300)
    #expect(
      desk.rows(60, 20)[0] == " ░ frosted · staff test clip   no passphrases   notices 5 h")
    #expect(
      desk.rows(80, 24)[0]
        == " ░ frosted · staff test clip     no passphrases: demo only     notices 5 h old")
  }

  @Test(arguments: ["", "?", "/", "q", "-", "c", "⎋", "X"])
  func everyScreenOfAnySizeSaysIt(keys: String) {
    for columns in 60...200 {
      var desk = desk(note: Self.note, minutes: 5000)
      desk.type(keys)
      let top = desk.rows(columns, 24)[0]
      #expect(top.contains("no passphrases"), "\(columns)")
      #expect(top.contains("notices ") && top.contains(" 3 d"), "\(columns)")
      if desk.state.isClipShown { #expect(top.contains("· staff test clip"), "\(columns)") }
      desk.send(.nothingDue(WorklistCounts()))
      #expect(desk.rows(columns, 24)[0].contains(Self.note), "\(columns)")
    }
  }

  @Test(arguments: [
    (0, "notices 0 min old", StyleRole.quiet), (59, "notices 59 min old", .quiet),
    (60, "notices 1 h old", .quiet), (2159, "notices 35 h old", .quiet),
    (2160, "notices 36 h old", .prediction), (4320, "notices 3 d old", .prediction),
    (4321, "notices too old: 3 d", .flagged), (.max - 1, "notices too old: ", .flagged),
    (.max, "no notices yet", .flagged),
    (-7, "notices 0 min old", .quiet),
  ])
  func theAgeTurnsAmberAndRed(minutes: Int, words: String, role: StyleRole) {
    let desk = desk(minutes: minutes)
    #expect(desk.rows(200, 24)[0].contains(words))
    #expect(desk.cell("notices", columns: 200, rows: 24)?.role == role)
  }

  @Test func withoutNotesNothingIsSaid() {
    #expect(!desk().rows(200, 24)[0].contains("notices"))
    let long = desk(note: String(repeating: "long words ", count: 400))
    #expect(long.rows(60, 20)[0].hasPrefix(" ░ frosted · staff test clip"))
  }
}
