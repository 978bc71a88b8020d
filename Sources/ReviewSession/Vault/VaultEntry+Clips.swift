// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
package import ClipVault
internal import LabelStore
internal import Sealing
internal import Veil
package import Vocabulary

/// Where clips that are to be taken in come from.
package enum ClipOrigin: Sendable {
  /// A manifest describes them; consent records that the vault lacks lie in a folder, nil being
  /// `consent` beside the manifest.
  case manifest(path: String, consents: String?)
  /// They are staff test clips of this camera, and these people are in them; none of them where the
  /// clips were drawn.
  case staffTest(camera: CameraID, participants: [String])

  /// The folder of consent records that the vault lacks; nil where there is none.
  package var consentFolder: String? {
    guard case .manifest(let path, let consents) = self else { return nil }
    return consents
      ?? (path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ".") + "/consent"
  }
}

/// Clips in, labels out.
extension VaultEntry {
  /// Takes clips in, or only checks whether they could be.
  package func ingest(
    _ paths: [String], from origin: ClipOrigin, isCheck: Bool, keepSources: Bool,
    decoders: Decoders, progress: (IngestProgress) -> Void
  ) throws(SessionError) -> IngestSummary {
    let probe = DecoderProbe(decoders)
    let provenance = try provenance(origin, of: paths)
    return try withStore { (store) throws(SessionError) in
      let ingest = Ingest(
        try setting(), provenance: provenance, probe: probe, catalogue: catalogue(of: store),
        keepSources: keepSources, nowMilliseconds: { SessionClock.wallMilliseconds })
      return isCheck
        ? ingest.check(paths, progress: progress) : ingest.run(paths, progress: progress)
    }
  }

  /// Hands over each committed clip's label line, in order of ingest, then the labels that outlived
  /// their clips.
  ///
  /// That they are given out is logged, and which clips', before the first line leaves.
  package func exportLabels(_ write: @escaping (String) throws -> Void) throws {
    let (taxonomy, withNotes) = (vault.taxonomy, vault.policy.notes)
    let store = try openStore()
    do {
      var clips: [ClipID] = []
      var lines = 0
      try store.forEachFolded(taxonomy: taxonomy, kept: { _ in lines += 1 }) { record, _ in
        clips.append(record.id)
        lines += 1
      }
      _ = try store.recordExport(
        clips, lines: lines, by: actor, nowMilliseconds: SessionClock.wallMilliseconds)
      try store.forEachFolded(
        taxonomy: taxonomy,
        kept: { label in
          try write(
            LabelExport.line(
              verdict: label.verdict, taxonomyVersion: label.taxonomyVersion, month: label.month,
              reviewer: label.reviewer, taxonomy: taxonomy, withNotes: withNotes))
        }
      ) { record, history in
        let line = LabelExport.line(
          record: record, history: history, taxonomy: taxonomy, withNotes: withNotes)
        if let line { try write(line) }
      }
      try? store.close()
    } catch let error as StoreError {
      throw SessionError.store(error)
    }
  }

  private func setting() throws(SessionError) -> IngestSetting {
    try inVault { () throws(VaultError) in
      try vault.ingestSetting { source, camera in
        // A staff camera's own clips are shown clear whatever room it stands in.
        guard source == .customerFeedback else { return .clear }
        let frost = DefaultFrost(source: source, camera: camera)
        return frost.frost == .strict ? .strict : .clear
      }
    }
  }

  private func provenance(
    _ origin: ClipOrigin, of paths: [String]
  ) throws(SessionError) -> Ingest.Provenance {
    switch origin {
    case .manifest(let path, _):
      let manifest = try inVault { () throws(VaultError) in
        try ManifestFile.read(path, taxonomy: vault.taxonomy)
      }
      return .manifest(manifest, consents: ConsentFolder(folder: origin.consentFolder ?? "."))
    case .staffTest(let camera, let participants):
      let lead = try person()
      let consent = StaffConsent.make(
        of: paths, participants: participants, camera: camera,
        storageDays: vault.policy.retentionDays, nowMilliseconds: SessionClock.wallMilliseconds,
        signedBy: lead.signing, named: lead.person.name)
      guard let consent else {
        throw .words(
          "None of the clips can be read, or a participant's name is none: letters, digits, dots "
            + "and hyphens.", exitCode: 66)
      }
      return .staffTest(camera: camera, consent: consent)
    }
  }

  private func catalogue(of store: LabelStore) -> Ingest.Catalogue {
    let actor = actor
    let withdrawals = Withdrawals(vault.layout, keyStore)
    func asVault<Value>(
      _ body: () throws(StoreError) -> Value
    ) throws(VaultError) -> Value {
      do { return try body() } catch { throw .store(error.sentence) }
    }
    return Ingest.Catalogue(
      knownIDs: { () throws(VaultError) in
        try asVault { () throws(StoreError) in try store.clipIDs() }
      },
      withdrawnAt: { subject throws(VaultError) in try withdrawals.latest(of: [subject]) },
      register: { clip throws(VaultError) in
        try asVault { () throws(StoreError) in
          let now = SessionClock.wallMilliseconds
          try store.add(
            [
              NewClip(
                clip.record, subject: clip.subjects.first ?? "", logName: clip.logName,
                expiresAtMilliseconds: clip.expiresAtMilliseconds)
            ], by: actor, nowMilliseconds: now)
          if clip.isSourceKept {
            try store.record(
              [AuditDraft(.sourceKept, clip: clip.logName)], by: actor, nowMilliseconds: now)
          }
        }
      })
  }
}
