// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
internal import ClipVault
internal import ReviewCore
package import Vocabulary
internal import Words

/// What a desk is opened with.
package struct DeskSettings: Sendable {
  /// The vault, who sits there, and at which terminal.
  package let entry: VaultEntry
  package let theme: Theme
  /// What the screen speaks.
  package let language: Language

  /// Makes settings.
  package init(entry: VaultEntry, theme: Theme, language: Language) {
    self.entry = entry
    self.theme = theme
    self.language = language
  }
}

extension DeskTab {
  /// The tabs that these roles open, as the table of rights has it.
  static func allowed(_ roles: Set<Role>) -> [DeskTab] {
    allCases.filter { tab in
      switch tab {
      // Who decides on flags decides on verdicts, and sees the team's totals.
      case .disputed, .flagged, .team: Rights.allows(.flaggedRestore, roles)
      case .log: Rights.auditView(roles) == .everything
      case .receipts: Rights.allows(.auditReceipts, roles)
      }
    }
  }
}

extension DeskState {
  /// A desk's state before anything is read.
  init(
    _ settings: DeskSettings, _ person: Person, nowMilliseconds: Int64, wallMilliseconds: Int64
  ) {
    let vault = settings.entry.vault
    let texts = Words.texts(settings.language)
    self.init(
      texts: texts, taxonomy: vault.taxonomy.spoken(texts),
      person: DeskPerson(
        name: ReviewerID(person.name), seat: settings.entry.seat, roles: person.roles,
        tabs: DeskTab.allowed(person.roles)),
      vaultNote: vault.hasOpenPeople ? texts(TopPhrase.noPassphrases) : "",
      logKinds: AuditKind.allCases.map(\.rawValue), nowMilliseconds: nowMilliseconds,
      wallMilliseconds: wallMilliseconds)
  }
}
