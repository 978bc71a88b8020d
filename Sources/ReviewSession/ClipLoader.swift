// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
internal import ClipVault
internal import LabelStore
internal import Lockdown
internal import Synchronization
internal import Veil
internal import Vocabulary

/// A clip that this session has leased, with its labels and its bytes.
struct LoadedClip: Sendable {
  let row: StoredRow
  let events: [LabelEvent]
  /// The bytes in sealed memory, or the sentence that says why there are none.
  var content: Content
  /// What the audit log calls it; nil where its row is gone.
  let logName: ClipLogName?
  /// The least frost that its row asks for.
  let frostFloor: Frost
  /// The frost that this reviewer raised it to.
  let raisedFrost: Frost
  /// What looks at it have cost, in milliseconds.
  let lookSpentMilliseconds: Int64
  /// Whether the policy allows looks.
  let isLookable: Bool

  enum Content: Sendable {
    case clip(SealedClip)
    /// `isLasting` where another try would fail too: such a clip is due no more.
    case refused(String, isLasting: Bool)
  }

  var id: ClipID { row.record.id }
}

/// Finds, leases and reads clips; runs on the store's thread.
struct ClipLoader: Sendable {
  enum Outcome: Sendable {
    case loaded(LoadedClip)
    /// No clip is due.
    case nothingDue(WorklistCounts)
    /// All that are due were flagged before.
    case onlyFlaggedDue(WorklistCounts)
    /// The clip on screen stays, for that reason.
    case stays(WalkPhrase)
    /// As `stays`: the store keeps the other from this session.
    case kept(StoreError)
  }

  private let keeper: DoorKeeper
  let session: StoreSession
  let cameras: CameraBook
  private let allowsLooks: Bool
  private let texts: Texts
  /// The clips that did not open in this session, and are not offered again unless asked for.
  let refused = RefusedClips()

  /// So many clips that do not open are passed over in a row; the next one is shown with its reason,
  /// so that the reviewer sees that something is amiss.
  static let mostPassedOver = 20

  init(_ entry: VaultEntry, session: StoreSession) throws(SessionError) {
    keeper = DoorKeeper(try ClipDoor(entry))
    self.session = session
    texts = entry.texts
    cameras = entry.vault.cameras
    allowsLooks = entry.vault.policy.lookRules.allowsLooks
  }

  /// Offers clips again that did not open: what kept them shut has changed.
  func forgetRefusals() { refused.removeAll() }

  /// Lets go of every key: clips do not open until another door is there.
  func close() { keeper.close() }

  /// Opens clips through that door from now on.
  func open(_ door: ClipDoor) { keeper.open(door) }

  /// The next due clip behind `clip`, else from the start; never `clip` itself, nor one of `open`.
  func nextDue(
    after clip: ClipID?, in store: LabelStore, excluding open: Set<ClipID> = []
  ) throws(StoreError) -> Outcome {
    let now = SessionClock.wallMilliseconds
    let position = try clip.flatMap { id throws(StoreError) in
      try store.row(id, session: session)?.position
    }
    var passedOver = 0
    var last: ClipID?
    for start in position == nil ? [nil] : [position, nil] {
      while true {
        let excluded = refused.ids.union(open).union(clip.map { [$0] } ?? [])
        let row = try store.leaseNext(
          .due, from: start, session: session, nowMilliseconds: now, excluding: excluded)
        guard let row else { break }
        let loaded = try load(row, in: store)
        guard case .refused(_, isLasting: false) = loaded.content,
          passedOver < Self.mostPassedOver
        else { return .loaded(loaded) }
        refused.insert(loaded.id)
        passedOver += 1
        last = loaded.id
        try store.release(loaded.id, session: session)
      }
    }
    // Nothing else is due: one of those that do not open is shown, so that somebody sees why.
    if let last { return try self.clip(last, in: store) }
    let row = try clip.flatMap { id throws(StoreError) in
      try store.row(id, session: session)
    }
    if let row, row.isToJudge, row.unreadable == nil { return .stays(.noOtherDue) }
    return .nothingDue(try store.counts(session: session, nowMilliseconds: now))
  }

