// SPDX-License-Identifier: Apache-2.0

/// How well a seat keeps what it shows: A is the best.
package enum SeatGrade: Int, Comparable, Sendable, CaseIterable {
  case a, b, c

  /// The letter on screen and in the log.
  package var letter: String {
    switch self {
    case .a: "A"
    case .b: "B"
    case .c: "C"
    }
  }

  /// The better grade is the lesser.
  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// One thing that protects what a seat shows, and how far it does.
package struct SeatMeasure: Hashable, Sendable {
  /// How far a measure protects.
  package enum State: String, Sendable, CaseIterable {
    case inForce = "in force"
    /// It protects less than it could.
    case weak
    case missing
  }

  /// Its name in the log and in JSON: 1–24 of `a`–`z` and `_`; names never change.
  package let name: String
  package let state: State
  /// One plain sentence: why it is in that state.
  package let why: String
  /// One plain sentence: what would help; empty where nothing is to be done.
  package let advice: String
  /// The best grade that this leaves.
  package let best: SeatGrade

  /// Tells of one that is in force, or of which nothing depends.
  static func inForce(_ name: String, _ why: String) -> Self {
    Self(name: name, state: .inForce, why: why, advice: "", best: .a)
  }
}

extension SeatReport {
  /// The least Landlock versions of grades A and B: with scoped signals, and with network rules.
  private static let landlockOfA = 6
  private static let landlockOfB = 4

  /// The seat's grade: the worst that any measure leaves.
  package var grade: SeatGrade { measures.map(\.best).max() ?? .a }

  /// Every measure, in an order that never changes.
  package var measures: [SeatMeasure] {
    [
      accountMeasure, shellMeasure, dumpMeasure, privilegesMeasure, seccompMeasure,
      landlockMeasure, writableCodeMeasure, keyMemoryMeasure, memoryFileMeasure, swapMeasure,
      coreMeasure, librariesMeasure, yamaMeasure, kernelMeasure,
    ]
  }

  // MARK: - The account

  private var accountMeasure: SeatMeasure {
    let why: String
    switch account {
    case .service(let name), .loginShell(let name, _):
      return .inForce("account", "The vault belongs to the account \(name), and is shut to others.")
    case .notOwner(let owner, let user):
      why = "the vault belongs to user \(owner), and this is user \(user)"
    case .unknown(let user): why = "nothing is known of the account of user \(user)"
    case .openFolder(let mode):
      why = "other accounts may enter its folder (mode \(String(mode & 0o7777, radix: 8)))"
    case .unexamined(let words): why = "its folder cannot be examined (\(words))"
    }
    return SeatMeasure(
      name: "account", state: .missing,
      why: "A reviewer with a shell can decrypt: the vault has no account of its own; \(why).",
      advice: "Give the vault an account that nobody else uses, and shut its folder (chmod 700).",
      best: .c)
  }

  private var shellMeasure: SeatMeasure {
    let why: String
    switch account {
    case .service(let name): return .inForce("shell", "Nobody gets a shell as \(name).")
    case .loginShell(let name, let shell):
      why = "A reviewer with a shell can decrypt: \(name) can log in with \(shell)."
    default: why = "The vault has no account of its own, whose shell could be taken away."
    }
    return SeatMeasure(
      name: "shell", state: .missing, why: why,
      advice: "Make nologin or milkglass the account's login shell.", best: .c)
  }

  // MARK: - The process

  private var dumpMeasure: SeatMeasure {
    guard lock.isDumpable else {
      return .inForce(
        "dumpable", "Other programs of the account cannot read this program's memory.")
    }
    let dumps = corePattern.isEmpty ? "" : ", and core dumps go to \u{201C}\(corePattern)\u{201D}"
    return SeatMeasure(
      name: "dumpable", state: .missing,
      why: "Other programs of the same account can read this program's memory\(dumps).",
      advice: "The kernel refused PR_SET_DUMPABLE; use another kernel.", best: .c)
  }

  private var privilegesMeasure: SeatMeasure {
    lock.hasNoNewPrivileges
      ? .inForce("no_new_privs", "Nothing that this program starts gains rights.")
      : SeatMeasure(
        name: "no_new_privs", state: .missing,
        why: "What this program starts could gain rights.",
        advice: "The kernel refused PR_SET_NO_NEW_PRIVS; use another kernel.", best: .c)
  }

  private var seccompMeasure: SeatMeasure {
    guard hasSeccomp else {
      return SeatMeasure(
        name: "seccomp", state: .missing,
        why: "The kernel cannot filter system calls (seccomp).", advice: "Use another kernel.",
        best: .c)
    }
    guard lock.hasFilter else {
      return SeatMeasure(
        name: "seccomp", state: .missing,
        why: "The kernel filters no system calls of this program, although it could.",
        advice: "Run it as it was installed, and not inside another sandbox.", best: .c)
    }
    return .inForce("seccomp", "The kernel filters this program's system calls.")
  }

  private var landlockMeasure: SeatMeasure {
    guard landlockVersion < Self.landlockOfA else {
      return .inForce(
        "landlock", "The kernel's Landlock (version \(landlockVersion)) confines files and sockets."
      )
    }
    let what =
      landlockVersion > 0
      ? "The kernel's Landlock is version \(landlockVersion)" : "The kernel has no Landlock"
    let best = landlockVersion < Self.landlockOfB ? SeatGrade.c : .b
    let wanted = best == .c ? Self.landlockOfB : Self.landlockOfA
    return SeatMeasure(
      name: "landlock", state: landlockVersion > 0 ? .weak : .missing,
      why: "\(what); grade \(best == .c ? "B" : "A") takes version \(wanted) or later.",
      advice: "Use kernel \(best == .c ? "6.7" : "6.12") or later, with Landlock among its LSMs.",
      best: best)
  }

  private var writableCodeMeasure: SeatMeasure {
    canDenyWritableCode
      ? .inForce("writable_code", "The kernel makes no written memory executable (MDWE).")
      : SeatMeasure(
        name: "writable_code", state: .missing,
        why: "The kernel cannot keep written memory from being executed (MDWE); "
          + "only the system-call filter does.",
        advice: "Use kernel 6.3 or later.", best: .b)
  }

  // MARK: - Memory

  private var keyMemoryMeasure: SeatMeasure {
    switch secretMemory {
    case .secretMemory:
      .inForce("key_memory", "Keys lie in secret memory, which not even root's tools read.")
    case .locked:
      SeatMeasure(
        name: "key_memory", state: .weak,
        why: "Keys lie in locked memory, which root can read: the kernel gives no secret memory.",
        advice: "Boot with secretmem.enable=1.", best: .b)
    case .ordinary:
      SeatMeasure(
        name: "key_memory", state: .missing,
        why: "Keys lie in ordinary memory, which may be swapped to disk.",
        advice: "Raise the limit of locked memory (ulimit -l).", best: .c)
    }
  }

  private var memoryFileMeasure: SeatMeasure {
    canDenyMemoryCode
      ? .inForce("memfd_noexec", "Files in memory cannot be executed (MFD_NOEXEC_SEAL).")
      : SeatMeasure(
        name: "memfd_noexec", state: .missing,
        why: "The kernel cannot keep files in memory from being executed (MFD_NOEXEC_SEAL); "
          + "only the system-call filter does.",
        advice: "Use kernel 6.3 or later.", best: .b)
  }

  private var swapMeasure: SeatMeasure {
    switch swap {
    case .none: .inForce("swap", "No memory is swapped to disk.")
    case .encrypted: .inForce("swap", "Swap is encrypted or stays in memory.")
    case .plain(let names):
      SeatMeasure(
        name: "swap", state: .missing,
        why: "Pictures may be written to unencrypted swap (\(names.joined(separator: ", "))).",
        advice: "Encrypt it or turn it off.", best: .b)
    case .unknown:
      SeatMeasure(
        name: "swap", state: .missing,
        why: "The kernel does not say whether it swaps memory to disk.",
        advice: "Make /proc/swaps readable.", best: .b)
    }
  }

  private var coreMeasure: SeatMeasure {
    if lock.isDumpable {
      return SeatMeasure(
        name: "core_pattern", state: .missing,
        why: "A crash may leave this program's memory in a core dump.",
        advice: "See dumpable.", best: .a)
    }
    return corePattern.hasPrefix("|")
      ? .inForce(
        "core_pattern",
        "A program takes core dumps (\u{201C}\(corePattern)\u{201D}); none is made of this one.")
      : .inForce("core_pattern", "No core dump is made of this program.")
  }

  // MARK: - Others' code, and the system

  private var librariesMeasure: SeatMeasure {
    let advice = "Start Milkglass without LD_* variables and from its own package."
    switch loadedCode {
    case .own:
      return .inForce("libraries", "No code is loaded but the system's and Milkglass's own.")
    case .foreign(let names):
      return SeatMeasure(
        name: "libraries", state: .missing,
        why: "Others' code may run in this program (\(names.joined(separator: ", "))).",
        advice: advice, best: .c)
    case .unknown:
      return SeatMeasure(
        name: "libraries", state: .weak,
        why: "The kernel does not say what code is loaded into this program.", advice: advice,
        best: .b)
    }
  }

  private var yamaMeasure: SeatMeasure {
    guard let yama, yama > 0 else {
      return SeatMeasure(
        name: "yama", state: .weak,
        why: "The kernel lets programs of one account trace each other (no Yama); "
          + "this program is not dumpable instead.", advice: "", best: .a)
    }
    return .inForce("yama", "The kernel restricts tracing (ptrace_scope \(yama)).")
  }

  private var kernelMeasure: SeatMeasure {
    .inForce(
      "kernel", kernelRelease.isEmpty ? "The kernel is unnamed." : "The kernel is \(kernelRelease)."
    )
  }
}
