// SPDX-License-Identifier: Apache-2.0

import Foundation
import Vocabulary
import Testing

@testable import ReviewCore

@Suite("The mouse") struct PointerTests {
  /// Clicks on the first cell where that text stands, as the session does.
  private func click(
    _ text: String, _ desk: inout Desk, _ columns: Int, _ rows: Int, offset: Int = 0
  ) {
    let shown = view(desk.state, CellSize(columns: columns, rows: rows))
    let lines = desk.screen(columns, rows).split(separator: "\n", omittingEmptySubsequences: false)
    for (row, line) in lines.enumerated() {
      guard let range = line.range(of: text) else { continue }
      let column = line.distance(from: line.startIndex, to: range.lowerBound) + offset
      return point(shown.target(.click(column: column, row: row)), &desk)
    }
    Issue.record("\(text) is not on the screen")
  }

  private func point(_ target: PointerTarget?, _ desk: inout Desk) {
    desk.effects = []
    guard let target else { return }
    desk.now += 150
    desk.send(
      .pointer(
        target, nowMilliseconds: desk.now, wallMilliseconds: 1_790_000_000_000 + desk.now))
  }

  @Test(arguments: [(120, 36, "v vehicle"), (80, 24, "v veh"), (60, 20, "v")])
  func aClickOnALabelIsItsKey(columns: Int, rows: Int, text: String) {
    var clicked = Desk()
    clicked.open()
    var typed = clicked
    click(text, &clicked, columns, rows)
    typed.type("v")
    #expect(clicked.state.clip?.history.draft.terms[TermID("vehicle")] != nil)
    #expect(clicked.state.clip?.history.draft == typed.state.clip?.history.draft)
  }

  @Test(arguments: [(120, 36), (80, 24), (60, 20), (200, 60)])
  func everyLabelCanBeClicked(columns: Int, rows: Int) {
    var desk = Desk()
    desk.open()
    let shown = view(desk.state, CellSize(columns: columns, rows: rows))
    var keys: Set<Character> = []
    for row in 0..<rows {
      for column in 0..<columns {
        guard case .label(let key)? = shown.target(.click(column: column, row: row)) else {
          continue
        }
        keys.insert(key)
        let isThere = (0..<columns).contains {
          shown.grid[$0, row].glyph == key.unicodeScalars.first
        }
        #expect(isThere, "\(key) at \(column), \(row)")
      }
    }
    #expect(keys == Set(taxonomy.terms.map(\.key) + [taxonomy.cannotJudgeKey]))
  }

  @Test(arguments: [(120, 36), (80, 24), (60, 20)])
  func aClickOnTheTimeLineSeeksToWhatIsUnderIt(columns: Int, rows: Int) throws {
    var desk = Desk()
    desk.open()
    desk.type(" ")
    let layout = try #require(Layout(CellSize(columns: columns, rows: rows), taxonomy))
    let shown = view(desk.state, layout.size)
    let bar = layout.sparkline
    for column in bar.column..<bar.column + bar.size.columns {
      for row in [layout.timelineRow, layout.laneRow] {
        point(shown.target(.click(column: column, row: row)), &desk)
        let clip = try #require(desk.state.clip)
        #expect(layout.column(of: clip.time, duration: clip.timeline.duration) == column)
      }
    }
    #expect(shown.target(.click(column: bar.column - 1, row: layout.timelineRow)) == nil)
  }

  @Test func theWheelStepsASecond() {
    var desk = Desk()
    desk.open()
    desk.type(" ")
    let start = desk.state.clip?.time ?? .zero
    let shown = view(desk.state, CellSize(columns: 120, rows: 36))
    point(shown.target(.wheelDown), &desk)
    #expect(desk.state.clip?.time == start + MediaTime(milliseconds: 1000))
    point(shown.target(.wheelUp), &desk)
    point(shown.target(.wheelUp), &desk)
    #expect(desk.state.clip?.time == max(.zero, start + MediaTime(milliseconds: -1000)))
  }

  @Test(arguments: ["⎋", "?", "/", "q", "E", "G", "R", "c"])
  func nothingElseListens(keys: String) {
    var desk = Desk()
    desk.open()
    desk.type(" " + keys)
    let before = desk.state
    for target in [PointerTarget.label("v"), .label("1"), .time(.zero), .seconds(1)] {
      point(target, &desk)
      #expect(desk.effects.isEmpty && desk.state.mode == before.mode)
      #expect(desk.state.clip?.history == before.clip?.history)
      #expect(desk.state.clip?.time == before.clip?.time)
    }
  }

  @Test func lyingReportsMeanNothing() {
    var desk = Desk()
    let empty = view(desk.state, CellSize(columns: 0, rows: 0))
    desk.open()
    let shown = view(desk.state, CellSize(columns: 80, rows: 24))
    for (column, row) in [(-1, -1), (9998, 9998), (.max, .max), (.min, .min), (80, 0), (0, 24)] {
      #expect(shown.target(.click(column: column, row: row)) == nil)
      #expect(empty.target(.click(column: column, row: row)) == nil)
    }
    for report in [
      "", ";;", "0;0;1", "0;1;0", "0;1", "0;1;1;1", "0;-1;1", "0;1;99999", "1;1;1", "32;1;1",
      "35;1;1", "4;1;1", "66;1;1", "0;１;1", "0; 1;1", "18446744073709551616;1;1",
    ] {
      #expect(PointerAct(report: report) == nil, "\(report)")
    }
    #expect(PointerAct(report: "0;1;1") == .click(column: 0, row: 0))
    #expect(PointerAct(report: "65;9999;9999") == .wheelDown)
  }
}
