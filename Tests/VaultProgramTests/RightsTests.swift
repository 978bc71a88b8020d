// SPDX-License-Identifier: Apache-2.0
import ClipVault
import Foundation
import PtySupport
import Testing
import Vocabulary

/// Every command, run by everybody.
@Suite struct RightsTests {
  /// Who may; `zed` is on no list.
  private static let people = ["bob", "cleo", "ada", "dan", "zed"]

  private static let roles: [String: Set<Role>] = [
    "bob": [.reviewer], "cleo": [.lead], "ada": [.lead, .reviewer], "dan": [.auditor],
  ]

  /// Who may what, spelled out.
  private static func allowed(_ command: VaultCommand) -> Set<String> {
    switch command {
    case .demo, .initialise, .trust, .doctor, .manifestNew, .housekeeping, .noticesApply,
      .auditVerify:
      ["bob", "cleo", "ada", "dan", "zed"]
    case .personAdd, .personRemove, .personReset: ["ada"]
    case .personPassphrase, .auditShow: ["bob", "cleo", "ada", "dan"]
    case .personList, .policyShow, .policyVerify, .auditCheckpoint, .auditReceipts, .desk:
      ["cleo", "ada", "dan"]
    case .review: ["bob", "ada"]
    case .policyEdit, .policySign, .consentCheck, .consentSign, .consentWithdraw, .ingest,
      .labelsExport, .flaggedList, .flaggedRestore, .hold, .erase, .rekey, .noticesNew:
      ["cleo", "ada"]
    }
  }

  private static let strangersCommands: Set<VaultCommand> = [.ingest, .auditShow, .policySign]

  /// Who tries a command: where nobody's name is asked for, the least and the stranger; the founding
  /// lead, who is a lead besides, where only they may.
  private static func askers(_ command: VaultCommand) -> [String] {
    let entry = Rights.entry(command)
    if entry.needsNobody { return ["bob", "zed"] }
    // A stranger's passphrase is tried as slowly as anybody's: a second each.
    let isStrangerAsked =
      strangersCommands.contains(command)
      || ProcessInfo.processInfo.environment["MILKGLASS_SOAK"] == "1"
    return people.filter {
      ($0 != "ada" || entry.founderOnly) && ($0 != "zed" || isStrangerAsked)
    }
  }

  @Test(arguments: VaultCommand.allCases.filter { ![.review, .desk].contains($0) })
  func everyCommandAsEverybody(_ command: VaultCommand) throws {
    let box = try VaultBox()
    let policy = try Self.policyFiles(box)
    let clip = try #require(try box.clips().first)
    for name in Self.askers(command) {
      let isAllowed = Self.allowed(command).contains(name)
      let end = try Self.run(command, as: name, clip, in: box)
      let isRefused = Self.isRefusal(end)
      #expect(isRefused != isAllowed, "\(command.rawValue) as \(name): \(end.code) \(end.text)")
      if isAllowed { continue }
      #expect(end.code == 77, "\(command.rawValue) as \(name): \(end.text)")
      #expect(end.output.isEmpty, "what is refused prints nothing: \(end.output)")
      if name != "zed", command != .policySign {
        let sentence = "here and may not run `milkglass \(command.rawValue)`; ask "
        #expect(end.errors.contains(sentence), "\(end.errors)")
      }
      // bob comes first: nobody who is allowed has changed anything before him.
      if name == "bob" {
        #expect(try Self.policyFiles(box) == policy)
        #expect(try box.clips().count == 4)
      }
    }
  }

