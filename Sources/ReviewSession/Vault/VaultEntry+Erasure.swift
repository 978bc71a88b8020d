// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
internal import ClipVault
internal import LabelStore
internal import Sealing
internal import Vocabulary

/// Erasure: the order is durable first, then the keys go, then everything else.
extension VaultEntry {
  /// Erases clips, finishing what an earlier run was interrupted in.
  package func erase(
    _ target: ErasureTarget, progress: (ErasureProgress) -> Void
  ) throws(SessionError) -> ErasureReport {
    try whileLocked { (store) throws(SessionError) in
      let now = try now(store)
      let (clips, reason) = try clips(of: target, in: store)
      // Also where no clip is left: none may come in later under the consent that ended.
      if case .subject(let subject) = target { try noteWithdrawal(of: [subject], at: now) }
      if clips.isEmpty, case .subject(let subject) = target {
        throw .words(
          "There is no clip of \(DisplayText.line(subject, limit: 64)) in this vault; none comes in "
            + "under a consent from before now.", exitCode: 66)
      }
      let named = try named(clips)
      try inStore { () throws(StoreError) in
        try store.orderErasure(named, reason: reason, by: actor, nowMilliseconds: now)
      }
      return try finishErasures(in: store, progress)
    }
  }

  /// Erases what is due and what was interrupted, deletes old segments of the log, and signs its end.
  package func keepHouse(
    progress: (ErasureProgress) -> Void
  ) throws(SessionError) -> ErasureReport {
    try whileLocked { (store) throws(SessionError) in
      try inVault { () throws(VaultError) in
        try keyStore.recover()
        try ConsentFolder(vault.layout).recover()
      }
      let now = try now(store)
      let due = try due(store)
      let expired = try named(due.expired)
      let flagged = try named(due.flagged.filter { !due.expired.contains($0) })
      try inStore { () throws(StoreError) in
        try store.orderErasure(expired, reason: .expired, by: actor, nowMilliseconds: now)
        try store.orderErasure(flagged, reason: .flagDue, by: actor, nowMilliseconds: now)
      }
      var report = try finishErasures(in: store, progress)
      try inStore { () throws(StoreError) in
        report.deletedEventCount = try store.deleteSegments(
          olderThanMonths: vault.policy.logMonths, by: actor, nowMilliseconds: now)
        _ = try store.checkpoint(nowMilliseconds: now)
        // Where somebody read while clips were erased, what was deleted still stands in the log
        // that SQLite writes ahead; so do the segments that were deleted now.
        _ = try store.scrub()
      }
      try writeMissingReceipts(of: store)
      return report
    }
  }

  /// Whether housekeeping would find something to do, without changing anything.
  func isHousekeepingDue(_ store: LabelStore) throws(SessionError) -> Bool {
    let time = try dueTime(store)
    let due = try due(store)
    let pending = try inStore { () throws(StoreError) in
      try store.pendingErasures(atMilliseconds: time)
    }
    return !(pending.isEmpty && due.expired.isEmpty && due.flagged.isEmpty)
  }

  /// The clips whose time is over, and the flagged ones that nobody decided on.
  func due(
    _ store: LabelStore
  ) throws(SessionError) -> (expired: [ClipID], flagged: [ClipID]) {
    let time = try dueTime(store)
    let hours = vault.policy.flaggedHours
    return try inStore { () throws(StoreError) in
      (
        try store.expired(atMilliseconds: time),
        try store.flagsDue(atMilliseconds: time, hours: hours)
      )
    }
  }

  /// Does something while nobody else changes clips, keys or policy, with the store open.
  func whileLocked<Value>(
    _ body: (LabelStore) throws(SessionError) -> Value
  ) throws(SessionError) -> Value {
    let result = try inVault { () throws(VaultError) in
      try vault.whileLocked { () throws(VaultError) in
        Result { () throws(SessionError) in try withStore(body) }
      }
    }
    return try result.get()
  }

  /// The vault's own time.
  func now(_ store: LabelStore) throws(SessionError) -> Int64 {
    try inStore { () throws(StoreError) in try store.nowMilliseconds() }
  }

  /// The time by which clips are erased without anybody asking.
  ///
  /// As `now`, but by the wall clock where the log lies more than a day ahead of it: then the clock
  /// was wrong once. The gate stays shut until it catches up, but what is erased never comes back.
  func dueTime(_ store: LabelStore) throws(SessionError) -> Int64 {
    let (now, wall) = (try now(store), SessionClock.wallMilliseconds)
    return now - wall > 86_400_000 ? wall : now
  }

  /// The clips with their names in the log.
  func named(_ clips: [ClipID]) throws(SessionError) -> [NamedClip] {
    guard !clips.isEmpty else { return [] }
    let keyStore = keyStore
    var names: [ClipID: ClipLogName] = [:]
    try inVault { () throws(VaultError) in
      if clips.count <= Self.fewClips {
        for clip in clips { names[clip] = try keyStore.row(of: clip)?.logName }
      } else {
        let wanted = Set(clips)
        try keyStore.forEachRow { (row) throws(VaultError) in
          if wanted.contains(row.id) { names[row.id] = row.logName }
        }
      }
    }
    return clips.map { NamedClip($0, names[$0]) }
  }

  /// Looking a row up costs about a thirtieth of reading all rows of a large vault.
  private static let fewClips = 32

