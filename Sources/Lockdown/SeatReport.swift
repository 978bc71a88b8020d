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

/// The facts of a seat on which its grade rests, and those that an auditor wants beside it.
package struct SeatReport: Hashable, Sendable {
  /// What keeps keys out of files and other processes.
  package var secretMemory: SecretBytes.Protection
  package var swap: Swap
  /// Whether other processes of the same account may read this one's memory.
  package var isDumpable: Bool
  package var account: SeatAccount
  /// The Landlock version of the kernel (`landlock_create_ruleset(2)`); 0 where it has none.
  package var landlockVersion: Int
  /// Whether the kernel can filter system calls (`seccomp(2)`).
  package var hasSeccomp: Bool
  /// Whether this version's processes confine themselves by Landlock and seccomp.
  package var isConfined: Bool
  /// Where the kernel puts core dumps (`core(5)`); empty where it does not say.
  package var corePattern: String
  /// The kernel's release (`6.1.0-28-amd64`); empty where it does not say.
  package var kernelRelease: String

  /// Puts facts together.
  package init(
    secretMemory: SecretBytes.Protection, swap: Swap, isDumpable: Bool, account: SeatAccount,
    landlockVersion: Int, hasSeccomp: Bool, isConfined: Bool, corePattern: String,
    kernelRelease: String
  ) {
    self.secretMemory = secretMemory
    self.swap = swap
    self.isDumpable = isDumpable
    self.account = account
    self.landlockVersion = landlockVersion
    self.hasSeccomp = hasSeccomp
    self.isConfined = isConfined
    self.corePattern = corePattern
    self.kernelRelease = kernelRelease
  }
}
