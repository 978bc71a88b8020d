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

/// Why a seat's grade is not better.
package struct SeatReason: Hashable, Sendable {
  /// The best grade that this leaves.
  package let best: SeatGrade
  /// One plain sentence, with what would help.
  package let sentence: String
}

extension SeatReport {
  /// The least Landlock versions of grades A and B: with scoped signals, and with network rules.
  private static let landlockOfA = 6
  private static let landlockOfB = 4

  /// The seat's grade: the worst that any reason leaves, A where there is none.
  package var grade: SeatGrade { reasons.map(\.best).max() ?? .a }

  /// Everything that stands against grade A, the gravest first.
  package var reasons: [SeatReason] {
    let all = [
      accountReason, dumpReason, seccompReason, landlockReason, memoryReason, swapReason,
      confinementReason,
    ]
    let found = all.compactMap(\.self)
    return found.filter { $0.best == .c } + found.filter { $0.best != .c }
  }

  private var accountReason: SeatReason? {
    let why: String
    switch account {
    case .service: return nil
    case .notOwner(let owner, let user):
      why = "the vault belongs to user \(owner), and this is user \(user)"
    case .loginShell(let name, let shell): why = "\(name) can log in with \(shell)"
    case .unknown(let user): why = "nothing is known of the account of user \(user)"
    case .openFolder(let mode):
      why = "other accounts may enter its folder (mode \(String(mode & 0o7777, radix: 8)))"
    case .unexamined(let words): why = "its folder cannot be examined (\(words))"
    }
    return SeatReason(
      best: .c,
      sentence: "A reviewer with a shell can decrypt: the vault has no account of its own; \(why).")
  }

  private var dumpReason: SeatReason? {
    guard isDumpable else { return nil }
    let dumps = corePattern.isEmpty ? "" : ", and core dumps go to \u{201C}\(corePattern)\u{201D}"
    return SeatReason(
      best: .c,
      sentence: "Other programs of the same account can read this program's memory\(dumps).")
  }

  private var seccompReason: SeatReason? {
    hasSeccomp
      ? nil
      : SeatReason(
        best: .c, sentence: "The kernel cannot filter system calls (seccomp); use another kernel.")
  }

  private var landlockReason: SeatReason? {
    guard landlockVersion < Self.landlockOfA else { return nil }
    let what =
      landlockVersion > 0
      ? "The kernel's Landlock is version \(landlockVersion)" : "The kernel has no Landlock"
    let best = landlockVersion < Self.landlockOfB ? SeatGrade.c : .b
    let wanted = best == .c ? Self.landlockOfB : Self.landlockOfA
    return SeatReason(
      best: best,
      sentence: "\(what); grade \(best == .c ? "B" : "A") takes version \(wanted) or later.")
  }

  private var memoryReason: SeatReason? {
    switch secretMemory {
    case .secretMemory: nil
    case .locked:
      SeatReason(
        best: .b,
        sentence: "Keys lie in locked memory, which root can read: "
          + "the kernel gives no secret memory (secretmem.enable=1).")
    case .ordinary:
      SeatReason(
        best: .c,
        sentence: "Keys lie in ordinary memory, which may be swapped to disk: "
          + "raise the limit of locked memory (ulimit -l).")
    }
  }

  private var swapReason: SeatReason? {
    switch swap {
    case .none, .encrypted: nil
    case .plain(let names):
      SeatReason(
        best: .b,
        sentence: "Pictures may be written to unencrypted swap (\(names.joined(separator: ", "))): "
          + "encrypt it or turn it off.")
    case .unknown:
      SeatReason(best: .b, sentence: "The kernel does not say whether it swaps memory to disk.")
    }
  }

  private var confinementReason: SeatReason? {
    isConfined
      ? nil
      : SeatReason(
        best: .b,
        sentence: "This version of Milkglass does not yet confine its processes "
          + "(Landlock, seccomp), so that no seat is of grade A.")
  }
}
