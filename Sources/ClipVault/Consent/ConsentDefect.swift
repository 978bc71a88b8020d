// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// Why a clip does not open: the first thing that is wrong with its consent, one case each.
///
/// Times are milliseconds since 1970.
package enum ConsentDefect: Error, Hashable, Sendable {
  /// An offline seat has never seen a notice, or its last one is so many hours old.
  case noNotices(maxHours: Int)
  case oldNotices(hours: Int, maxHours: Int)
  /// A staff test clip's camera is not one of the staff's.
  case staffCamera(CameraID)
  /// The clip names no record, or one that is not there.
  case noRecordNamed
  case noRecord(String)
  /// The record's text is wrong: a field is missing, of the wrong type, out of range or unknown.
  case unreadable(RecordComplaint)
  /// The record bears another id than the clip names.
  case otherRecord(String)
  /// There is no signature; it is none; it is of another text; nobody enrolled made it.
  case unsigned, badSignature, otherText, stranger
  /// The record does not allow people to watch.
  case noHumanReview
  /// The record is about other clips, another camera, another time; or the clip's time is unknown.
  case otherClip
  case otherCamera(CameraID)
  case unknownTime
  case outsideWindow
  /// The record does not name what the policy asks for.
  case otherPurpose(wanted: String)
  case noVideo
  case otherReviewerClass(wanted: String)
  case otherReviewerPlace(wanted: String)
  /// The policy does not accept the notice, or not its text.
  case otherNotice(String)
  case otherNoticeText(String)
  /// The record lies in the future, as a whole or in its last event.
  case givenLater(Int64)
  case eventLater(Int64)
  case agreedLater(Int64)
  /// The last event took the consent back, or ended it.
  case withdrawn(Int64)
  case expired(Int64)
  /// A time ran out: the record's own, its storage period, the policy's retention, the clip's.
  case validUntil(Int64)
  case storageEnded(Int64)
  case retentionEnded(Int64)
  case clipExpired(Int64)
}

extension ConsentDefect {
  /// The record's field that is wrong, with dots; for what no record holds: `notices`, `consent`,
  /// `signature`, `retention_days` (the policy's) or `expiry` (the clip's own).
  package var field: String {
    switch self {
    case .noNotices, .oldNotices: "notices"
    case .noRecordNamed, .noRecord: "consent"
    case .unreadable(let complaint): complaint.field
    case .otherRecord: "record_id"
    case .unsigned, .badSignature, .otherText, .stranger: "signature"
    case .noHumanReview: "human_review"
    case .otherClip: "clips"
    case .staffCamera, .otherCamera: "camera"
    case .unknownTime, .outsideWindow: "window"
    case .otherPurpose: "purpose"
    case .noVideo: "data_categories"
    case .otherReviewerClass: "reviewer_classes"
    case .otherReviewerPlace: "reviewer_places"
    case .otherNotice: "notice.id"
    case .otherNoticeText: "notice.sha256"
    case .givenLater: "given.at"
    case .agreedLater: "agreed_at"
    case .eventLater, .withdrawn, .expired: "events"
    case .validUntil: "valid_until"
    case .storageEnded: "storage_days"
    case .retentionEnded: "retention_days"
    case .clipExpired: "expiry"
    }
  }

  /// What is wrong, without the clip's name, a capital or a full stop.
  package var reason: String {
    switch self {
    case .noNotices, .oldNotices, .staffCamera, .noRecordNamed, .noRecord, .unreadable,
      .otherRecord, .unsigned, .badSignature, .otherText, .stranger:
      formReason
    case .noHumanReview: "the consent record does not allow people to watch (\"human_review\")"
    case .otherClip: "the consent record is about other clips (\"clips\")"
    case .otherCamera(let camera):
      "the consent record is about another camera, \(Self.quoted(camera.text)) (\"camera\")"
    case .unknownTime:
      "the consent record is about a time (\"window\"), and it is unknown when the clip was recorded"
    case .outsideWindow: "the clip was recorded outside the consent record's \"window\""
    case .otherPurpose(let wanted):
      "the consent record's \"purpose\" is not \(Self.quoted(wanted)), which the policy asks for"
    case .noVideo: "the consent record's \"data_categories\" have no video"
    case .otherReviewerClass(let wanted):
      "the consent record's \"reviewer_classes\" do not name \(Self.quoted(wanted))"
    case .otherReviewerPlace(let wanted):
      "the consent record's \"reviewer_places\" do not name \(Self.quoted(wanted))"
    case .otherNotice(let id):
      "the policy does not accept the notice \(Self.quoted(id)) (\"notice.id\")"
    case .otherNoticeText(let id):
      "the text of notice \(Self.quoted(id)) is not one that the policy accepts (\"notice.sha256\")"
    default: timeReason
    }
  }

