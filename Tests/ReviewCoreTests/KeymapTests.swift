// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary

@testable import ReviewCore

@Suite struct KeymapTests {
  @Test func everyPrintableKeyIsReserved() {
    for binding in Keymap.standard.bindings {
      if case .character(let key) = binding.keys[0] {
        #expect(ReservedKeys.actions[key] != nil, "\(key) must be reserved")
      }
    }
  }

  @Test func everyActionHasOneKeyAndEveryKeyOneAction() {
    #expect(Set(Keymap.standard.bindings.map(\.action)) == Set(Action.allCases))
    #expect(Set(Keymap.standard.bindings.flatMap(\.keys)).count == Action.allCases.count)
    for binding in Keymap.standard.bindings {
      #expect(binding.keys.map(Keymap.standard.action) == [binding.action])
    }
  }

  @Test func noLabelTakesAKeyNorItsCapital() {
    let labels = taxonomy.terms.map(\.key) + [taxonomy.cannotJudgeKey]
    for label in labels {
      #expect(Keymap.standard.action(.character(label)) == nil)
      for capital in label.uppercased() where capital != label {
        #expect(Keymap.standard.action(.character(capital)) == nil)
      }
    }
  }

  @Test(arguments: ["x", "Z"])
  func whatIsNotBuiltIsNeitherBoundNorShown(key: Character) {
    #expect(Keymap.standard.action(.character(key)) == nil)
    var desk = Desk()
    desk.open()
    let before = desk.state.clip
    #expect(desk.type(String(key)).isEmpty)
    #expect(desk.state.clip?.history == before?.history)
    #expect(desk.state.mode == .review)
  }

  @Test(arguments: [(60, 20), (80, 24), (120, 36), (200, 60)])
  func helpShowsEveryKey(columns: Int, rows: Int) {
    var desk = Desk()
    desk.open()
    desk.send(.resized(CellSize(columns: columns, rows: rows)))
    desk.type("?")
    let screen = desk.readKeyList(columns, rows)
    for binding in Keymap.standard.bindings {
      #expect(screen.contains(binding.name), "\(binding.name) at \(columns) × \(rows)")
    }
    for term in taxonomy.terms {
      #expect(
        screen.contains("\(term.key)     \(term.name.prefix(5))"),
        "\(term.name) at \(columns) × \(rows)")
    }
  }
}
