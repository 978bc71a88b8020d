// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import LabelStore
internal import Lockdown
internal import Vocabulary

/// A clip that this session has leased, with its labels and its bytes.
struct LoadedClip: Sendable {
  let row: StoredRow
  let events: [LabelEvent]
  /// The bytes in sealed memory, or the sentence that says why there are none.
  let content: Content

  enum Content: Sendable {
    case clip(SealedClip)
    case unreadable(String)
  }

  var id: ClipID { row.record.id }
}

/// Finds, leases and reads clips; runs on the store's thread.
struct ClipLoader: Sendable {
  enum Outcome: Sendable {
    case loaded(LoadedClip)
    /// No clip is due.
    case nothingDue(WorklistCounts)
    /// The clip on screen stays; the sentence says why.
    case stays(String)
  }

  let vault: Vault
  let session: StoreSession

  /// The next due clip behind `clip`, else from the start; never `clip` itself.
  func nextDue(after clip: ClipID?, in store: LabelStore) throws(StoreError) -> Outcome {
    let now = SessionClock.wallMilliseconds
    let position = try clip.flatMap { id throws(StoreError) in
      try store.row(id, session: session, nowMilliseconds: now)?.position
    }
    let excluded: Set<ClipID> = clip.map { [$0] } ?? []
    for start in position == nil ? [nil] : [position, nil] {
      let row = try store.leaseNext(
        .due, from: start, session: session, nowMilliseconds: now, excluding: excluded)
      if let row { return .loaded(try load(row, in: store)) }
    }
    let row = try clip.flatMap { id throws(StoreError) in
      try store.row(id, session: session, nowMilliseconds: now)
    }
    if row?.state == .due, row?.unreadable == nil { return .stays("No other clip is due.") }
    return .nothingDue(try store.counts(session: session, nowMilliseconds: now))
  }

  /// The neighbour of a clip in order of ingest, due or not; nil starts at the far end.
  func neighbour(
    of clip: ClipID?, _ direction: WalkDirection, in store: LabelStore
  ) throws(StoreError) -> Outcome {
    let now = SessionClock.wallMilliseconds
    let position = try clip.flatMap { id throws(StoreError) in
      try store.row(id, session: session, nowMilliseconds: now)?.position
    }
    let row = try store.leaseNext(
      .any, from: position, direction, session: session, nowMilliseconds: now)
    if let row { return .loaded(try load(row, in: store)) }
    return .stays(direction == .forward ? "This is the last clip." : "This is the first clip.")
  }

  /// One clip by its name.
  func clip(_ id: ClipID, in store: LabelStore) throws(StoreError) -> Outcome {
    do {
      let row = try store.lease(
        id, session: session, nowMilliseconds: SessionClock.wallMilliseconds)
      return .loaded(try load(row, in: store))
    } catch {
      switch error {
      case .leasedByOther, .withdrawn, .unknownClip: return .stays(error.sentence)
      default: throw error
      }
    }
  }

  /// The clip whose verdict this reviewer committed last.
  func lastCommitted(in store: LabelStore) throws(StoreError) -> Outcome {
    let id = try store.lastCommitted(
      session: session, nowMilliseconds: SessionClock.wallMilliseconds)
    guard let id else { return .stays("There is nothing to take back.") }
    return try clip(id, in: store)
  }

  /// Where the reviewer stood when the last session ended, else the next due clip.
  func resume(in store: LabelStore) throws(StoreError) -> (Outcome, playhead: MediaTime?) {
    if let place = try store.place(of: session.reviewer),
      case .loaded(let loaded) = try clip(place.clip, in: store)
    {
      if case .clip = loaded.content, loaded.row.state == .due || loaded.row.hasDraft {
        return (.loaded(loaded), place.playhead)
      }
      try store.release(place.clip, session: session)
    }
    return (try nextDue(after: nil, in: store), nil)
  }

  private func load(
    _ row: StoredRow, in store: LabelStore
  ) throws(StoreError) -> LoadedClip {
    let events = try store.events(of: row.record.id)
    return LoadedClip(row: row, events: events, content: content(row.record.id))
  }

  private func content(_ id: ClipID) -> LoadedClip.Content {
    let bytes: [UInt8]
    do { bytes = try ClipFile.read(id, in: vault.layout) } catch {
      return .unreadable(error.sentence)
    }
    do { return .clip(try SealedClip(bytes)) } catch {
      return .unreadable("Clip \(id.short) cannot be opened: \(error.sentence).")
    }
  }
}
