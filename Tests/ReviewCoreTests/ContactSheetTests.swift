// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing
import Vocabulary

@testable import ReviewCore

@Suite("The contact sheet") struct ContactSheetTests {
  private func sheet(_ desk: Desk) -> ContactSheet? {
    if case .contactSheet(let sheet) = desk.state.mode { sheet } else { nil }
  }

  @Test func itHoldsThePeaksAndFillsTheGaps() throws {
    var desk = Desk()
    desk.open()
    desk.type("G")
    let sheet = try #require(self.sheet(desk))
    let times = sheet.moments.map(\.time)
    #expect(times.count == 9 && times == times.sorted() && Set(times).count == 9)
    #expect(times.contains(MediaTime(milliseconds: 3000)))
    #expect(times.contains(MediaTime(milliseconds: 7000)))
    #expect(sheet.moments.allSatisfy { $0.time.microseconds == Int64($0.frame) * 100_000 })
  }

  @Test func theHighestPeaksGoFirst() throws {
    // Twelve peaks, two seconds apart, the later the higher.
    var timeline = Timeline(expectedDuration: MediaTime(milliseconds: 26_000))
    for index in 0..<260 {
      let motion = index % 20 == 10 ? 2000 + index * 10 : 0
      _ = timeline.append(
        TimelineFrame(
          time: MediaTime(milliseconds: Int64(index) * 100), motion: motion, movedEighths: 0))
    }
    let motion = MotionProfile(frames: timeline.frames)
    let sheet = try #require(ContactSheet(timeline, motion, at: MediaTime(milliseconds: 20_000)))
    #expect(sheet.moments.map(\.frame) == (4..<13).map { $0 * 20 + 10 })
    #expect(
      sheet.moments[sheet.selection].frame == 190 || sheet.moments[sheet.selection].frame == 210)
  }

  @Test func itIsWholeForAnyLength() throws {
    var random = SeededGenerator(seed: 5)
    #expect(ContactSheet(Timeline(expectedDuration: .zero), .none, at: .zero) == nil)
    for count in [1, 2, 3, 8, 9, 10, 50] {
      var timeline = Timeline(expectedDuration: MediaTime(milliseconds: 10_000))
      for index in 0..<count {
        _ = timeline.append(
          TimelineFrame(
            time: MediaTime(milliseconds: Int64(index) * 40),
            motion: Int.random(in: 0...4000, using: &random), movedEighths: 0))
      }
      let sheet = try #require(
        ContactSheet(timeline, MotionProfile(frames: timeline.frames), at: .zero))
      #expect(sheet.moments.count <= min(9, count) && !sheet.moments.isEmpty)
      #expect(sheet.moments.indices.contains(sheet.selection))
      #expect(Set(sheet.moments).count == sheet.moments.count)
      #expect(sheet.moments.allSatisfy { $0.frame < count })
    }
  }

  @Test func aDigitJumpsAndTheClipPlaysOn() throws {
    var desk = Desk()
    desk.open()
    desk.type("G")
    #expect(desk.state.clip?.player.isPlaying == false && desk.state.picture == .none)
    let wanted = try #require(sheet(desk)).moments[4]
    #expect(desk.type("5").isEmpty)
    #expect(desk.state.mode == .review && desk.state.clip?.playhead == wanted)
    #expect(desk.state.clip?.player.isPlaying == true)
    // Held down, the digit must not set a level.
    desk.press(.character("5"), after: 40)
    desk.press(.character("5"), after: 40)
    #expect(desk.setTerms.isEmpty)
  }

  @Test func arrowsChooseEnterJumpsEscGoesBack() throws {
    var desk = Desk()
    desk.open()
    desk.type(" hhhG")
    let time = desk.state.clip?.time
    desk.type("↑↑↑←←←")
    #expect(try #require(sheet(desk)).selection == 0)
    desk.type("↓→→")
    let selected = try #require(sheet(desk))
    #expect(selected.selection == 5)
    desk.type("⎋")
    #expect(desk.state.mode == .review && !desk.state.isBlanked && desk.state.clip?.time == time)
    desk.type("G")
    desk.type("↓↓↓↓→→→→⏎")
    #expect(desk.state.clip?.playhead == selected.moments.last)
    #expect(desk.state.clip?.player.isPlaying == false)
    #expect(desk.type("G9").isEmpty && desk.state.mode == .review)
  }

  @Test(arguments: [(60, 20), (80, 24), (120, 36), (200, 60)])
  func ninePicturesWithTheirTimes(columns: Int, rows: Int) throws {
    var desk = Desk()
    desk.open()
    desk.type("G")
    let view = view(desk.state, CellSize(columns: columns, rows: rows))
    #expect(view.pane == nil && view.thumbnails.count == 9)
    #expect(view.thumbnails.allSatisfy { $0.clip == Desk.id(1) && $0.moment != nil })
    #expect(view.thumbnails.allSatisfy { $0.rect.size.columns >= 16 && $0.rect.size.rows >= 4 })
    let screen = desk.screen(columns, rows)
    #expect(screen.contains("frosted") && screen.contains("0:03.0") && screen.contains("0:07.0"))
    #expect((desk.rows(columns, rows).last ?? "").contains("1–9 go there"))
  }
}
