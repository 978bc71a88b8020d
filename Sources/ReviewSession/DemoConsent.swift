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

  /// Writes a record for each that the manifest names, such as the rules of the demo's vault ask for.
  func write(
    for manifest: Manifest, rules: ConsentRules, nowMilliseconds now: Int64
  ) throws {
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
        : ConsentTemplate(
          recordID: record, principal: "drawn-\(record.lowercased())", digests: digests,
          rules: rules, givenAtMilliseconds: now, storageDays: Self.days,
          controllerName: "Milkglass demo", controllerContact: "nobody is shown in these clips"
        ).text
      guard let text else { continue }
      try Data(text.utf8).write(to: folder.appending(path: record + ".json"), options: .atomic)
    }
  }
}
