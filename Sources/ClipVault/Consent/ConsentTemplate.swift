// SPDX-License-Identifier: Apache-2.0

import Vocabulary

/// Writes the text of a customer's consent record: for the demo, for tests, and as a pattern for
/// whoever builds the intake.
package struct ConsentTemplate: Sendable {
  /// The record's id and the pseudonym of who agreed (see `ConsentNames`).
  package var recordID: String
  package var principal: String
  /// SHA-256 of each clip, 32 bytes.
  package var digests: [[UInt8]]
  /// What the record must name to pass the vault's gate.
  package var rules: ConsentRules
  /// When it was given, milliseconds since 1970; it is valid for a year.
  package var givenAtMilliseconds: Int64
  /// For how many days the clips may be kept: 1 to 3,650.
  package var storageDays: Int
  package var controllerName: String
  package var controllerContact: String

  /// Takes what differs from record to record; `ConsentRecord` judges the result.
  package init(
    recordID: String, principal: String, digests: [[UInt8]], rules: ConsentRules,
    givenAtMilliseconds: Int64, storageDays: Int, controllerName: String, controllerContact: String
  ) {
    self.recordID = recordID
    self.principal = principal
    self.digests = digests
    self.rules = rules
    self.givenAtMilliseconds = givenAtMilliseconds
    self.storageDays = storageDays
    self.controllerName = controllerName
    self.controllerContact = controllerContact
  }

  /// The record's text: one field a line, in the order of the format's description.
  package var text: String {
    let fields = header + terms + history
    return "{\n" + fields.map { "  \(JSONText.quoted($0)): \($1)" }.joined(separator: ",\n")
      + "\n}\n"
  }

  private var header: [(String, String)] {
    [
      ("schema_version", JSONText.quoted(ConsentRecord.schemaVersion)),
      ("record_id", JSONText.quoted(recordID)), ("principal", JSONText.quoted(principal)),
      (
        "controller",
        JSONText.object([
          ("name", JSONText.quoted(controllerName)),
          ("contact", JSONText.quoted(controllerContact)),
        ])
      ),
    ]
  }

  private var terms: [(String, String)] {
    let clips = digests.map { JSONText.quoted(SHA256Text.text($0)) }
    let notice = rules.notices.first ?? .init(id: "none", digest: [UInt8](repeating: 0, count: 32))
    return [
      ("purpose", JSONText.quoted(rules.purpose)), ("human_review", "true"),
      ("clips", JSONText.array(clips)), ("data_categories", Self.list(["video"])),
      ("reviewer_classes", Self.list([rules.reviewerClass])),
      ("reviewer_places", Self.list([rules.reviewerPlace])),
      ("recipients", Self.list([controllerName])), ("storage_days", String(storageDays)),
      ("legal_basis", JSONText.quoted("consent")),
      (
        "notice",
        JSONText.object([
          ("id", JSONText.quoted(notice.id)),
          ("sha256", JSONText.quoted(Hexadecimal.text(notice.digest))),
          ("language", JSONText.quoted("en")),
        ])
      ),
    ]
  }

  private var history: [(String, String)] {
    let given = JSONText.quoted(Timestamp.text(milliseconds: givenAtMilliseconds))
    let (end, isPastAllTime) = givenAtMilliseconds.addingReportingOverflow(365 * 86_400_000)
    let until = JSONText.quoted(Timestamp.text(milliseconds: isPastAllTime ? .max : end))
    return [
      ("given", JSONText.object([("how", JSONText.quoted("app")), ("at", given)])),
      ("valid_until", until), ("other_persons", JSONText.quoted("unknown")),
      ("withdrawal", JSONText.quoted("in the app, or by writing to the contact above")),
      (
        "events",
        JSONText.array([JSONText.object([("kind", JSONText.quoted("given")), ("at", given)])])
      ),
    ]
  }

  private static func list(_ texts: [String]) -> String {
    JSONText.array(texts.map { JSONText.quoted($0) })
  }
}