  /// The reasons that concern the record as a whole.
  private var formReason: String {
    switch self {
    case .noNotices(let hours):
      "this offline seat has seen no notices, which it needs every \(hours) hours"
    case .oldNotices(let hours, let most):
      "the last notices are \(hours) hours old, more than the \(most) hours allowed"
    case .staffCamera(let camera):
      "its \"camera\" \(Self.quoted(camera.text)) is not marked staff = true in cameras.toml"
    case .noRecordNamed: "it names no \"consent\" record"
    case .noRecord(let id): "its \"consent\" record \(Self.quoted(id)) is not in the vault"
    case .unreadable(let complaint): "its consent record is wrong: \(complaint)"
    case .otherRecord(let id): "the \"record_id\" of its consent record is \(Self.quoted(id))"
    case .unsigned: "its consent record has no signature"
    case .badSignature: "the signature of its consent record is damaged"
    case .otherText: "the signature of its consent record is of another text"
    default: "the signature of its consent record is by no enrolled key"
    }
  }

  /// The reasons that concern a time.
  private var timeReason: String {
    switch self {
    case .givenLater(let time): "its consent is given only on \(Self.day(time)) (\"given.at\")"
    case .eventLater(let time):
      "the last of its consent's \"events\" lies ahead, on \(Self.day(time))"
    case .agreedLater(let time):
      "its participants agreed only on \(Self.day(time)) (\"agreed_at\")"
    case .withdrawn(let time): "the consent was withdrawn on \(Self.day(time)) (\"events\")"
    case .expired(let time): "the consent expired on \(Self.day(time)) (\"events\")"
    case .validUntil(let time):
      "the consent was valid until \(Self.day(time)) (\"valid_until\")"
    case .storageEnded(let time):
      "the consent record's storage period ended on \(Self.day(time)) (\"storage_days\")"
    case .retentionEnded(let time):
      "the policy's \"retention_days\" ended on \(Self.day(time))"
    case .clipExpired(let time): "its time in the vault ended on \(Self.day(time)) (\"expiry\")"
    default: ""
    }
  }

  /// What to do next, without a capital or a full stop.
  package var advice: String {
    switch self {
    case .noNotices, .oldNotices: "apply newer ones with `milkglass notices apply`"
    case .validUntil, .storageEnded, .retentionEnded, .clipExpired, .withdrawn, .expired:
      "`milkglass housekeeping` or a lead erases it"
    case .givenLater, .eventLater, .agreedLater: "check the clock and the record"
    case .staffCamera: "a lead checks the camera"
    case .otherPurpose, .otherReviewerClass, .otherReviewerPlace, .otherNotice, .otherNoticeText:
      "a lead compares the record with the policy"
    case .unsigned, .badSignature, .otherText, .stranger:
      "a lead asks for the record with its signature by an enrolled key"
    default: "a lead asks for a right record or erases the clip"
    }
  }

  /// What to do next where the clip is not in the vault yet.
  package var intakeAdvice: String {
    switch self {
    case .validUntil, .storageEnded, .retentionEnded, .clipExpired, .withdrawn, .expired:
      "remove its file"
    case .noRecord: "put it beside the manifest, in the folder that --consents names"
    case .noRecordNamed, .unreadable, .otherRecord, .noHumanReview, .otherClip, .otherCamera,
      .unknownTime, .outsideWindow, .noVideo:
      "ask for a right record"
    default: advice
    }
  }

  /// What to tell a person when a clip of the vault does not open.
  package func sentence(_ clip: ClipID) -> String {
    "Clip \(clip.short) does not open: \(reason); \(advice)."
  }

  private static func quoted(_ text: String) -> String {
    "\"\(DisplayText.line(text, limit: 64))\""
  }

  private static func day(_ milliseconds: Int64) -> String {
    Timestamp.day(milliseconds: milliseconds)
  }
}
