// SPDX-License-Identifier: Apache-2.0

import StrictTOML
package import Vocabulary

/// Takes clips into a vault, or checks whether they could be.
package struct Ingest {
  /// Where the clips' provenance comes from.
  package enum Provenance: Sendable {
    /// Each clip has a line in a manifest.
    case manifest(Manifest)
    /// The clips are staff test clips of this camera, which `cameras.toml` marks as staff.
    case staffTest(camera: CameraID)
  }

  /// The label store, as far as ingest needs it.
  package struct Catalogue {
    /// The ids of all clips that the store has.
    package let knownIDs: () throws(VaultError) -> Set<ClipID>
    /// Adds a clip durably; when it returns the clip is in the vault.
    package let register: (ClipRecord) throws(VaultError) -> Void

    /// Makes a view of a store.
    package init(
      knownIDs: @escaping () throws(VaultError) -> Set<ClipID>,
      register: @escaping (ClipRecord) throws(VaultError) -> Void
    ) {
      self.knownIDs = knownIDs
      self.register = register
    }
  }

  private let vault: Vault
  private let provenance: Provenance
  private let probe: any ClipProbe
  private let catalogue: Catalogue
  private let nowMilliseconds: () -> Int64
  private let newID: () -> ClipID
  var intake: ClipIntake

  /// Makes an ingest; `nowMilliseconds` is the wall clock since 1970, `newID` gives random ids.
  package init(
    vault: Vault, provenance: Provenance, probe: any ClipProbe, catalogue: Catalogue,
    nowMilliseconds: @escaping () -> Int64,
    newID: @escaping () -> ClipID = {
      var random = SystemRandomNumberGenerator()
      return ClipID(high: random.next(), low: random.next())
    }
  ) {
    self.vault = vault
    self.provenance = provenance
    self.probe = probe
    self.catalogue = catalogue
    self.nowMilliseconds = nowMilliseconds
    self.newID = newID
    intake = ClipIntake(layout: vault.layout)
  }

  /// Lists all problems of the clips and changes nothing.
  package func check(
    _ paths: [String], progress: (IngestProgress) -> Void = { _ in }
  ) -> IngestSummary {
    var summary = IngestSummary(isCheck: true)
    do throws(VaultError) {
      try each(paths, into: &summary, progress) { _, _ in }
    } catch {
      summary.failure = error
    }
    return summary
  }

  /// Takes the clips in one by one; clips that are refused do not hinder the others.
  ///
  /// Holds the vault's lock throughout, and first removes what a crash may have left.
  package func run(
    _ paths: [String], progress: (IngestProgress) -> Void = { _ in }
  ) -> IngestSummary {
    var summary = IngestSummary(isCheck: false)
    do throws(VaultError) {
      let lock = try VaultLock(vault.layout.lockFile, vault: vault.layout.root)
      defer { withExtendedLifetime(lock) {} }
      try intake.sweep(knownIDs: try catalogue.knownIDs())
      try each(paths, into: &summary, progress) { (candidate, summary) throws(VaultError) in
        summary.ids.append(try take(candidate))
      }
    } catch {
      summary.failure = error
    }
    return summary
  }

  private func take(_ candidate: IngestCandidate) throws(VaultError) -> ClipID {
    let id = newID()
    let now = nowMilliseconds()
    let key = KeyFile(
      sha256: candidate.sha256, byteCount: candidate.bytes.count,
      consent: candidate.entry.consent, addedAtMilliseconds: now)
    let record = candidate.record(id: id, atMilliseconds: now)
    do throws(VaultError) {
      try intake.take(candidate.bytes, key: key, id: id) { () throws(VaultError) in
        try catalogue.register(record)
      }
    } catch {
      // What cannot be swept now is swept at the next start; the first error is the one to tell.
      if let known = try? catalogue.knownIDs() { try? intake.sweep(knownIDs: known) }
      throw error
    }
    return id
  }

  /// Examines each clip and hands the good ones to `body`.
  private func each(
    _ paths: [String], into summary: inout IngestSummary, _ progress: (IngestProgress) -> Void,
    _ body: (IngestCandidate, inout IngestSummary) throws(VaultError) -> Void
  ) throws(VaultError) {
    var examiner = IngestExaminer(
      vault: vault, provenance: provenance, probe: probe, digests: try knownDigests())
    if case .manifest(let manifest) = provenance {
      // The complaints about the clips named here come with those clips.
      let told = Set(paths.compactMap { manifest.complaintsByClip[IngestExaminer.fileName($0)] })
      let untold = manifest.complaints.filter { !told.contains($0) }
      summary.badLineCount = untold.count
      summary.findings += untold.map {
        IngestFinding(.refusal, path: manifest.fileName, sentence: "\($0).")
      }
    }
    for (index, path) in paths.enumerated() {
      progress(IngestProgress(done: index, total: paths.count, path: path))
      let (candidate, findings) = examiner.examine(path)
      summary.findings += findings
      guard let candidate else {
        summary.refusedCount += 1
        continue
      }
      try body(candidate, &summary)
      examiner.accept(candidate)
      summary.accepted.append(path)
    }
    progress(IngestProgress(done: paths.count, total: paths.count, path: ""))
  }

  /// The digests of the clips in the vault, from the key files of those the store knows.
  private func knownDigests() throws(VaultError) -> [String: String] {
    let known = try catalogue.knownIDs()
    var digests: [String: String] = [:]
    for id in try intake.keyIDs() where known.contains(id) {
      digests[try KeyFile.read(id, in: vault.layout).sha256] = "clip \(id.short) of the vault"
    }
    return digests
  }
}
