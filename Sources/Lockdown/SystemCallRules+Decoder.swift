// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

extension SystemCallRules {
  /// A decoder: memory, its two pipes, time; anything else ends it.
  ///
  /// What fails instead is what honest libraries try by the way on damaged clips; a process that was
  /// taken over gains nothing by it either.
  static let decoder = SystemCallRules(
    otherwise: .kill,
    rules: runtime + [
      .allow("readv", "writev", "pread64", why: "the C library's last words; its descriptors"),
      .allow("fcntl", when: .number(1, F_GETFL), why: "its pipes"),
      .allow("fcntl", when: .number(1, F_SETFL), why: "its pipes"),
      .allow("fcntl", when: .number(1, CL_F_GET_SEALS), why: "that clip and ring keep their size"),
      .allow("prctl", when: .number(0, PR_SET_NAME), why: "the name in ps"),
      SystemCallRule(
        calls: byName, tests: [], answer: .fail(ENOENT),
        why: "malloc looks for overcommit_memory when an arena shrinks, codecs for the processors"),
      .fail(ENOTTY, "ioctl", why: "whether a descriptor is a terminal"),
      .fail(EAGAIN, "clone", why: "no thread, no child: libraries go on with one thread"),
      .fail(ENOSYS, "clone3", why: "the C library then asks by clone"),
      .fail(EPERM, "kill", "tkill", "tgkill", why: "abort then ends it by a fault"),
      .fail(EPERM, "prlimit64", "getrlimit", "setrlimit", "sysinfo", "uname", why: "asks in vain"),
    ])
}
