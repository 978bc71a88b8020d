// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Vocabulary

@testable import ClipVault

@Suite struct ConsentFolderTests {
  private let folder: TemporaryFolder
  private let layout: VaultLayout
  private let consents: ConsentFolder

  init() throws {
    folder = try TemporaryFolder()
    layout = VaultLayout(root: folder.path)
    try VaultDisk.makeFolder(layout.keys)
    consents = ConsentFolder(layout)
  }

  private static func record(_ days: Int, renewedOn day: Int? = nil) throws -> ConsentDocument {
    var fixture = ConsentFixture().with("storage_days", raw: "\(days)")
    if let day {
      fixture = fixture.with(
        "events",
        raw: #"[{"kind":"given","at":"2026-01-14T21:20:00Z"},"#
          + #"{"kind":"renewed","at":"2026-01-\#(day)T00:00:00Z"}]"#)
    }
    return try #require(fixture.document)
  }

  private func names() throws -> [String] { try VaultDisk.names(layout.keys + "/consent") }

  @Test func keepsARecordAsItCame() throws {
    let record = try Self.record(7)
    #expect(try consents.read("CR-7") == nil)
    #expect(try consents.standing(of: record, recordID: "CR-7") == .new)
    try consents.keep(record, recordID: "CR-7")
    #expect(try consents.read("CR-7") == record)
    #expect(try consents.standing(of: record, recordID: "CR-7") == .same)
    #expect(try names() == ["CR-7.json", "CR-7.sig"])
    let unsigned = ConsentDocument(bytes: record.bytes, signature: nil)
    try consents.keep(unsigned, recordID: "CR-8")
    #expect(try consents.read("CR-8") == unsigned)
  }

  @Test func onlyALaterRecordIsNewer() throws {
    try consents.keep(try Self.record(7, renewedOn: 15), recordID: "CR-7")
    func standing(_ document: ConsentDocument) throws -> ConsentFolder.Standing {
      try consents.standing(of: document, recordID: "CR-7")
    }
    #expect(try standing(Self.record(7, renewedOn: 16)) == .newer)
    #expect(try standing(Self.record(9, renewedOn: 15)) == .outdated)
    #expect(try standing(Self.record(7)) == .outdated)
    #expect(try standing(ConsentDocument(bytes: [1], signature: nil)) == .outdated)
    let staff = try #require(ConsentFixture.staff.document)
    #expect(try standing(staff) == .outdated)
    let own = try Self.record(7, renewedOn: 15)
    #expect(try standing(ConsentDocument(bytes: own.bytes, signature: [1])) == .newer)
  }

  @Test func anIDIsNeverAPath() throws {
    try Data("x".utf8).write(to: URL(filePath: layout.keys + "/secret.json"))
    try VaultDisk.makeFolder(layout.keys + "/consent")
    #expect(try consents.read("../secret") == nil)
    let record = try Self.record(7)
    for id in ["../secret", "", ".", "a/b", ".CR", "a\nb"] {
      #expect(throws: VaultError.self) { try consents.keep(record, recordID: id) }
    }
    #expect(try names().isEmpty)
  }

  @Test func findsWhatNamesASubject() throws {
    try consents.keep(try Self.record(7), recordID: "CR-7")
    let other = ConsentFixture().with("principal", raw: #""subject-1""#)
    try consents.keep(try #require(other.document), recordID: "CR-1")
    try consents.keep(try #require(ConsentFixture.staff.document), recordID: "P-1")
    try consents.keep(ConsentDocument(bytes: [0], signature: nil), recordID: "X")
    #expect(try consents.recordIDs(ofSubject: "subject-42") == ["CR-7"])
    #expect(try consents.recordIDs(ofSubject: "staff-3") == ["P-1"])
    #expect(try consents.recordIDs(ofSubject: "nobody").isEmpty)
    #expect(try ConsentFolder(folder: folder.path + "/none").recordIDs(ofSubject: "a").isEmpty)
  }

  /// A crash at every step of replacing a record: the old one or the new one, never a mixture.
  @Test(arguments: ConsentStep.allCases) func aCrashLeavesOneOfBoth(step: ConsentStep) throws {
    let old = try Self.record(7)
    let new = try Self.record(9, renewedOn: 16)
    try consents.keep(old, recordID: "CR-7")
    var crashing = consents
    crashing.willDo = { next throws(VaultError) in
      if next == step { throw .store("crash") }
    }
    #expect(throws: VaultError.store("crash")) { try crashing.keep(new, recordID: "CR-7") }
    let expected = step.rawValue <= ConsentStep.nameSignature.rawValue ? old : new
    #expect(try consents.read("CR-7") == expected)
    try consents.recover()
    #expect(try consents.read("CR-7") == expected)
    #expect(try names() == ["CR-7.json", "CR-7.sig"])
    try consents.keep(new, recordID: "CR-7")
    #expect(try consents.read("CR-7") == new)
  }

  @Test(arguments: ConsentStep.allCases) func aFirstRecordIsThereOrNot(step: ConsentStep) throws {
    let record = try Self.record(7)
    var crashing = consents
    crashing.willDo = { next throws(VaultError) in if next == step { throw .store("crash") } }
    #expect(throws: VaultError.store("crash")) { try crashing.keep(record, recordID: "CR-7") }
    let isThere = step.rawValue > ConsentStep.nameSignature.rawValue
    #expect(try consents.read("CR-7") == (isThere ? record : nil))
    try consents.recover()
    #expect(try consents.read("CR-7") == (isThere ? record : nil))
    #expect(try names() == (isThere ? ["CR-7.json", "CR-7.sig"] : []))
  }
}
