// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Vocabulary

@testable import ClipVault

@Suite struct RightsTests {
  /// The whole table; F: only the founding lead.
  private static let table = """
    demo: yes yes yes
    init: yes yes yes
    trust: yes yes yes
    doctor: yes yes yes
    person add: no yes no F
    person remove: no yes no F
    person reset: no yes no F
    person passphrase: yes yes yes
    person list: no yes yes
    policy show: no yes yes
    policy verify: no yes yes
    policy edit: no yes no
    policy sign: no yes no
    manifest new: yes yes yes
    consent check: no yes no
    consent sign: no yes no
    consent withdraw: no yes no
    ingest: no yes no
    review: yes no no
    desk: no yes yes
    labels export: no yes no
    flagged list: no yes no
    flagged restore: no yes no
    hold: no yes no
    erase: no yes no
    housekeeping: yes yes yes
    rekey: no yes no
    notices new: no yes no
    notices apply: yes yes yes
    audit show: yes yes yes
    audit verify: yes yes yes
    audit checkpoint: no yes yes
    audit receipts: no yes yes
    """

  private struct Row {
    let command: VaultCommand
    /// By reviewer, lead, auditor.
    let allowed: [Role: Bool]
    let founderOnly: Bool
  }

  private static func rows() throws -> [Row] {
    try table.split(separator: "\n").map { line in
      let parts = line.split(separator: ": ")
      let words = parts[1].split(separator: " ").map(String.init)
      let command = try #require(VaultCommand(rawValue: String(parts[0])))
      let allowed: [Role: Bool] = [
        .reviewer: words[0] == "yes", .lead: words[1] == "yes", .auditor: words[2] == "yes",
      ]
      return Row(command: command, allowed: allowed, founderOnly: words.count > 3)
    }
  }

  @Test func everyCommandAsEveryRole() throws {
    let rows = try Self.rows()
    #expect(rows.map(\.command) == VaultCommand.allCases)
    for row in rows {
      for role in Role.allCases {
        let expected = row.allowed[role] == true
        let plain = Rights.allows(row.command, [role])
        #expect(plain == (expected && !row.founderOnly), "\(row.command.rawValue) as \(role)")
        let founding = Rights.allows(row.command, [role], isFounder: true)
        #expect(founding == expected, "\(row.command.rawValue) as founding \(role)")
      }
      let needsNobody = Rights.entry(row.command).needsNobody
      #expect(Rights.allows(row.command, []) == needsNobody)
      let everybody = row.allowed.values.allSatisfy { $0 }
      if needsNobody { #expect(everybody) }
    }
  }

  @Test func theManualsTableHasEveryRow() {
    let lines = Rights.markdown.split(separator: "\n")
    #expect(lines.count == VaultCommand.allCases.count + 2)
    #expect(lines.contains("| `person add` | – | yes | – | the founding lead |"))
    #expect(lines.contains("| `housekeeping` | yes | yes | yes | needs nobody's name |"))
    #expect(lines.contains("| `erase` | – | yes | – |  |"))
  }

  @Test func whoMayNotIsToldWhoMay() throws {
    let folder = try TemporaryFolder()
    let vault = try Vault.forTests(in: folder)
    let now = try vault.peopleEditor().add(
      "lena", roles: [.lead, .reviewer], passphrase: .words("x"))
    let lena = try #require(now.people["lena"])
    let ada = try #require(now.people["ada"])
    #expect(throws: Never.self) { try Rights.demand(.erase, of: lena, in: now.people) }
    #expect(throws: Never.self) { try Rights.demand(.personAdd, of: ada, in: now.people) }
    let founder = #expect(throws: VaultError.self) {
      try Rights.demand(.personAdd, of: lena, in: now.people)
    }
    #expect(
      founder?.sentence
        == "lena is a lead and a reviewer here and may not run `milkglass person add`; ask the "
        + "founding lead, ada.")
    #expect(founder?.exitCode == 77)
    let auditor = Person(
      name: "audrey", roles: [.auditor], recipient: lena.recipient, signer: lena.signer)
    let review = #expect(throws: VaultError.self) {
      try Rights.demand(.review, of: auditor, in: now.people)
    }
    #expect(
      review?.sentence
        == "audrey is an auditor here and may not run `milkglass review`; ask a reviewer.")
  }

  @Test func auditorsSeeEverythingLeadsTotalsReviewersTheirOwn() {
    #expect(Rights.auditView([.auditor]) == .everything)
    #expect(Rights.auditView([.lead]) == .totals)
    #expect(Rights.auditView([.lead, .reviewer]) == .totals)
    #expect(Rights.auditView([.reviewer]) == .own)
    #expect(Rights.auditView([]) == .own)
  }

  @Test func theReadmesTableIsTheCodes() throws {
    let root = URL(filePath: #filePath).appending(path: "../../../..").standardized
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let parts = readme.split(separator: "<!-- rights -->")
    try #require(parts.count == 2)
    let table = try #require(parts[1].split(separator: "<!-- /rights -->").first)
    #expect(
      table.trimmingCharacters(in: .whitespacesAndNewlines)
        == Rights.markdown.trimmingCharacters(in: .whitespacesAndNewlines))
  }
}
