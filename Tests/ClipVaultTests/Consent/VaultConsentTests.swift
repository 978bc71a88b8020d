// SPDX-License-Identifier: Apache-2.0

import Foundation
import Sealing
import Testing
import Vocabulary

@testable import ClipVault

/// The gate and ingest over a whole vault, with its own signed policy and people.
@Suite struct VaultConsentTests {
  @Test func thePolicyAndThePeopleReachTheGate() throws {
    let folder = try TemporaryFolder()
    var policy = Policy()
    policy.purpose = "train"
    policy.reviewerClass = "contractor"
    policy.reviewerPlace = "DE"
    policy.retentionDays = 3
    policy.consentSignature = false
    policy.offlineSeat = true
    policy.maxOfflineHours = 5
    policy.keepSource = true
    policy.notices = [
      NoticeDigest(id: "N-3", sha256: Hexadecimal.text(ConsentFixture.notice))
    ]
    let vault = try Vault.forTests(in: folder, policy: policy)
    #expect(
      vault.consentRules
        == ConsentRules(
          purpose: "train", reviewerClass: "contractor", reviewerPlace: "DE",
          notices: [.init(id: "N-3", digest: ConsentFixture.notice)], retentionDays: 3,
          needsSignature: false, isOfflineSeat: true, maxOfflineHours: 5))
    #expect(vault.consentSigners.leads.map(\.name) == ["ada"])
    #expect(vault.consentSigners.leads.first?.key == vault.people["ada"]?.signer)
    #expect(vault.consentSigners.intake.isEmpty)
    let setting = try vault.ingestSetting { _, _ in .frosted }
    #expect(setting.mayKeepSources)
    #expect(try setting.recipient() == vault.statement.recipient)
  }

  @Test func aStaffClipGoesInAndPassesTheGate() throws {
    let folder = try TemporaryFolder()
    let vault = try Vault.forTests(in: folder)
    let path = try folder.write("a.mp4", "clip a")
    let store = FakeStore()
    let now = Vault.testTime
    let consent = try #require(
      StaffConsent.make(
        of: [path], participants: [], camera: CameraID("bench"), storageDays: 30,
        nowMilliseconds: now, signedBy: try vault.ada.signing, named: "ada"))
    let ingest = Ingest(
      try vault.ingestSetting { _, _ in .clear },
      provenance: .staffTest(camera: CameraID("bench"), consent: consent), probe: FakeProbe(),
      catalogue: store.catalogue, nowMilliseconds: { now })
    let summary = ingest.run([path])
    #expect(summary.failure == nil && summary.findings.isEmpty)
    let id = try #require(summary.ids.first)
    let keys = try KeyStore.open(vault.layout, vault.state)
    let row = try #require(try keys.row(of: id))
    let record = try #require(store.records.first)
    let document = try ConsentFolder(vault.layout).read(row.consent)
    func check(_ row: KeyRow, _ document: ConsentDocument?, at time: Int64) throws -> String {
      try vault.consentGate(keys).check(
        ConsentGate.Clip(record, row), document, nowMilliseconds: time, noticesAgeMilliseconds: nil
      ).signer
    }
    #expect(try check(row, document, at: now) == "ada")
    #expect(throws: ConsentDefect.noRecord(row.consent)) { try check(row, nil, at: now) }
    let end = now + 7 * ConsentFixture.day
    #expect(row.expiresAtMilliseconds == end)
    #expect(throws: ConsentDefect.retentionEnded(end)) { try check(row, document, at: end) }
    // Without the epoch identity no digest is known, and the gate is shut.
    try FileManager.default.removeItem(atPath: folder.path + "/state")
    #expect(throws: ConsentDefect.otherClip) { try check(row, document, at: now) }
  }
}
