// SPDX-License-Identifier: Apache-2.0
import ClipVault
import Foundation
import Testing
import Vocabulary

@testable import ReviewSession

/// The demo's own records, as the consent gate reads them.
@Suite struct DemoConsentTests {
  @Test func theGateReadsThem() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["a.mp4", "b.mp4"] {
      try Data(name.utf8).write(to: folder.appending(path: name))
    }
    let manifest = ManifestFile.parse(
      Array(
        """
        {"clip":"a.mp4","source":"customer-feedback","consent":"CR-1","camera":"porch-1"}
        {"clip":"b.mp4","source":"staff-test","consent":"P-bench","camera":"bench"}

        """.utf8), fileName: "manifest.jsonl",
      taxonomy: try TaxonomyFile.parse(DefaultTaxonomy.text))
    try #require(manifest.entries.count == 2)
    let consents = folder.appending(path: "consent")
    try DemoConsent(folder: consents, clips: folder).write(
      for: manifest, rules: ConsentRules(), nowMilliseconds: 1_800_000_000_000)
    let customers = try Data(contentsOf: consents.appending(path: "CR-1.json"))
    #expect(try ConsentRecord(Array(customers), file: "CR-1.json").recordID == "CR-1")
    let staff = try Data(contentsOf: consents.appending(path: "P-bench.json"))
    #expect(try ParticipantRecord(Array(staff), file: "P-bench.json").isSynthetic)
  }
}
