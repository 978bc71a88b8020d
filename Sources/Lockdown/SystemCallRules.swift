// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

extension SystemCallRules {
  /// What Swift's runtime and the C library need in every process, whatever it does.
  static let runtime: [SystemCallRule] = [
    .allow("read", "write", "close", "lseek", why: "on descriptors that it has"),
    .allow("poll", "ppoll", why: "waiting"),
    .allow("mmap", when: .lacks(2, PROT_EXEC), why: "memory; never code"),
    .allow("mprotect", when: .lacks(2, PROT_EXEC), why: "memory; never code"),
    .allow("munmap", "mremap", "brk", "madvise", why: "memory"),
    .allow("futex", "set_robust_list", "rseq", "membarrier", "sched_yield", why: "locks"),
    .allow("rt_sigprocmask", "rt_sigaction", "sigaltstack", why: "signals that it gets"),
    .allow("rt_sigreturn", "restart_syscall", why: "the kernel's own, after a signal or a stop"),
    .allow(
      "clock_gettime", "clock_getres", "gettimeofday", "time", "clock_nanosleep", "nanosleep",
      why: "time; most are calls only where the clock source is slow"),
    .allow("getpid", "gettid", "sched_getaffinity", "getcpu", why: "about itself"),
    .allow("getrandom", why: "hash seeds"),
    .allow("exit", "exit_group", why: "its end"),
    .allow("fstat", why: "a descriptor's size; unlike newfstatat it takes no path"),
  ]

  /// What a process gives up that locks itself under this table, once more or as another's child.
  static let locking: [SystemCallRule] =
    [
      .allow(
        "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "seccomp",
        why: "locks, which only take away"),
      .allow(
        "prctl", when: .number(0, PR_SET_DUMPABLE), .number(1, 0), why: "unreadable for others"),
    ]
    + SystemCallRule.allow(
      "prctl", argument: 0,
      in: [
        PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS, PR_GET_DUMPABLE, PR_GET_SECCOMP, CL_SET_MDWE,
        CL_GET_MDWE, PR_SET_NAME, PR_GET_NAME,
      ], why: "its state, its name")

  /// Calls by which a process reaches a file by its name.
  static let byName = [
    "open", "openat", "openat2", "creat", "stat", "lstat", "newfstatat", "statx", "access",
    "faccessat", "faccessat2", "readlink", "readlinkat", "statfs", "getcwd", "chdir",
  ]
}
