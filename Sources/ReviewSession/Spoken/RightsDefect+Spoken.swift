// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import Vocabulary

extension RightsDefect {
  /// Who they are, what they may not, and who may, in the reviewer's language.
  func spoken(_ texts: Texts) -> String {
    let entry = Rights.entry(command)
    let who =
      entry.founderOnly
      ? texts(VaultPhrase.foundingLead, founder) : Self.words(entry.roles, .oneOf, texts)
    return texts(
      VaultPhrase.mayNot, name, Self.words(roles, .bothOf, texts), command.rawValue, who)
  }

  private static func words(_ roles: Set<Role>, _ joint: VaultPhrase, _ texts: Texts) -> String {
    let names = roles.sorted().map { texts($0.phrase) }
    return names.dropFirst().reduce(names.first ?? "") { texts(joint, $0, $1) }
  }
}

extension Role {
  fileprivate var phrase: VaultPhrase {
    switch self {
    case .reviewer: .reviewer
    case .lead: .lead
    case .auditor: .auditor
    }
  }
}