  @Test func theTableInCodeSaysTheSame() {
    for command in VaultCommand.allCases {
      for name in Self.people {
        let roles = Self.roles[name] ?? []
        #expect(
          Rights.allows(command, roles, isFounder: name == "ada")
            == Self.allowed(command).contains(name), "\(command.rawValue) as \(name)")
      }
    }
  }

  @Test(arguments: people) func reviewAsEverybody(_ name: String) throws {
    let desk = try Desk(VaultBox(), as: name)
    if Self.allowed(.review).contains(name) {
      try desk.waitForPicture(of: 1)
      return try desk.leave()
    }
    if name == "zed" {
      try desk.waitFor("Passphrase of zed")
      desk.press("anything\r")
    }
    #expect(try desk.program.waitForExit() == .exited(77))
    let words =
      name == "zed" ? "do not open this vault" : "here and may not run `milkglass review`; ask"
    #expect(Self.text(of: desk).contains(words))
    #expect(!Self.text(of: desk).contains("\u{1B}[?1049h"), "no screen was opened")
  }

  @Test(arguments: people) func deskAsEverybody(_ name: String) throws {
    let desk = try Desk(VaultBox(), as: name, command: "desk")
    if Self.allowed(.desk).contains(name) {
      try desk.waitFor("receipts")
      desk.press("q")
      #expect(try desk.program.waitForExit() == .exited(0))
      return
    }
    if name == "zed" {
      try desk.waitFor("Passphrase of zed")
      desk.press("anything\r")
    }
    #expect(try desk.program.waitForExit() == .exited(77))
    let words =
      name == "zed" ? "do not open this vault" : "here and may not run `milkglass desk`; ask"
    #expect(Self.text(of: desk).contains(words))
    #expect(!Self.text(of: desk).contains("\u{1B}[?1049h"), "no screen was opened")
  }

  private static func text(of desk: Desk) -> String {
    String(decoding: desk.program.output, as: UTF8.self)
  }

  /// Whether somebody was refused for who they are, and not for what they gave.
  private static func isRefusal(_ end: ProgramRun.End) -> Bool {
    ["may not run", "do not open this vault", "only a lead signs"].contains {
      end.errors.contains($0)
    }
  }

  private static func policyFiles(_ box: VaultBox) throws -> [String: String] {
    try Dictionary(
      uniqueKeysWithValues: box.folder.names("vault/policy").map {
        ($0, try box.folder.text("vault/policy/\($0)"))
      })
  }

  // MARK: - Running

  private static func run(
    _ command: VaultCommand, as name: String, _ clip: ClipID, in box: VaultBox
  ) throws -> ProgramRun.End {
    let words = command.rawValue.split(separator: " ").map(String.init)
    // Before there is a vault to ask, these take no name.
    switch command {
    case .demo:
      return try ProgramRun(["demo", "--directory", "consent", "--as", name], in: box.folder)
        .wait()
    case .initialise:
      return try ProgramRun(["init", "vault", "--no-passphrases", "--as", name], in: box.folder)
        .wait()
    case .trust:
      return try ProgramRun(
        ["trust", "--vault", "vault", "--state", "state", "--fingerprint", "0000"], in: box.folder
      ).wait()
    case .manifestNew: return try ProgramRun(["manifest", "new", "consent"], in: box.folder).wait()
    default:
      // Nobody has a passphrase; zed is asked for one, and gives none.
      let asked = name == "zed" ? ["--passphrase-fd", "0"] : []
      return try box.run(words + arguments(command, clip) + asked, as: name)
    }
  }

  /// What a command is given: enough to be let in or refused, and little that it could do.
  private static func arguments(_ command: VaultCommand, _ clip: ClipID) -> [String] {
    switch command {
    case .personAdd: ["nina", "--role", "reviewer"]
    case .personRemove, .personReset: ["nobody-of-this-name"]
    case .personPassphrase: ["--new-passphrase-fd", "0"]
    case .policyEdit: ["daily_goal=120"]
    case .consentCheck, .consentSign: ["consent/CR-1.json"]
    case .consentWithdraw, .flaggedRestore: ["--clip", clip.text]
    case .ingest: ["--staff-test", "--nobody", "missing.mp4"]
    case .hold: ["--clip", clip.text, "--reason", "police-request", "--until", "2099-01-01"]
    case .erase: ["--expired"]
    case .noticesNew: ["--number", "1", "--output", "notices-1"]
    case .noticesApply: ["missing"]
    default: []
    }
  }
}
