// SPDX-License-Identifier: Apache-2.0

/// Where memory that is not locked may be written to.
package enum Swap: Hashable, Sendable {
  case none
  /// All of it is encrypted (dm-crypt) or stays in memory (zram).
  case encrypted
  /// These devices or files write to a disk in plain, by their names.
  case plain([String])
  /// The kernel does not say.
  case unknown
}

/// As whom the vault is used.
package enum SeatAccount: Hashable, Sendable {
  /// The vault's own account, as which nobody can run anything else.
  case service(name: String)
  /// The vault belongs to another account than this process's; both are user ids.
  case notOwner(owner: UInt32, user: UInt32)
  /// The vault's account has a shell to log in with.
  case loginShell(name: String, shell: String)
  /// The account's name and shell are not known; the number is its user id.
  case unknown(user: UInt32)
  /// Other accounts may enter the vault's folder; its permission bits.
  case openFolder(mode: UInt32)
  /// The vault's folder cannot be examined, in the system's words.
  case unexamined(String)
}

/// Whose code runs in this program.
package enum LoadedCode: Hashable, Sendable {
  /// The system's and our own alone.
  case own
  /// Others' too: variables of the loader that are set, and files; at most four names.
  case foreign([String])
  /// The kernel does not say.
  case unknown
}

/// What this process has locked itself into by now.
package struct SeatLock: Hashable, Sendable {
  /// Whether other processes of the same account may read this one's memory.
  package var isDumpable: Bool
  /// Whether no exec can gain rights.
  package var hasNoNewPrivileges: Bool
  /// Whether the kernel filters its system calls.
  package var hasFilter: Bool

  /// Puts facts together.
  package init(isDumpable: Bool, hasNoNewPrivileges: Bool, hasFilter: Bool) {
    self.isDumpable = isDumpable
    self.hasNoNewPrivileges = hasNoNewPrivileges
    self.hasFilter = hasFilter
  }

  /// This process as it is now; what the kernel does not say counts as missing.
  package static var current: SeatLock {
    let status = ProcessLock.status
    return SeatLock(
      isDumpable: status.isDumpable, hasNoNewPrivileges: status.hasNoNewPrivileges,
      hasFilter: status.filtersSystemCalls)
  }
}

/// The facts of a seat on which its grade rests, and those that an auditor wants beside it.
package struct SeatReport: Hashable, Sendable {
  /// What keeps keys out of files and other processes.
  package var secretMemory: SecretBytes.Protection
  package var swap: Swap
  package var account: SeatAccount
  /// What this process has locked itself into; a report that was gathered before its lock is
  /// brought up to date with `SeatLock.current`.
  package var lock: SeatLock
  /// The Landlock version of the kernel (`landlock_create_ruleset(2)`); 0 where it has none.
  package var landlockVersion: Int
  /// Whether the kernel can filter system calls (`seccomp(2)`).
  package var hasSeccomp: Bool
  /// Whether the kernel can keep written memory from being executed (`PR_SET_MDWE`).
  package var canDenyWritableCode: Bool
  /// Whether it can keep files in memory from being executed (`MFD_NOEXEC_SEAL`).
  package var canDenyMemoryCode: Bool
  package var loadedCode: LoadedCode
  /// Yama's `ptrace_scope`; nil where the kernel has no Yama.
  package var yama: Int?
  /// Where the kernel puts core dumps (`core(5)`); empty where it does not say.
  package var corePattern: String
  /// The kernel's release (`6.1.0-28-amd64`); empty where it does not say.
  package var kernelRelease: String

  /// Puts facts together.
  package init(
    secretMemory: SecretBytes.Protection, swap: Swap, account: SeatAccount, lock: SeatLock,
    landlockVersion: Int, hasSeccomp: Bool, canDenyWritableCode: Bool, canDenyMemoryCode: Bool,
    loadedCode: LoadedCode, yama: Int?, corePattern: String, kernelRelease: String
  ) {
    self.secretMemory = secretMemory
    self.swap = swap
    self.account = account
    self.lock = lock
    self.landlockVersion = landlockVersion
    self.hasSeccomp = hasSeccomp
    self.canDenyWritableCode = canDenyWritableCode
    self.canDenyMemoryCode = canDenyMemoryCode
    self.loadedCode = loadedCode
    self.yama = yama
    self.corePattern = corePattern
    self.kernelRelease = kernelRelease
  }
}
