// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

extension SystemCallRules {
  /// A process that holds keys or the store: all that is no file, and what may be done with those
  /// that Landlock leaves it.
  ///
  /// `process` is its own id, the only one it may signal; `sockets` are the descriptors for messages.
  /// Where the kernel can make memory files that never execute, no other may be made.
  ///
  /// Tried in vain, and known to do no harm: SQLite's `fchown` as root and `fchmod`, Dispatch's
  /// `setpriority`, the C library's `clone3` and its socket to a name service.
  static func keyHolder(
    process: Int32, sockets: [Int32], canMakeUnexecutableFiles: Bool
  ) -> SystemCallRules {
    SystemCallRules(
      otherwise: .fail(ENOSYS),
      rules: runtime + locking + files + terminal + waiting + threads + refused
        + memoryFiles(canMakeUnexecutableFiles) + messages(sockets) + [
          .allow("kill", "tgkill", when: .number(0, process), why: "itself: stop, abort"),
          .allow("prlimit64", when: .number(0, 0), .null(2), why: "its limits, to read"),
          .allow("prlimit64", when: .number(0, process), .null(2), why: "its limits, to read"),
        ])
  }

  /// Files within Landlock's bounds.
  ///
  /// What Landlock does not see (modes, owners, times, attributes; in its first versions truncating
  /// by name) is left out.
  private static let files: [SystemCallRule] =
    [
      .allow("openat", "open", why: "Landlock says which"),
      .allow(
        "newfstatat", "stat", "lstat", "statx", "access", "faccessat", "faccessat2", "readlink",
        "readlinkat", "statfs", "fstatfs", "getcwd", why: "about files"),
      .allow("pread64", "pwrite64", "readv", "writev", "preadv", "pwritev", why: "contents"),
      .allow("getdents64", why: "folders"),
      .allow(
        "fsync", "fdatasync", "sync_file_range", "fallocate", "ftruncate", "fadvise64",
        "msync", why: "what is written stays"),
      .allow("flock", why: "sessions' locks"),
      .allow("rename", "renameat", "renameat2", "unlink", "unlinkat", why: "Landlock says which"),
      .allow("mkdir", "mkdirat", "rmdir", why: "Landlock says which"),
      .allow("link", "linkat", why: "a new name that replaces none; Landlock says where"),
      .allow("chdir", "fchdir", "umask", why: "its own state"),
      .allow("dup", "dup2", "dup3", "pipe2", "pipe", "close_range", why: "descriptors"),
    ]
    + SystemCallRule.allow(
      "fcntl", argument: 1,
      in: [
        F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW, ofdGetLock,
        ofdSetLock, ofdSetLockAndWait, F_DUPFD_CLOEXEC, CL_F_ADD_SEALS, CL_F_GET_SEALS,
      ], why: "flags, locks, seals; not signals to an owner")

  /// Terminals: modes, size and queues; nothing that puts input or takes the screen (TIOCSTI,
  /// TIOCLINUX), and nothing of other devices.
  private static let terminal: [SystemCallRule] = SystemCallRule.allow(
    "ioctl", argument: 1,
    in: [
      TCGETS, TCSETS, TCSETSW, TCSETSF, TCGETA, TCSETA, TCSETAW, TCSETAF, TCSBRK, TCSBRKP, TCXONC,
      TCFLSH, TIOCGWINSZ, TIOCGPGRP, TIOCSPGRP, TIOCGSID, TIOCOUTQ, FIONREAD, FIONBIO, FIOCLEX,
      FIONCLEX,
    ].map { Int32(truncatingIfNeeded: $0) } + newerModes,
    why: "terminal modes and size")

  private static let waiting: [SystemCallRule] = [
    .allow("select", "pselect6", why: "waiting"),
    .allow(
      "epoll_create1", "epoll_create", "epoll_ctl", "epoll_wait", "epoll_pwait", "eventfd2",
      "timerfd_create", "timerfd_settime", "timerfd_gettime", "signalfd4", "signalfd",
      why: "waiting: loop, Dispatch"),
    .allow(
      "pause", "alarm", "setitimer", "getitimer", "rt_sigtimedwait", "rt_sigpending",
      "rt_sigsuspend", why: "its own signals and timers"),
    .allow("wait4", "waitid", why: "the end of the zygote"),
  ]

  /// Threads of this process, in its own namespaces; no other process.
  private static let threads: [SystemCallRule] = [
    .allow(
      "clone", when: ArgumentTest(argument: 0, mask: cloneMask, value: thread), why: "threads"),
    .fail(EPERM, "clone", when: .lacks(0, 0x0001_0000), why: "no CLONE_THREAD: a process"),
    .allow("set_tid_address", "sched_getparam", "sched_getscheduler", why: "threads"),
    .allow("sched_get_priority_max", "sched_get_priority_min", why: "threads"),
    .allow("mlock", "mlock2", "munlock", "mincore", why: "keys stay in memory"),
    .allow("memfd_secret", why: "keys that not even root's debuggers read"),
    .allow(
      "getuid", "geteuid", "getgid", "getegid", "getppid", "getpgrp", "getpgid", "getsid",
      "getgroups", "getresuid", "getresgid", "getrusage", "times", "sysinfo", "uname", "getrlimit",
      "getpriority", why: "about itself and the machine"),
  ]

