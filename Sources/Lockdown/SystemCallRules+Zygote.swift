// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

extension SystemCallRules {
  /// The zygote: it forks, reaps and kills decoders, and speaks on one socket.
  ///
  /// It opens nothing, starts no program and no thread. A decoder has this table above its own.
  static func zygote(socket: Int32) -> SystemCallRules {
    SystemCallRules(
      otherwise: .fail(ENOSYS),
      rules: runtime + locking + [
        .allow("sendmsg", when: .number(0, socket), why: "notices to the host"),
        .allow("recvmsg", when: .number(0, socket), why: "orders, and a clip's descriptors"),
        .allow("clone", when: .number(0, forkFlags), why: "fork, and nothing else: no thread"),
        .allow("wait4", why: "how decoders ended"),
        .allow(
          "kill", when: .number(1, SIGKILL), .lacks(0, Int32.min),
          why: "a decoder that hangs; at most its own group, not everybody"),
        .allow("getppid", why: "a decoder looks whether its zygote lives"),
        .allow(
          "prctl", when: .number(0, PR_SET_PDEATHSIG), .number(1, SIGKILL), why: "to die with it"),
        .allow("prlimit64", when: .number(0, 0), why: "a decoder's limits; its own only"),
        .allow("readv", "writev", "pread64", why: "decoders: see theirs"),
        .allow("fcntl", when: .number(1, F_GETFL), why: "decoders: their pipes"),
        .allow("fcntl", when: .number(1, F_SETFL), why: "decoders: their pipes"),
        .allow("fcntl", when: .number(1, CL_F_GET_SEALS), why: "decoders: clip and ring"),
        SystemCallRule(
          calls: byName, tests: [], answer: .fail(ENOENT), why: "no file has a name here"),
        .fail(ENOTTY, "ioctl", why: "no terminal"),
        .fail(EPERM, "execve", "execveat", why: "no other program"),
        .fail(EPERM, "socket", "socketpair", "connect", "bind", why: "no other socket"),
        .fail(EPERM, "mmap", when: .has(2, PROT_EXEC), why: "all code is loaded"),
        .fail(EPERM, "mprotect", when: .has(2, PROT_EXEC), why: "all code is loaded"),
        .fail(EPERM, "ptrace", "process_vm_readv", "process_vm_writev", why: "no other's memory"),
      ])
  }

  /// CLONE_CHILD_CLEARTID, CLONE_CHILD_SETTID and SIGCHLD: how the C library's `fork` asks.
  private static let forkFlags: Int32 = 0x0120_0011
}
