// SPDX-License-Identifier: Apache-2.0

package import Sealing

/// Checks a log event by event, with nothing but its rows and its public key; memory is constant.
///
/// Feed events in order of their rows, and each checkpoint before the first event above its size;
/// then call `finish`. Every function throws the first fault, after which the verifier is done.
///
/// What it promises: events up to the last checkpoint are exactly those that the log signed. Events
/// after it are chained and gapless, but whoever may write the store could have replaced or cut
/// them: `AuditReport.unsignedCount` says how many they are, at most 64. That the end was cut off
/// together with its checkpoints is found only against a checkpoint kept elsewhere.
///
/// A log may start behind a checkpoint, its anchor, where older segments were deleted; a signed
/// event `segment_deleted` must then say so.
package struct AuditVerifier {
  private let vault: String
  private let key: VerifyingKey
  private let kept: Checkpoint?

  private var head: AuditHead
  /// The hash before the last event's, to tell which of two events does not belong.
  private var hashBefore: [UInt8] = []
  private var time: Int64 = 0
  private var first: Int64 = 0
  private var anchor: Int64 = 0
  private var signed: Checkpoint?
  /// The highest end of a deleted segment that an event tells, and that event.
  private var deleted: (through: Int64, seq: Int64) = (0, 0)
  /// An event that stands too early: whether others are gone or stand elsewhere tells the next one.
  private var early: (expected: Int64, found: Int64)?
  /// The first event that a checkpoint covers and that did not come before it.
  private var missing: (seq: Int64, through: Int64)?
  /// What a checkpoint contradicts, unless the next event shows that one was inserted before it.
  private var contradiction: AuditFault?

  /// Starts at the beginning of a vault's log; `kept` is a checkpoint kept elsewhere, if any.
  package init(vault: String, key: VerifyingKey, against kept: Checkpoint? = nil) {
    self.vault = vault
    self.key = key
    self.kept = kept
    head = AuditHead(vault: vault)
  }

  /// Takes the next event: its row's number, body and hash.
  package mutating func event(seq: Int64, body: [UInt8], hash: [UInt8]) throws(AuditFault) {
    if let missing { throw AuditFault(.removed, missing.seq) }
    let place = head.size + 1
    let event: AuditEvent
    do { event = try AuditEvent(body) } catch {
      throw AuditFault(.changed, early?.expected ?? place)
    }
    if let early {
      throw AuditFault(event.seq == early.found + 1 ? .removed : .swapped, early.expected)
    }
    if let contradiction, !follows(event, body, hash, place) { throw contradiction }
    guard event.seq == place, seq == place else {
      return try misplaced(event, row: seq, body: body, hash: hash, place)
    }
    if place - (signed?.size ?? 0) > Checkpoint.interval {
      throw AuditFault(.checkpointMissing, head.size)
    }
    hashBefore = head.hash
    head.extend(body)
    guard head.hash == hash, event.atMilliseconds >= time else { throw AuditFault(.changed, place) }
    time = event.atMilliseconds
    if first == 0 { first = place }
    if event.kind == .segmentDeleted, let through = event.detail.number("through") {
      deleted = (through, place)
    }
    if kept?.size == place, kept?.hash != head.hash {
      throw AuditFault(.rewritten, 1, through: place)
    }
  }

  /// Takes the next checkpoint: its row's size and note.
  package mutating func checkpoint(size: Int64, note: [UInt8]) throws(AuditFault) {
    guard early == nil else { return }
    let checkpoint: Checkpoint
    do {
      checkpoint = try Checkpoint(note: note, vault: vault, key: key)
    } catch { throw AuditFault(.checkpoint, size) }
    guard checkpoint.size == size, size > (signed?.size ?? 0) else {
      throw AuditFault(.checkpoint, size)
    }
    if first == 0, signed == nil {
      head = AuditHead(size: size, hash: checkpoint.hash)
      anchor = size
      if let kept, kept.size == size, kept.hash != checkpoint.hash {
        throw AuditFault(.rewritten, 1, through: size)
      }
    } else if size > head.size {
      missing = missing ?? (head.size + 1, size)
    } else if size < head.size {
      throw AuditFault(.checkpoint, size)
    } else if checkpoint.hash != head.hash {
      contradiction = AuditFault(.rewritten, (signed?.size ?? 0) + 1, through: size)
    }
    signed = checkpoint
  }

  /// Ends the log.
  package mutating func finish() throws(AuditFault) -> AuditReport {
    if let early { throw AuditFault(.removed, early.expected) }
    if let contradiction { throw contradiction }
    if let missing { throw AuditFault(.tailCut, missing.seq, through: missing.through) }
    if anchor > 0 {
      guard first > 0 else { throw AuditFault(.tailCut, 1, through: anchor) }
      guard deleted.through == anchor, deleted.seq <= signed?.size ?? 0 else {
        throw AuditFault(.removed, 1, through: anchor)
      }
    }
    if let kept, kept.size > head.size {
      throw AuditFault(.tailCut, head.size + 1, through: kept.size)
    }
    return AuditReport(
      first: first, last: first == 0 ? 0 : head.size, signed: signed,
      kept: kept.map { $0.size < anchor ? .deletedSince : .agrees })
  }

  /// Tells what happened where an event's number, or its row's, is not that of its place.
  private mutating func misplaced(
    _ event: AuditEvent, row: Int64, body: [UInt8], hash: [UInt8], _ place: Int64
  ) throws(AuditFault) {
    if event.seq < place {
      throw AuditFault(.inserted, follows(event, body, hash, place) ? place - 1 : place)
    }
    guard event.seq > place else { throw AuditFault(.changed, place) }
    if row == event.seq { throw AuditFault(.removed, place) }
    early = (place, event.seq)
  }

  /// Whether the event belongs where the one before it stands: its hash does not know that one.
  private func follows(_ event: AuditEvent, _ body: [UInt8], _ hash: [UInt8], _ place: Int64)
    -> Bool
  {
    event.seq == place - 1 && Digest.sha256(hashBefore, body) == hash
  }
}
