// SPDX-License-Identifier: Apache-2.0

import Sealing
import Vocabulary

@testable import ClipVault

/// The texts inside signed notes.
extension ParserTarget {
  static let signed: [ParserTarget] = [
    textTarget("statements", statementTexts, readStatements),
    textTarget("notices", noticeTexts, readNotices),
  ]

  private static let statementTexts: [String] = {
    guard let vault = VaultID(text: vaultText) else { return [] }
    let digest = String(repeating: "ab", count: 32)
    let policy = PolicyStatement(
      vault: vault, version: 7, recipient: identity.recipient, logKey: signer.publicKey,
      at: "2026-01-14T22:15:30Z",
      digests: Dictionary(uniqueKeysWithValues: PolicyFileName.allCases.map { ($0, digest) }))
    let people = PeopleStatement(
      vault: vault, version: 2, founderName: "lead", founderKey: signer.publicKey, digest: digest)
    return [policy.text, people.text]
  }()

  private static func readStatements(_ text: String) -> Bool {
    if let statement = try? PolicyStatement(text: text) {
      expect(statement.text == text, "a policy's statement has one form")
      return true
    }
    guard let statement = try? PeopleStatement(text: text) else { return false }
    expect(statement.text == text, "a statement about people has one form")
    return true
  }

  private static let noticeTexts: [String] = {
    guard let vault = VaultID(text: vaultText) else { return [] }
    let clip = ClipID(high: 3, low: 4)
    let orders: [Notices.Order] = [
      .withdrawClip(clip), .withdrawSubject("s-1"), .eraseClip(clip), .eraseSubject("s-2"),
    ]
    let notices = Notices(
      vault: vault, number: 3, atMilliseconds: 1_768_428_900_000, orders: orders)
    return [notices?.text ?? ""]
  }()

  private static func readNotices(_ text: String) -> Bool {
    guard let notices = try? Notices(text) else { return false }
    guard let again = try? Notices(notices.text) else { fatalError("broken: a list comes back") }
    expect(again.orders == notices.orders && again.number == notices.number, "a list comes back")
    return true
  }
}
