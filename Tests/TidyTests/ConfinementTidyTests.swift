// SPDX-License-Identifier: Apache-2.0

import Testing

/// Holds that no program gets by its lock.
@Suite struct ConfinementTidyTests {
  private static func files(naming words: String) -> Set<String> {
    Set(SourceTree.files.filter { $0.lines.contains { $0.contains(words) } }.map(\.path))
  }

  @Test func noProgramLeavesItselfUnconfined() {
    #expect(Self.files(naming: "unconfined") == ["Sources/ReviewSession/Vault/Locked.swift"])
  }

  @Test func commandsLockThemselvesInOnePlace() {
    let callers = Self.files(naming: "ProcessLock.confine(")
    #expect(callers == ["Sources/ReviewSession/Vault/Locked.swift"])
    #expect(Self.files(naming: "ProcessLock.lockKeyHolder(").isEmpty)
  }

  @Test func vaultsAreOpenedBehindTheLockAlone() {
    // The ways in, each of which has locked the process before, and a look at what was signed since.
    let openers = Self.files(naming: "Vault.open(").filter { !$0.hasPrefix("Sources/ClipVault/") }
    #expect(
      openers == [
        "Sources/ReviewSession/Vault/ClipDoor.swift",
        "Sources/ReviewSession/Vault/Entrance+Kiosk.swift",
        "Sources/ReviewSession/Vault/Entrance.swift",
        "Sources/ReviewSession/Vault/VaultEntry+People.swift",
        "Sources/ReviewSession/Vault/VaultEntry+SignIn.swift",
      ])
  }

  @Test func programsAreStartedInFewPlaces() {
    #expect(
      Self.files(naming: "cl_spawn(").union(Self.files(naming: "cl_run("))
        == [
          "Sources/DecoderLink/DecoderHost.swift", "Sources/DecoderLink/ChildProgram.swift",
        ])
    #expect(
      Self.files(naming: "cl_fork(") == [
        "Sources/DecoderLink/Zygote.swift", "Sources/DecoderLink/TerminalWatch.swift",
        "Sources/DecoderLink/SideProcess.swift",
      ])
    #expect(Self.files(naming: "Process()").isEmpty)
  }
}
