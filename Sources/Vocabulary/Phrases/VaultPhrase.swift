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
  case otherwise
}
