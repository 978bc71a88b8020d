// SPDX-License-Identifier: Apache-2.0

import ClipVault
import Foundation
import LabelStore
import Lockdown
import Sealing
import Vocabulary

@testable import ReviewSession

/// A vault in a folder of its own that goes with the test.
///
/// Its people have no passphrase: Ada, who founded it, and Bea, a reviewer. Its clips are staff test
/// clips with nobody in them.
final class DoorVault {
  let path: String
  private let now = SessionClock.wallMilliseconds

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/door-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    var policy = Policy()
    policy.openPeople = true
    policy.consentSignature = false
    _ = try ClipVault.Vault.initialise(
      at: path + "/vault", TrustPlaces(stateRoot: path + "/state", systemFile: path + "/none"),
      founder: Founder(name: "ada", passphrase: SecretBytes(count: 0) { _ in }), policy: policy,
      nowMilliseconds: now)
    try ada().addPerson("bea", roles: [.reviewer], passphrase: SecretBytes(count: 0) { _ in })
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func ada() throws -> VaultEntry { try entry("ada") }
  func bea() throws -> VaultEntry { try entry("bea") }

  /// Without `Entrance.open`, which would lock the tests' own process.
  private func entry(_ name: String) throws -> VaultEntry {
    let vault = try ClipVault.Vault.open(
      path + "/vault", TrustPlaces(stateRoot: path + "/state", systemFile: path + "/none"))
    return VaultEntry(vault: vault, identity: try vault.unlockOpen(name), seat: "seat")
  }

  /// Takes a clip in, as ingest leaves it.
  @discardableResult
  func addClip(
    _ bytes: [UInt8], predictions: [Prediction] = [], leastFrost: Frost = .clear,
    frostFloor: Frost = .clear
  ) throws -> ClipID {
    let entry = try ada()
    let (vault, keys) = (entry.vault, entry.keyStore)
    let id = ClipID(high: .random(in: 1 ... .max), low: .random(in: 1 ... .max))
    let record = "P-\(id.short)"
    let sha256 = Digest.sha256(bytes)
    let participants = ParticipantRecord(
      recordID: record, participants: [], camera: CameraID("bench"), digests: [sha256],
      agreedAtMilliseconds: now, storageDays: 7)
    try ConsentFolder(vault.layout).keep(
      ConsentDocument(bytes: Array((participants?.text ?? "").utf8), signature: nil),
      recordID: record)
    let sealed = try ClipSealer(vault.statement.recipient).seal(bytes.span)
    try Data(sealed.payload).write(to: URL(filePath: vault.layout.clip(id)))
    let row = KeyRow(
      id: id, header: sealed.header, digest: try keys.keyedDigest(ofSHA256: sha256),
      byteCount: bytes.count, consent: record, addedAtMilliseconds: now,
      expiresAtMilliseconds: now + 86_400_000, frostFloor: frostFloor, logSalt: KeyRow.randomSalt())
    guard let row else { throw CocoaError(.coderInvalidValue) }
    try keys.add(row)
    var kept = clipRecord(id, consent: record)
    (kept.predictions, kept.leastFrost) = (predictions, leastFrost)
    try entry.withStore { (store) throws(SessionError) in
      try inStore { () throws(StoreError) in
        try store.add(
          [
            NewClip(
              kept, subject: "", logName: row.logName,
              expiresAtMilliseconds: row.expiresAtMilliseconds)
          ], by: entry.actor, nowMilliseconds: now)
      }
    }
    return id
  }

  private func clipRecord(_ id: ClipID, consent: String) -> ClipRecord {
    ClipRecord(
      id: id, source: .staffTest, consent: consent, camera: CameraID("bench"), recordedAt: "",
      alert: CameraAlert(label: "animal", score: 0.8, model: "cc"), predictions: [],
      facts: ClipFacts(
        size: PixelSize(width: 320, height: 180), pixelAspect: .one,
        duration: MediaTime(microseconds: 1_000_000), frameCount: 25, frameRate: Ratio(25, 1),
        codec: "h264", greys: .even, motion: []), ingestedAtMilliseconds: now)
  }
}

/// Bea's session over such a vault, as far as the store's thread goes.
struct DoorSession {
  let store: LabelStore
  let loader: ClipLoader

  init(_ vault: DoorVault) throws {
    let bea = try vault.bea()
    store = try bea.openStore()
    let session = try bea.beginSession(
      in: store, nowMilliseconds: SessionClock.wallMilliseconds)
    loader = try ClipLoader(bea, session: session)
  }

  /// The clip's bytes; nil and the sentence where it does not open.
  func open(_ id: ClipID) throws -> (bytes: SealedClip?, sentence: String) {
    switch try loader.clip(id, in: store) {
    case .loaded(let loaded):
      switch loaded.content {
      case .clip(let bytes): return (bytes, "")
      case .refused(let sentence, isLasting: _): return (nil, sentence)
      }
    case .stays(let phrase): return (nil, phrase.rawValue)
    case .kept(let error): return (nil, error.sentence)
    case .nothingDue, .onlyFlaggedDue: return (nil, "nothing due")
    }
  }
}
