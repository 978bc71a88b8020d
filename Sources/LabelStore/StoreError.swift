// SPDX-License-Identifier: Apache-2.0
import GRDB
package import Vocabulary

/// Why the label store could not do what was asked; nothing of the refused act is on disk.
package enum StoreError: Error, Hashable, Sendable {
  /// The store's directory is not there.
  case missing
  /// The store's directory was moved or removed while it was open.
  case movedAway
  /// The directory or its files may not be written.
  case notWritable
  /// The file is not a Milkglass label store.
  case notAStore
  /// A newer Milkglass made the store: its schema's version and the newest one known here.
  case newerVersion(found: Int, known: Int)
  /// The file's content contradicts itself.
  case damaged
  /// The disk is full.
  case full
  /// Another process kept the store locked for longer than the busy time-out.
  case busy
  /// Reading or writing failed; the extended SQLite result code.
  case inputOutput(code: Int)
  /// A clip of that id is in the store already.
  case duplicateClip(ClipID)
  /// The store has no clip of that id.
  case unknownClip(ClipID)
  /// The event's ordinal is not the clip's next one, which is given.
  case ordinalTaken(ClipID, next: Int)
  /// The session holds no lease on the clip any more.
  case leaseLost(ClipID)
  /// Another live session has the clip.
  case leasedByOther(ClipID, ReviewerID)
  /// The clip is flagged, withdrawn, held or being erased, and so shut for everyone.
  case withdrawn(ClipID)
  /// The session was not told the clip's name in the audit log.
  case unnamedClip(ClipID)
  /// The flag can be taken back no more: it is a minute old, or somebody else's.
  case flagSettled(ClipID)
  /// A region of the clip that somebody else added, and nobody else takes back.
  case othersRegion(ClipID)
  /// The rules of second opinions do not let this reviewer do that.
  case opinion(ClipID, RoundObjection)
  /// The clip is flagged by the one who would decide on it.
  case ownFlag(ClipID)
  /// The clip is neither flagged nor held, or also withdrawn, so that nothing can restore it.
  case notRestorable(ClipID)
  /// The clip's erasure was ordered, which outranks what was asked.
  case erasureStands(ClipID)
  /// The policy is older than one under which the store was used.
  case olderPolicy(version: Int, seen: Int)
  /// The hold would be over already.
  case holdIsOver
  /// The clip's erasure was not ordered.
  case notOrdered(ClipID)
  /// The store was opened without the audit log's key, so that nothing may be done in it.
  case noLog
  /// Another key signs the store's audit log.
  case otherLog
  /// A name, seat or reason is not one that the audit log takes.
  case notLoggable
  /// A notice of that number or a higher one, which is given, was applied already.
  case noticeApplied(Int64)
  /// The session has ended.
  case sessionEnded

  /// What happened and what to do, as one sentence for a person.
  package var sentence: String {
    switch self {
    case .missing: "The vault has no store directory; create the vault with milkglass init."
    case .movedAway: "The vault was moved or removed; leave, and open it where it is."
    case .notWritable: "The store may not be written here; check who owns the vault."
    case .notAStore: "The file labels.sqlite is not a Milkglass label store."
    case .newerVersion(let found, let known):
      "The store was made by a newer Milkglass (store \(found), this one knows \(known)); "
        + "update Milkglass."
    case .damaged: "The store is damaged; restore it from its backup."
    case .full: "The disk is full; nothing of this was stored."
    case .busy: "The store is busy with another process; try again."
    case .inputOutput(let code): "The store could not be read or written (SQLite \(code))."
    case .duplicateClip(let clip): "Clip \(clip.short) is in the store already."
    case .unknownClip(let clip): "The store has no clip \(clip.short)."
    case .ordinalTaken(let clip, _):
      "Clip \(clip.short) was labelled elsewhere meanwhile; reopen it."
    case .leaseLost(let clip): "Clip \(clip.short) was given to another session; reopen it."
    case .leasedByOther(let clip, let reviewer):
      "Clip \(clip.short) is with \(DisplayText.line(reviewer.text, limit: 40))."
    case .withdrawn(let clip): "Clip \(clip.short) is withdrawn; nobody can open it."
    case .sessionEnded: "The session has ended."
    case .opinion(let clip, let objection): objection.sentence(clip)
    case .unnamedClip, .flagSettled, .othersRegion, .ownFlag, .notRestorable, .erasureStands,
      .holdIsOver,
      .olderPolicy,
      .notOrdered, .noLog,
      .otherLog, .notLoggable, .noticeApplied:
      vaultSentence
    }
  }

  /// The sentences of what the vault's rules refuse.
  private var vaultSentence: String {
    switch self {
    case .unnamedClip(let clip):
      "Clip \(clip.short) was not opened by this session, so that it takes no label."
    case .flagSettled(let clip):
      "The flag on clip \(clip.short) can no longer be taken back; another lead can restore it."
    case .othersRegion(let clip):
      "That region of clip \(clip.short) was added by somebody else, who alone takes it back."
    case .ownFlag(let clip):
      "Clip \(clip.short) is flagged by you; another lead decides on it."
    case .notRestorable(let clip):
      "Clip \(clip.short) cannot be restored: it is neither flagged nor held, or it is withdrawn."
    case .erasureStands(let clip): "The erasure of clip \(clip.short) was ordered and stands."
    case .olderPolicy(let version, let seen):
      "The policy is version \(version), but version \(seen) was in force here; bring that one back."
    case .holdIsOver: "That day is over; name a later one for the hold."
    case .notOrdered(let clip): "The erasure of clip \(clip.short) was not ordered."
    case .noLog: "The audit log's key is not here, so that nothing may be done in this vault."
    case .otherLog:
      "The audit log was signed with another key; bring the vault's state folder back."
    case .notLoggable:
      "A reason is one word of at most 64 letters, and a name has at most 80."
    case .noticeApplied(let number):
      "Notices up to number \(number) were applied already; this one is older or the same."
    default: sentence
    }
  }
}

extension StoreError {
  /// The exit code after `sysexits.h`: what was asked for is not there, may not be, cannot be; else
  /// the disk is at fault.
  package var exitCode: Int32 {
    switch self {
    case .unknownClip: 66
    case .ownFlag, .flagSettled, .othersRegion, .withdrawn, .opinion: 77
    case .notRestorable, .erasureStands, .holdIsOver, .noticeApplied, .notLoggable, .olderPolicy: 65
    case .busy: 75
    default: 74
    }
  }

  /// Sorts an error of GRDB into one of ours; a row that cannot be decoded is damage.
  init(_ error: any Error) {
    switch error {
    case let error as StoreError: self = error
    case let error as DatabaseError: self.init(error)
    default: self = .damaged
    }
  }

  private init(_ error: DatabaseError) {
    switch error.resultCode {
    case .SQLITE_FULL: self = .full
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH: self = .notWritable
    case .SQLITE_NOTADB: self = .notAStore
    case .SQLITE_CORRUPT, .SQLITE_MISMATCH, .SQLITE_CONSTRAINT: self = .damaged
    default: self = .inputOutput(code: Int(error.extendedResultCode.rawValue))
    }
  }
}
