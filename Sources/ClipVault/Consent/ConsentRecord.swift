// SPDX-License-Identifier: Apache-2.0

import StrictTOML
import Vocabulary

/// What a customer agreed to: that people may watch these clips, for what, who, and how long.
///
/// Shape: one JSON object of the fields below (after ISO/IEC TS 27560), none more, all but one of
/// `clips` and `window` required. Times are milliseconds since 1970.
package struct ConsentRecord: Hashable, Sendable {
  /// The record's id (see `ConsentNames`), also its file name in the vault.
  package let recordID: String
  /// The pseudonym of who agreed.
  package let principal: String
  /// Who decides about the clips, and how to reach them.
  package let controller: Controller
  /// The code of what people may watch the clips for (`improve_alerts`).
  package let purpose: String
  /// Whether the customer was told, and agreed, that people watch the clips.
  package let humanReview: Bool
  package let scope: ConsentScope
  /// What of the clips may be used: `video`, and `audio`, which is never used.
  package let dataCategories: [String]
  /// Which kinds of people may watch (`employee`).
  package let reviewerClasses: [String]
  /// Where they may sit (`EU`).
  package let reviewerPlaces: [String]
  /// Who else may be given the labels.
  package let recipients: [String]
  /// For how many days after `givenAt` the clips may be kept: 1 to 3,650.
  package let storageDays: Int
  package let legalBasis: String
  package let notice: Notice
  /// In what way it was given (`app`).
  package let givenHow: String
  package let givenAt: Int64
  /// From when on it is void; later than `givenAt`.
  package let validUntil: Int64
  /// Whether the clips may show people who did not agree.
  package let otherPersons: OtherPersons
  /// How the customer takes it back.
  package let withdrawal: String
  /// What became of it, in order of time; never empty, the first is `given` at `givenAt`.
  package let events: [Event]

  /// Who decides about the clips.
  package struct Controller: Hashable, Sendable {
    package let name: String
    package let contact: String
  }

  /// The text the customer was shown.
  package struct Notice: Hashable, Sendable {
    package let id: String
    /// SHA-256 of the exact text, 32 bytes.
    package let digest: [UInt8]
    package let language: String
  }

  /// Whether a clip may show others.
  package enum OtherPersons: String, Sendable, CaseIterable { case yes, no, unknown }

  /// One thing that became of a consent.
  package struct Event: Hashable, Sendable {
    /// What it was; the last of a record's events decides whether it stands.
    package enum Kind: String, Sendable, CaseIterable { case given, renewed, withdrawn, expired }
    package let kind: Kind
    package let atMilliseconds: Int64
  }

  /// The event that decides.
  package var lastEvent: Event {
    // `init` refuses a record without events.
    events[events.count - 1]
  }
}

extension ConsentRecord {
  /// No record is larger, in bytes.
  package static let byteLimit = 64 << 10
  /// The only version of its format.
  package static let schemaVersion = "1"

  /// The longest storage period, in days.
  static let storageDayLimit = 3650

  private static let fields: Set<String> = ConsentScope.fields.union([
    "schema_version", "record_id", "principal", "controller", "purpose", "human_review",
    "data_categories", "reviewer_classes", "reviewer_places", "recipients", "storage_days",
    "legal_basis", "notice", "given", "valid_until", "other_persons", "withdrawal", "events",
  ])

