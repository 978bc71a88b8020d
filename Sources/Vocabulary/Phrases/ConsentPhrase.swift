// SPDX-License-Identifier: Apache-2.0

/// Why a clip's consent does not let it open: the sentence, reasons, and what to do next.
package enum ConsentPhrase: String, PhraseKey {
  package static let table = "consent"

  case doesNotOpen = "does_not_open"
  case noNotices = "no_notices"
  case oldNotices = "old_notices"
  case staffCamera = "staff_camera"
  case noRecordNamed = "no_record_named"
  case noRecord = "no_record"
  /// Takes the file, line and column.
  case unreadable
  case otherRecord = "other_record"
  case unsigned
  case badSignature = "bad_signature"
  case otherText = "other_text"
  case stranger
  case noHumanReview = "no_human_review"
  case otherClip = "other_clip"
  case otherCamera = "other_camera"
  case unknownTime = "unknown_time"
  case outsideWindow = "outside_window"
  case otherPurpose = "other_purpose"
  case noVideo = "no_video"
  case otherReviewerClass = "other_reviewer_class"
  case otherReviewerPlace = "other_reviewer_place"
  case otherNotice = "other_notice"
  case otherNoticeText = "other_notice_text"
  case givenLater = "given_later"
  case eventLater = "event_later"
  case agreedLater = "agreed_later"
  case withdrawn
  case expired
  case validUntil = "valid_until"
  case storageEnded = "storage_ended"
  case retentionEnded = "retention_ended"
  case clipExpired = "clip_expired"
  case applyNotices = "apply_notices"
  case erases
  case checkClock = "check_clock"
  case checkCamera = "check_camera"
  case comparePolicy = "compare_policy"
  case askSigned = "ask_signed"
  case checkRecord = "check_record"
  case askRight = "ask_right"
}
