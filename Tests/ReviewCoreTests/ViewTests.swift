// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary

@testable import ReviewCore

@Suite struct ViewTests {
  private var desk: Desk {
    var desk = Desk()
    var counts = WorklistCounts()
    counts.due = 9
    counts.done = 4
    counts.deferred = 1
    desk.send(.counts(counts, committedToday: 42))
    desk.open(
      3,
      predictions: [
        ("animal", 0.82), ("level_2", 0.64), ("level_1", 0.2), ("intrusion", 0.61),
      ])
    desk.wait(2000)
    desk.type("p")
    desk.store()
    return desk
  }

  @Test func theScreenAt80By24() {
    let pane = Array(repeating: String(repeating: ".", count: 80), count: 15)
    #expect(
      desk.rows(80, 24)
        == [
          " milkglass  seat-3 · r07     ░ frosted · customer clip     42 / 150 ━━━────────"
        ] + pane + [
          " ▶ 0:03.1 / 0:10.0  1×      ▁▁▁▁▁▁▁▁▁▁▁▄▆▇███▇▅▁▁▁▁▁▁▁▁▁▁▁▁▁▅▇███▇▆▄▁▁▁▁▁▁▁▁▁▁▁",
          "                                            ┃",
          " Moved ●p person  v vehicle  a animal  b package  n nothing  c cannot judge",
          " Event  t transit  d expected  o loitering ○i intrusion  s stealing  f fighting",
          " Level  0 no call  1 something ○2 human presen…  3 threat to property  4 …life",
          " porch-2 · 14 Jan 22:15 · alert: animal .82 (cc-4.1) · draft · clip 3 of 14",
          "",
          " space pause   y confirm   m segment   X sensitive   esc blank   ? all keys",
        ])
  }

  @Test func theScreenAt120By36() {
    let rows = desk.rows(120, 36)
    let palette = rows[2...30].map { String($0.dropFirst(90)) }
    #expect(
      rows[0]
        == " milkglass  seat-3 · r07     ░ frosted · customer clip     "
        + "nothing leaves but the label      42 / 150 ━━━━─────────────")
    #expect(
      Array(palette.prefix(23)) == [
        "  What moved", "   ● p person", "     v vehicle", "     a animal", "     b package",
        "     n nothing", "", "  What happened", "     t transit", "     d expected activity",
        "     o loitering", "   ○ i intrusion          .61", "     s stealing or damage",
        "     f fighting or assault", "", "  Alarm level", "     0 no call for service",
        "     1 something happen…  .20", "   ○ 2 human presence     .64",
        "     3 threat to property", "     4 threat to life", "", "     c cannot judge",
      ])
    #expect(rows[2...30].allSatisfy { $0.hasPrefix(String(repeating: ".", count: 90)) })
    #expect(rows[31].hasPrefix(" ▶ 0:03.1 / 0:10.0  1×      ▁"))
    #expect(
      rows[33] == " porch-2 · 14 Jan 22:15 · alert: animal .82 (cc-4.1) · draft · clip 3 of 14")
    #expect(
      rows[35]
        == " space pause   , . frame   ← → 5 s   y confirm   m segment   u undo   - skip"
        + "   X sensitive   esc blank   ? all keys")
  }

  @Test func theScreenAt60By20() {
    let rows = desk.rows(60, 20)
    #expect(rows[0] == " milkglass    ░ frosted · customer clip     42 / 150 ━─────")
    #expect(rows[16] == " ●p v a b n │ t d o○i s f │ 0 1○2 3 4 │ c")
    #expect(rows[17] == " porch-2 · alert: animal .82 (cc-4.1) · draft")
    #expect(rows[19] == " space pause   y confirm   X sensitive   ? all keys")
  }

  @Test func labelsKeepTheirPlacesWhateverIsSet() {
    var desk = desk
    let places = { (desk: Desk) in
      desk.rows(80, 24)[18...20].map { $0.map { "●○".contains($0) ? " " : $0 } }
    }
    let before = places(desk)
    desk.type("po32")
    #expect(places(desk) == before)
  }

  @Test(arguments: [(59, 24), (80, 19), (20, 5), (1, 1)])
  func tooSmallIsOneSentence(columns: Int, rows: Int) {
    let lines = desk.rows(columns, rows).filter { !$0.isEmpty }
    #expect(lines.count == 1)
    let shown = lines[0].drop { $0 == " " }
    #expect(
      "Milkglass needs 60 × 20 cells".contains(shown)
        || shown.last == "…" && "Milkglass needs 60 × 20 cells".hasPrefix(shown.dropLast()))
    #expect(view(desk.state, CellSize(columns: columns, rows: rows)).picture == .none)
  }

  @Test func frostAndSourceAreNeverCut() {
    for columns in 60...220 {
      var desk = Desk()
      desk.open(frost: .strict, source: .staffTest)
      #expect(desk.rows(columns, 24)[0].contains("▒ strict · staff test clip"))
      desk.type("X")
      #expect(desk.rows(columns, 24)[0].contains("▓ solid · staff test clip"))
    }
  }

  @Test func blankingMovesNothingInTheTopLine() {
    var desk = desk
    let before = desk.rows()[0].firstIndex(of: "4")
    desk.type("⎋")
    #expect(desk.rows()[0].firstIndex(of: "4") == before)
  }

  @Test func textFromFilesCannotHarmTheScreen() {
    var desk = Desk()
    var record = Desk.record(1)
    record.camera = CameraID("\u{1B}[2J\u{202E}evil\n猫")
    record.recordedAt = "2026-99-14T\u{7}"
    record.alert = CameraAlert(
      label: "\u{1B}]52;c;AAAA\u{7}", score: .nan, model: String(repeating: "x", count: 5000))
    record.predictions = [Prediction(term: TermID("level_0"), score: .infinity)]
    desk.send(
      .clipOpened(
        OpenedClip(
          record: record, events: [], timeline: Desk.timeline(), position: .max,
          frost: .frosted, frostReason: "\u{9B}31m")))
    for size in [(60, 20), (80, 24), (120, 36), (200, 60)] {
      let grid = view(desk.state, CellSize(columns: size.0, rows: size.1)).grid
      let allowed = grid.cells.allSatisfy { DisplayText.scalars(String($0.glyph)) == [$0.glyph] }
      #expect(allowed)
    }
    #expect(desk.row(containing: "evil").hasPrefix(" ·[2Jevil··"))
  }

  @Test func undecodedPartsOfTheClipAreDotted() {
    var desk = Desk()
    desk.open(timeline: Desk.timeline(50, isComplete: false))
    #expect(desk.row(containing: " / 0:10.0", columns: 80, rows: 24).hasSuffix("·······"))
    desk.send(.timelineComplete(Desk.id(1), duration: MediaTime(milliseconds: 5000)))
    #expect(!desk.row(containing: " / 0:05.0", columns: 80, rows: 24).contains("·"))
  }

  @Test func framesOfAnotherClipOrOutOfOrderAreNotTaken() {
    var desk = Desk()
    desk.open(timeline: Desk.timeline(50, isComplete: false))
    let next = TimelineFrame(
      time: MediaTime(milliseconds: 5000), motion: 9, movedEighths: 0)
    desk.send(.timeline(Desk.id(2), next))
    #expect(desk.state.clip?.timeline.frames.count == 50)
    desk.send(.timeline(Desk.id(1), next))
    desk.send(.timeline(Desk.id(1), next))
    #expect(desk.state.clip?.timeline.frames.count == 51)
  }

  @Test func anUnknownPlaceIsNotShown() {
    var desk = Desk()
    desk.open(0)
    #expect(!desk.screen().contains("clip 0"))
  }

  @Test(arguments: [
    ("2026-01-14T22:15:30+01:00", "14 Jan 22:15"), ("2026-12-03T00:05Z", "3 Dec 00:05"),
    ("yesterday", "yesterday"), ("", ""), ("2026-13-14T22:15", "2026-13-14T22:15"),
  ])
  func datesAreWritten(text: String, words: String) {
    #expect(Words.date(text, Desk().state.texts) == words)
  }
}
