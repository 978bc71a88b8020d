// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// What stands for consent where staff made a test clip: who took part and agreed, or that the
/// clip is drawn and shows nobody.
///
/// Shape: one JSON object: `schema_version`, `record_id`, `kind` ("participants"), `participants`
/// (one or more pseudonyms) or `synthetic` (true), `agreed_at`, `camera`, `clips` or `window`,
/// `storage_days`; none more. Times are milliseconds since 1970.
package struct ParticipantRecord: Hashable, Sendable {
  package let recordID: String
  /// The pseudonyms of those who took part; empty for drawn clips only.
  package let participants: [String]
  package let agreedAt: Int64
  package let camera: CameraID
  package let scope: ConsentScope
  /// For how many days after `agreedAt` the clips may be kept: 1 to 3,650.
  package let storageDays: Int

  /// Whether the clips are drawn and show nobody.
  package var isSynthetic: Bool { participants.isEmpty }

  /// Makes a record of clips given by the SHA-256 digest of each, 32 bytes.
  ///
  /// Nil where a name is none, no clip is given, or the period is out of range. Without
  /// participants the clips count as drawn.
  package init?(
    recordID: String, participants: [String], camera: CameraID, digests: [[UInt8]],
    agreedAtMilliseconds: Int64, storageDays: Int
  ) {
    guard ConsentNames.isRecordID(recordID), participants.allSatisfy(ConsentNames.isPseudonym),
      Set(participants).count == participants.count, !digests.isEmpty,
      digests.allSatisfy({ $0.count == 32 }), PolicyText.isPlainName(camera.text, limit: 255),
      (1...ConsentRecord.storageDayLimit).contains(storageDays)
    else { return nil }
    self.recordID = recordID
    self.participants = participants
    self.camera = camera
    scope = .clips(digests)
    agreedAt = agreedAtMilliseconds
    self.storageDays = storageDays
  }
}

extension ParticipantRecord {
  /// The word that tells such a record from a customer's.
  package static let kind = "participants"

  private static let fields: Set<String> = ConsentScope.fields.union([
    "schema_version", "record_id", "kind", "participants", "synthetic", "agreed_at", "camera",
    "storage_days",
  ])

  /// Reads a record's bytes strictly; `file` is what complaints call it.
  package init(_ bytes: [UInt8], file: String) throws(RecordComplaint) {
    let record = try JSONFields.record(bytes, file: file, known: Self.fields)
    guard try record.text("kind") == Self.kind else {
      throw record.complaint("kind", "must be \"\(Self.kind)\"")
    }
    recordID = try record.recordID()
    participants = try Self.participants(record)
    agreedAt = try record.time("agreed_at")
    camera = CameraID(try record.text("camera"))
    scope = try ConsentScope(record)
    storageDays = try record.int("storage_days", in: 1...ConsentRecord.storageDayLimit)
  }

  private static func participants(_ record: JSONFields) throws(RecordComplaint) -> [String] {
    if record.has("synthetic") {
      guard try record.bool("synthetic") else {
        throw record.complaint("synthetic", "must be true where it stands")
      }
      guard !record.has("participants") else {
        throw record.complaint("participants", "must not stand beside \"synthetic\"")
      }
      return []
    }
    let names = try record.texts("participants")
    guard names.allSatisfy(ConsentNames.isPseudonym) else {
      throw record.complaint(
        "participants", "must hold pseudonyms: 1 to 64 letters, digits, and . _ - :")
    }
    return names
  }

  /// The record's text, as it is signed and kept.
  package var text: String {
    var fields: [(name: String, json: String)] = [
      ("schema_version", JSONText.quoted(ConsentRecord.schemaVersion)),
      ("record_id", JSONText.quoted(recordID)), ("kind", JSONText.quoted(Self.kind)),
      isSynthetic
        ? ("synthetic", "true")
        : ("participants", JSONText.array(participants.map { JSONText.quoted($0) })),
      ("agreed_at", JSONText.quoted(Timestamp.text(milliseconds: agreedAt))),
      ("camera", JSONText.quoted(camera.text)),
    ]
    switch scope {
    case .clips(let digests):
      let texts = digests.map { JSONText.quoted(SHA256Text.text($0)) }
      fields.append(("clips", JSONText.array(texts)))
    case .window(let camera, let from, let to):
      let window = JSONText.object([
        ("camera", JSONText.quoted(camera.text)),
        ("from", JSONText.quoted(Timestamp.text(milliseconds: from))),
        ("to", JSONText.quoted(Timestamp.text(milliseconds: to))),
      ])
      fields.append(("window", window))
    }
    fields.append(("storage_days", String(storageDays)))
    return JSONText.object(fields) + "\n"
  }
}