  /// Reads a record's bytes strictly; `file` is what complaints call it.
  package init(_ bytes: [UInt8], file: String) throws(RecordComplaint) {
    let record = try JSONFields.record(bytes, file: file, known: Self.fields)
    recordID = try record.recordID()
    principal = try record.pseudonym("principal")
    let controller = try record.object("controller", known: ["name", "contact"])
    self.controller = Controller(
      name: try controller.text("name"), contact: try controller.text("contact"))
    purpose = try record.text("purpose", limit: 64)
    humanReview = try record.bool("human_review")
    scope = try ConsentScope(record)
    dataCategories = try record.texts("data_categories")
    if let other = dataCategories.first(where: { !["video", "audio"].contains($0) }) {
      throw record.complaint("data_categories", "may hold video and audio, not \"\(other)\"")
    }
    reviewerClasses = try record.texts("reviewer_classes")
    reviewerPlaces = try record.texts("reviewer_places")
    recipients = try record.texts("recipients")
    storageDays = try record.int("storage_days", in: 1...Self.storageDayLimit)
    legalBasis = try record.text("legal_basis")
    notice = try Self.notice(record)
    let given = try record.object("given", known: ["how", "at"])
    givenHow = try given.text("how")
    givenAt = try given.time("at")
    validUntil = try record.time("valid_until")
    guard validUntil > givenAt else {
      throw record.complaint("valid_until", "must be later than \"given.at\"")
    }
    otherPersons = try Self.word("other_persons", record)
    withdrawal = try record.text("withdrawal", limit: 1000)
    events = try Self.events(record, givenAt: givenAt)
  }

  private static func notice(_ record: JSONFields) throws(RecordComplaint) -> Notice {
    let notice = try record.object("notice", known: ["id", "sha256", "language"])
    let id = try notice.text("id", limit: 64)
    let text = try notice.text("sha256")
    guard let digest = Hexadecimal.bytes(text, count: 32) else {
      throw notice.complaint("sha256", "must be 64 digits, 0 to f")
    }
    return Notice(id: id, digest: digest, language: try notice.text("language", limit: 35))
  }

  private static func events(
    _ record: JSONFields, givenAt: Int64
  ) throws(RecordComplaint) -> [Event] {
    var events: [Event] = []
    for event in try record.objects("events", known: ["kind", "at"]) {
      let kind: Event.Kind = try word("kind", event)
      let at = try event.time("at")
      if let last = events.last, at < last.atMilliseconds {
        throw event.complaint("at", "must not be earlier than the event before it")
      }
      if events.isEmpty, kind != .given || at != givenAt {
        throw record.complaint(
          "events", "must begin with kind \"given\" at the time of \"given.at\"")
      }
      events.append(Event(kind: kind, atMilliseconds: at))
    }
    return events
  }

  /// One of a closed set of words.
  private static func word<Word: RawRepresentable & CaseIterable>(
    _ name: String, _ fields: JSONFields
  ) throws(RecordComplaint) -> Word where Word.RawValue == String {
    let text = try fields.text(name)
    guard let word = Word(rawValue: text) else {
      let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw fields.complaint(name, "must be one of \(words)")
    }
    return word
  }
}

extension JSONFields {
  /// Reads the text of a record of either kind, as far as both are alike.
  static func record(
    _ bytes: [UInt8], file: String, known: Set<String>
  ) throws(RecordComplaint) -> JSONFields {
    guard bytes.count <= ConsentRecord.byteLimit else {
      throw RecordComplaint(
        field: "", place: PolicyFileError(file: file, message: "is larger than 64 KiB"))
    }
    let record = try JSONFields(bytes, file: file, known: known)
    let version = try record.text("schema_version")
    guard version == ConsentRecord.schemaVersion else {
      throw record.complaint(
        "schema_version", "is \"\(version)\", which this Milkglass does not read; it reads \"1\"")
    }
    return record
  }

  func recordID() throws(RecordComplaint) -> String {
    let id = try text("record_id")
    guard ConsentNames.isRecordID(id) else {
      throw complaint("record_id", "must be 1 to 64 letters, digits, dots, hyphens, underscores")
    }
    return id
  }

  func pseudonym(_ name: String) throws(RecordComplaint) -> String {
    let text = try text(name)
    guard ConsentNames.isPseudonym(text) else {
      throw complaint(name, "must be a pseudonym: 1 to 64 letters, digits, and . _ - :")
    }
    return text
  }
}
