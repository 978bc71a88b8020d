// SPDX-License-Identifier: Apache-2.0
import AuditLog
import ClipVault
import LabelStore
import Vocabulary

/// Fills a vault's store with clips and labels, through the same calls that a session makes.
struct StoreFiller {
  private let vault: Vault

  init(_ vault: Vault) { self.vault = vault }

  /// Adds clips that are due; their bytes are missing, so nothing must open them.
  func add(_ count: Int) throws {
    let store = try vault.openStore()
    for start in stride(from: 0, to: count, by: 10_000) {
      try store.add(
        newClips((start..<min(count, start + 10_000)).map { record(series: 2, $0) }),
        by: AuditActor("before"), nowMilliseconds: 0)
    }
    try store.close()
  }

  /// Stores so many label events, on clips that are done after them: a clip gets five or, where
  /// many are wanted, a thousandth of them.
  func label(_ count: Int) throws {
    let store = try vault.openStore()
    let session = try store.beginSession(
      AuditActor("before"), taxonomy: vault.taxonomy, nowMilliseconds: 0)
    let eventsPerClip = max(5, count / 1000)
    let records = (0..<count / eventsPerClip).map { record(series: 1, $0) }
    try store.add(newClips(records), by: AuditActor("before"), nowMilliseconds: 0)
    for record in records {
      session.name(record.id, as: logName(record.id))
      _ = try store.lease(record.id, session: session, nowMilliseconds: 0)
      try store.append(events(of: record.id, eventsPerClip), session: session)
    }
    try session.end(nowMilliseconds: 0)
    try store.close()
  }

  /// A verdict of four labels, of which one was set and cleared as often as it takes.
  private func events(of clip: ClipID, _ count: Int) -> [LabelEvent] {
    let happened = vault.taxonomy.terms(.happened)[0].id
    let judged = [Axis.moved, .level].map { axis in
      LabelChange.set(vault.taxonomy.terms(axis)[0].id, isConfirmation: false)
    }
    let toggles = (0..<count - judged.count - 1).map { index in
      index % 2 == 0 ? LabelChange.set(happened, isConfirmation: false) : .clear(happened)
    }
    return (judged + toggles + [.commit]).enumerated().map { ordinal, change in
      LabelEvent(
        clip: clip, ordinal: ordinal, reviewer: ReviewerID("before"), atMilliseconds: 0,
        taxonomyVersion: vault.taxonomy.version, change: change)
    }
  }

  private func newClips(_ records: [ClipRecord]) -> [NewClip] {
    records.map {
      NewClip($0, subject: "", logName: logName($0.id), expiresAtMilliseconds: .max)
    }
  }

  private func logName(_ clip: ClipID) -> ClipLogName {
    guard let name = ClipLogName(clip.bytes) else { fatalError("an id has 16 bytes") }
    return name
  }

  private func record(series: UInt64, _ index: Int) -> ClipRecord {
    record(ClipID(high: series, low: UInt64(index)))
  }

  /// A customer's clip as ingest would describe it.
  func record(_ id: ClipID) -> ClipRecord {
    // Scores, levels and cameras of all kinds, spread by the id.
    let spread = id.lot(.audit, in: 65_536) * 40_503 % 65_536
    let score = Double(spread % 1000) / 1000
    let level = vault.taxonomy.terms(.level)[spread % 5].id
    return ClipRecord(
      id: id, source: .customerFeedback, consent: "c-1",
      camera: CameraID("porch-\(spread * 31 % 1000)"), recordedAt: "2026-01-14T22:15:00+01:00",
      alert: CameraAlert(label: "person", score: score, model: "m-1"),
      predictions: [
        Prediction(term: vault.taxonomy.terms(.moved)[0].id, score: score),
        Prediction(term: level, score: score),
      ],
      facts: ClipFacts(
        size: PixelSize(width: 1920, height: 1080), pixelAspect: .one,
        duration: MediaTime(milliseconds: 25_000), frameCount: 750, frameRate: Ratio(30, 1),
        codec: "h264", greys: .even),
      ingestedAtMilliseconds: 0)
  }
}

extension Vault {
  /// Opens the label store as somebody who writes its log.
  func openStore() throws -> LabelStore {
    try LabelStore.open(
      directory: layout.store, log: AuditSigner(vault: id.text, key: try state.logKey()))
  }
}
