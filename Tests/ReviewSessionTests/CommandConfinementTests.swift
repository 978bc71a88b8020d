// SPDX-License-Identifier: Apache-2.0

import ClipVault
import Foundation
import Lockdown
import Testing

@testable import ReviewSession

/// What each command may still reach once it is locked.
@Suite struct CommandConfinementTests {
  private typealias Place = CommandConfinement.Place

  private static func commands(
    that may: FileRight.Access, _ place: Place
  ) -> Set<VaultCommand> {
    Set(
      VaultCommand.allCases.filter {
        (CommandConfinement.row($0)[place]?.rawValue ?? -1) >= may.rawValue
      })
  }

  // MARK: - The table

  @Test func fewMayChangeClipsOrKeys() {
    let erasing: Set<VaultCommand> = [.erase, .housekeeping, .noticesApply]
    let people: Set<VaultCommand> = [
      .personAdd, .personRemove, .personReset, .personPassphrase, .policyEdit, .policySign, .rekey,
    ]
    #expect(Self.commands(that: .write, .clips) == erasing.union([.ingest]))
    #expect(
      Self.commands(that: .write, .keys)
        == erasing.union(people).union([.ingest, .consentWithdraw]))
    #expect(Self.commands(that: .write, .policy) == people)
    #expect(
      Self.commands(that: .write, .state) == erasing.union(people).union([.initialise, .trust]))
    #expect(Self.commands(that: .arrange, .store) == erasing)
    #expect(Self.commands(that: .read, .vault) == [.initialise])
    #expect(Self.commands(that: .read, .demo).isEmpty)
  }

  @Test func aReviewWritesIntoTheStoreAndToItsTerminalAlone() {
    let row = CommandConfinement.row(.review)
    #expect(row.filter { $0.value != .read } == [.store: .change, .terminal: .write])
    #expect(CommandConfinement.row(.demo) == row)
    #expect(row[.outputs] == nil && row[.vault] == nil)
  }

  @Test func aDeskReachesNoClip() {
    let row = CommandConfinement.row(.desk)
    #expect(row.filter { $0.value != .read } == [.store: .change, .terminal: .write])
    #expect(row[.clips] == nil && row[.outputs] == nil && row[.vault] == nil)
  }

  @Test func filesLeaveByFewCommands() {
    #expect(
      Self.commands(that: .write, .outputs)
        == [.labelsExport, .ingest, .noticesNew, .consentSign, .manifestNew])
    #expect(Self.commands(that: .write, .inputs).isEmpty)
    #expect(Self.commands(that: .read, .terminfo) == [.review, .demo, .desk])
  }

  @Test func whoNeedsNobodyReachesNoIdentityAndNoTerminal() {
    for command in VaultCommand.allCases
    where Rights.entry(command).needsNobody && ![.demo, .initialise].contains(command) {
      let row = CommandConfinement.row(command)
      #expect(row[.people] == nil && row[.terminal] == nil, "\(command)")
    }
    #expect(CommandConfinement.row(.auditVerify)[.keys] == nil)
    #expect(CommandConfinement.row(.manifestNew)[.state] == nil)
  }

  @Test func allButTheFirstCommandsBelieveTheVaultBeforeTheyAct() {
    let without = VaultCommand.allCases.filter {
      let row = CommandConfinement.row($0)
      return row[.policy] == nil || row[.trust] == nil || row[.state] == nil
    }
    #expect(Set(without) == [.initialise, .manifestNew])
  }

  // MARK: - The places

  private static let places = CommandPlaces(
    vault: "v/", state: "/s", trust: "/t", inputs: ["in.toml"], outputs: ["a/b.jsonl", "c"])

  @Test func placesLieWhereTheCommandLineSays() throws {
    func paths(_ place: Place) throws -> [String] {
      try Self.places.rights([place: .read]).map(\.path)
    }
    #expect(try paths(.clips) == ["v/clips"])
    #expect(try paths(.people) == ["v/keys/people"])
    #expect(try paths(.lock) == ["v/clips/.lock"])
    #expect(try paths(.state) == ["/s"])
    #expect(try paths(.inputs) == ["in.toml"])
    #expect(try paths(.outputs) == [".", "a"])
    #expect(try paths(.demo).isEmpty)
    #expect(try !paths(.terminfo).contains { $0.hasPrefix(NSHomeDirectory() + "/") })
  }

  @Test func onlyTheTerminalIsOne() throws {
    let rights = try Self.places.rights(CommandConfinement.row(.review))
    #expect(rights.filter(\.isTerminal).map(\.path) == ["/dev/tty"])
  }

  @Test func nothingIsWrittenIntoTheRoot() throws {
    for path in ["/labels.jsonl", "//labels.jsonl", "/usr/../labels.jsonl"] {
      let places = CommandPlaces(vault: "v", outputs: [path])
      let error = #expect(throws: SessionError.self) {
        try places.rights(CommandConfinement.row(.labelsExport))
      }
      #expect(error?.exitCode == 73)
    }
    let below = CommandPlaces(vault: "v", outputs: ["/usr/labels.jsonl"])
    #expect(throws: Never.self) { try below.rights(CommandConfinement.row(.labelsExport)) }
    // Reading from there is no harm: the file itself is named.
    let inputs = CommandPlaces(vault: "v", inputs: ["/theme.toml"])
    #expect(throws: Never.self) { try inputs.rights(CommandConfinement.row(.review)) }
  }

  @Test func aLinksOwnFolderAndItsTargetsAreBothMeant() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/places-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for name in ["near", "far"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    }
    try Data([1]).write(to: URL(filePath: "\(folder)/far/clip.mp4"))
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder)/near/clip.mp4", withDestinationPath: "../far/clip.mp4")
    let places = CommandPlaces(outputs: ["\(folder)/near/clip.mp4"])
    let found = try places.rights([.outputs: .change]).map(\.path)
    #expect(found.count == 2 && found.contains("\(folder)/near"))
    #expect(found.contains { $0.hasSuffix("/far") })
  }

  // MARK: - The manual

  @Test func theReadmesTableIsTheCodes() throws {
    let root = URL(filePath: #filePath).appending(path: "../../..").standardized
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let parts = readme.split(separator: "<!-- confinement -->")
    try #require(parts.count == 2)
    let table = try #require(parts[1].split(separator: "<!-- /confinement -->").first)
    #expect(
      table.trimmingCharacters(in: .whitespacesAndNewlines)
        == CommandConfinement.markdown.trimmingCharacters(in: .whitespacesAndNewlines))
  }
}
