// SPDX-License-Identifier: Apache-2.0

/// What an event of the audit log tells; the words are the log's own and never change.
package enum AuditKind: String, Sendable, CaseIterable {
  // A session.
  case unlock, lock, seatGrade = "seat_grade", terminal, crashFound = "crash_found"
  // A clip before a reviewer.
  case consentCheck = "consent_check", seatRefused = "seat_refused"
  case open, firstPicture = "first_picture", frost
  case lookStart = "look_start", lookStop = "look_stop"
  case label, commit, undo, skip, flag, unflag, flagReason = "flag_reason"
  case secondOpinion = "second_opinion", adjudicate
  // A clip's life.
  case ingest, sourceKept = "source_kept", withdraw, hold, restore, erase
  case noticesApplied = "notices_applied", labelsExported = "labels_exported"
  // The vault.
  case vaultMade = "vault_made", policySigned = "policy_signed", personChanged = "person_changed"
  case rekey, segmentClosed = "segment_closed", segmentDeleted = "segment_deleted"
}
