// SPDX-License-Identifier: Apache-2.0

import StrictTOML
import Vocabulary

/// Looks at clips one by one and says what hinders them.
struct IngestExaminer {
  let setting: IngestSetting
  let provenance: Ingest.Provenance
  let probe: any ClipProbe
  let catalogue: Ingest.Catalogue
  private let gate: ConsentGate
  private let own: ConsentFolder
  /// Which path of this run has each digest.
  private var paths: [[UInt8]: String] = [:]
  /// Which path has used each line of the manifest.
  private var usedLines: [String: String] = [:]

  init(
    setting: IngestSetting, provenance: Ingest.Provenance, probe: any ClipProbe,
    catalogue: Ingest.Catalogue
  ) {
    self.setting = setting
    self.provenance = provenance
    self.probe = probe
    self.catalogue = catalogue
    own = ConsentFolder(setting.layout)
    // Nothing is opened here, so the age of the last notices does not matter yet.
    var rules = setting.rules
    rules.isOfflineSeat = false
    // The gate compares plain digests here: the clip's own is at hand.
    gate = ConsentGate(
      rules: rules, signers: setting.signers, cameras: setting.cameras, keyedDigests: { $0 })
  }

  /// Remembers a clip that was taken in, or would have been.
  mutating func accept(_ candidate: IngestCandidate) {
    paths[candidate.source.sha256] = candidate.source.path
    usedLines[candidate.entry.clip] = candidate.source.path
  }

  /// Looks at one clip: the cheap questions first, the decoder last.
  ///
  /// - Throws: what hinders every clip, such as a damaged key store.
  func examine(
    _ path: String, atMilliseconds now: Int64
  ) throws(VaultError) -> (IngestCandidate?, [IngestFinding]) {
    do {
      try checkKind(path)
      let entry = try entry(path)
      let remark = try remark(on: entry, path)
      let source = try source(path)
      let digest = try setting.keys.keyedDigest(ofSHA256: source.sha256)
      try checkNew(source, digest)
      let (document, isNew) = try record(entry)
      // No clip reaches a decoder before its consent was found to be good; its duration, on which
      // a window of time depends, is known only behind it.
      var pass = try check(entry, document, source, duration: .zero, now)
      let facts = try probe.probe(source.bytes)
      pass = try check(entry, document, source, duration: facts.duration, now)
      let candidate = IngestCandidate(
        source: source, digest: digest, entry: entry, facts: facts, pass: pass,
        newDocument: isNew ? document : nil, atMilliseconds: now)
      return (candidate, remark.map { [$0] } ?? [])
    } catch let error as ClipRefusal {
      let name = DisplayText.line(path, limit: 200)
      let sentence = "\(name) is refused: \(error.reason)."
      return (nil, [IngestFinding(.refusal, path: path, sentence: sentence)])
    } catch let error as VaultError {
      throw error
    } catch {
      // Nothing else is thrown above.
      throw .store("The clip could not be examined: \(error).")
    }
  }

  private func checkNew(_ source: IngestSource, _ digest: [UInt8]) throws {
    if let owner = paths[source.sha256] {
      throw ClipRefusal("it is the same as \(DisplayText.line(owner, limit: 200)); leave it out")
    }
    switch try setting.keys.knows(digest: digest) {
    case .clip(let id):
      throw ClipRefusal("it is the same as clip \(id.short) of the vault; leave it out")
    case .erased:
      throw ClipRefusal("it was erased on request and is not taken in again")
    case nil: break
    }
  }

  /// The record that a clip names: the one that came with it where that is newer than the vault's.
  private func record(_ entry: ManifestEntry) throws -> (ConsentDocument?, isNew: Bool) {
    let arrived: ConsentDocument? =
      switch provenance {
      case .manifest(_, let consents): try consents.read(entry.consent)
      case .staffTest(_, let consent): consent.document
      }
    guard let arrived else { return (try own.read(entry.consent), false) }
    switch try own.standing(of: arrived, recordID: entry.consent) {
    case .new, .newer: return (arrived, true)
    case .same: return (arrived, false)
    case .outdated:
      throw ClipRefusal(
        "its consent record \"\(entry.consent)\" differs from the vault's without a later event "
          + "(\"events\"); a lead compares both")
    }
  }

