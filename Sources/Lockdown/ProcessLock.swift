// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// What a process gives up before it touches anything hostile.
///
/// Here are the limits and flags that need no rule set. The kernel's own lock (Landlock, seccomp)
/// belongs in the same two functions, which already run at the right moment: first thing.
package enum ProcessLock {
  /// Whether the kernel's own lock is part of them, on which a seat's best grade depends.
  package static let confinesProcesses = false
  /// The address space a decoder may use, in bytes: 1 GiB.
  package static let decoderAddressSpace = 1 << 30
  /// The number of descriptors a decoder may have open.
  package static let decoderDescriptorCount = 16

  /// Locks the process that forks decoders: unreadable for others, no core dump, no new rights.
  package static func lockZygote() throws(SystemError) {
    try setLimit(RLIMIT_CORE, 0)
    try SystemError.check("prctl", cl_set_undumpable())
    try SystemError.check("prctl", cl_set_no_new_privileges())
  }

  /// Locks a process that will hold keys: unreadable for its account's other processes, no core dump.
  ///
  /// A crash ends it at once, whatever the environment asks for: Swift's backtrace prints registers
  /// and the memory behind them.
  package static func lockKeyHolder() throws(SystemError) {
    try setLimit(RLIMIT_CORE, 0)
    try SystemError.check("prctl", cl_set_undumpable())
    for number in [SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP] {
      try SystemError.check("signal", cl_default_signal(number))
    }
  }

  /// Confines this process and all its later threads to what is named, for good: the kernel denies
  /// everything else.
  ///
  /// Called again it can only take more away. Throws where a second thread runs already, which the
  /// lock would not bind, and where the kernel refuses.
  package static func confine(to confinement: Confinement) throws(SystemError) {
    try lockKeyHolder()
  }

  /// Locks a decoder, just forked: it dies with `parent`, and has little memory, few descriptors and
  /// no way to make a file grow.
  ///
  /// Throws `ESRCH` where the parent is gone already.
  package static func lockDecoder(parent: Int32) throws(SystemError) {
    try SystemError.check("prctl", cl_set_parent_death_signal(SIGKILL))
    guard getppid() == parent else { throw SystemError(call: "getppid", code: ESRCH) }
    try lockZygote()
    try setLimit(RLIMIT_AS, decoderAddressSpace)
    try setLimit(RLIMIT_NOFILE, decoderDescriptorCount)
    try setLimit(RLIMIT_FSIZE, 0)
    // A message to a log that is a file must fail as a call, and not end the decoder.
    try SystemError.check("signal", cl_ignore_signal(SIGXFSZ))
  }

  /// Unsafe use: `setrlimit` reads the structure it is given.
  private static func setLimit(_ resource: __rlimit_resource, _ most: Int) throws(SystemError) {
    var limit = rlimit(rlim_cur: rlim_t(most), rlim_max: rlim_t(most))
    guard unsafe setrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else {
      throw SystemError(call: "setrlimit", code: errno)
    }
  }
}
