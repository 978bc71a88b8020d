// SPDX-License-Identifier: Apache-2.0

/// Why the vault did not do what was asked.
package enum VaultPhrase: String, PhraseKey {
  package static let table = "vault"

  case clipMissing = "clip_missing"
  case clipChanged = "clip_changed"
  case keyDamaged = "key_damaged"
  case sealedToOther = "sealed_to_other"
  case memory
  case epochMissing = "epoch_missing"
  case stateDamaged = "state_damaged"
  case keyStoreForeign = "key_store_foreign"
  case keyStoreDamaged = "key_store_damaged"
  case vaultIdentity = "vault_identity"
  case notAVault = "not_a_vault"
  case unlock
  case busy
  case keyStoreNewer = "key_store_newer"
  /// Takes file, line and column.
  case policyFile = "policy_file"
  /// Takes the file.
  case policyFileWhole = "policy_file_whole"
  /// Takes a name.
  case nobodyCalled = "nobody_called"
  /// Takes name, roles, command and who may.
  case mayNot = "may_not"
  /// Takes a name.
  case foundingLead = "founding_lead"
  /// What somebody is.
  case reviewer
  case lead
  case auditor
  /// Takes two roles.
  case bothOf = "both_of"
  /// Takes two roles.
  case oneOf = "one_of"
  /// Takes what commands say of it.
  case otherwise
}
