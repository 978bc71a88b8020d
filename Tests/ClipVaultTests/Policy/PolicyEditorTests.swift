// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lockdown
import Sealing
import StrictTOML
import Testing
import Vocabulary

@testable import ClipVault

@Suite struct PolicyEditorTests {
  private let folder: TemporaryFolder
  private let vault: Vault

  init() throws {
    folder = try TemporaryFolder()
    vault = try Vault.forTests(in: folder)
  }

  private func text(_ file: PolicyFileName) throws -> String {
    try String(contentsOf: URL(filePath: vault.layout.policyFile(file)), encoding: .utf8)
  }

  private func write(_ file: PolicyFileName, _ text: String) throws {
    try Data(text.utf8).write(to: URL(filePath: vault.layout.policyFile(file)))
  }

  private func lead() throws -> Identity {
    try PolicyEditor.unlock("ada", .words("ada's words"), of: vault.layout.root, vault.places)
  }

  private func signed(_ lead: Identity) throws(VaultError) -> Vault {
    try PolicyEditor(vault.layout.root, vault.places, lead: lead, nowMilliseconds: 5_000).sign()
  }

  @Test func aFieldIsChangedAndTheRestStays() throws {
    let before = try text(.policy)
    let now = try vault.policyEditor().set(.dailyGoal, "80")
    #expect(now.policy.dailyGoal == 80 && now.statement.version == 2)
    #expect(
      try text(.policy)
        == before.replacingOccurrences(of: "daily_goal = 150", with: "daily_goal = 80"))
    #expect(now.statement.recipient == vault.statement.recipient)
    #expect(now.founding == vault.founding)
    #expect(now == (try vault.reopened()))
  }

  @Test func everyFieldCanBeSetFromOutside() throws {
    let hex = String(repeating: "0f", count: 32)
    let values: [(PolicyField, String, String)] = [
      (.dailyGoal, "1", "1"), (.quickLevels, "true", "true"),
      (.secondOpinionLevel, "2", "2"), (.secondOpinionPercent, "10", "10"),
      (.order, "danger", "\"danger\""), (.auditPercent, "5", "5"), (.alertThreshold, "60", "60"),
      (.leaseMinutes, "20", "20"),
      (.retentionDays, "365", "365"),
      (.flaggedHours, "168", "168"), (.labelsAfterErasure, "drop", "\"drop\""),
      (.logMonths, "120", "120"),
      (
        .holdDespiteErasure, "Art. 17(3)(e) \"claims\" # \\",
        "\"Art. 17(3)(e) \\\"claims\\\" # \\\\\""
      ),
      (.keepSource, "true", "true"), (.consentSignature, "false", "false"),
      (.purpose, "train", "\"train\""), (.reviewerClass, "contractor", "\"contractor\""),
      (.reviewerPlace, "CH", "\"CH\""),
      (
        .notices, "n-1 sha256:\(hex), n-2 sha256:\(hex)",
        "[\"n-1 sha256:\(hex)\",\"n-2 sha256:\(hex)\"]"
      ),
      (.offlineSeat, "true", "true"), (.maxOfflineHours, "720", "720"),
      (.openPeople, "true", "true"), (.seatGrade, "C", "\"C\""),
      (.terminals, "foot, /usr/bin/xterm", "[\"foot\",\"/usr/bin/xterm\"]"),
      (.recorders, "notice", "\"notice\""), (.multiplexers, "allow", "\"allow\""),
      (.otherTerminals, "allow", "\"allow\""), (.unknownTerminals, "notice", "\"notice\""),
      (.idleLockSeconds, "30", "30"), (.look, "lens", "\"lens\""),
      (.lookMilliseconds, "0", "0"), (.lookClipSeconds, "60", "60"),
      (.lookHourSeconds, "3600", "3600"), (.notes, "true", "true"),
      (.reactionMilliseconds, "0", "0"), (.openAt, "motion", "\"motion\""),
      (.openSpeed, "1.5", "\"1.5\""),
    ]
    #expect(Set(values.map(\.0)) == Set(PolicyField.allCases))
    let editor = try vault.policyEditor()
    for (index, (field, typed, toml)) in values.enumerated() {
      let now = try editor.set(field, typed)
      #expect(field.text(in: now.policy) == toml)
      #expect(now.statement.version == index + 2)
    }
    let summary = PolicySummary(try vault.reopened())
    #expect(summary.values.map(\.field) == PolicyField.allCases)
    #expect(summary.values.allSatisfy { !$0.isDefault })
    #expect(
      summary.lines.contains { $0.hasPrefix("version ") && $0.hasSuffix(" \(values.count + 1)") })
    #expect(PolicySummary(vault).values.allSatisfy { $0.isDefault })
  }

  @Test func wrongValuesAreRefusedAndChangeNothing() throws {
    let editor = try vault.policyEditor()
    let before = try text(.policy)
    let wrong: [(PolicyField, String)] = [
      (.dailyGoal, "0"), (.dailyGoal, "1.5"), (.dailyGoal, "x"), (.dailyGoal, ""),
      (.dailyGoal, "1\nopen_people = true"), (.quickLevels, "yes"), (.retentionDays, "366"),
      (.flaggedHours, "169"), (.labelsAfterErasure, "burn"), (.logMonths, "121"), (.purpose, ""),
      (.notices, "n"), (.notices, "n sha256:00"), (.maxOfflineHours, "721"),
      (.seatGrade, "D"), (.seatGrade, "a"), (.recorders, "ask"), (.terminals, "a b"),
      (.terminals, "bin/foot"), (.terminals, "foot, foot"), (.terminals, "/bin/"),
      (.idleLockSeconds, "29"), (.reactionMilliseconds, "1001"), (.reactionMilliseconds, "-1"),
      (.openAt, "end"), (.openSpeed, "3"), (.openSpeed, ""), (.notes, "1"),
      (.quickLevels, "true # x"),
      (.purpose, String(repeating: "x", count: 65)),
    ]
    for (field, typed) in wrong {
      #expect(throws: VaultError.self, "\(field) \(typed)") { try editor.set(field, typed) }
    }
    #expect(try text(.policy) == before)
    #expect(try vault.reopened() == vault)
    let error = #expect(throws: VaultError.self) { try editor.set(.dailyGoal, "0") }
    #expect(error?.sentence.hasSuffix("\"daily_goal\" must be 1 to 10000 clips.") == true)
    for (line, words) in [
      ("look_milliseconds = 5001", "must be 0 to 5000 milliseconds"),
      ("look_clip_seconds = 61", "must be 0 to 60 seconds"),
      ("look_hour_seconds = -1", "must be 0 to 3600 seconds"),
      ("look = \"half\"", "must be whole or lens"),
    ] {
      let error = #expect(throws: PolicyFileError.self) { try PolicyFile.parse("\n" + line) }
      let name = line.prefix { $0 != " " }
      #expect(error?.description == "policy.toml:2:1: \"\(name)\" \(words)", "\(error as Any)")
    }
  }

  @Test func layoutAndCommentsStay() throws {
    let hand = """
      # ours
      "daily_goal"   =   7   # as agreed
      notices = [   # shown
        "a sha256:\(String(repeating: "0", count: 64))", # old ]
      ]
      purpose = 'improve_alerts'
      reviewer_place = \"\"\"EU\"\"\"
      """
    func set(_ field: PolicyField, _ value: String, _ text: String) throws -> String {
      try PolicyFieldEdit.set(field, to: value, in: text)
    }
    #expect(
      try set(.dailyGoal, "8", hand)
        == hand.replacingOccurrences(of: "=   7   #", with: "=   8   #"))
    let emptied = try set(.notices, "[]", hand)
    #expect(emptied.contains("notices = []\npurpose"))
    #expect(try set(.purpose, "\"x\"", hand).contains("purpose = \"x\"\nreviewer_place"))
    #expect(try set(.reviewerPlace, "\"CH\"", hand).hasSuffix("reviewer_place = \"CH\""))
    let added = try set(.logMonths, "6", hand)
    #expect(added.hasPrefix(hand + "\n"))
    #expect(added.hasSuffix("# Months that the audit log is kept.\nlog_months = 6\n"))
    #expect(try set(.dailyGoal, "8", "").contains("daily_goal = 8\n"))
    #expect(try set(.dailyGoal, "8", "daily_goal = 7\r\n") == "daily_goal = 8\r\n")
  }

  @Test func whatWasEditedByHandIsSigned() throws {
    try write(.cameras, try text(.cameras) + "# measured again\n")
    try write(.policy, "daily_goal = 9\n")
    #expect(throws: VaultError.self) { try vault.reopened() }
    let now = try signed(try lead())
    #expect(now.policy.dailyGoal == 9 && now.statement.version == 2 && now.founding.version == 1)
    #expect(now.statement.at == "1970-01-01T00:00:05.000Z")
    #expect(now == (try vault.reopened()))
  }

  @Test func badFilesAreNotSigned() throws {
    let lead = try lead()
    for (file, text, place) in [
      (PolicyFileName.policy, "daily_goal = 5\nshoe = 1\n", "policy.toml:2:1: unknown field"),
      (.cameras, "[[camera]]\n", "cameras.toml:1:1: \"id\" is missing"),
      (.taxonomy, "version = 1\n", "taxonomy.toml:1:1: "),
      (.people, "vault = 1\n", "people.toml:1:1: "),
    ] {
      let whole = try self.text(file)
      try write(file, text)
      let error = #expect(throws: VaultError.self) { try signed(lead) }
      #expect(error?.sentence.hasPrefix(place) == true, "\(error?.sentence ?? "")")
      try write(file, whole)
      #expect(try vault.reopened() == vault)
    }
    try Data([0xFF]).write(to: URL(filePath: vault.layout.camerasFile))
    let encoding = #expect(throws: VaultError.self) { try signed(lead) }
    #expect(encoding?.sentence == "cameras.toml: is not UTF-8 text.")
  }

  @Test func theFounderSignsAListEditedByHand() throws {
    let with = try vault.peopleEditor().add("rex", roles: [.reviewer], passphrase: .words("rex"))
    let more = try vault.peopleEditor().add("lena", roles: [.lead], passphrase: .words("lena"))
    let rex = try with.unlock("rex", .words("rex"))
    try write(
      .people,
      try text(.people).replacingOccurrences(
        of: "roles = [\"reviewer\"]", with: "roles = [\"auditor\"]"))
    let lena = try PolicyEditor.unlock(
      "lena", .words("lena"), of: vault.layout.root, vault.places)
    #expect(throws: VaultError.people(.notFounder("ada"))) { try signed(lena) }
    let now = try signed(try lead())
    #expect(now.people["rex"]?.roles == [.auditor])
    #expect(now.founding.version == more.founding.version + 1)
    #expect(throws: VaultError.self) {
      try VaultIdentityFile.open(now.layout, with: rex.age, expecting: now.statement.recipient)
    }
    // Nobody becomes founder by hand.
    try write(
      .people,
      try text(.people).replacingOccurrences(of: "founder = \"ada\"", with: "founder = \"lena\""))
    #expect(throws: VaultError.trust(.founderDiffers)) { try lead() }
  }

  @Test func onlyALeadSigns() throws {
    let now = try vault.peopleEditor().add("rex", roles: [.reviewer], passphrase: .words("rex"))
    let rex = try now.unlock("rex", .words("rex"))
    let editor = PolicyEditor(vault.layout.root, vault.places, lead: rex, nowMilliseconds: 0)
    #expect(throws: VaultError.people(.notLead("rex"))) { try editor.sign() }
    #expect(throws: VaultError.people(.notLead("rex"))) { try editor.set(.dailyGoal, "1") }
    #expect(throws: VaultError.people(.notLead("rex"))) {
      try editor.publish(now.statement.recipient)
    }
    #expect(try vault.reopened() == now)
  }

  @Test func aFileIsReplacedOnceItIsGood() throws {
    let editor = try vault.policyEditor()
    let now = try editor.replace(.cameras, with: CamerasFile.initial)
    #expect(now.cameras.cameras.count == 1 && now.statement.version == 2)
    #expect(throws: VaultError.self) { try editor.replace(.cameras, with: "[[camera]]\n") }
    #expect(throws: VaultError.people(.notEditable(.people))) {
      try editor.replace(.people, with: "")
    }
    #expect(try vault.reopened() == now)
  }

  @Test func anotherRecipientIsPublished() throws {
    let recipient = AgeIdentity().recipient
    let editor = try vault.policyEditor()
    let now = try vault.whileLocked { () throws(VaultError) in try editor.publish(recipient) }
    #expect(now.statement.recipient == recipient && now.statement.version == 2)
    #expect(now.policy == vault.policy && now.statement.logKey == vault.statement.logKey)
  }

  @Test func aRekeyedVaultOpensForItsPeople() throws {
    let before = try vault.peopleEditor().add(
      "rex", roles: [.reviewer], passphrase: .words("rex"))
    let old = try VaultIdentityFile.open(
      vault.layout, with: try vault.ada.age, expecting: before.statement.recipient)
    let editor = try vault.policyEditor()
    let store = try KeyStore.open(vault.layout, vault.state)
    try before.whileLocked { () throws(VaultError) in
      _ = try Rekey(store).run(from: old, to: before.people.clipRecipients) {
        (recipient) throws(VaultError) in
        try editor.publish(recipient)
      }
    }
    let after = try vault.reopened()
    #expect(after.statement.recipient != before.statement.recipient)
    let rex = try after.unlock("rex", .words("rex"))
    let identities = try VaultIdentityFile.open(
      vault.layout, with: rex.age, expecting: after.statement.recipient)
    #expect(identities.map(\.recipient) == [after.statement.recipient])
  }

  @Test func aPolicyBroughtBackFromACopyIsSignedAnew() throws {
    var files: [(String, Data)] = []
    for name in try VaultDisk.names(vault.layout.policy) {
      let path = "\(vault.layout.policy)/\(name)"
      files.append((path, try Data(contentsOf: URL(filePath: path))))
    }
    _ = try vault.policyEditor().set(.dailyGoal, "80")
    let latest = try vault.policyEditor().set(.dailyGoal, "81")
    for (path, data) in files { try data.write(to: URL(filePath: path)) }
    #expect(throws: VaultError.trust(.older(version: 1, seen: 3))) { try vault.reopened() }
    let now = try signed(try lead())
    #expect(now.statement.version == latest.statement.version + 1)
    #expect(now.policy.dailyGoal == 150)
  }

  @Test func aCrashWhileSigningLeavesOneOrTheOther() throws {
    var crashes = 0
    while try isStopped(before: crashes) { crashes += 1 }
    #expect(crashes >= 9)
  }

  /// Whether there was such a step to crash before; then looks at what is left.
  private func isStopped(before step: Int) throws -> Bool {
    let folder = try TemporaryFolder()
    let vault = try Vault.forTests(in: folder)
    var editor = try vault.policyEditor()
    let crash = Crash(before: step)
    editor.willDo = crash.pass
    _ = try? editor.set(.dailyGoal, "80")
    let now = try vault.reopened()
    #expect(now.policy.dailyGoal == (crash.isCommitted ? 80 : 150), "step \(step)")
    #expect(try now.policyEditor().set(.dailyGoal, "90").policy.dailyGoal == 90)
    return crash.happened
  }
}
