// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary

@testable import ReviewCore

@Suite("The view menu") struct ViewMenuTests {
  private func opened() -> Desk {
    var desk = Desk()
    desk.state.pictureKinds = [.sixel, .quadrant, .half]
    desk.state.setting.kind = .sixel
    desk.open()
    return desk
  }

  private func isMenu(_ desk: Desk) -> Bool {
    if case .view = desk.state.mode { true } else { false }
  }

  @Test func theClipGoesOnUnderIt() {
    var desk = opened()
    desk.type("E")
    #expect(isMenu(desk) && desk.state.picture == .frames)
    #expect(desk.state.clip?.player.isPlaying == true)
    desk.type(" ")
    #expect(desk.state.clip?.player.isPlaying == false && isMenu(desk))
  }

  @Test func theWayToDrawGoesRoundThoseOffered() {
    var desk = opened()
    desk.type("E")
    #expect(desk.type("→") == [.usePicture(.quadrant)])
    #expect(desk.screen().contains("quadrants"))
    #expect(desk.type("→→") == [.usePicture(.half), .usePicture(.sixel)])
    #expect(desk.type("←") == [.usePicture(.half)])
    #expect(desk.type("⏎").isEmpty && desk.state.setting.kind == .half)
  }

  @Test func escTakesEverythingBackAndEnterKeepsIt() {
    var desk = opened()
    let before = desk.state.setting
    #expect(desk.type("E→↓→⎋") == [.usePicture(.quadrant), .usePicture(.sixel)])
    #expect(desk.state.setting == before && desk.state.mode == .review && !desk.state.isBlanked)
    desk.type("E↓→↓↓→→↓←⏎")
    #expect(desk.state.mode == .review)
    #expect(desk.state.setting.adjustment.drawing == .grey)
    #expect(desk.state.setting.adjustment.brightness == 2)
    #expect(desk.state.setting.adjustment.contrast == -1)
    #expect(desk.row(containing: "view:").contains("grey, brightness +2, contrast -1"))
    desk.type("Er⏎")
    #expect(desk.state.setting == before && !desk.screen().contains("view:"))
  }

  @Test func stepsEndAtTheirBoundsAndZoomDoesNotGoRound() {
    var desk = opened()
    desk.type("E↑↑→→→→→→→→→")
    #expect(desk.state.setting.adjustment.gamma == 5)
    desk.type("↑↑↑→→→→")
    #expect(desk.state.setting.adjustment.zoom == .fourfold)
    desk.type("←←←←")
    #expect(desk.state.setting.adjustment.zoom == .whole)
  }

  @Test func panningOwnsTheArrowsAndStaysInThePicture() {
    var desk = opened()
    desk.type("E↓↓p")
    #expect(isMenu(desk))
    desk.type("→p")
    guard case .pan = desk.state.mode else {
      Issue.record("not panning")
      return
    }
    desk.type("→→→→→→→→→→↑↑↑↑↑↑↑↑↑↑")
    #expect(desk.state.setting.adjustment.centreX == 768)
    #expect(desk.state.setting.adjustment.centreY == 256)
    #expect(desk.state.picture == .frames)
    desk.type("⎋")
    #expect(isMenu(desk) && desk.state.setting.adjustment.centreX == 512)
    desk.type("p←⏎⏎")
    #expect(desk.state.setting.adjustment.centreX == 512 - 64 && desk.state.mode == .review)
    // The next clip shows whole; its tones stay.
    desk.open(2)
    #expect(desk.state.setting.adjustment.zoom == .whole)
    #expect(desk.state.setting.adjustment.centreX == 512)
  }

  @Test(arguments: ["E", "E↓↓→p", "G"]) func sensitiveLeavesItAtOnce(keys: String) {
    var desk = opened()
    desk.type(keys)
    #expect(Desk.changes(desk.type("X")) == [.flag])
    #expect(desk.state.mode == .review && desk.state.picture == .solid)
    #expect(
      desk.state.finestFrost == .solid
        && view(desk.state, .init(columns: 120, rows: 36)).thumbnails.isEmpty)
    // Neither opens on a clip that is shut.
    desk.type("EG")
    #expect(desk.state.mode == .review && desk.state.picture == .solid)
  }

  @Test(arguments: ["E", "E↓↓→p", "G"]) func aClosedClipLeavesIt(keys: String) {
    var desk = opened()
    desk.type(keys)
    desk.send(.clipClosed(Desk.id(1), Notice("withdrawn")))
    #expect(desk.state.mode == .review && desk.state.picture == .solid)
    desk = opened()
    desk.type(keys)
    desk.send(.clipFailed(Desk.id(1), sentence: "It cannot be played."))
    #expect(desk.state.mode == .review && desk.state.picture == .none)
    desk = opened()
    desk.type(keys + "Q")
    #expect(desk.state.lock != nil && desk.state.mode == .review)
  }

  @Test func aHeldEnterDoesNotCommit() {
    var desk = opened()
    desk.type("p2")
    desk.type("E")
    for _ in 0..<5 {
      desk.press(.enter, after: 40)
      #expect(desk.effects.isEmpty)
    }
    desk.press(.enter, after: 800)
    #expect(desk.changes == [.commit])
  }

  @Test(arguments: [(60, 20), (80, 24), (120, 36), (200, 60)])
  func itShowsWhatIsSelected(columns: Int, rows: Int) {
    var desk = opened()
    desk.type("E")
    #expect(desk.screen(columns, rows).contains("← sixel →"))
    desk.type("↓↓")
    #expect(desk.screen(columns, rows).contains("← 1× →"))
    let hints = desk.rows(columns, rows).last ?? ""
    #expect(hints.contains("← → change") && hints.contains("enter keep"))
  }
}
