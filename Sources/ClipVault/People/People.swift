// SPDX-License-Identifier: Apache-2.0

package import Sealing
package import Vocabulary

/// Who works with a vault: its people, its intake keys, and who founded it.
package struct People: Hashable, Sendable {
  /// The vault that the list is for.
  package let vault: VaultID
  /// The name of the lead who alone changes this list.
  package let founderName: String
  /// The people in the file's order; the founder is among them.
  package let persons: [Person]
  /// The intake keys in the file's order.
  package let intakeKeys: [IntakeKey]

  /// Makes a list; `PeopleFile` holds the rules for it.
  package init(
    vault: VaultID, founderName: String, persons: [Person], intakeKeys: [IntakeKey] = []
  ) {
    self.vault = vault
    self.founderName = founderName
    self.persons = persons
    self.intakeKeys = intakeKeys
  }

  /// The person of a name; nil where nobody has it.
  package subscript(name: String) -> Person? { persons.first { $0.name == name } }

  /// The people who may do what a role may, in the file's order.
  package func having(_ role: Role) -> [Person] { persons.filter { $0.roles.contains(role) } }

  /// The keys that may sign the policy: every lead's.
  package var leadKeys: [(name: String, key: VerifyingKey)] {
    having(.lead).map { ($0.name, $0.signer) }
  }

  /// The keys that may sign consent records.
  package var intakeSigners: [(name: String, key: VerifyingKey)] {
    intakeKeys.map { ($0.name, $0.key) }
  }

  /// To whom the vault's key is sealed: every reviewer and lead, in the file's order.
  package var clipRecipients: [AgeRecipient] { persons.filter(\.opensClips).map(\.recipient) }

  /// Whether a name is taken, by a person or an intake key.
  package func has(_ name: String) -> Bool {
    self[name] != nil || intakeKeys.contains { $0.name == name }
  }
}
