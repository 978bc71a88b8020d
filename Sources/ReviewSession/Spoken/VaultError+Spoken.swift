// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import StrictTOML
internal import Vocabulary

extension VaultError {
  /// What is wrong and what to do next, in the reviewer's language.
  ///
  /// What no session can meet, only commands, is passed on in their words.
  func spoken(_ texts: Texts) -> String {
    switch self {
    case .clipMissing, .clipChanged, .keyDamaged, .clipSealedToOther, .memory:
      clipPhrase.map { texts($0.phrase, $0.clip.short) } ?? sentence
    case .notAVault, .busy, .epochMissing, .stateDamaged, .keyStoreForeign, .keyStoreDamaged,
      .keyStoreNewer, .vaultIdentity:
      pathPhrase.map { texts($0.phrase, $0.path) } ?? sentence
    case .policy(let error): error.spokenPlace(texts)
    case .trust(let defect): defect.spoken(texts)
    case .unlock: texts(VaultPhrase.unlock)
    case .people(.unknown(let name)): texts(VaultPhrase.nobodyCalled, name)
    case .rights(let defect): defect.spoken(texts)
    case .system(let failure): failure.spoken(texts)
    case .notEmpty, .alreadyAVault, .strangers, .store, .clipKnown, .people, .ingest:
      texts(VaultPhrase.otherwise, sentence)
    }
  }

  /// The sentence that needs nothing but a clip's name.
  private var clipPhrase: (phrase: VaultPhrase, clip: ClipID)? {
    switch self {
    case .clipMissing(let clip): (.clipMissing, clip)
    case .clipChanged(let clip): (.clipChanged, clip)
    case .keyDamaged(let clip): (.keyDamaged, clip)
    case .clipSealedToOther(let clip): (.sealedToOther, clip)
    case .memory(let clip): (.memory, clip)
    default: nil
    }
  }

  /// The sentence that needs nothing but a path.
  private var pathPhrase: (phrase: VaultPhrase, path: String)? {
    switch self {
    case .notAVault(let path): (.notAVault, path)
    case .busy(let path): (.busy, path)
    case .epochMissing(let path): (.epochMissing, path)
    case .stateDamaged(let path): (.stateDamaged, path)
    case .keyStoreForeign(let path): (.keyStoreForeign, path)
    case .keyStoreDamaged(let path): (.keyStoreDamaged, path)
    case .keyStoreNewer(let path): (.keyStoreNewer, path)
    case .vaultIdentity(let path): (.vaultIdentity, path)
    default: nil
    }
  }
}

extension PolicyFileError {
  /// Where one of the vault's own files is wrong, and what tells more: only leads can change it.
  fileprivate func spokenPlace(_ texts: Texts) -> String {
    line == 0
      ? texts(VaultPhrase.policyFileWhole, file) : texts(VaultPhrase.policyFile, file, line, column)
  }
}
