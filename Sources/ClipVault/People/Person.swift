// SPDX-License-Identifier: Apache-2.0

package import Sealing
package import Vocabulary

/// Someone who works with a vault, as `people.toml` lists them.
package struct Person: Hashable, Sendable {
  /// The name or pseudonym, after `PersonName`.
  package let name: String
  /// What they may do; never empty.
  package let roles: Set<Role>
  /// To whom the vault's key is sealed.
  package let recipient: AgeRecipient
  /// By which their signatures are known.
  package let signer: VerifyingKey
  /// Whether a passphrase guards their identity; false in demonstrations only.
  package let hasPassphrase: Bool

  /// Makes an entry.
  package init(
    name: String, roles: Set<Role>, recipient: AgeRecipient, signer: VerifyingKey,
    hasPassphrase: Bool = true
  ) {
    self.name = name
    self.roles = roles
    self.recipient = recipient
    self.signer = signer
    self.hasPassphrase = hasPassphrase
  }

  /// Whether the vault's key is sealed to them: to reviewers and leads, not to auditors.
  package var opensClips: Bool { roles.contains(.reviewer) || roles.contains(.lead) }
}

/// A key that signs consent records and notices where they come from; it opens nothing.
package struct IntakeKey: Hashable, Sendable {
  /// The name, after `PersonName`.
  package let name: String
  /// By which its signatures are known.
  package let key: VerifyingKey

  /// Makes an entry.
  package init(name: String, key: VerifyingKey) {
    self.name = name
    self.key = key
  }
}
