// SPDX-License-Identifier: Apache-2.0

import Sealing

/// What `policy show` tells: which version is in force, who signed it, and every value.
package struct PolicySummary: Sendable {
  /// A field and its value, as the file writes it.
  package struct Value: Hashable, Sendable {
    /// Which field.
    package let field: PolicyField
    /// TOML.
    package let text: String
    /// Whether it is what a policy without the field has.
    package let isDefault: Bool
  }

  /// What the signatures say, each with its name.
  package let facts: [(name: String, value: String)]
  /// Every field, in the file's order.
  package let values: [Value]

  /// Sums up a vault's policy.
  package init(_ vault: Vault) {
    let statement = vault.statement
    var facts = [
      ("vault", vault.id.text), ("version", String(statement.version)),
      ("signed by", vault.signer), ("at", statement.at),
      ("founding lead", vault.founding.founderName), ("fingerprint", vault.fingerprint),
      ("people", "version \(vault.founding.version)"),
      ("recipient", statement.recipient.text), ("log", statement.logKey.text),
    ]
    for file in PolicyFileName.allCases {
      facts.append((file.rawValue, "sha256:\(statement.digests[file, default: ""])"))
    }
    self.facts = facts.map { (name: $0.0, value: $0.1) }
    let standard = Policy()
    values = PolicyField.allCases.map { field in
      let text = field.text(in: vault.policy)
      return Value(field: field, text: text, isDefault: text == field.text(in: standard))
    }
  }

  /// The lines to print.
  package var lines: [String] {
    facts.map { "\(Self.padded($0.name)) \($0.value)" } + [""]
      + values.map { value in
        "\(Self.padded(value.field.rawValue)) \(value.text)\(value.isDefault ? "" : "  (set)")"
      }
  }

  private static func padded(_ name: String) -> String {
    name + String(repeating: " ", count: max(0, 20 - name.count))
  }
}
