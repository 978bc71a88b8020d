// SPDX-License-Identifier: Apache-2.0

import DecoderLink
import Glibc
import Lockdown
import StrictTOML
import Testing
import Vocabulary
import Words

@testable import ClipVault
@testable import ReviewSession

/// What is told of a vault that does not do what was asked: each case of its errors, whole sentences.
@Suite("Errors of the vault in the reviewer's language") struct SpokenVaultErrorTests {
  private static let clip = ClipID(high: 0xA0, low: 7)
  private let english = Words.texts(.english)
  private let german = Words.texts(.german)

  // MARK: - The vault

  private static let failures: [SystemFailure] = [
    ENOSPC, EDQUOT, EACCES, EPERM, EROFS, ENOENT, EISDIR, EIO, ENOLCK, EFBIG,
  ].map { SystemFailure(.write, "/v/keys", code: $0) }
  private static let rights: [RightsDefect] = [
    RightsDefect(command: .review, name: "lea", roles: [.lead, .auditor], founder: "ada"),
    RightsDefect(command: .desk, name: "r07", roles: [.reviewer], founder: "ada"),
    RightsDefect(command: .personAdd, name: "lea", roles: [.lead], founder: "ada"),
  ]
  /// One of each at least; `isCovered` holds that.
  private static let spoken: [VaultError] =
    [
      .notAVault("/v"), .busy("/v"), .clipMissing(clip), .clipChanged(clip), .keyDamaged(clip),
      .epochMissing("/s"), .stateDamaged("/s"), .keyStoreForeign("/k"), .keyStoreDamaged("/k"),
      .keyStoreNewer("/k"), .vaultIdentity("/i"), .clipSealedToOther(clip), .memory(clip),
      .people(.unknown("zed")),
    ] + UnlockDefect.allCases.map { .unlock($0) } + rights.map { .rights($0) }
    + failures.map { .system($0) } + trust.map { .trust($0) }
  /// Those that no session meets, but commands alone.
  private static let commandsOwn: [VaultError] = [
    .notEmpty("/v"), .alreadyAVault("/v"), .strangers(2), .store("Full."), .clipKnown(clip),
    .people(.tooMany), .ingest(.unsealable),
  ]
  /// Those of which a session says only where the file is wrong.
  private static let places: [VaultError] = [
    .policy(
      PolicyFileError(
        file: "taxonomy.toml", at: TextPosition(line: 3, column: 5), message: "is the wrong key")),
    .policy(PolicyFileError(file: "cameras.toml", message: "is not UTF-8 text")),
  ]

  @Test(arguments: spoken) func vaultErrorIsTranslated(_ error: VaultError) {
    SpokenSentence.expect(error.spoken(english), error.spoken(german), as: error.sentence)
  }

  @Test(arguments: places) func ofTheVaultsFilesOnlyThePlaceIsTold(_ error: VaultError) {
    guard case .policy(let complaint) = error else { return }
    SpokenSentence.expectGerman(
      error.spoken(german), not: error.spoken(english), quoting: [complaint.file])
    for said in [error.spoken(german), error.spoken(english)] {
      #expect(said.contains(complaint.file) && !said.contains(complaint.message))
      #expect(complaint.line == 0 || said.contains("3") && said.contains("5"))
      #expect(said.contains("milkglass policy verify"), "where the rest is told")
    }
    #expect(error.sentence.contains(complaint.message), "commands tell the rest")
  }

  @Test(arguments: commandsOwn) func whatOnlyCommandsMeetIsPassedOn(_ error: VaultError) {
    #expect(error.spoken(english) == error.sentence)
    #expect(error.spoken(german) == "Das ging nicht; für die Leitung: \(error.sentence)")
  }

  @Test func everyCaseIsCovered() {
    let all = Self.spoken + Self.commandsOwn + Self.places
    #expect(Set(all.map(Self.number)) == Set(0...22))
    #expect(Set(Self.trust.map(Self.number)) == Set(0...16))
  }