  private static func memoryFiles(_ mustBeUnexecutable: Bool) -> [SystemCallRule] {
    mustBeUnexecutable
      ? [
        .allow("memfd_create", when: .has(1, noExecuteSeal), why: "files that never execute"),
        .fail(EPERM, "memfd_create", when: .lacks(1, noExecuteSeal), why: "may be executed"),
      ] : [.allow("memfd_create", why: "the kernel knows no other; execve is refused")]
  }

  private static func messages(_ sockets: [Int32]) -> [SystemCallRule] {
    SystemCallRule.allow(
      "sendmsg", argument: 0, in: sockets, why: "orders to the zygote, questions to the watch")
      + SystemCallRule.allow("recvmsg", argument: 0, in: sockets, why: "their answers")
  }

  /// Named so that they fail as forbidden and not as unknown; what is not named fails too.
  private static let refused: [SystemCallRule] = [
    .fail(EPERM, "execve", "execveat", "fork", "vfork", why: "no other program"),
    .fail(EPERM, "mmap", when: .has(2, PROT_EXEC), why: "all code is loaded"),
    .fail(EPERM, "mprotect", when: .has(2, PROT_EXEC), why: "all code is loaded"),
    .fail(EPERM, "pkey_mprotect", "remap_file_pages", "uselib", why: "all code is loaded"),
    .fail(
      EPERM, "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto",
      "recvfrom", "sendmmsg", "recvmmsg", "setsockopt", why: "no network, no other socket"),
    .fail(
      EPERM, "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "kcmp",
      "pidfd_open", "pidfd_getfd", "pidfd_send_signal", "perf_event_open", "tkill",
      "rt_sigqueueinfo", "rt_tgsigqueueinfo", "migrate_pages", "move_pages",
      why: "no other process"),
    .fail(
      EPERM, "io_uring_setup", "io_uring_enter", "io_uring_register", "io_setup", "io_submit",
      "userfaultfd", "bpf", "keyctl", "add_key", "request_key", why: "ways past these tables"),
    .fail(
      EPERM, "setns", "unshare", "mount", "umount2", "pivot_root", "chroot", "open_tree",
      "move_mount", "fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr",
      why: "no other view of the files"),
    .fail(
      EPERM, "name_to_handle_at", "open_by_handle_at", "fanotify_init", "inotify_init",
      "inotify_init1", "inotify_add_watch", "lookup_dcookie", why: "files past Landlock"),
    .fail(
      EPERM, "truncate", "chmod", "fchmod", "fchmodat", "chown", "lchown", "fchown", "fchownat",
      "utime",
      "utimes", "futimesat", "utimensat", "setxattr", "lsetxattr", "fsetxattr", "removexattr",
      "lremovexattr", "fremovexattr", "symlink", "symlinkat", "mknod", "mknodat",
      why: "what Landlock does not see, or nothing here makes"),
    .fail(
      EOPNOTSUPP, "getxattr", "lgetxattr", "fgetxattr", "listxattr", "llistxattr", "flistxattr",
      why: "Foundation asks for attributes; no file here has any"),
    .fail(
      EPERM, "shmget", "shmat", "shmctl", "msgget", "msgsnd", "msgrcv", "semget", "semop",
      "mq_open", "vmsplice", "splice", "tee", why: "memory and messages shared with others"),
    .fail(
      EPERM, "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load",
      "quotactl", "quotactl_fd", "swapon", "swapoff", "reboot", "personality", "acct", "syslog",
      "iopl", "ioperm", "modify_ldt", "vhangup", "sethostname", "setdomainname", "settimeofday",
      "clock_settime", "clock_adjtime", "adjtimex", why: "the machine"),
    .fail(
      EPERM, "setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid", "setgroups",
      "setfsuid", "setfsgid", "capset", "setsid", "setpgid", "setrlimit", "setpriority",
      "sched_setscheduler", "sched_setattr", "sched_setaffinity", "ioprio_set", why: "who it is"),
  ]

  /// CLONE_VM and CLONE_THREAD; and with them, among the bits that decide, no new namespace.
  private static let thread: UInt64 = 0x0001_0100
  private static let cloneMask: UInt64 = thread | 0x7E02_0000
  private static let noExecuteSeal: Int32 = 0x8
  /// F_OFD_GETLK and its kin, hidden without _GNU_SOURCE.
  private static let ofdGetLock: Int32 = 36
  private static let ofdSetLock: Int32 = 37
  private static let ofdSetLockAndWait: Int32 = 38
  /// TCGETS2, TCSETS2, TCSETSW2, TCSETSF2, which newer C libraries use.
  private static let newerModes = [0x802C_542A, 0x402C_542B, 0x402C_542C, 0x402C_542D].map {
    Int32(truncatingIfNeeded: $0)
  }
}
