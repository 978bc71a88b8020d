// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

extension SystemCallRules {
  /// The terminal's watch: it reads about processes under `/proc`, and speaks on one socket.
  ///
  /// Landlock cannot hold it, since under Landlock other processes' descriptors are hidden. So it
  /// may read any file of its account, writes none, and never gets a clip's descriptor.
  static func watch(socket: Int32) -> SystemCallRules {
    SystemCallRules(
      otherwise: .fail(ENOSYS),
      rules: runtime + locking + [
        .allow("sendmsg", when: .number(0, socket), why: "findings to the host"),
        .allow("recvmsg", when: .number(0, socket), why: "questions from the host"),
        .allow("openat", when: .lacks(2, writing), why: "files and folders, to read"),
        .allow("open", when: .lacks(1, writing), why: "files and folders, to read"),
        .allow("getdents64", "pread64", why: "folders and files that it has opened"),
        .allow(
          "newfstatat", "statx", "stat", "lstat", "readlink", "readlinkat",
          why: "owners, modes, links"),
        .allow("access", "faccessat", "faccessat2", why: "whether it may read"),
        .allow("fcntl", when: .number(1, F_GETFL), why: "its folders"),
        .allow("fcntl", when: .number(1, F_SETFD), why: "its folders"),
        .allow("getuid", "geteuid", "getppid", "getsid", "getpgid", why: "whose process it is"),
        .fail(EPERM, "openat", when: .has(2, O_WRONLY), why: "it writes no file"),
        .fail(EPERM, "execve", "execveat", "clone", "fork", "vfork", why: "it starts nothing"),
        .fail(EPERM, "socket", "socketpair", "connect", "bind", why: "no other socket"),
        .fail(EPERM, "mmap", when: .has(2, PROT_EXEC), why: "all code is loaded"),
        .fail(EPERM, "mprotect", when: .has(2, PROT_EXEC), why: "all code is loaded"),
        .fail(EPERM, "ptrace", "process_vm_readv", "process_vm_writev", why: "no other's memory"),
        .fail(EPERM, "kill", "tkill", "tgkill", why: "it signals nobody"),
        .fail(ENOTTY, "ioctl", why: "it asks terminals nothing"),
      ])
  }

  /// Ways to open that write or make something; the last is the bit that only O_TMPFILE has.
  private static let writing: Int32 = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | 0o20_000_000
}