  /// A new case does not compile here; its number belongs into the test above, a value into a list.
  private static func number(_ error: VaultError) -> Int {
    switch error {
    case .policy: 0
    case .notAVault: 1
    case .notEmpty: 2
    case .alreadyAVault: 3
    case .busy: 4
    case .strangers: 5
    case .store: 6
    case .clipMissing: 7
    case .clipChanged: 8
    case .keyDamaged: 9
    case .epochMissing: 10
    case .stateDamaged: 11
    case .keyStoreForeign: 12
    case .keyStoreDamaged: 13
    case .keyStoreNewer: 14
    case .vaultIdentity: 15
    case .clipSealedToOther: 16
    case .clipKnown: 17
    case .trust: 18
    case .unlock: 19
    case .people, .ingest: 20
    case .rights: 21
    case .memory, .system: 22
    }
  }

  // MARK: - Trust

  private static let trust: [TrustDefect] = [
    .unsealed(vault: "/v"), .newer("people.sig"), .missing("people.sig"), .damaged("/v/policy"),
    .unpinned(vault: "/v", founder: "ada", fingerprint: "aa bb"),
    .otherFounder(vault: "/v", fingerprint: "aa", pinned: "bb", place: "/etc/trust"),
    .otherFingerprint(vault: "/v", fingerprint: "aa"), .trustFile("/etc/trust", line: 3),
    .peopleUnsigned(founder: "ada"), .peopleChanged(founder: "ada"), .founderDiffers,
    .policyUnsigned, .changed(.cameras, signer: "lea", version: 3, vault: "/v"), .mixed,
    .older(version: 2, seen: 3), .olderPeople(version: 2, seen: 3), .openPerson("zed"),
  ]

  private static func number(_ defect: TrustDefect) -> Int {
    switch defect {
    case .unsealed: 0
    case .newer: 1
    case .missing: 2
    case .damaged: 3
    case .unpinned: 4
    case .otherFounder: 5
    case .otherFingerprint: 6
    case .trustFile: 7
    case .peopleUnsigned: 8
    case .peopleChanged: 9
    case .founderDiffers: 10
    case .policyUnsigned: 11
    case .changed: 12
    case .mixed: 13
    case .older: 14
    case .olderPeople: 15
    case .openPerson: 16
    }
  }

  // MARK: - The system

  /// Every code that the catalogue has words for: in English the system's own.
  @Test(arguments: Texts.systemPhrases.keys.sorted()) func theSystemsWordsAreTranslated(
    _ code: Int32
  ) {
    let error = SystemError(call: "open", code: code)
    SpokenSentence.expect(error.spoken(english), error.spoken(german), as: error.sentence)
    let failure = SystemFailure(.list, "/v", code: code)
    SpokenSentence.expect(failure.spoken(english), failure.spoken(german), as: failure.sentence)
    let start = LinkError.cannotStart(error).spoken(Self.clip, german)
    #expect(start.contains(german.system(code)) && !start.contains(english.system(code)))
    let failed = DecoderFailure.notStarted(code: code)
    SpokenSentence.expectGerman(
      failed.spoken(Self.clip, german), not: failed.spoken(Self.clip, english))
  }

  @Test func aCodeWithoutWordsIsANumber() {
    #expect(SystemError(call: "open", code: 4095).spoken(german) == "open: Fehler 4095")
    #expect(SystemError(call: "open", code: 4095).spoken(english) == "open: error 4095")
  }

  @Test(arguments: [
    MemoryError.notSealed, .wrongSize(7), .tooLarge(limit: 100 << 20), .notAFile,
    .system(SystemError(call: "mmap", code: ENOMEM)),
  ]) func memoryErrorIsTranslated(_ error: MemoryError) {
    SpokenSentence.expect(error.spoken(english), error.spoken(german), as: error.sentence)
  }

  // MARK: - Consent

  @Test func ofAConsentRecordThatCannotBeReadOnlyThePlaceIsTold() {
    let defect = ConsentDefect.unreadable(
      RecordComplaint(
        field: "notice.sha256",
        place: PolicyFileError(
          file: "CR-1.json", at: TextPosition(line: 12, column: 4),
          message: "\"notice.sha256\" must be 64 digits, 0 to f")))
    let said = defect.spoken(Self.clip, german)
    SpokenSentence.expectGerman(
      said, not: defect.spoken(Self.clip, english), quoting: ["CR-1.json"])
    #expect(said.contains("CR-1.json, Zeile 12, Spalte 4; `milkglass consent check`"))
    #expect(defect.reason.contains("must be 64 digits"), "which `consent check` tells")
  }
}
