// SPDX-License-Identifier: Apache-2.0

import Sealing
import StrictTOML
package import Vocabulary

/// Takes clips into a vault, or checks whether they could be.
package struct Ingest {
  /// Where the clips' provenance comes from.
  package enum Provenance {
    /// Each clip has a line in a manifest; consent records that the vault lacks lie in a folder.
    case manifest(Manifest, consents: ConsentFolder)
    /// The clips are staff test clips of this camera, which `cameras.toml` marks as staff.
    case staffTest(camera: CameraID, consent: StaffConsent)
  }

  /// What the label store learns of a clip that is taken in.
  package struct Registration {
    package let record: ClipRecord
    /// The pseudonyms the clip belongs to; empty for drawn clips.
    package let subjects: [String]
    /// What the audit log calls the clip.
    package let logName: ClipLogName
    /// When it must be gone, milliseconds since 1970.
    package let expiresAtMilliseconds: Int64
    /// Whether a customer's source file stays, which is to be logged.
    package let isSourceKept: Bool
  }

  /// The label store, as far as ingest needs it.
  package struct Catalogue {
    /// The ids of all clips that the store has.
    package let knownIDs: () throws(VaultError) -> Set<ClipID>
    /// When a person, by pseudonym, withdrew last, milliseconds since 1970; nil where they never
    /// did.
    ///
    /// Clips under an older consent do not come in.
    package let withdrawnAt: (String) throws(VaultError) -> Int64?
    /// Adds a clip durably; when it returns the clip is in the vault.
    package let register: (Registration) throws(VaultError) -> Void

    /// Makes a view of a store.
    package init(
      knownIDs: @escaping () throws(VaultError) -> Set<ClipID>,
      withdrawnAt: @escaping (String) throws(VaultError) -> Int64?,
      register: @escaping (Registration) throws(VaultError) -> Void
    ) {
      self.knownIDs = knownIDs
      self.withdrawnAt = withdrawnAt
      self.register = register
    }
  }

  private let setting: IngestSetting
  private let provenance: Provenance
  private let probe: any ClipProbe
  private let catalogue: Catalogue
  private let keepSources: Bool
  private let nowMilliseconds: () -> Int64
  private let newID: () -> ClipID
  var intake: ClipIntake

  /// Makes an ingest.
  ///
  /// `keepSources` leaves customers' source files where they are, if the policy allows it;
  /// `nowMilliseconds` is the wall clock since 1970, `newID` gives random ids.
  package init(
    _ setting: IngestSetting, provenance: Provenance, probe: any ClipProbe, catalogue: Catalogue,
    keepSources: Bool = false, nowMilliseconds: @escaping () -> Int64,
    newID: @escaping () -> ClipID = {
      var random = SystemRandomNumberGenerator()
      return ClipID(high: random.next(), low: random.next())
    }
  ) {
    self.setting = setting
    self.provenance = provenance
    self.probe = probe
    self.catalogue = catalogue
    self.keepSources = keepSources
    self.nowMilliseconds = nowMilliseconds
    self.newID = newID
    intake = ClipIntake(layout: setting.layout, keys: setting.keys)
  }

  /// Lists all problems of the clips and changes nothing.
  package func check(
    _ paths: [String], progress: (IngestProgress) -> Void = { _ in }
  ) -> IngestSummary {
    var summary = IngestSummary(isCheck: true)
    do throws(VaultError) {
      try checkKeeping()
      try each(paths, into: &summary, progress) { _, _ in }
    } catch {
      summary.failure = error
    }
    return summary
  }

  /// Takes the clips in one by one; clips that are refused do not hinder the others.
  ///
  /// Holds the vault's lock throughout, and first removes what a crash may have left. A customer's
  /// source file is removed once its clip is in the vault for good.
  package func run(
    _ paths: [String], progress: (IngestProgress) -> Void = { _ in }
  ) -> IngestSummary {
    var summary = IngestSummary(isCheck: false)
    do throws(VaultError) {
      try checkKeeping()
      let lock = try VaultLock(setting.layout.lockFile, vault: setting.layout.root)
      defer { withExtendedLifetime(lock) {} }
      try intake.sweep(knownIDs: try catalogue.knownIDs())
      let sealer = ClipSealer(try setting.recipient())
      do throws(VaultError) {
        try each(paths, into: &summary, progress) { (candidate, summary) throws(VaultError) in
          summary.ids.append(try take(candidate, sealer))
          finish(candidate, &summary)
        }
      } catch {
        // The clips taken in so far are safe in their own files, if they cannot be folded now.
        try? setting.keys.fold()
        throw error
      }
      try setting.keys.fold()
    } catch {
      summary.failure = error
    }
    return summary
  }

  private func checkKeeping() throws(VaultError) {
    guard !keepSources || setting.mayKeepSources else { throw .ingest(.mustNotKeepSources) }
  }

  private func take(
    _ candidate: IngestCandidate, _ sealer: ClipSealer
  ) throws(VaultError) -> ClipID {
    let id = newID()
    let camera = setting.cameras[candidate.entry.camera]
    let sealed: ClipSealer.Sealed
    let bytes = candidate.source.bytes
    do { sealed = try sealer.seal(bytes.span) } catch { throw .ingest(.unsealable) }
    guard
      let row = KeyRow(
        id: id, header: sealed.header, digest: candidate.digest,
        byteCount: bytes.count, consent: candidate.entry.consent,
        addedAtMilliseconds: candidate.atMilliseconds,
        expiresAtMilliseconds: candidate.pass.expiresAtMilliseconds,
        frostFloor: max(
          setting.frostFloor(candidate.entry.source, camera), candidate.entry.leastFrost),
        logSalt: KeyRow.randomSalt())
    else { throw .ingest(.unsealable) }
    let registration = Registration(
      record: candidate.record(id: id), subjects: candidate.pass.subjects, logName: row.logName,
      expiresAtMilliseconds: row.expiresAtMilliseconds,
      isSourceKept: keepSources && candidate.entry.source == .customerFeedback)
    let clip = ClipIntake.Clip(
      row: row, sealed: sealed, sha256: candidate.source.sha256, document: candidate.newDocument)
    do throws(VaultError) {
      try intake.take(clip) { () throws(VaultError) in try catalogue.register(registration) }
    } catch {
      // What cannot be swept now is swept at the next start; the first error is the one to tell.
      if let known = try? catalogue.knownIDs() { try? intake.sweep(knownIDs: known) }
      throw error
    }
    return id
  }

  /// Removes a customer's source file, or says that it stays.
  private func finish(_ candidate: IngestCandidate, _ summary: inout IngestSummary) {
    let path = candidate.source.path
    guard candidate.entry.source == .customerFeedback else { return }
    guard !keepSources else {
      summary.keptSources.append(path)
      return
    }
    do throws(VaultError) {
      try candidate.source.remove()
    } catch {
      let name = DisplayText.line(path, limit: 200)
      summary.findings.append(
        IngestFinding(
          .sourceLeft, path: path,
          sentence: "\(name) is in the vault, but its file is not gone: \(error.sentence)"))
    }
  }

  /// Examines each clip and hands the good ones to `body`.
  private func each(
    _ paths: [String], into summary: inout IngestSummary, _ progress: (IngestProgress) -> Void,
    _ body: (IngestCandidate, inout IngestSummary) throws(VaultError) -> Void
  ) throws(VaultError) {
    var examiner = IngestExaminer(
      setting: setting, provenance: provenance, probe: probe, catalogue: catalogue)
    if case .manifest(let manifest, _) = provenance {
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
      let (candidate, findings) = try examiner.examine(path, atMilliseconds: nowMilliseconds())
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
}
