// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary

@testable import ReviewCore

/// A keymap that gives every action but the fixed ones another key.
private let moved: Keymap = {
  let free = Array("εζηθκλμνξπρστυφχψωбгджзилпцч")
  let movable = Action.allCases.filter { action in
    !Keymap.fixed.contains { $0.action == action }
  }
  precondition(movable.count <= free.count + 12)
  let keys = free.map(KeyPress.character) + KeyPress.functionKeys.map(KeyPress.function)
  return Keymap(Dictionary(uniqueKeysWithValues: zip(movable, keys.map { [$0] })))
}()

@Suite("A keymap of one's own") struct LiveKeymapTests {
  private func opened(_ keymap: Keymap = moved) -> Desk {
    var desk = Desk()
    desk.state.keymap = keymap
    desk.open()
    return desk
  }

  private func press(_ action: Action, _ desk: inout Desk) {
    for key in desk.state.keymap.keys(action).prefix(1) { desk.press(key) }
  }

  @Test func everyKeyDoesItsActionAndTheOldOneNothing() {
    for binding in moved.bindings {
      #expect(binding.keys.map(moved.action) == [binding.action])
      let old = Keymap.standard.keys(binding.action)
      let isFixed = Keymap.fixed.contains { $0.action == binding.action }
      #expect(old.map(moved.action) == [isFixed ? binding.action : nil])
    }
    var desk = opened()
    let before = desk.state.clip
    desk.type("yg-zumWj")
    #expect(desk.state.clip?.history == before?.history && desk.state.clip?.id == before?.id)
    press(.help, &desk)
    #expect(desk.state.mode == .help(page: 0))
  }

  @Test(arguments: [(60, 20), (80, 24), (120, 36), (200, 60)])
  func theKeyListHasItsKeysAlone(columns: Int, rows: Int) {
    var desk = opened()
    desk.send(.resized(CellSize(columns: columns, rows: rows)))
    press(.help, &desk)
    let screen = desk.readKeyList(columns, rows)
    for binding in moved.bindings {
      #expect(screen.contains(binding.name), "\(binding.name) at \(columns) × \(rows)")
    }
    for gone in ["enter commit", "tab  ", "del ", "↑ ↓", "h l", "j k"] {
      #expect(!screen.contains(gone), "\(gone) at \(columns) × \(rows)")
    }
  }

  @Test func whereTheScreenIsSmallAnyKeyTurnsThePage() {
    var desk = opened()
    desk.send(.resized(CellSize(columns: 60, rows: 20)))
    press(.help, &desk)
    #expect(desk.screen(60, 20).contains("any key next page   esc back"))
    #expect(!desk.screen(60, 20).contains("…"), "no word is cut")
    desk.type("x")
    #expect(desk.state.mode == .help(page: 1))
    #expect(
      desk.screen(60, 20).contains("Alarm level") && !desk.screen(60, 20).contains("next page"))
    desk.type("x")
    #expect(desk.state.mode == .review && desk.state.clip?.isWithdrawn == false)
    press(.help, &desk)
    desk.type("⎋")
    #expect(desk.state.mode == .review && !desk.state.isBlanked)
    // A screen that grew while it showed the last page has one only.
    press(.help, &desk)
    desk.type("x")
    desk.send(.resized(CellSize(columns: 80, rows: 24)))
    #expect(
      desk.screen(80, 24).contains("Alarm level") && desk.screen(80, 24).contains("any key back"))
    desk.type("x")
    #expect(desk.state.mode == .review)
  }

  @Test func hintsAndSentencesNameItsKeys() {
    var desk = opened()
    let hints = desk.screen(200, 60)
    for action in [Action.undo, .skip, .flag, .blank, .help, .nextMotion] {
      let hint = desk.state.keymap.name(action)
      #expect(hints.contains("\(hint) "), "\(action)")
    }
    press(.segment, &desk)
    #expect(desk.screen().contains("then \(moved.name(.segment)) where it begins"))
    press(.cycleSegments, &desk)
    #expect(desk.screen().contains("No segment yet: \(moved.name(.segment)) begins one"))
    press(.removeSegment, &desk)
    #expect(desk.screen().contains("Select a segment first: \(moved.name(.cycleSegments))"))
    press(.flag, &desk)
    #expect(
      desk.screen().contains(
        "\(moved.name(.undo)) takes it back (60 s), \(moved.name(.nextDue)) goes on"))
    press(.leave, &desk)
    #expect(desk.screen().contains("q leaves; drafts are kept"))
  }

  @Test func nothingDueNamesItsKeys() {
    var desk = Desk()
    desk.state.keymap = moved
    desk.send(.nothingDue(WorklistCounts()))
    #expect(
      desk.screen().contains(
        "\(moved.name(.nextDue)) looks again, \(moved.name(.worklist)) opens the worklist"))
  }

  @Test func screensOverTheClipAreLeftByTheirOwnKey() {
    var desk = opened()
    for action in [Action.worklist, .contactSheet, .view] {
      press(action, &desk)
      #expect(desk.state.mode != .review, "\(action)")
      press(action, &desk)
      #expect(desk.state.mode == .review, "\(action)")
      desk.wait(1000)
    }
  }

  @Test func aBlankedGlassReturnsBySpaceWhateverIsBound() {
    var desk = opened(Keymap([.pause: [.function(1), .character(" ")]]))
    desk.press(.escape)
    #expect(desk.state.isBlanked)
    #expect(desk.screen().contains("space returns"))
    desk.press(.function(1))
    #expect(desk.state.isBlanked)
    desk.press(.character(" "))
    #expect(!desk.state.isBlanked)
  }

  @Test func aSecondKeyDoesTheSame() {
    var desk = opened(Keymap([.nextMotion: [.pageDown, .character("w")]]))
    #expect(desk.screen(200, 60).contains("pgdn next motion"))
    let start = desk.state.clip?.time
    desk.type(" w")
    #expect(desk.state.clip?.time != start)
    desk.type("?")
    #expect(desk.screen(120, 36).contains("pgdn  next motion (w)"))
  }
}

@Suite("Caps Lock") struct CapsLockTests {
  @Test func twoCapitalsOfLabelsAreNoticedAndDoNothing() {
    var desk = Desk()
    desk.open()
    let before = desk.state.clip?.history
    #expect(desk.type("P").isEmpty)
    #expect(!desk.screen().contains("Caps Lock"))
    #expect(desk.type("N").isEmpty)
    #expect(desk.screen().contains("Caps Lock? Labels are small letters"))
    #expect(desk.state.clip?.history == before)
    #expect(desk.type("C").isEmpty && desk.state.mode == .review)
    #expect(desk.screen().contains("Caps Lock?"))
  }

  @Test func oneSlipIsNone() {
    var desk = Desk()
    desk.open()
    desk.type("P,N")
    #expect(!desk.screen().contains("Caps Lock"))
    desk.type("pN")
    #expect(!desk.screen().contains("Caps Lock"))
  }
}
