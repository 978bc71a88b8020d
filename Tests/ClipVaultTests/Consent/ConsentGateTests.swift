// SPDX-License-Identifier: Apache-2.0

import Sealing
import Testing
import Vocabulary

@testable import ClipVault

/// The gate's table: a consent that opens, and every way in which one point of it can be wrong.
@Suite struct ConsentGateTests {
  private static let given: Int64 = 1_768_425_600_000
  private static let agreed: Int64 = 1_768_392_000_000
  private static let day = ConsentFixture.day

  /// One broken point: what is broken, the field that must be named, the defect.
  struct Row: Sendable {
    let name: String
    let field: String
    let defect: ConsentDefect
    let fixture: ConsentFixture

    init(
      _ name: String, _ field: String, _ defect: ConsentDefect, _ base: ConsentFixture = .init(),
      _ change: (inout ConsentFixture) -> Void
    ) {
      self.name = name
      self.field = field
      self.defect = defect
      fixture = base.with(change)
    }

    init(
      _ name: String, _ field: String, _ defect: ConsentDefect, _ base: ConsentFixture = .init(),
      at path: String, raw: String
    ) {
      self.init(name, field, defect, base) { $0.record = $0.record.with(path, raw: raw) }
    }
  }

  /// Both events of a record that was given and then something else, an hour before now.
  private static func events(_ kind: String, at: String = "2026-01-16T11:00:00Z") -> String {
    #"[{"kind":"given","at":"2026-01-14T21:20:00Z"},{"kind":"\#(kind)","at":"\#(at)"}]"#
  }

  private static let lastEvent: Int64 = 1_768_561_200_000

  static let notices: [Row] = [
    Row("an offline seat without notices", "notices", .noNotices(maxHours: 72)) {
      $0.rules.isOfflineSeat = true
    },
    Row("notices too old", "notices", .oldNotices(hours: 72, maxHours: 72)) {
      $0.rules.isOfflineSeat = true
      $0.noticesAge = 72 * 3_600_000 + 1
    },
  ]

