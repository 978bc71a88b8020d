// SPDX-License-Identifier: Apache-2.0

import StrictTOML
import Vocabulary

/// A clip that may be taken in: its bytes, once read, and all that is known of them.
struct IngestCandidate {
  let path: String
  let bytes: [UInt8]
  let sha256: String
  let entry: ManifestEntry
  let facts: ClipFacts

  func record(id: ClipID, atMilliseconds: Int64) -> ClipRecord {
    ClipRecord(
      id: id, source: entry.source, consent: entry.consent, camera: entry.camera,
      recordedAt: entry.recordedAt, alert: entry.alert, predictions: entry.predictions,
      facts: facts, ingestedAtMilliseconds: atMilliseconds)
  }
}

/// Looks at clips one by one and says what hinders them.
struct IngestExaminer {
  let vault: Vault
  let provenance: Ingest.Provenance
  let probe: any ClipProbe
  /// Who has each digest already.
  var digests: [String: String]
  /// Which path has used each line of the manifest.
  private var usedLines: [String: String] = [:]

  init(
    vault: Vault, provenance: Ingest.Provenance, probe: any ClipProbe, digests: [String: String]
  ) {
    self.vault = vault
    self.provenance = provenance
    self.probe = probe
    self.digests = digests
  }

  /// Remembers a clip that was taken in, or would have been.
  mutating func accept(_ candidate: IngestCandidate) {
    digests[candidate.sha256] = candidate.path
    usedLines[candidate.entry.clip] = candidate.path
  }

  /// Looks at one clip: the cheap questions first, the decoder last.
  func examine(_ path: String) -> (IngestCandidate?, [IngestFinding]) {
    do throws(ClipRefusal) {
      try checkKind(path)
      let entry = try entry(path)
      let remark = try remark(on: entry, path)
      let bytes = try bytes(path)
      let sha256 = KeyFile.digest(bytes)
      if let owner = digests[sha256] {
        throw ClipRefusal("it is the same as \(owner); leave it out")
      }
      let facts = try probe.probe(bytes)
      let candidate = IngestCandidate(
        path: path, bytes: bytes, sha256: sha256, entry: entry, facts: facts)
      return (candidate, remark.map { [$0] } ?? [])
    } catch {
      let name = DisplayText.line(path, limit: 200)
      let sentence = "\(name) is refused: \(error.reason)."
      return (nil, [IngestFinding(.refusal, path: path, sentence: sentence)])
    }
  }

  /// A path's last part: what the manifest calls the clip.
  static func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// What the manifest says of the clip, or what holds for every staff test clip.
  private func entry(_ path: String) throws(ClipRefusal) -> ManifestEntry {
    let name = Self.fileName(path)
    switch provenance {
    case .staffTest(let camera):
      return ManifestEntry(
        clip: path, source: .staffTest, consent: "", camera: camera, recordedAt: "",
        alert: CameraAlert(label: "", score: nil, model: ""), predictions: [], line: 0)
    case .manifest(let manifest):
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
    let camera = vault.cameras[entry.camera]
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
    case .file(let count, _) where count > ClipFile.byteLimit:
      throw ClipRefusal("it is larger than 100 MiB; cut it and try again")
    case .file: break
    }
  }

  private func bytes(_ path: String) throws(ClipRefusal) -> [UInt8] {
    do throws(VaultError) {
      return try VaultDisk.read(path, limit: ClipFile.byteLimit)
    } catch {
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