  private func check(
    _ entry: ManifestEntry, _ document: ConsentDocument?, _ source: IngestSource,
    duration: MediaTime, _ now: Int64
  ) throws -> ConsentGate.Pass {
    let clip = ConsentGate.Clip(
      source: entry.source, consent: entry.consent, camera: entry.camera,
      recordedAt: entry.recordedAt, duration: duration, digest: source.sha256,
      addedAtMilliseconds: now, expiresAtMilliseconds: .max)
    let pass: ConsentGate.Pass
    do throws(ConsentDefect) {
      pass = try gate.check(clip, document, nowMilliseconds: now, noticesAgeMilliseconds: nil)
    } catch {
      throw ClipRefusal("\(error.reason); \(error.intakeAdvice)")
    }
    for subject in pass.subjects {
      guard let withdrawn = try catalogue.withdrawnAt(subject),
        withdrawn >= pass.decidedAtMilliseconds
      else { continue }
      let day = Timestamp.day(milliseconds: withdrawn)
      throw ClipRefusal("its consent was withdrawn on \(day); remove its file")
    }
    return pass
  }

  /// A path's last part: what the manifest calls the clip.
  static func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// What the manifest says of the clip, or what holds for every staff test clip.
  private func entry(_ path: String) throws(ClipRefusal) -> ManifestEntry {
    let name = Self.fileName(path)
    switch provenance {
    case .staffTest(let camera, let consent):
      return ManifestEntry(
        clip: path, source: .staffTest, consent: consent.recordID, camera: camera, recordedAt: "",
        alert: CameraAlert(label: "", score: nil, model: ""), predictions: [], line: 0)
    case .manifest(let manifest, _):
      if let complaint = manifest.complaintsByClip[name] {
        throw ClipRefusal("its line in the manifest is wrong (\(complaint))")
      }
      guard let entry = manifest.entries[name] else {
        throw ClipRefusal("\(manifest.fileName) has no line for it; add one and try again")
      }
      if let other = usedLines[name] {
        throw ClipRefusal(
          "line \(entry.line) of \(manifest.fileName) is that of \(other) already; rename one")
      }
      return entry
    }
  }

  /// Refuses a camera that does not fit the source; remarks on one that nobody described.
  private func remark(
    on entry: ManifestEntry, _ path: String
  ) throws(ClipRefusal) -> IngestFinding? {
    let name = DisplayText.line(entry.camera.text, limit: 64)
    let camera = setting.cameras[entry.camera]
    if entry.source == .staffTest, camera?.isStaff != true {
      throw ClipRefusal(
        "camera \"\(name)\" is not marked staff = true in cameras.toml, "
          + "so its clips cannot be staff test clips")
    }
    guard camera == nil else { return nil }
    return IngestFinding(
      .remark, path: path,
      sentence: "\(DisplayText.line(path, limit: 200)): camera \"\(name)\" is not in cameras.toml, "
        + "so the clip will be shown as coarse as can be.")
  }

  private func checkKind(_ path: String) throws(ClipRefusal) {
    switch VaultDisk.kind(path) {
    case .nothing: throw ClipRefusal("there is no such file")
    case .folder: throw ClipRefusal("it is a folder; name the clips in it")
    case .other: throw ClipRefusal("it is not a regular file")
    case .file(let count, _) where count == 0: throw ClipRefusal("it is empty")
    case .file(let count, _) where count > KeyRow.clipByteLimit:
      throw ClipRefusal("it is larger than 100 MiB; cut it and try again")
    case .file: break
    }
  }

  private func source(_ path: String) throws(ClipRefusal) -> IngestSource {
    do throws(VaultError) { return try IngestSource(path) } catch {
      throw ClipRefusal(Self.reason(error))
    }
  }

  private static func reason(_ error: VaultError) -> String {
    switch error {
    case .system(let failure) where failure.exitCode == 77: "you have no permission to read it"
    default: "it cannot be read (\(error.sentence))"
    }
  }
}
