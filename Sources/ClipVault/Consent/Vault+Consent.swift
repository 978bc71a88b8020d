// SPDX-License-Identifier: Apache-2.0

import Sealing
package import Vocabulary

/// What consent, notices and ingest take from a vault's signed policy.
extension Vault {
  /// What the policy asks of consent.
  package var consentRules: ConsentRules {
    ConsentRules(
      purpose: policy.purpose, reviewerClass: policy.reviewerClass,
      reviewerPlace: policy.reviewerPlace,
      notices: policy.notices.map { notice in
        // The policy file was refused unless this is a digest; none would match an empty one.
        .init(id: notice.id, digest: Hexadecimal.bytes(notice.sha256, count: 32) ?? [])
      },
      retentionDays: policy.retentionDays, needsSignature: policy.consentSignature,
      isOfflineSeat: policy.offlineSeat, maxOfflineHours: policy.maxOfflineHours)
  }

  /// Whose signatures count.
  package var consentSigners: ConsentSigners {
    ConsentSigners(
      intake: people.intakeSigners.map { ConsentSigners.Key(name: $0.name, key: $0.key) },
      leads: people.leadKeys.map { ConsentSigners.Key(name: $0.name, key: $0.key) })
  }

  /// The gate of the vault's clips.
  ///
  /// A key store that cannot be read knows no digest, so that the gate stays shut.
  package func consentGate(_ keys: KeyStore) -> ConsentGate {
    ConsentGate(
      rules: consentRules, signers: consentSigners, cameras: cameras,
      keyedDigests: { digests in (try? keys.keyedDigests(ofSHA256: digests)) ?? [] })
  }

  /// What ingest needs; `frostFloor` gives the least frost for a source and a camera.
  package func ingestSetting(
    frostFloor: @escaping (ClipSource, Camera?) -> Frost
  ) throws(VaultError) -> IngestSetting {
    IngestSetting(
      layout: layout, keys: try KeyStore.open(layout, state), cameras: cameras,
      rules: consentRules, signers: consentSigners, mayKeepSources: policy.keepSource,
      recipient: { () throws(VaultError) in
        try Vault.open(layout.root, places).statement.recipient
      }, frostFloor: frostFloor)
  }
}

extension ConsentGate.Clip {
  /// Gathers what the label store and the key store know of a clip.
  package init(_ record: ClipRecord, _ row: KeyRow) {
    self.init(
      source: record.source, consent: row.consent, camera: record.camera,
      recordedAt: record.recordedAt, duration: record.facts.duration, digest: row.digest,
      addedAtMilliseconds: row.addedAtMilliseconds,
      expiresAtMilliseconds: row.expiresAtMilliseconds)
  }
}

extension KeyStore {
  /// `keyedDigest(ofSHA256:)` of many, opening the store once.
  func keyedDigests(ofSHA256 digests: [[UInt8]]) throws(VaultError) -> [[UInt8]] {
    let store = try KeyStoreFile.open(layout, state)
    return digests.map { Digest.hmac($0, key: store.preamble.digestKey) }
  }
}
