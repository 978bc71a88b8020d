// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import Synchronization

/// Which of the kernel's locks hold this process now.
package struct LockStatus: Hashable, Sendable {
  /// Whether filters of system calls are in force, as the kernel says.
  package let filtersSystemCalls: Bool
  /// Whether nothing that it starts can gain rights, as the kernel says.
  package let hasNoNewPrivileges: Bool
  /// Whether its account's other processes may read its memory, as the kernel says.
  package let isDumpable: Bool
  /// Whether memory can become code, as far as the kernel's own flag says (MDWE); the filters refuse
  /// that too.
  package let refusesExecutableMemory: Bool
  /// The Landlock version in force, as noted when it was set; 0 where there is none.
  package let landlockVersion: Int
  /// How often this process has confined itself.
  package let confinements: Int

  /// Whether everything that this kernel has holds this process.
  package var isConfined: Bool {
    filtersSystemCalls && hasNoNewPrivileges && !isDumpable && confinements > 0
      && landlockVersion >= Landlock.kernelVersion
  }

  private struct Kept {
    var landlockVersion = 0
    var confinements = 0
  }

  private static let kept = Mutex(Kept())

  /// What the kernel says now.
  static var now: Self {
    let kept = kept.withLock { $0 }
    return Self(
      filtersSystemCalls: cl_seccomp_mode() == 2,
      hasNoNewPrivileges: cl_has_no_new_privileges() != 0, isDumpable: cl_is_dumpable() != 0,
      refusesExecutableMemory: cl_executable_memory_refused() > 0,
      landlockVersion: kept.landlockVersion, confinements: kept.confinements)
  }

  /// Remembers a lock that was put in force.
  static func note(landlockVersion: Int) {
    kept.withLock {
      $0.landlockVersion = landlockVersion
      $0.confinements += 1
    }
  }
}

/// Which locks the running kernel has to offer, asked before any of them is in force.
package struct LockOffer: Hashable, Sendable {
  /// The version of Landlock (`landlock_create_ruleset(2)`); 0 where it has none.
  package let landlockVersion: Int
  /// Whether it filters system calls and can end a process for one (`seccomp(2)`).
  package let hasFilters: Bool
  /// Whether it can refuse memory that becomes code (PR_SET_MDWE, Linux 6.3).
  package let refusesExecutableMemory: Bool
  /// Whether it can make memory files that are never executable (MFD_NOEXEC_SEAL, Linux 6.3).
  package let hasUnexecutableFiles: Bool

  /// What the kernel answers; under a lock that may be less.
  package static var kernel: Self {
    Self(
      landlockVersion: Landlock.kernelVersion, hasFilters: cl_has_seccomp_filters() != 0,
      refusesExecutableMemory: cl_executable_memory_refused() >= 0,
      hasUnexecutableFiles: cl_has_unexecutable_files() != 0)
  }
}
