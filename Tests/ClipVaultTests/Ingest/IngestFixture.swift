// SPDX-License-Identifier: Apache-2.0

import Foundation
import Sealing
import Vocabulary

@testable import ClipVault

/// A vault's folders with keys of their own, and all that ingest needs around them.
final class IngestFixture {
  let folder: TemporaryFolder
  /// Keeps a shared folder for as long as its fixture.
  private var origin: IngestFixture?
  let layout: VaultLayout
  let keys: KeyStore
  let identity: AgeIdentity
  let store = FakeStore()
  let probe = FakeProbe()
  var rules = ConsentRules()
  var mayKeepSources = false
  var now: Int64 = ConsentFixture.now

  init() throws {
    folder = try TemporaryFolder()
    identity = AgeIdentity()
    (layout, keys) = try Self.vault(in: folder.path, id: .random())
    for name in [consentPath, clipsPath] { try VaultDisk.makeFolder(name) }
  }

  /// The same vault with another label store, which knows no clip.
  static func strangers(_ fixture: IngestFixture) -> IngestFixture { IngestFixture(fixture) }

  private init(_ other: IngestFixture) {
    origin = other
    folder = other.folder
    layout = other.layout
    keys = other.keys
    identity = other.identity
  }

  /// Opens the vault in a folder, or makes it; a child process opens its parent's.
  static func vault(
    in path: String, id: VaultID
  ) throws(VaultError) -> (layout: VaultLayout, keys: KeyStore) {
    let layout = VaultLayout(root: path + "/vault")
    for folder in [layout.root] + layout.folders { try VaultDisk.makeFolder(folder) }
    let state = VaultState(root: path + "/state", vault: id)
    return (layout, try KeyStore.create(layout, state))
  }

  var consentPath: String { folder.path + "/consent" }
  var clipsPath: String { folder.path + "/clips" }

  var setting: IngestSetting {
    IngestSetting(
      layout: layout, keys: keys, cameras: ConsentFixture.cameras, rules: rules,
      signers: ConsentFixture.signers, mayKeepSources: mayKeepSources,
      recipient: { [identity] in identity.recipient },
      frostFloor: { source, _ in source == .staffTest ? .clear : .strict })
  }

  func ingest(_ provenance: Ingest.Provenance, keepSources: Bool = false) -> Ingest {
    Ingest(
      setting, provenance: provenance, probe: probe, catalogue: store.catalogue,
      keepSources: keepSources, nowMilliseconds: { [now] in now })
  }

  func ingest(manifest: String, keepSources: Bool = false) throws -> Ingest {
    let taxonomy = try TaxonomyFile.parse(DefaultTaxonomy.text)
    let manifest = ManifestFile.parse(
      Array(manifest.utf8), fileName: "manifest.jsonl", taxonomy: taxonomy)
    return ingest(
      .manifest(manifest, consents: ConsentFolder(folder: consentPath)), keepSources: keepSources)
  }

  /// Staff test clips of the bench, with a participant record of just these.
  func bench(_ paths: [String], camera: String = "bench") throws -> Ingest {
    guard
      let consent = StaffConsent.make(
        of: paths, participants: ["staff-3"], camera: CameraID(camera), storageDays: 30,
        nowMilliseconds: now, signedBy: ConsentFixture.lead, named: "ada")
    else { throw FixtureError.noRecord }
    return ingest(.staffTest(camera: CameraID(camera), consent: consent))
  }

  enum FixtureError: Error { case noRecord }

  /// Writes a source file into the folder of clips.
  func source(_ name: String, _ text: String) throws -> String {
    try source(name, bytes: Array(text.utf8))
  }

  func source(_ name: String, bytes: [UInt8]) throws -> String {
    let path = "\(clipsPath)/\(name)"
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  /// Puts a customer's signed record about these clips' texts beside the manifest.
  func consent(
    _ id: String, of clips: [String], _ change: (JSONTree) -> JSONTree = { $0 },
    signedBy key: SigningKey = ConsentFixture.intake
  ) throws {
    try consent(id, of: clips.map { Array($0.utf8) }, change, signedBy: key)
  }

  func consent(
    _ id: String, of clips: [[UInt8]], _ change: (JSONTree) -> JSONTree = { $0 },
    signedBy key: SigningKey = ConsentFixture.intake
  ) throws {
    let digests = clips.map { JSONTree.raw("\"\(SHA256Text.text(Digest.sha256($0)))\"") }
    let record = change(
      ConsentFixture.customers.with("record_id", raw: "\"\(id)\"").with("clips", .list(digests)))
    guard
      let document = ConsentDocument(
        bytes: Array(record.text.utf8), recordID: id, signedBy: key, named: "intake-1")
    else { throw FixtureError.noRecord }
    try Data(document.bytes).write(to: URL(filePath: "\(consentPath)/\(id).json"))
    try Data(document.signature ?? []).write(to: URL(filePath: "\(consentPath)/\(id).sig"))
  }

  /// A manifest's line for a customer's clip, or for one of the staff.
  func line(
    _ clip: String, _ camera: String = "porch-2", consent: String = "CR-1", isStaff: Bool = false
  ) -> String {
    let source = isStaff ? "staff-test" : "customer-feedback"
    return
      #"{"clip":"\#(clip)","source":"\#(source)","consent":"\#(consent)","camera":"\#(camera)"}"#
      + "\n"
  }

  /// A clip's own bytes, by its row and the vault identity.
  func open(_ id: ClipID) throws -> [UInt8]? {
    guard let row = try keys.row(of: id) else { return nil }
    var bytes: [UInt8] = []
    try ClipOpener(layout, [identity]).open(row) { (chunk) throws(VaultError) in
      for index in chunk.indices { bytes.append(chunk[index]) }
    }
    return bytes
  }

  /// The names in `clips`, and those of the loose rows in `keys`.
  var fileNames: [String] {
    get throws {
      try VaultDisk.names(layout.clips).filter { $0 != ".lock" }
        + VaultDisk.names(layout.keys).filter { !["store", "consent"].contains($0) }
    }
  }

  func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}

/// Stands for the label store: what was registered, and a refusal where one is wanted.
final class FakeStore {
  private(set) var registrations: [Ingest.Registration] = []
  var refusal: VaultError?
  var withdrawn: [String: Int64] = [:]

  var records: [ClipRecord] { registrations.map(\.record) }

  var catalogue: Ingest.Catalogue {
    Ingest.Catalogue(
      knownIDs: { [self] () throws(VaultError) in Set(records.map(\.id)) },
      withdrawnAt: { [self] subject throws(VaultError) in withdrawn[subject] },
      register: { [self] registration throws(VaultError) in
        if let refusal { throw refusal }
        registrations.append(registration)
      })
  }
}

/// Takes what begins with "clip" for a clip.
final class FakeProbe: ClipProbe {
  private(set) var count = 0

  func probe(_ bytes: [UInt8]) throws(ClipRefusal) -> ClipFacts {
    count += 1
    guard bytes.starts(with: "clip".utf8) else { throw ClipRefusal("it is not a video") }
    return Self.facts
  }

  static let facts = ClipFacts(
    size: PixelSize(width: 640, height: 360), pixelAspect: .one,
    duration: MediaTime(milliseconds: 25_040), frameCount: 626, frameRate: Ratio(25, 1),
    codec: "h264", greys: .even)
}
