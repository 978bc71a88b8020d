// SPDX-License-Identifier: Apache-2.0

import ClipVault
import Foundation
import LabelStore
import Lockdown
import Sealing
import Testing
import Vocabulary
import Words

@testable import ReviewSession

@Suite struct ClipDoorTests {
  private let bytes: [UInt8] = Array("a clip".utf8)

  @Test func whoIsRemovedDuringASessionOpensNoMore() throws {
    let vault = try DoorVault()
    let clip = try vault.addClip(bytes)
    let session = try DoorSession(vault)
    #expect(try session.open(clip).bytes?.byteCount == bytes.count)
    try vault.ada().removePerson("bea")
    let answer = try session.open(clip)
    #expect(answer.bytes == nil)
    #expect(answer.sentence.contains("bea"))
  }

  @Test func ruleThatChangesDuringASessionCounts() throws {
    let vault = try DoorVault()
    let clip = try vault.addClip(bytes)
    let session = try DoorSession(vault)
    #expect(try session.open(clip).bytes != nil)
    _ = try vault.ada().editPolicy([(.consentSignature, "true")])
    #expect(try session.open(clip).bytes == nil)
    _ = try vault.ada().editPolicy([(.consentSignature, "false")])
    #expect(try session.open(clip).bytes != nil)
  }

  @Test func rekeyHindersNoSession() throws {
    let vault = try DoorVault()
    let clip = try vault.addClip(bytes)
    let session = try DoorSession(vault)
    #expect(try session.open(clip).bytes != nil)
    try vault.ada().rekey { _ in }
    let answer = try session.open(clip)
    #expect(answer.bytes?.byteCount == bytes.count, "\(answer.sentence)")
  }

  @Test func clipThatIsWithdrawnOrErasedOpensNoMore() throws {
    let vault = try DoorVault()
    let (first, second) = (try vault.addClip(bytes), try vault.addClip(bytes + [0]))
    let session = try DoorSession(vault)
    #expect(try session.open(first).bytes != nil)
    #expect(try session.open(second).bytes != nil)
    #expect(try vault.ada().withdraw(clips: [first], subject: nil) == 1)
    _ = try vault.ada().erase(.clips([second], isRequested: false)) { _ in }
    #expect(try session.open(first).bytes == nil)
    #expect(try session.open(second).bytes == nil)
  }

  @Test func clipThatIsShutIsInMemoryNoMore() throws {
    let vault = try DoorVault()
    let id = try vault.addClip(bytes)
    let session = try DoorSession(vault)
    weak var content: SealedClip?
    let clip = try shelved(id, session)
    if case .clip(let bytes) = clip.loaded.content { content = bytes }
    #expect(content != nil)
    clip.shut("it was withdrawn")
    #expect(content == nil)
    #expect(clip.failure?.sentence == "it was withdrawn")
  }

  private func shelved(_ id: ClipID, _ session: DoorSession) throws -> ClipOnShelf {
    guard case .loaded(let loaded) = try session.loader.clip(id, in: session.store) else {
      throw CocoaError(.fileNoSuchFile)
    }
    return ClipOnShelf(
      loaded, cameras: CameraBook([:]), taxonomy: try TaxonomyFile.parse(DefaultTaxonomy.text),
      texts: Words.texts(.english))
  }
}

@Suite struct VaultEntryTests {
  @Test func policyValuesAreSetTogetherOrNotAtAll() throws {
    let vault = try DoorVault()
    let before = try vault.ada().vault
    #expect(throws: SessionError.self) {
      _ = try vault.ada().editPolicy([(.dailyGoal, "77"), (.retentionDays, "9999")])
    }
    let after = try vault.ada().vault
    #expect(after.statement.version == before.statement.version)
    #expect(after.policy.dailyGoal == before.policy.dailyGoal)
    _ = try vault.ada().editPolicy([(.dailyGoal, "77"), (.retentionDays, "9")])
    let changed = try vault.ada().vault
    #expect(changed.statement.version == before.statement.version + 1)
    #expect(changed.policy.dailyGoal == 77 && changed.policy.retentionDays == 9)
  }

  @Test func erasureOfAPersonWithoutClipsKeepsLaterOnesOut() throws {
    let vault = try DoorVault()
    let entry = try vault.ada()
    let list = Withdrawals(entry.vault.layout, entry.keyStore)
    #expect(try list.latest(of: ["c-17"]) == nil)
    #expect(throws: SessionError.self) { _ = try entry.erase(.subject("c-17")) { _ in } }
    #expect(try list.latest(of: ["c-17"]) != nil)
    #expect(try list.latest(of: ["c-18"]) == nil)
  }

  @Test func clockThatWasAheadOnceErasesNothing() throws {
    let vault = try DoorVault()
    let clip = try vault.addClip([1, 2, 3])
    let entry = try vault.ada()
    let (now, day) = (SessionClock.wallMilliseconds, Int64(86_400_000))
    // The clip's time ends in a day; the log hears of half a day ahead, then of a year.
    for ahead in [day / 2, 365 * day] {
      try entry.withStore { (store) throws(SessionError) in
        try inStore { () throws(StoreError) in
          _ = try store.recordExport([], lines: 0, by: entry.actor, nowMilliseconds: now + ahead)
        }
      }
      let isPast = try entry.withStore { (store) throws(SessionError) in
        try entry.now(store) >= now + ahead
      }
      #expect(isPast)
      #expect(try entry.keepHouse { _ in }.clipCount == 0)
      #expect(try entry.keyStore.row(of: clip) != nil)
    }
  }

  @Test func housekeepingWritesTheReceiptThatACrashLeftOut() throws {
    let vault = try DoorVault()
    let clip = try vault.addClip([1, 2, 3])
    let report = try vault.ada().erase(.clips([clip], isRequested: true)) { _ in }
    let receipt = try #require(report.receipts.first)
    let text = try String(contentsOfFile: receipt, encoding: .utf8)
    try FileManager.default.removeItem(atPath: receipt)
    _ = try vault.ada().keepHouse { _ in }
    #expect(try String(contentsOfFile: receipt, encoding: .utf8) == text)
  }
}
