// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import Vocabulary

extension VaultError {
  /// What is wrong and what to do next, in the reviewer's language.
  ///
  /// What is wrong with signatures, rights and files is a lead's business: its sentence is passed on.
  func spoken(_ texts: Texts) -> String {
    switch self {
    case .clipMissing(let id): texts(VaultPhrase.clipMissing, id.short)
    case .clipChanged(let id): texts(VaultPhrase.clipChanged, id.short)
    case .keyDamaged(let id): texts(VaultPhrase.keyDamaged, id.short)
    case .clipSealedToOther(let id): texts(VaultPhrase.sealedToOther, id.short)
    case .memory(let id): texts(VaultPhrase.memory, id.short)
    case .epochMissing(let path): texts(VaultPhrase.epochMissing, path)
    case .stateDamaged(let path): texts(VaultPhrase.stateDamaged, path)
    case .keyStoreForeign(let path): texts(VaultPhrase.keyStoreForeign, path)
    case .keyStoreDamaged(let path): texts(VaultPhrase.keyStoreDamaged, path)
    case .vaultIdentity(let path): texts(VaultPhrase.vaultIdentity, path)
    case .notAVault(let path): texts(VaultPhrase.notAVault, path)
    case .unlock: texts(VaultPhrase.unlock)
    default: texts(VaultPhrase.otherwise, sentence)
    }
  }
}