  static let form: [Row] = [
    Row("no record named", "consent", .noRecordNamed) { $0.clip.consent = "" },
    Row("no such record", "consent", .noRecord("CR-7")) { $0.hasDocument = false },
    Row(
      "another record's text", "record_id", .otherRecord("CR-8"), at: "record_id", raw: #""CR-8""#),
    Row("unsigned", "signature", .unsigned) { $0.changeSignature = { _ in nil } },
    Row("an empty signature", "signature", .badSignature) { $0.changeSignature = { _ in [] } },
    Row("a cut signature", "signature", .badSignature) {
      $0.changeSignature = { Array($0.dropLast(4)) }
    },
    Row("a signature of another id", "signature", .otherText) { $0.signedID = "CR-8" },
    Row("a text changed behind its signature", "signature", .otherText) {
      $0.changeBytes = { $0 + [0x20] }
    },
    Row("signed by a stranger", "signature", .stranger) {
      $0.signingKey = ConsentFixture.stranger
    },
    Row("signed by a stranger under a name of his own", "signature", .stranger) {
      $0.signingKey = ConsentFixture.stranger
      $0.signerName = "mallory"
    },
    Row("a customer's record signed by a lead", "signature", .stranger) {
      $0.signingKey = ConsentFixture.lead
      $0.signerName = "ada"
    },
  ]

  static let scope: [Row] = [
    Row("another clip", "clips", .otherClip) { $0.clip.digest = ConsentFixture.keyed([1]) },
    Row("another camera", "camera", .otherCamera(CameraID("porch-2"))) {
      $0.record = $0.record.with("clips", nil).with("window", ConsentFixture.window)
      $0.clip.camera = CameraID("porch-3")
    },
    Row("an unknown time", "window", .unknownTime) {
      $0.record = $0.record.with("clips", nil).with("window", ConsentFixture.window)
      $0.clip.recordedAt = ""
    },
    Row("begun before the window", "window", .outsideWindow) {
      $0.record = $0.record.with("clips", nil).with("window", ConsentFixture.window)
      $0.clip.recordedAt = "2026-01-14T22:15:29.999+01:00"
    },
    Row("ended after the window", "window", .outsideWindow) {
      $0.record = $0.record.with("clips", nil).with("window", ConsentFixture.window)
      $0.clip.duration = MediaTime(milliseconds: 25_001)
    },
    Row("longer than time itself", "window", .outsideWindow) {
      $0.record = $0.record.with("clips", nil).with("window", ConsentFixture.window)
      $0.clip.duration = MediaTime(microseconds: .max)
    },
  ]

  static let terms: [Row] = [
    Row("no human review", "human_review", .noHumanReview, at: "human_review", raw: "false"),
    Row(
      "another purpose", "purpose", .otherPurpose(wanted: "improve_alerts"), at: "purpose",
      raw: #""advertising""#),
    Row("no video", "data_categories", .noVideo, at: "data_categories", raw: #"["audio"]"#),
    Row(
      "other reviewers", "reviewer_classes", .otherReviewerClass(wanted: "employee"),
      at: "reviewer_classes", raw: #"["contractor"]"#),
    Row(
      "other places", "reviewer_places", .otherReviewerPlace(wanted: "EU"), at: "reviewer_places",
      raw: #"["US"]"#),
    Row("another notice", "notice.id", .otherNotice("N-2"), at: "notice.id", raw: #""N-2""#),
    Row("another text of the notice", "notice.sha256", .otherNoticeText("N-3")) {
      $0.record = $0.record.with("notice.sha256", raw: "\"\(String(repeating: "0", count: 64))\"")
    },
  ]

  static let times: [Row] = [
    Row("given later than now", "given.at", .givenLater(given)) { $0.now = given - 1 },
    Row("withdrawn", "events", .withdrawn(lastEvent), at: "events", raw: events("withdrawn")),
    Row("expired", "events", .expired(lastEvent), at: "events", raw: events("expired")),
    Row("withdrawn by a time ahead", "events", .withdrawn(lastEvent)) {
      $0.record = $0.record.with("events", raw: events("withdrawn"))
      $0.now = lastEvent - 1
    },
    Row("renewed by a time ahead", "events", .eventLater(lastEvent)) {
      $0.record = $0.record.with("events", raw: events("renewed"))
      $0.now = lastEvent - 1
    },
    Row("valid until now", "valid_until", .validUntil(ConsentFixture.now)) {
      $0.record = $0.record.with("valid_until", raw: #""2026-01-16T12:00:00Z""#)
    },
    Row("stored long enough", "storage_days", .storageEnded(given + day)) {
      $0.record = $0.record.with("storage_days", raw: "1")
    },
    Row("retained long enough", "retention_days", .retentionEnded(ConsentFixture.now)) {
      $0.rules.retentionDays = 1
    },
    Row("the clip's own time is over", "expiry", .clipExpired(ConsentFixture.now)) {
      $0.clip.expiresAtMilliseconds = ConsentFixture.now
    },
  ]

  static let staff: [Row] = [
    Row("no staff camera", "camera", .staffCamera(CameraID("porch-2")), .staff) {
      $0.clip.camera = CameraID("porch-2")
    },
    Row("an unknown camera", "camera", .staffCamera(CameraID("attic")), .staff) {
      $0.clip.camera = CameraID("attic")
    },
    Row("no participant record named", "consent", .noRecordNamed, .staff) { $0.clip.consent = "" },
    Row("no such participant record", "consent", .noRecord("CR-7"), .staff) {
      $0.hasDocument = false
    },
    Row(
      "another participant record", "record_id", .otherRecord("CR-8"), .staff, at: "record_id",
      raw: #""CR-8""#),
    Row(
      "participants at another camera", "camera", .otherCamera(CameraID("desk")), .staff,
      at: "camera",
      raw: #""desk""#),
    Row("another staff clip", "clips", .otherClip, .staff) { $0.clip.digest = [] },
    Row("agreed later than now", "agreed_at", .agreedLater(agreed), .staff) { $0.now = agreed - 1 },
    Row("unsigned participants", "signature", .unsigned, .staff) {
      $0.changeSignature = { _ in nil }
    },
    Row("participants signed by a stranger", "signature", .stranger, .staff) {
      $0.signingKey = ConsentFixture.stranger
    },
    Row("participants stored long enough", "storage_days", .storageEnded(agreed + day), .staff) {
      $0.record = $0.record.with("storage_days", raw: "1")
    },
    Row(
      "staff clip retained long enough", "retention_days", .retentionEnded(ConsentFixture.now),
      .staff
    ) { $0.rules.retentionDays = 1 },
  ]

  static let table = notices + form + scope + terms + times + staff

  @Test func theTableHasEveryDefect() {
    // `unreadable` has tables of its own, with every field missing and of the wrong type.
    var seen: Set<Kind> = [.unreadable]
    for row in Self.table { seen.insert(Kind(row.defect)) }
    #expect(seen == Set(Kind.allCases))
    #expect(Set(Self.table.map(\.name)).count == Self.table.count)
  }

  @Test(arguments: table.indices) func oneBrokenPointShutsTheGate(index: Int) throws {
    let row = Self.table[index]
    let base = row.fixture.clip.source == .staffTest ? ConsentFixture.staff : ConsentFixture()
    #expect(base.defect == nil, "the positive control must open")
    let defect = try #require(row.fixture.defect, "\(row.name) opens")
    #expect(defect == row.defect, "\(row.name)")
    #expect(defect.field == row.field, "\(row.name)")
    let sentence = defect.sentence(ClipID(high: 0x1A2B_3C4D << 32, low: 0))
    #expect(sentence.hasPrefix("Clip 1a2b3c4d does not open: "), "\(sentence)")
    #expect(sentence.hasSuffix(".") && !sentence.contains("\n"), "\(sentence)")
    #expect(sentence.contains(Self.word(row.field)), "\(row.field) is not named: \(sentence)")
  }

  /// How a sentence names a field: what no record holds is named in plain words.
  private static func word(_ field: String) -> String {
    switch field {
    case "notices", "signature": field
    default: "\"\(field)\""
    }
  }

  @Test func aRightConsentOpens() throws {
    let pass = try ConsentFixture().check()
    #expect(pass.recordID == "CR-7" && pass.subjects == ["subject-42"])
    #expect(pass.signer == "intake-1")
    #expect(pass.expiresAtMilliseconds == ConsentFixture().clip.expiresAtMilliseconds)
    let window = ConsentFixture().with {
      $0.record = $0.record.with("clips", nil).with("window", ConsentFixture.window)
    }
    #expect(window.defect == nil)
  }

  /// Each point at its last good value.
  @Test func theGateIsAsWideAsItSays() {
    let base = ConsentFixture()
    let open: [(String, ConsentFixture)] = [
      ("other notices in force", base.with { $0.rules.notices = [] }),
      ("renewed", base.with("events", raw: Self.events("renewed"))),
      (
        "renewed just now",
        base.with("events", raw: Self.events("renewed", at: "2026-01-16T12:00:00Z"))
      ),
      (
        "the last millisecond", base.with { $0.clip.expiresAtMilliseconds = ConsentFixture.now + 1 }
      ),
      ("given just now", base.with { $0.now = Self.given }),
      ("audio too", base.with("data_categories", raw: #"["audio","video"]"#)),
      ("other persons", base.with("other_persons", raw: #""yes""#)),
      (
        "notices of the last hour",
        base.with {
          $0.rules.isOfflineSeat = true
          $0.noticesAge = 72 * 3_600_000
        }
      ),
      (
        "no signature asked for",
        base.with {
          $0.rules.needsSignature = false
          $0.changeSignature = { _ in nil }
        }
      ),
      ("staff", .staff),
      (
        "staff, signed by a lead",
        ConsentFixture.staff.with {
          $0.signingKey = ConsentFixture.lead
          $0.signerName = "ada"
        }
      ),
      (
        "staff clips need no notices", ConsentFixture.staff.with { $0.rules.isOfflineSeat = true }
      ),
      (
        "drawn clips",
        ConsentFixture.staff.with {
          $0.record = $0.record.with("participants", nil).with("synthetic", raw: "true")
        }
      ),
    ]
    for (name, fixture) in open { #expect(fixture.defect == nil, "\(name)") }
  }

  @Test func theEarliestTimeIsTheClips() throws {
    let late = ConsentFixture().with { $0.clip.expiresAtMilliseconds = .max }
    let retention = late.clip.addedAtMilliseconds + 7 * Self.day
    let storage = Self.given + 7 * Self.day
    #expect(try late.check().expiresAtMilliseconds == min(retention, storage))
    let short = late.with { $0.rules.retentionDays = 3 }
    #expect(
      try short.check().expiresAtMilliseconds == late.clip.addedAtMilliseconds + 3 * Self.day)
    let until = late.with("valid_until", raw: #""2026-01-17T00:00:00Z""#)
    #expect(try until.check().expiresAtMilliseconds == 1_768_608_000_000)
    let unbounded = late.with {
      $0.clip.addedAtMilliseconds = .max
      $0.record = $0.record.with("storage_days", raw: "3650")
    }
    #expect(try unbounded.check().expiresAtMilliseconds == 1_783_987_200_000)
  }

  /// The fixed order: what stands earlier in the list is told, whatever is wrong behind it.
  @Test func theFirstDefectIsTold() throws {
    var fixture = ConsentFixture()
    var order: [ConsentDefect] = []
    for row in (Self.times + Self.terms).reversed() where row.field != "events" {
      guard let value = row.fixture.record[row.field]?.text else { continue }
      fixture.record = fixture.record.with(row.field, raw: value)
      order.append(try #require(fixture.defect))
    }
    #expect(order.last == .noHumanReview && Set(order.map(Kind.init)).count >= 5)
    fixture.rules.isOfflineSeat = true
    #expect(fixture.defect == .noNotices(maxHours: 72))
  }

  @Test func aRecordIsCheckedWithoutAClip() throws {
    func check(_ fixture: ConsentFixture) -> ConsentDefect? {
      guard let document = fixture.document else { return nil }
      do {
        _ = try fixture.gate.check(document, nowMilliseconds: fixture.now)
        return nil
      } catch { return error }
    }
    #expect(check(ConsentFixture()) == nil)
    for row in Self.terms { #expect(check(row.fixture) == row.defect, "\(row.name)") }
    for row in Self.times where !["retention_days", "expiry"].contains(row.field) {
      #expect(check(row.fixture) == row.defect, "\(row.name)")
    }
    #expect(check(ConsentFixture().with { $0.signingKey = ConsentFixture.stranger }) == .stranger)
    #expect(check(ConsentFixture().with { $0.changeBytes = { _ in [] } })?.field == "")
  }

  @Test func theTemplatePassesTheGate() throws {
    for rules in [ConsentRules(), ConsentFixture().rules] {
      let fixture = ConsentFixture().with { $0.rules = rules }
      let notice = rules.notices.first
      let template = ConsentTemplate(
        recordID: "CR-7", principal: "subject-42", digests: [ConsentFixture.digest], rules: rules,
        givenAtMilliseconds: Self.given, storageDays: 7, controllerName: "Porch \"Cameras\"",
        controllerContact: "privacy@example.org")
      let document = try #require(
        ConsentDocument(
          bytes: Array(template.text.utf8), recordID: "CR-7", signedBy: ConsentFixture.intake,
          named: "intake-1"))
      // The fixture's first accepted notice is of a digest that no record can hold.
      if notice?.digest.count == 1 {
        #expect(throws: ConsentDefect.self) {
          try fixture.gate.check(
            fixture.clip, document, nowMilliseconds: fixture.now, noticesAgeMilliseconds: nil)
        }
      } else {
        let pass = try fixture.gate.check(
          fixture.clip, document, nowMilliseconds: fixture.now, noticesAgeMilliseconds: nil)
        #expect(pass.subjects == ["subject-42"])
      }
    }
  }

  @Test func onlyNamesCanSign() {
    func sign(_ id: String, _ name: String) -> Bool {
      ConsentDocument(bytes: [1], recordID: id, signedBy: ConsentFixture.intake, named: name) != nil
    }
    #expect(sign("CR-7", "intake-1"))
    #expect(!sign("CR\n7", "intake-1") && !sign("CR-7", "a b") && !sign("CR-7", ""))
  }

  /// The defects by name, so that a new one must find its way into the table.
  enum Kind: CaseIterable {
    case noNotices, oldNotices, staffCamera, noRecordNamed, noRecord, unreadable, otherRecord
    case unsigned, badSignature, otherText, stranger, noHumanReview, otherClip, otherCamera
    case unknownTime, outsideWindow, otherPurpose, noVideo, otherReviewerClass
    case otherReviewerPlace, otherNotice, otherNoticeText, givenLater, eventLater, agreedLater
    case withdrawn, expired, validUntil, storageEnded, retentionEnded, clipExpired

    init(_ defect: ConsentDefect) {
      self =
        switch defect {
        case .noNotices: .noNotices
        case .oldNotices: .oldNotices
        case .staffCamera: .staffCamera
        case .noRecordNamed: .noRecordNamed
        case .noRecord: .noRecord
        case .unreadable: .unreadable
        case .otherRecord: .otherRecord
        case .unsigned: .unsigned
        case .badSignature: .badSignature
        case .otherText: .otherText
        case .stranger: .stranger
        case .noHumanReview: .noHumanReview
        case .otherClip: .otherClip
        case .otherCamera: .otherCamera
        case .unknownTime: .unknownTime
        case .outsideWindow: .outsideWindow
        case .otherPurpose: .otherPurpose
        case .noVideo: .noVideo
        case .otherReviewerClass: .otherReviewerClass
        case .otherReviewerPlace: .otherReviewerPlace
        case .otherNotice: .otherNotice
        case .otherNoticeText: .otherNoticeText
        case .givenLater: .givenLater
        case .eventLater: .eventLater
        case .agreedLater: .agreedLater
        case .withdrawn: .withdrawn
        case .expired: .expired
        case .validUntil: .validUntil
        case .storageEnded: .storageEnded
        case .retentionEnded: .retentionEnded
        case .clipExpired: .clipExpired
        }
    }
  }
}
