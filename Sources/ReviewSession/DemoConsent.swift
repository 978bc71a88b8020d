// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import Foundation
internal import Sealing
internal import Vocabulary

/// The records under which the demo's drawn clips may be opened: as true as the clips are.
struct DemoConsent {
  /// The folder that ingest looks for records in.
  let folder: URL
  /// The drawn clips' folder.
  let clips: URL

  /// How long the demo's clips are kept, in days: as long as a policy allows.
  static let days = 365

  /// Writes a record for each that the manifest names.
  func write(for manifest: Manifest, nowMilliseconds now: Int64) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let byRecord = Dictionary(grouping: manifest.entries.values) { $0.consent }
    for (record, entries) in byRecord {
      let digests = try entries.sorted { $0.line < $1.line }.map { entry in
        Digest.sha256(Array(try Data(contentsOf: clips.appending(path: entry.clip))))
      }
      guard let first = entries.first else { continue }
      let text =
        first.source == .staffTest
        ? ParticipantRecord(
          recordID: record, participants: [], camera: first.camera, digests: digests,
          agreedAtMilliseconds: now, storageDays: Self.days)?.text
        : customers(record, digests, now)
      guard let text else { continue }
      try Data(text.utf8).write(to: folder.appending(path: record + ".json"), options: .atomic)
    }
  }

  private func customers(_ record: String, _ digests: [[UInt8]], _ now: Int64) -> String {
    let clips = digests.map { "\"\(SHA256Text.text($0))\"" }.joined(separator: ", ")
    let given = Timestamp.text(milliseconds: now)
    let until = Timestamp.text(milliseconds: now + Int64(Self.days) * 86_400_000)
    return """
      {
        "schema_version": "1",
        "record_id": "\(record)",
        "principal": "drawn-\(record.lowercased())",
        "controller": {"name": "Milkglass demo", "contact": "nobody is shown in these clips"},
        "purpose": "improve_alerts",
        "human_review": true,
        "clips": [\(clips)],
        "data_categories": ["video"],
        "reviewer_classes": ["employee"],
        "reviewer_places": ["EU"],
        "recipients": ["Milkglass demo"],
        "storage_days": \(Self.days),
        "legal_basis": "consent",
        "notice": {
          "id": "demo-1",
          "sha256": "\(Hexadecimal.text(Digest.sha256(Array("drawn figures".utf8))))",
          "language": "en"
        },
        "given": {"how": "drawn", "at": "\(given)"},
        "valid_until": "\(until)",
        "other_persons": "no",
        "withdrawal": "milkglass consent withdraw",
        "events": [{"kind": "given", "at": "\(given)"}]
      }

      """
  }
}
