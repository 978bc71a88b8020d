// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The consent records of the tests' clips, as whoever has the clips would write them.
enum TestConsent {
  /// The folder that ingest looks for records in, beside the manifest.
  static let folder = "consent"
  /// Who agreed to the clips of the camera `porch-1`.
  static let subject = "family-7"
  /// The record of that consent, and the one of the staff's clips.
  static let customers = "CR-7"
  static let staff = "P-bench"

  /// Writes both records into a folder's `consent`.
  static func write(into folder: TestFolder) throws {
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/\(Self.folder)", withIntermediateDirectories: true)
    try folder.write("\(Self.folder)/\(customers).json", customersRecord())
    try folder.write("\(Self.folder)/\(staff).json", staffRecord)
  }

  /// A customer's record of everything that `porch-1` recorded in January 2026, given an hour ago;
  /// `changes` replace fields by other JSON.
  static func customersRecord(_ changes: [String: String] = [:]) -> String {
    let given = time(-3600)
    var fields = [
      "schema_version": "\"1\"", "record_id": "\"\(customers)\"", "principal": "\"\(subject)\"",
      "controller": "{\"name\": \"Example\", \"contact\": \"privacy@example.org\"}",
      "purpose": "\"improve_alerts\"", "human_review": "true", "window": window("porch-1"),
      "data_categories": "[\"video\"]", "reviewer_classes": "[\"employee\"]",
      "reviewer_places": "[\"EU\"]", "recipients": "[\"Example\"]", "storage_days": "365",
      "legal_basis": "\"consent\"",
      "notice": """
      {"id": "N-1", "sha256": "\(String(repeating: "07", count: 32))", "language": "en"}
      """,
      "given": "{\"how\": \"app\", \"at\": \"\(given)\"}",
      "valid_until": "\"\(time(86_400 * 300))\"",
      "other_persons": "\"unknown\"", "withdrawal": "\"in the app\"",
      "events": "[{\"kind\": \"given\", \"at\": \"\(given)\"}]",
    ]
    fields.merge(changes) { $1 }
    return object(fields)
  }

  /// The record of staff who play before `bench`.
  private static var staffRecord: String {
    object([
      "schema_version": "\"1\"", "record_id": "\"\(staff)\"", "kind": "\"participants\"",
      "participants": "[\"actor-1\"]", "agreed_at": "\"\(time(-3600))\"", "camera": "\"bench\"",
      "window": window("bench"), "storage_days": "365",
    ])
  }

  private static func window(_ camera: String) -> String {
    """
    {"camera": "\(camera)", "from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z"}
    """
  }

  private static func object(_ fields: [String: String]) -> String {
    let lines = fields.sorted { $0.key < $1.key }.map { "  \"\($0.key)\": \($0.value)" }
    return "{\n\(lines.joined(separator: ",\n"))\n}\n"
  }

  /// So many seconds from now.
  static func time(_ seconds: Double) -> String {
    Date(timeIntervalSinceNow: seconds).formatted(.iso8601)
  }
}
