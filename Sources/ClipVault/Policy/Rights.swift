// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// Who may do what: one table, command by role.
///
/// Some commands need nobody's name. `demo`, `init` and `trust` come before there is anyone to ask;
/// `manifest new` describes a folder of clips and touches no vault;
/// `doctor` and `audit verify` tell what everybody may know, from public keys; `housekeeping` and
/// `notices apply` carry out what was decided and signed before, and must not wait for a passphrase:
/// a clip that is due goes even when no lead is at hand.
package enum Rights {
  /// One row of the table.
  package struct Entry: Hashable, Sendable {
    /// Who may; empty where nobody's name is needed.
    package let roles: Set<Role>
    /// Whether the person has to be the founding lead.
    package var founderOnly = false
    /// How far the right goes, in words; empty where it is whole.
    package var note = ""

    /// Whether anybody who can run Milkglass may.
    package var needsNobody: Bool { roles.isEmpty }
  }

  /// What `audit show` tells.
  package enum AuditView: Hashable, Sendable {
    /// The person's own events.
    case own
    /// Totals of the team.
    case totals
    /// Every event, people by their pseudonyms.
    case everything
  }

  /// The row of a command.
  package static func entry(_ command: VaultCommand) -> Entry {
    switch command {
    case .demo, .initialise, .trust, .doctor, .manifestNew, .housekeeping, .noticesApply,
      .auditVerify:
      Entry(roles: [])
    case .personAdd, .personRemove, .personReset:
      Entry(roles: [.lead], founderOnly: true, note: "the founding lead")
    case .personPassphrase: Entry(roles: everybody, note: "one's own")
    case .review: Entry(roles: [.reviewer], note: "clips leased to oneself, one's own labels")
    case .desk:
      Entry(
        roles: [.lead, .auditor],
        note: "lead: disputes, flags, totals; auditor: the log; both: receipts")
    case .auditShow:
      Entry(
        roles: everybody,
        note: "reviewer: own events; lead: totals of the team; auditor: pseudonyms")
    case .personList, .policyShow, .policyVerify: Entry(roles: [.lead, .auditor])
    case .auditCheckpoint, .auditReceipts: Entry(roles: [.lead, .auditor])
    case .flaggedRestore, .hold: Entry(roles: [.lead], note: "not on one's own flags")
    case .policyEdit, .policySign, .consentCheck, .consentSign, .consentWithdraw, .ingest,
      .labelsExport, .flaggedList, .erase, .rekey, .noticesNew:
      Entry(roles: [.lead])
    }
  }

  private static let everybody: Set<Role> = [.reviewer, .lead, .auditor]

  /// Whether someone with these roles may; `isFounder` tells whether it is the founding lead.
  package static func allows(
    _ command: VaultCommand, _ roles: Set<Role>, isFounder: Bool = false
  ) -> Bool {
    let entry = entry(command)
    if entry.needsNobody { return true }
    return !entry.roles.isDisjoint(with: roles) && (!entry.founderOnly || isFounder)
  }

  /// Refuses what a person of a vault may not do.
  package static func demand(
    _ command: VaultCommand, of person: Person, in people: People
  ) throws(VaultError) {
    let isFounder = person.name == people.founderName
    guard !allows(command, person.roles, isFounder: isFounder) else { return }
    throw .rights(
      RightsDefect(
        command: command, name: person.name, roles: person.roles, founder: people.founderName))
  }

  /// What `audit show` tells someone: the widest of what their roles allow, own events being the
  /// least; a lead sees totals and no other person's events.
  package static func auditView(_ roles: Set<Role>) -> AuditView {
    if roles.contains(.auditor) { return .everything }
    return roles.contains(.lead) ? .totals : .own
  }

  /// The table as the manual shows it, in Markdown.
  package static var markdown: String {
    var text = "| Command | reviewer | lead | auditor | |\n|---|---|---|---|---|\n"
    for command in VaultCommand.allCases {
      let entry = entry(command)
      let marks = [Role.reviewer, .lead, .auditor].map { role in
        entry.needsNobody || entry.roles.contains(role) ? "yes" : "–"
      }
      let note = entry.needsNobody ? "needs nobody's name" : entry.note
      text += "| `\(command.rawValue)` | \(marks.joined(separator: " | ")) | \(note) |\n"
    }
    return text
  }
}

/// Somebody may not do something.
package struct RightsDefect: Error, Hashable, Sendable {
  /// What was to be done.
  package let command: VaultCommand
  /// Who wanted it.
  package let name: String
  /// What they are.
  package let roles: Set<Role>
  /// The founding lead's name.
  package let founder: String

  /// What to tell a person: who they are, what they may not, and who may.
  package var sentence: String {
    let entry = Rights.entry(command)
    let own = Self.words(roles, " and ")
    let who = entry.founderOnly ? "the founding lead, \(founder)" : Self.words(entry.roles, " or ")
    return "\(name) is \(own) here and may not run `milkglass \(command.rawValue)`; ask \(who)."
  }

  private static func words(_ roles: Set<Role>, _ joint: String) -> String {
    roles.sorted().map { ($0 == .auditor ? "an " : "a ") + $0.rawValue }.joined(separator: joint)
  }
}
