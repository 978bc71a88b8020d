// SPDX-License-Identifier: Apache-2.0

import Vocabulary

/// A clip that may be taken in: its bytes, once read, and all that is known of them.
struct IngestCandidate {
  let source: IngestSource
  /// The digest as the key store holds it.
  let digest: [UInt8]
  let entry: ManifestEntry
  let facts: ClipFacts
  let pass: ConsentGate.Pass
  /// The consent record, where the vault has none or an earlier one.
  let newDocument: ConsentDocument?
  /// When it was examined, which counts as when it was taken in.
  let atMilliseconds: Int64

  func record(id: ClipID) -> ClipRecord {
    ClipRecord(
      id: id, source: entry.source, consent: entry.consent, camera: entry.camera,
      recordedAt: entry.recordedAt, alert: entry.alert, predictions: entry.predictions,
      facts: facts, ingestedAtMilliseconds: atMilliseconds, leastFrost: entry.leastFrost,
      regions: entry.regions)
  }
}