  private func clips(
    of target: ErasureTarget, in store: LabelStore
  ) throws(SessionError) -> ([ClipID], ErasureReason) {
    switch target {
    case .clips(let ids, let isRequested): return (ids, isRequested ? .request : .decision)
    case .subject(let subject): return (try clips(ofSubject: subject, in: store), .request)
    case .expired:
      return (try due(store).expired, .expired)
    }
  }

  /// The clips of a pseudonym: by the label store, and by the records that name it.
  func clips(ofSubject subject: String, in store: LabelStore) throws(SessionError) -> [ClipID] {
    let records = try inVault { () throws(VaultError) in
      try ConsentFolder(vault.layout).recordIDs(ofSubject: subject)
    }
    return try inStore { () throws(StoreError) in
      var clips = try store.clips(ofSubject: subject)
      for record in records {
        for clip in try store.clips(ofConsent: record) where !clips.contains(clip) {
          clips.append(clip)
        }
      }
      return clips
    }
  }

  /// Carries out every order: keys, payloads, then the store's part with a receipt.
  func finishErasures(
    in store: LabelStore, _ progress: (ErasureProgress) -> Void
  ) throws(SessionError) -> ErasureReport {
    let now = try now(store)
    let time = try dueTime(store)
    let pending = try inStore { () throws(StoreError) in
      try store.pendingErasures(atMilliseconds: time)
    }
    var report = ErasureReport()
    let groups = Dictionary(grouping: pending) { ErasureGroup(reason: $0.reason, by: $0.orderedBy) }
    for (group, clips) in groups.sorted(by: { $0.value.count > $1.value.count }) {
      for start in stride(from: 0, to: clips.count, by: Receipt.clipLimit) {
        let part = Array(clips[start..<min(start + Receipt.clipLimit, clips.count)])
        let done = report.clipCount
        let receipt = try carryOut(part, of: group, in: store, at: now) { gone in
          progress(ErasureProgress(done: done + gone, total: pending.count))
        }
        report.receipts.append(receipt)
        report.clipCount += part.count
      }
    }
    // At the end of time no hold stands any more: what is left is held now.
    let held = try inStore { () throws(StoreError) in
      try store.pendingErasures(atMilliseconds: .max)
    }
    report.waiting = held.map { "Clip \($0.clip.id.short) is held on a legal ground and waits." }
    return report
  }

  private func carryOut(
    _ pending: [PendingErasure], of group: ErasureGroup, in store: LabelStore, at now: Int64,
    _ progress: (Int) -> Void
  ) throws(SessionError) -> String {
    let ids = pending.map(\.clip.id)
    let key = try inVault { () throws(VaultError) in try vault.state.logKey() }
    let gone = try inVault { () throws(VaultError) in
      // A clip whose time is over may come back under a new consent; the others may not.
      try ClipErasure(keyStore).run(
        Set(ids), entomb: group.reason != .expired, progress: progress)
    }
    let exports = try inStore { () throws(StoreError) in try store.exports(holding: ids) }
    var counts = Receipt.Counts()
    counts.payloadBytes = gone.payloadBytes
    counts.keyRows = gone.rows
    let labels = vault.policy.labelsAfterErasure
    let order = try receiptOrder(of: group, in: store)
    let vaultID = vault.id
    let done = try inStore { () throws(StoreError) in
      try store.finishErasure(ids, labels: labels, by: actor, nowMilliseconds: now) { done in
        counts.clips = done.clipCount
        counts.leases = done.leaseCount
        counts.labelsDropped = done.droppedLabelCount
        counts.labelsKept = labels == .keep ? done.keptLabelCount : 0
        counts.labelsPseudonymised = labels == .pseudonymise ? done.keptLabelCount : 0
        return Receipt(
          number: Int(done.number), vault: vaultID, atMilliseconds: now,
          order: order, reason: group.reason.onReceipt, counts: counts,
          logNames: pending.compactMap(\.clip.logName),
          exports: exports.suffix(Receipt.exportLimit).map {
            Receipt.Export(number: Int($0.number), atMilliseconds: $0.atMilliseconds)
          }
        )?.signed(by: key).encoded ?? ""
      }
    }
    return try inVault { () throws(VaultError) in
      try ReceiptFolder(vault.layout).write(done.receipt, number: Int(done.number))
    }
  }
}

extension VaultEntry {
  /// Writes the receipts whose files a crash left unwritten.
  private func writeMissingReceipts(of store: LabelStore) throws(SessionError) {
    let receipts = try inStore { () throws(StoreError) in try store.receipts() }
    try inVault { () throws(VaultError) in
      let folder = ReceiptFolder(vault.layout)
      let written = Set(try folder.numbers())
      for receipt in receipts where !written.contains(Int(receipt.number)) {
        _ = try folder.write(receipt.note, number: Int(receipt.number))
      }
    }
  }

  private func receiptOrder(
    of group: ErasureGroup, in store: LabelStore
  ) throws(SessionError) -> Receipt.Order {
    if group.reason == .notice {
      let number = try inStore { () throws(StoreError) in try store.appliedNotice()?.number }
      return .notices(Int(number ?? 1))
    }
    return group.by.isEmpty ? .housekeeping : .lead(group.by)
  }
}

/// Orders that are carried out together.
private struct ErasureGroup: Hashable {
  let reason: ErasureReason
  let by: String
}

extension ErasureReason {
  /// The receipt's word for it.
  fileprivate var onReceipt: Receipt.Reason {
    switch self {
    case .request, .notice: .subject
    case .expired: .expired
    case .flagDue: .flagged
    case .decision: .erase
    }
  }
}
