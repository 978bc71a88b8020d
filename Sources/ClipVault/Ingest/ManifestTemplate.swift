// SPDX-License-Identifier: Apache-2.0

import Vocabulary

/// Writes a manifest's template for a folder of clips: what can be known is filled in, what only
/// the lead knows is left so that ingest refuses the line until it is given.
package struct ManifestTemplate {
  /// The clips in it.
  package private(set) var clips: [String] = []
  /// Clips that cannot be played, which it leaves out.
  package private(set) var findings: [IngestFinding] = []

  private let folder: String
  private var lines: [String] = []

  /// The endings of files that are taken for clips.
  package static let fileEndings: Set<String> = [
    "mp4", "m4v", "mov", "mkv", "webm", "ts", "mts", "m2ts", "avi",
  ]
  /// The manifest's file name in the folder.
  package static let manifestName = "manifest.jsonl"
  /// The camera stubs' file name in the folder.
  package static let camerasName = "cameras.toml"

  /// The camera of every line, until the lead says which it was.
  private static let camera = CameraID("camera-1")

  /// Probes the clips of a folder, in the order of their names.
  package init(
    folder: String, probe: any ClipProbe, progress: (IngestProgress) -> Void = { _ in }
  ) throws(VaultError) {
    self.folder = VaultLayout(root: folder).root
    let names = try VaultDisk.names(self.folder).filter(Self.isClip)
    for (index, name) in names.enumerated() {
      progress(IngestProgress(done: index, total: names.count, path: name))
      add(name, probe)
    }
    progress(IngestProgress(done: names.count, total: names.count, path: ""))
  }

  /// The manifest's text.
  package var manifestText: String { lines.map { $0 + "\n" }.joined() }

  /// Writes both files into the folder, never over existing ones; gives the paths written.
  package func write() throws(VaultError) -> [String] {
    let manifest = "\(folder)/\(Self.manifestName)"
    let cameras = "\(folder)/\(Self.camerasName)"
    try VaultDisk.writeNew(manifest, Array(manifestText.utf8))
    guard case .nothing = VaultDisk.kind(cameras) else { return [manifest] }
    try VaultDisk.writeNew(cameras, Array(CamerasFile.stub(Self.camera).utf8))
    return [manifest, cameras]
  }

  private static func isClip(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count > 1 && parts.first != ""
      && fileEndings.contains(parts.last?.lowercased() ?? "")
  }

  private mutating func add(_ name: String, _ probe: any ClipProbe) {
    let path = "\(folder)/\(name)"
    guard case .file(let count, let modified) = VaultDisk.kind(path) else { return }
    if count == 0 { return refuse(path, "it is empty") }
    do {
      _ = try probe.probe(try VaultDisk.read(path, limit: KeyRow.clipByteLimit))
    } catch let error as ClipRefusal {
      return refuse(path, error.reason)
    } catch let error as VaultError {
      return refuse(path, error.sentence)
    } catch {
      return refuse(path, "it cannot be read")
    }
    clips.append(name)
    lines.append(
      JSONText.object([
        ("clip", JSONText.quoted(name)),
        ("source", JSONText.quoted(ClipSource.customerFeedback.rawValue)),
        ("consent", JSONText.quoted("")),
        ("camera", JSONText.quoted(Self.camera.text)),
        ("recorded_at", JSONText.quoted(Timestamp.text(seconds: modified))),
        ("alert", #"{"label":"","score":null,"model":""}"#),
        ("predictions", "[]"),
        ("regions", "[]"),
      ]))
  }

  private mutating func refuse(_ path: String, _ reason: String) {
    let name = DisplayText.line(path, limit: 200)
    findings.append(
      IngestFinding(.refusal, path: path, sentence: "\(name) is left out: \(reason)."))
  }
}
