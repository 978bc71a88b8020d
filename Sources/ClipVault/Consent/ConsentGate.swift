// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// Decides whether a clip may be opened, by its consent alone: no clock, no file.
///
/// The order of the questions is fixed, and the first that fails is the one told: notices, the
/// staff's camera, the record's form and signature, what it covers, what it allows, its times.
package struct ConsentGate: Sendable {
  /// What the vault knows of a clip.
  package struct Clip: Hashable, Sendable {
    package var source: ClipSource
    /// The id of the record that the clip names; empty where it names none.
    package var consent: String
    package var camera: CameraID
    /// When the camera recorded it, ISO 8601 with zone; empty if unknown.
    package var recordedAt: String
    package var duration: MediaTime
    /// The digest as the key store holds it.
    package var digest: [UInt8]
    /// When it was taken in, and when its own time ends: milliseconds since 1970.
    package var addedAtMilliseconds: Int64
    package var expiresAtMilliseconds: Int64

    /// Gathers the facts of a clip.
    package init(
      source: ClipSource, consent: String, camera: CameraID, recordedAt: String,
      duration: MediaTime, digest: [UInt8], addedAtMilliseconds: Int64,
      expiresAtMilliseconds: Int64
    ) {
      self.source = source
      self.consent = consent
      self.camera = camera
      self.recordedAt = recordedAt
      self.duration = duration
      self.digest = digest
      self.addedAtMilliseconds = addedAtMilliseconds
      self.expiresAtMilliseconds = expiresAtMilliseconds
    }
  }

  /// What an open gate lets through.
  package struct Pass: Hashable, Sendable {
    package let recordID: String
    /// The pseudonyms the clip belongs to; empty for drawn clips.
    package let subjects: [String]
    /// Who signed the record; empty where the policy asks for no signature.
    package let signer: String
    /// When the consent was last given or renewed, or the participants agreed.
    package let decidedAtMilliseconds: Int64
    /// When the clip's time ends: the earliest of the record's, the policy's and the clip's own,
    /// milliseconds since 1970.
    package let expiresAtMilliseconds: Int64
  }

  private let rules: ConsentRules
  private let signers: ConsentSigners
  private let cameras: CameraBook
  private let keyedDigests: @Sendable ([[UInt8]]) -> [[UInt8]]

  /// Makes the gate of a vault; `keyedDigests` turns SHA-256 digests into the key store's.
  package init(
    rules: ConsentRules, signers: ConsentSigners, cameras: CameraBook,
    keyedDigests: @escaping @Sendable ([[UInt8]]) -> [[UInt8]]
  ) {
    self.rules = rules
    self.signers = signers
    self.cameras = cameras
    self.keyedDigests = keyedDigests
  }

  /// Lets a clip pass or says what is wrong first.
  ///
  /// `document` is the record of the id that the clip names, nil where the vault has none;
  /// `nowMilliseconds` is the wall clock since 1970; `noticesAgeMilliseconds` is how long ago the
  /// last notices were made, nil where there were none.
  package func check(
    _ clip: Clip, _ document: ConsentDocument?, nowMilliseconds now: Int64,
    noticesAgeMilliseconds: Int64?
  ) throws(ConsentDefect) -> Pass {
    switch clip.source {
    case .customerFeedback:
      try checkNotices(noticesAgeMilliseconds)
      let document = try named(clip, document)
      let (record, signer) = try consent(document, named: clip.consent)
      try checkScope(record.scope, of: clip)
      try checkTerms(record)
      try checkTimes(record, at: now)
      return try pass(
        clip, recordID: record.recordID, subjects: [record.principal], signer: signer,
        decidedAt: record.lastEvent.atMilliseconds, storedFrom: record.givenAt,
        days: record.storageDays, validUntil: record.validUntil, now)
    case .staffTest:
      guard cameras[clip.camera]?.isStaff == true else { throw .staffCamera(clip.camera) }
      let document = try named(clip, document)
      let (record, signer) = try participants(document, named: clip.consent)
      guard record.camera == clip.camera else { throw .otherCamera(record.camera) }
      try checkScope(record.scope, of: clip)
      guard record.agreedAt <= now else { throw .agreedLater(record.agreedAt) }
      return try pass(
        clip, recordID: record.recordID, subjects: record.participants, signer: signer,
        decidedAt: record.agreedAt, storedFrom: record.agreedAt, days: record.storageDays,
        validUntil: .max, now)
    }
  }

  /// Checks a customer's record by itself, as far as that goes without a clip.
  package func check(
    _ document: ConsentDocument, nowMilliseconds now: Int64
  ) throws(ConsentDefect) -> ConsentRecord {
    let (record, _) = try consent(document, named: nil)
    try checkTerms(record)
    try checkTimes(record, at: now)
    guard now < record.validUntil else { throw .validUntil(record.validUntil) }
    let storageEnd = Self.end(of: record.storageDays, after: record.givenAt)
    guard now < storageEnd else { throw .storageEnded(storageEnd) }
    return record
  }

  private func checkNotices(_ age: Int64?) throws(ConsentDefect) {
    guard rules.isOfflineSeat else { return }
    guard let age else { throw .noNotices(maxHours: rules.maxOfflineHours) }
    let hours = age / 3_600_000
    guard age <= Int64(rules.maxOfflineHours) * 3_600_000 else {
      throw .oldNotices(hours: Int(hours), maxHours: rules.maxOfflineHours)
    }
  }

  private func named(
    _ clip: Clip, _ document: ConsentDocument?
  ) throws(ConsentDefect) -> ConsentDocument {
    guard !clip.consent.isEmpty else { throw .noRecordNamed }
    guard let document else { throw .noRecord(clip.consent) }
    return document
  }

  /// Reads a customer's record and finds who signed it; any id will do where none is wanted.
  private func consent(
    _ document: ConsentDocument, named wanted: String?
  ) throws(ConsentDefect) -> (ConsentRecord, signer: String) {
    let record: ConsentRecord
    do throws(RecordComplaint) {
      record = try ConsentRecord(document.bytes, file: Self.fileName(wanted))
    } catch { throw .unreadable(error) }
    guard wanted == nil || record.recordID == wanted else { throw .otherRecord(record.recordID) }
    return (record, try signer(document, record.recordID, signers.intake))
  }

  private func participants(
    _ document: ConsentDocument, named wanted: String
  ) throws(ConsentDefect) -> (ParticipantRecord, signer: String) {
    let record: ParticipantRecord
    do throws(RecordComplaint) {
      record = try ParticipantRecord(document.bytes, file: Self.fileName(wanted))
    } catch { throw .unreadable(error) }
    guard record.recordID == wanted else { throw .otherRecord(record.recordID) }
    return (record, try signer(document, record.recordID, signers.intake + signers.leads))
  }

  private static func fileName(_ recordID: String?) -> String {
    recordID.map { DisplayText.line($0, limit: ConsentNames.byteLimit) + ".json" } ?? "the record"
  }

  private func signer(
    _ document: ConsentDocument, _ recordID: String, _ keys: [ConsentSigners.Key]
  ) throws(ConsentDefect) -> String {
    guard rules.needsSignature else { return "" }
    return try document.signer(recordID: recordID, among: keys)
  }

  private func checkScope(_ scope: ConsentScope, of clip: Clip) throws(ConsentDefect) {
    switch scope {
    case .clips(let digests):
      guard keyedDigests(digests).contains(clip.digest) else { throw .otherClip }
    case .window(let camera, let from, let to):
      guard camera == clip.camera else { throw .otherCamera(camera) }
      guard let start = Timestamp.milliseconds(clip.recordedAt) else { throw .unknownTime }
      // Neither a year of four digits nor the longest duration comes near the range's end.
      let end = start + clip.duration.microseconds / 1000
      guard from <= start, end <= to else { throw .outsideWindow }
    }
  }

  private func checkTerms(_ record: ConsentRecord) throws(ConsentDefect) {
    guard record.humanReview else { throw .noHumanReview }
    guard record.purpose == rules.purpose else { throw .otherPurpose(wanted: rules.purpose) }
    guard record.dataCategories.contains("video") else { throw .noVideo }
    guard record.reviewerClasses.contains(rules.reviewerClass) else {
      throw .otherReviewerClass(wanted: rules.reviewerClass)
    }
    guard record.reviewerPlaces.contains(rules.reviewerPlace) else {
      throw .otherReviewerPlace(wanted: rules.reviewerPlace)
    }
    guard !rules.notices.isEmpty else { return }
    let texts = rules.notices.filter { $0.id == record.notice.id }
    guard !texts.isEmpty else { throw .otherNotice(record.notice.id) }
    guard texts.contains(where: { $0.digest == record.notice.digest }) else {
      throw .otherNoticeText(record.notice.id)
    }
  }

  private func checkTimes(_ record: ConsentRecord, at now: Int64) throws(ConsentDefect) {
    guard record.givenAt <= now else { throw .givenLater(record.givenAt) }
    let last = record.lastEvent
    switch last.kind {
    case .withdrawn: throw .withdrawn(last.atMilliseconds)
    case .expired: throw .expired(last.atMilliseconds)
    case .given, .renewed:
      guard last.atMilliseconds <= now else { throw .eventLater(last.atMilliseconds) }
    }
  }

  /// Asks whether any of the clip's times ran out; a time counts as over at its very millisecond.
  private func pass(
    _ clip: Clip, recordID: String, subjects: [String], signer: String, decidedAt: Int64,
    storedFrom: Int64, days: Int, validUntil: Int64, _ now: Int64
  ) throws(ConsentDefect) -> Pass {
    let storageEnd = Self.end(of: days, after: storedFrom)
    let retentionEnd = Self.end(of: rules.retentionDays, after: clip.addedAtMilliseconds)
    guard now < validUntil else { throw .validUntil(validUntil) }
    guard now < storageEnd else { throw .storageEnded(storageEnd) }
    guard now < retentionEnd else { throw .retentionEnded(retentionEnd) }
    guard now < clip.expiresAtMilliseconds else { throw .clipExpired(clip.expiresAtMilliseconds) }
    return Pass(
      recordID: recordID, subjects: subjects, signer: signer, decidedAtMilliseconds: decidedAt,
      expiresAtMilliseconds: min(
        validUntil, storageEnd, retentionEnd, clip.expiresAtMilliseconds))
  }

  /// The end of a period of days, bounded where it would leave the range.
  private static func end(of days: Int, after start: Int64) -> Int64 {
    let (end, isPastAllTime) = start.addingReportingOverflow(Int64(days) * 86_400_000)
    return isPastAllTime ? .max : end
  }
}
