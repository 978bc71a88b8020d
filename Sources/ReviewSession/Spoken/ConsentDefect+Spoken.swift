// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import StrictTOML
internal import Vocabulary

extension ConsentDefect {
  /// Why a clip does not open and what to do, in the reviewer's language.
  ///
  /// Of a record that cannot be read only the place is told: a lead's command tells what is wrong.
  func spoken(_ clip: ClipID, _ texts: Texts) -> String {
    texts(ConsentPhrase.doesNotOpen, clip.short, words(texts), texts(advicePhrase))
  }

  private func words(_ texts: Texts) -> String {
    switch self {
    case .noNotices(let hours): texts(ConsentPhrase.noNotices, hours)
    case .oldNotices(let hours, let most): texts(ConsentPhrase.oldNotices, hours, most)
    case .unreadable(let complaint):
      texts(
        ConsentPhrase.unreadable, complaint.place.file, complaint.place.line,
        complaint.place.column)
    case .noRecordNamed: texts(ConsentPhrase.noRecordNamed)
    case .unsigned: texts(ConsentPhrase.unsigned)
    case .badSignature: texts(ConsentPhrase.badSignature)
    case .otherText: texts(ConsentPhrase.otherText)
    case .stranger: texts(ConsentPhrase.stranger)
    case .noHumanReview: texts(ConsentPhrase.noHumanReview)
    case .otherClip: texts(ConsentPhrase.otherClip)
    case .unknownTime: texts(ConsentPhrase.unknownTime)
    case .outsideWindow: texts(ConsentPhrase.outsideWindow)
    case .noVideo: texts(ConsentPhrase.noVideo)
    case .staffCamera, .noRecord, .otherRecord, .otherCamera, .otherPurpose, .otherReviewerClass,
      .otherReviewerPlace, .otherNotice, .otherNoticeText:
      named.map { texts($0.phrase, "\"\(DisplayText.line($0.name, limit: 64))\"") } ?? reason
    case .givenLater, .eventLater, .agreedLater, .withdrawn, .expired, .validUntil, .storageEnded,
      .retentionEnded, .clipExpired:
      timed.map { texts($0.phrase, Self.day($0.time, texts)) } ?? reason
    }
  }

  /// The reasons that name something of the record.
  private var named: (phrase: ConsentPhrase, name: String)? {
    switch self {
    case .staffCamera(let camera): (.staffCamera, camera.text)
    case .otherCamera(let camera): (.otherCamera, camera.text)
    case .noRecord(let id): (.noRecord, id)
    case .otherRecord(let id): (.otherRecord, id)
    case .otherPurpose(let wanted): (.otherPurpose, wanted)
    case .otherReviewerClass(let wanted): (.otherReviewerClass, wanted)
    case .otherReviewerPlace(let wanted): (.otherReviewerPlace, wanted)
    case .otherNotice(let id): (.otherNotice, id)
    case .otherNoticeText(let id): (.otherNoticeText, id)
    default: nil
    }
  }

  /// The reasons that name a day.
  private var timed: (phrase: ConsentPhrase, time: Int64)? {
    switch self {
    case .givenLater(let time): (.givenLater, time)
    case .eventLater(let time): (.eventLater, time)
    case .agreedLater(let time): (.agreedLater, time)
    case .withdrawn(let time): (.withdrawn, time)
    case .expired(let time): (.expired, time)
    case .validUntil(let time): (.validUntil, time)
    case .storageEnded(let time): (.storageEnded, time)
    case .retentionEnded(let time): (.retentionEnded, time)
    case .clipExpired(let time): (.clipExpired, time)
    default: nil
    }
  }

  /// The day in UTC; of a time beyond the years that have four digits, the nearest in them.
  private static func day(_ milliseconds: Int64, _ texts: Texts) -> String {
    let last: Int64 = 253_402_300_799_000
    let day = CalendarDay(daysSince1970: min(max(0, milliseconds), last) / 86_400_000)
    let months = texts(NamePhrase.months).split(separator: " ")
    return texts(NamePhrase.date, day.day, months[Int(day.month) - 1], day.year)
  }

  private var advicePhrase: ConsentPhrase {
    switch self {
    case .noNotices, .oldNotices: .applyNotices
    case .validUntil, .storageEnded, .retentionEnded, .clipExpired, .withdrawn, .expired: .erases
    case .givenLater, .eventLater, .agreedLater: .checkClock
    case .staffCamera: .checkCamera
    case .unreadable: .checkRecord
    case .otherPurpose, .otherReviewerClass, .otherReviewerPlace, .otherNotice, .otherNoticeText:
      .comparePolicy
    case .unsigned, .badSignature, .otherText, .stranger: .askSigned
    default: .askRight
    }
  }
}
