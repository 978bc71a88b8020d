// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import Vocabulary

extension TrustDefect {
  /// Why the vault's policy is not believed, in the reviewer's language.
  func spoken(_ texts: Texts) -> String {
    switch self {
    case .unsealed(let vault): texts(TrustPhrase.unsealed, vault)
    case .newer(let file): texts(TrustPhrase.newer, file)
    case .missing(let file): texts(TrustPhrase.missing, file)
    case .damaged(let file): texts(TrustPhrase.damaged, file)
    case .unpinned(let vault, let founder, let fingerprint):
      texts(TrustPhrase.unpinned, vault, founder, fingerprint)
    case .otherFounder(let vault, let fingerprint, let pinned, let place):
      texts(TrustPhrase.otherFounder, vault, fingerprint, pinned, place)
    case .otherFingerprint(let vault, let fingerprint):
      texts(TrustPhrase.otherFingerprint, vault, fingerprint)
    case .trustFile(let file, let line): texts(TrustPhrase.trustFile, file, line)
    case .peopleUnsigned(let founder): texts(TrustPhrase.peopleUnsigned, founder)
    case .peopleChanged(let founder): texts(TrustPhrase.peopleChanged, founder)
    case .founderDiffers: texts(TrustPhrase.founderDiffers)
    case .policyUnsigned: texts(TrustPhrase.policyUnsigned)
    case .changed(let file, let signer, let version, let vault):
      texts(TrustPhrase.changed, file.rawValue, signer, version, vault)
    case .mixed: texts(TrustPhrase.mixed)
    case .older(let version, let seen): texts(TrustPhrase.older, version, seen)
    case .olderPeople(let version, let seen): texts(TrustPhrase.olderPeople, version, seen)
    case .openPerson(let name): texts(TrustPhrase.openPerson, name)
    }
  }
}
