// SPDX-License-Identifier: Apache-2.0

/// The first thing in a log that is not as it was written, and what was probably done.
package struct AuditFault: Error, Hashable, Sendable {
  /// What was done.
  package enum Kind: String, Sendable, CaseIterable {
    /// An event is missing.
    case removed
    /// An event stands in another's place.
    case swapped
    /// An event stands between two that follow each other.
    case inserted
    /// An event's bytes are not those that were chained.
    case changed
    /// Some event of a range was changed and the chain made anew; a checkpoint tells otherwise.
    case rewritten
    /// The last events are gone.
    case tailCut = "tail cut"
    /// A checkpoint is not one that this log signed.
    case checkpoint
    /// More events follow each other without a checkpoint than a log ever has.
    case checkpointMissing = "checkpoint missing"
  }

  package let kind: Kind
  /// The number of the first bad event, from 1; for `checkpoint` the events that it covers.
  package let seq: Int64
  /// The last event that the fault concerns: `seq`, or where it ends.
  package let through: Int64

  init(_ kind: Kind, _ seq: Int64, through: Int64? = nil) {
    self.kind = kind
    self.seq = seq
    self.through = through ?? seq
  }

  /// What is wrong, as one sentence for a person.
  package var sentence: String {
    switch kind {
    case .removed: "Event \(seq) was removed."
    case .swapped: "Event \(seq) was swapped with another."
    case .inserted: "Event \(seq) was inserted."
    case .changed: "Event \(seq) was changed."
    case .rewritten: "Events \(seq) to \(through) are not those that were signed."
    case .tailCut: "The log was cut: event \(seq) and those after it, up to \(through), are gone."
    case .checkpoint: "The checkpoint of \(seq) events was not signed by this log."
    case .checkpointMissing: "The checkpoint that must follow event \(seq) is missing."
    }
  }
}

/// What a log that verifies says of itself.
package struct AuditReport: Hashable, Sendable {
  /// The first event that is there, since older ones were deleted in whole segments; zero for none.
  package let first: Int64
  /// The last event that is there; zero for none.
  package let last: Int64
  /// The last checkpoint; nil where nothing was signed yet.
  package let signed: Checkpoint?
  /// What a checkpoint kept elsewhere told; nil where none was given.
  package let kept: Kept?

  /// What comparing with a checkpoint kept elsewhere told.
  package enum Kept: Hashable, Sendable {
    /// It agrees with the log.
    case agrees
    /// Its events were deleted with their segment, so that it can tell nothing any more.
    case deletedSince
  }

  /// How many events follow the last checkpoint: chained, but not signed yet, so that who can
  /// write the store could have cut or replaced them unseen.
  package var unsignedCount: Int64 { last - (signed?.size ?? 0) }

  /// What was found, in sentences for a person.
  package var sentence: String {
    guard last > 0 else { return "The log is empty." }
    var text = "Events \(first) to \(last) are whole and in order."
    if unsignedCount > 0 {
      text += " The last \(unsignedCount) of them are not signed yet: only a later checkpoint"
      text += " proves them."
    }
    switch kept {
    case nil:
      text += " Whether the end was cut off shows only against a checkpoint kept elsewhere."
    case .agrees: text += " The checkpoint kept elsewhere agrees."
    case .deletedSince:
      text += " The checkpoint kept elsewhere is of a segment that was deleted since."
    }
    return text
  }
}
