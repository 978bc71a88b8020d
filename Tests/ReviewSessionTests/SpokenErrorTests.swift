// SPDX-License-Identifier: Apache-2.0

import ClipVault
import DecoderLink
import LabelStore
import Testing
import Veil
import Vocabulary
import Words

@testable import ReviewSession

/// What a reviewer is told of errors: in English as commands say it, in German nothing of that.
@Suite("Errors in the reviewer's language") struct SpokenErrorTests {
  private static let clip = ClipID(high: 0xA0, low: 7)
  private let english = Words.texts(.english)
  private let german = Words.texts(.german)

  private static let objections: [RoundObjection] = [
    .waitsForAnother, .disputed, .settled, .noVerdict, .asked, .notDisputed, .ownOpinion,
    .earlierRound,
  ]
  private static let storeErrors: [StoreError] =
    [
      .missing, .movedAway, .notWritable, .damaged, .full, .busy, .inputOutput(code: 10),
      .unknownClip(clip), .ordinalTaken(clip, next: 3), .leaseLost(clip),
      .leasedByOther(clip, ReviewerID("r08")), .withdrawn(clip), .unnamedClip(clip),
      .flagSettled(clip), .othersRegion(clip), .ownFlag(clip), .notRestorable(clip),
      .erasureStands(clip), .olderPolicy(version: 2, seen: 3), .noLog, .otherLog, .sessionEnded,
      .notAStore, .newerVersion(found: 3, known: 2), .duplicateClip(clip), .holdIsOver,
      .notOrdered(clip), .notLoggable, .noticeApplied(3),
    ] + objections.map { .opinion(clip, $0) }

  @Test(arguments: Self.storeErrors) func storeErrorIsTranslated(_ error: StoreError) {
    SpokenSentence.expect(error.spoken(english), error.spoken(german), as: error.sentence)
  }

  private static let veilErrors: [VeilError] = [
    .finerThanAllowed, .clearWithoutGrant, .lookIsOver, .outsideLens, .uncovered, .wrongSize,
    .wrongByteCount, .valueTooHigh, .noPicture,
  ]
  private static let violations: [LinkViolation] =
    [
      .unknownKind(9), .malformed, .cutMessage, .outOfPlace, .timeNotRising, .tooMany, .wrongSlot,
      .wrongLength, .notAsked,
    ] + veilErrors.map { .refused($0) }
  private static let failures: [DecoderFailure] =
    ClipError.allCases.map { .clip($0) } + violations.map { .lied($0) }
    + [.crashed(.signalled(11)), .crashed(.exited(code: 1)), .hung, .hostGone]

  @Test(arguments: Self.failures) func decoderFailureIsTranslated(_ failure: DecoderFailure) {
    let clip = Self.clip
    SpokenSentence.expect(
      failure.spoken(clip, english), failure.spoken(clip, german),
      as: "Clip \(clip.short) \(failure.sentence).")
  }

  /// 14 Jan 2026.
  private static let day: Int64 = 1_768_348_800_000
  private static let defects: [ConsentDefect] = [
    .noNotices(maxHours: 72), .oldNotices(hours: 80, maxHours: 72),
    .staffCamera(CameraID("bench")), .noRecordNamed, .noRecord("CR-1"), .otherRecord("CR-2"),
    .unsigned, .badSignature, .otherText, .stranger, .noHumanReview, .otherClip,
    .otherCamera(CameraID("porch")), .unknownTime, .outsideWindow, .otherPurpose(wanted: "label"),
    .noVideo, .otherReviewerClass(wanted: "staff"), .otherReviewerPlace(wanted: "eu"),
    .otherNotice("N-1"), .otherNoticeText("N-1"), .givenLater(day), .eventLater(day),
    .agreedLater(day), .withdrawn(day), .expired(day), .validUntil(day), .storageEnded(day),
    .retentionEnded(day), .clipExpired(day),
  ]

  @Test(arguments: Self.defects) func consentDefectIsTranslated(_ defect: ConsentDefect) {
    let clip = Self.clip
    SpokenSentence.expect(
      defect.spoken(clip, english), defect.spoken(clip, german), as: defect.sentence(clip))
  }
}
