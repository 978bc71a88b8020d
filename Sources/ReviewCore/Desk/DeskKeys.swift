// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The keys of a desk, as the hint line and the help name them.
enum DeskKeys {
  struct Key {
    let name: String
    /// A word or two.
    let hint: DeskPhrase
    /// The same, where there is room.
    let meaning: DeskPhrase

    init(_ name: String, _ hint: DeskPhrase, _ meaning: DeskPhrase? = nil) {
      self.name = name
      self.hint = hint
      self.meaning = meaning ?? hint
    }
  }

  struct Group {
    let title: DeskPhrase
    let keys: [Key]
  }

  private static let everywhere = [
    Key("tab", .keyTab), Key("j k ↓ ↑", .keyMove), Key("pgdn pgup", .keyPage),
    Key("g G", .keyEnds, .keyEndsMeaning), Key("q", .keyLeave), Key("?", .keyHelp),
  ]

  private static func own(_ tab: DeskTab) -> [Key] {
    switch tab {
    case .disputed:
      [
        Key("1 2", .keyDecide, .keyDecideMeaning), Key("u", .keyTakeBack, .keyTakeBackMeaning),
      ]
    case .flagged:
      [
        Key("r", .keyRestore, .keyRestoreMeaning), Key("e", .keyErase, .keyEraseMeaning),
      ]
    case .team: [Key("← →", .keyWindow)]
    case .log:
      [
        Key("/", .keyFilter, .keyFilterMeaning), Key(":", .keyJump, .keyJumpMeaning),
        Key("v", .keyVerify, .keyVerifyMeaning),
      ]
    case .receipts: [Key("← →", .keyScroll)]
    }
  }

  /// The keys that matter now, the most needed ones first; the last is never left out.
  static func hints(_ state: DeskState) -> [Key] {
    if state.isHelpShown { return [Key("?", .keyBack)] }
    if state.prompt != nil { return [Key("enter", .keyGo), Key("esc", .keyBack)] }
    if state.flags.asking != nil { return [Key("y", .keyErase), Key("esc", .keyKeep)] }
    let tab = state.person.tabs.count > 1 ? [Key("tab", .keyTab)] : []
    return own(state.tab) + [Key("j k", .keyMove)] + tab + [
      Key("q", .keyLeave), Key("?", .keyHelp),
    ]
  }

  /// All keys, tab by tab.
  static func groups(_ tabs: [DeskTab]) -> [Group] {
    tabs.map { Group(title: $0.title, keys: own($0)) }
      + [Group(title: .everywhere, keys: everywhere)]
  }
}