  /// The neighbour of a clip in order of ingest, due or not; nil starts at the far end.
  func neighbour(
    of clip: ClipID?, _ direction: WalkDirection, in store: LabelStore
  ) throws(StoreError) -> Outcome {
    let now = SessionClock.wallMilliseconds
    let position = try clip.flatMap { id throws(StoreError) in
      try store.row(id, session: session)?.position
    }
    let row = try store.leaseNext(
      .any, from: position, direction, session: session, nowMilliseconds: now)
    if let row { return .loaded(try load(row, in: store)) }
    return .stays(direction == .forward ? .last : .first)
  }

  /// One clip by its name.
  func clip(
    _ id: ClipID, for purpose: LeasePurpose = .labelling, in store: LabelStore
  ) throws(StoreError) -> Outcome {
    do {
      let row = try store.lease(
        id, for: purpose, session: session, nowMilliseconds: SessionClock.wallMilliseconds)
      return .loaded(try load(row, in: store))
    } catch {
      switch error {
      case .leasedByOther, .withdrawn, .unknownClip, .opinion: return .kept(error)
      default: throw error
      }
    }
  }

  /// The clip whose verdict this reviewer committed last.
  func lastCommitted(in store: LabelStore) throws(StoreError) -> Outcome {
    let id = try store.lastCommitted(session: session)
    guard let id else { return .stays(.nothingToTakeBack) }
    return try clip(id, for: .reopening, in: store)
  }

  /// Where the reviewer stood when the last session ended in whatever way, else the next due clip.
  func resume(in store: LabelStore) throws(StoreError) -> (Outcome, place: ReviewerPlace?) {
    if let place = try store.place(of: session.reviewer),
      case .loaded(let loaded) = try clip(place.clip, in: store)
    {
      if case .clip = loaded.content { return (.loaded(loaded), place) }
      try store.release(place.clip, session: session)
    }
    return (try nextDue(after: nil, in: store), nil)
  }

  func load(
    _ row: StoredRow, in store: LabelStore
  ) throws(StoreError) -> LoadedClip {
    let record = row.record
    let events = try store.events(of: record.id)
    let now = try store.nowMilliseconds()
    var drafts: [AuditDraft] = []
    let noticesAge = try store.noticesAgeMilliseconds(at: now)
    let answer =
      keeper.door?.open(
        record, nowMilliseconds: now, noticesAgeMilliseconds: noticesAge, &drafts)
      ?? .refused(texts(LockPhrase.sessionLocked), isLasting: false)
    var logName: ClipLogName?
    var floor = Frost.clear
    let content: LoadedClip.Content
    switch answer {
    case .opened(let clip, let row):
      content = .clip(clip)
      logName = row.logName
      floor = row.frostFloor
      session.name(record.id, as: row.logName)
      let frost = DefaultFrost(record: record, camera: cameras[record.camera])
      drafts.append(
        AuditDraft(
          .open, clip: row.logName, ["frost": .word(max(frost.frost, row.frostFloor).name)]))
    case .refused(let sentence, let isLasting):
      content = .refused(sentence, isLasting: isLasting)
    }
    // Nobody sees a clip before the log has it.
    try store.record(drafts, by: session.actor, nowMilliseconds: now)
    return LoadedClip(
      row: row, events: events, content: content, logName: logName, frostFloor: floor,
      raisedFrost: try store.raisedFrost(of: record.id, by: session.reviewer),
      lookSpentMilliseconds: try store.lookStanding(of: record.id, session: session, clock: .now)
        .clipSpentMilliseconds, isLookable: allowsLooks)
  }
}

/// The clips that did not open, shared by the jobs of one session.
final class RefusedClips: Sendable {
  private let clips = Mutex<Set<ClipID>>([])

  var ids: Set<ClipID> { clips.withLock { $0 } }

  func insert(_ id: ClipID) { clips.withLock { _ = $0.insert(id) } }

  func removeAll() { clips.withLock { $0 = [] } }
}
