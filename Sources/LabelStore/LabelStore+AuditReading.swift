// SPDX-License-Identifier: Apache-2.0
package import AuditLog
import GRDB
package import Vocabulary

/// Which events of the log to read; nil everywhere reads all.
package struct AuditFilter: Hashable, Sendable {
  /// Whose; nil for everyone's, empty for housekeeping's.
  package var actor: String?
  package var kinds: Set<AuditKind>?
  /// Of which clip, by its name in the log.
  package var clip: ClipLogName?
  /// Not before that time, milliseconds since 1970.
  package var fromMilliseconds: Int64?
  /// Before that time, milliseconds since 1970.
  package var toMilliseconds: Int64?

  /// Makes a filter.
  package init(
    actor: String? = nil, kinds: Set<AuditKind>? = nil, clip: ClipLogName? = nil,
    fromMilliseconds: Int64? = nil, toMilliseconds: Int64? = nil
  ) {
    self.actor = actor
    self.kinds = kinds
    self.clip = clip
    self.fromMilliseconds = fromMilliseconds
    self.toMilliseconds = toMilliseconds
  }

  /// Whether the event is one of them.
  package func admits(_ event: AuditEvent) -> Bool {
    (actor.map { $0 == event.actor.name } ?? true) && (kinds?.contains(event.kind) ?? true)
      && (clip.map { $0 == event.clip } ?? true)
      && event.atMilliseconds >= fromMilliseconds ?? 0
      && event.atMilliseconds < toMilliseconds ?? .max
  }
}

/// What one reviewer did, in numbers: what a lead sees of the log.
package struct ReviewerTotals: Hashable, Sendable {
  package let reviewer: ReviewerID
  /// Clips whose first picture was on the screen; one that was only decoded ahead does not count.
  package fileprivate(set) var seen = 0
  package fileprivate(set) var committed = 0
  package fileprivate(set) var skipped = 0
  package fileprivate(set) var flagged = 0
  /// How long clips were shown clear, milliseconds: the sum of `ms` of the looks' ends.
  package fileprivate(set) var clearMilliseconds: Int64 = 0

  /// The kinds of events that count.
  static let counted: Set<AuditKind> = [.firstPicture, .commit, .skip, .flag, .lookStop]

  /// Counts one of the reviewer's events.
  mutating func count(_ event: AuditEvent) {
    switch event.kind {
    case .firstPicture: seen += 1
    case .commit: committed += 1
    case .skip: skipped += 1
    case .flag: flagged += 1
    case .lookStop: clearMilliseconds += max(0, event.detail.number("ms") ?? 0)
    default: break
    }
  }
}

extension LabelStore {
  /// Hands over events of the log, the oldest or the newest first; memory does not grow with it.
  ///
  /// Stops where `body` returns false, and at the first error that it throws, which it throws.
  package func forEachAuditEvent(
    _ filter: AuditFilter = AuditFilter(), newestFirst: Bool = false,
    _ body: (AuditEvent) throws -> Bool
  ) throws {
    var bodyError: (any Error)?
    do {
      try pool.read { database in
        let order = newestFirst ? "DESC" : "ASC"
        let rows = try AuditRow.fetchCursor(
          database, sql: "SELECT seq, body, hash FROM audit_event ORDER BY seq \(order)")
        while let row = try rows.next() {
          let event = try row.event
          // Times never fall, so that nothing behind this one is within the bounds either.
          if newestFirst, event.atMilliseconds < filter.fromMilliseconds ?? 0 { return }
          if !newestFirst, event.atMilliseconds >= filter.toMilliseconds ?? .max { return }
          guard filter.admits(event) else { continue }
          do {
            guard try body(event) else { return }
          } catch {
            bodyError = error
            throw error
          }
        }
      }
    } catch {
      throw bodyError ?? StoreError(error)
    }
  }

  /// A reviewer's own events, the newest first, at most `limit`.
  package func ownEvents(
    of reviewer: ReviewerID, limit: Int
  ) throws(StoreError) -> [AuditEvent] {
    var events: [AuditEvent] = []
    guard limit > 0 else { return [] }
    do {
      try forEachAuditEvent(AuditFilter(actor: reviewer.text), newestFirst: true) { event in
        events.append(event)
        return events.count < limit
      }
    } catch { throw StoreError(error) }
    return events
  }

  /// What each reviewer did in a time, by name; who did nothing of it is left out.
  package func teamTotals(
    fromMilliseconds from: Int64 = 0, toMilliseconds to: Int64 = .max
  ) throws(StoreError) -> [ReviewerTotals] {
    var totals: [String: ReviewerTotals] = [:]
    let filter = AuditFilter(
      kinds: ReviewerTotals.counted, fromMilliseconds: from, toMilliseconds: to)
    do {
      try forEachAuditEvent(filter) { event in
        let name = event.actor.name
        totals[name, default: ReviewerTotals(reviewer: ReviewerID(name))].count(event)
        return true
      }
    } catch { throw StoreError(error) }
    return totals.values.sorted { $0.reviewer < $1.reviewer }
  }
}
