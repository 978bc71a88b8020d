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
  /// The clip is flagged and so withdrawn from everyone.
  case withdrawn(ClipID)
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
    case .withdrawn(let clip): "Clip \(clip.short) is flagged as sensitive and withdrawn."
    case .sessionEnded: "The session has ended."
    }
  }
}

extension StoreError {
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
