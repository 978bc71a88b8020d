// SPDX-License-Identifier: Apache-2.0

/// Why a vault's policy is not believed.
package enum TrustPhrase: String, PhraseKey {
  package static let table = "trust"

  /// Takes the vault.
  case unsealed
  /// Takes the file.
  case newer
  /// Takes the file.
  case missing
  /// Takes the file.
  case damaged
  /// Takes the vault, the founder, and the founder's fingerprint.
  case unpinned
  /// Takes the vault, its fingerprint, the one that is pinned, and where.
  case otherFounder = "other_founder"
  /// Takes the vault and its fingerprint.
  case otherFingerprint = "other_fingerprint"
  /// Takes file and line.
  case trustFile = "trust_file"
  /// Takes the founder.
  case peopleUnsigned = "people_unsigned"
  /// Takes the founder.
  case peopleChanged = "people_changed"
  case founderDiffers = "founder_differs"
  case policyUnsigned = "policy_unsigned"
  /// Takes file, signer, version and vault.
  case changed
  case mixed
  /// Takes its version, and the one that was seen.
  case older
  /// Takes its version, and the one that was seen.
  case olderPeople = "older_people"
  /// Takes a name.
  case openPerson = "open_person"
}
