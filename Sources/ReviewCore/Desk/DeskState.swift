// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// What a lead or an auditor types into a line.
package struct DeskPrompt: Hashable, Sendable {
  /// What it is for.
  package enum Kind: Hashable, Sendable {
    /// Which events of the log to show.
    case filter
    /// The number or the date of an event to go to.
    case jump
  }

  package let kind: Kind
  package internal(set) var line: LineEditor
  /// Whether `Enter` found no filter or place in it; the next key begins again.
  package internal(set) var isWrong = false

  /// Starts behind a text, to be changed.
  init(_ kind: Kind, _ text: String = "") {
    self.kind = kind
    line = LineEditor(text, limit: 120)
  }
}

/// Who sits at a desk, and what they may see there.
package struct DeskPerson: Hashable, Sendable {
  package let name: ReviewerID
  package let seat: String
  package let roles: Set<Role>
  package let tabs: [DeskTab]

  /// Names a person; `tabs` are those that their roles allow, in the order shown.
  package init(name: ReviewerID, seat: String, roles: Set<Role>, tabs: [DeskTab]) {
    self.name = name
    self.seat = seat
    self.roles = roles
    self.tabs = tabs
  }
}

/// Everything that the lead's and the auditor's screen shows.
package struct DeskState: Hashable, Sendable {
  package let texts: Texts
  package let taxonomy: Taxonomy
  package let person: DeskPerson
  /// What every screen says of the vault; empty where there is nothing to say.
  package let vaultNote: String
  /// The kinds of events that the log may have, in its own words.
  package let logKinds: [String]
  package internal(set) var tab: DeskTab
  package internal(set) var isHelpShown = false
  package internal(set) var prompt: DeskPrompt?
  package internal(set) var notice: Notice?
  package internal(set) var disputes = DisputeList()
  package internal(set) var flags = FlagList()
  package internal(set) var team = TeamBoard()
  package internal(set) var log = LogBrowser()
  package internal(set) var receipts = ReceiptList()
  /// Wall clock, milliseconds since 1970; never before what the log has seen.
  package internal(set) var wallMilliseconds: Int64
  var refreshesAtMilliseconds: Int64

  /// How often what others change meanwhile is looked at.
  static let refreshMilliseconds: Int64 = 4000

  /// A desk before anything is read; shows the first of the person's tabs.
  package init(
    texts: Texts, taxonomy: Taxonomy, person: DeskPerson, vaultNote: String, logKinds: [String],
    nowMilliseconds: Int64, wallMilliseconds: Int64
  ) {
    self.texts = texts
    self.taxonomy = taxonomy
    self.person = person
    self.vaultNote = vaultNote
    self.logKinds = logKinds
    self.wallMilliseconds = wallMilliseconds
    tab = person.tabs.first ?? .receipts
    refreshesAtMilliseconds = nowMilliseconds + Self.refreshMilliseconds
  }

  /// Opens the first tab, and has the counts beside the others' names read.
  package mutating func start() -> [DeskEffect] {
    let own = open(tab)
    let lists: [DeskEffect] = person.tabs.compactMap {
      switch $0 {
      case .disputed: .loadDisputes
      case .flagged: .loadFlags
      case .team, .log, .receipts: nil
      }
    }
    return own + lists.filter { !own.contains($0) }
  }

  /// Opens a tab; what it has to read.
  mutating func open(_ tab: DeskTab) -> [DeskEffect] {
    self.tab = tab
    notice = nil
    flags.asking = nil
    switch tab {
    case .disputed: return [.loadDisputes]
    case .flagged: return [.loadFlags]
    case .team: return [.loadTeam]
    case .log: return log.isFresh ? [.loadLog(log.ask(.number(.max), isOlder: true))] : []
    case .receipts: return [.loadReceipts]
    }
  }
}
