// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Lockdown

/// Grades as a function of facts.
@Suite struct SeatGradeTests {
  /// A seat against which nothing stands.
  private static let best = SeatReport(
    secretMemory: .secretMemory, swap: .none, account: .service(name: "milkglass"),
    lock: SeatLock(isDumpable: false, hasNoNewPrivileges: true, hasFilter: true),
    landlockVersion: 7, hasSeccomp: true, canDenyWritableCode: true, canDenyMemoryCode: true,
    loadedCode: .own, yama: 1, corePattern: "core", kernelRelease: "6.18.0")

  private static func seat(_ change: (inout SeatReport) -> Void) -> SeatReport {
    var seat = best
    change(&seat)
    return seat
  }

  @Test func aSeatWithNothingAgainstItIsOfGradeA() {
    #expect(Self.best.grade == .a)
    #expect(Self.best.measures.allSatisfy { $0.state == .inForce && $0.advice.isEmpty })
  }

  @Test(arguments: [
    (seat { $0.secretMemory = .locked }, SeatGrade.b, "key_memory", "memory, which root can read"),
    (seat { $0.secretMemory = .ordinary }, .c, "key_memory", "which may be swapped"),
    (seat { $0.swap = .plain(["/dev/sda2", "/swap"]) }, .b, "swap", "swap (/dev/sda2, /swap)"),
    (seat { $0.swap = .unknown }, .b, "swap", "does not say whether it swaps"),
    (seat { $0.hasSeccomp = false }, .c, "seccomp", "cannot filter system calls"),
    (seat { $0.lock.hasFilter = false }, .c, "seccomp", "filters no system calls of this program"),
    (seat { $0.lock.hasNoNewPrivileges = false }, .c, "no_new_privs", "could gain rights"),
    (seat { $0.landlockVersion = 5 }, .b, "landlock", "is version 5; grade A takes version 6"),
    (seat { $0.landlockVersion = 4 }, .b, "landlock", "is version 4; grade A takes version 6"),
    (seat { $0.landlockVersion = 3 }, .c, "landlock", "is version 3; grade B takes version 4"),
    (seat { $0.landlockVersion = 0 }, .c, "landlock", "has no Landlock; grade B takes version 4"),
    (seat { $0.canDenyWritableCode = false }, .b, "writable_code", "(MDWE)"),
    (seat { $0.canDenyMemoryCode = false }, .b, "memfd_noexec", "(MFD_NOEXEC_SEAL)"),
    (seat { $0.loadedCode = .unknown }, .b, "libraries", "does not say what code"),
    (
      seat { $0.loadedCode = .foreign(["LD_PRELOAD", "/x.so"]) }, .c, "libraries",
      "(LD_PRELOAD, /x.so)"
    ),
    (
      seat { $0.account = .notOwner(owner: 7, user: 8) }, .c, "account",
      "belongs to user 7, and this is user 8"
    ),
    (
      seat { $0.account = .loginShell(name: "mg", shell: "/bin/sh") }, .c, "shell",
      "mg can log in with /bin/sh"
    ),
    (
      seat { $0.account = .unknown(user: 9) }, .c, "account",
      "nothing is known of the account of user 9"
    ),
    (seat { $0.account = .openFolder(mode: 0o750) }, .c, "account", "enter its folder (mode 750)"),
    (
      seat { $0.account = .unexamined("stat: Permission denied") }, .c, "account",
      "(stat: Permission denied)"
    ),
  ])
  func eachFactCountsByItself(seat: SeatReport, grade: SeatGrade, name: String, words: String)
    throws
  {
    #expect(seat.grade == grade)
    let held = seat.measures.filter { $0.best != .a }
    // Without an account of its own there is no shell to judge either.
    #expect(held.count == (name == "account" ? 2 : 1))
    let measure = try #require(held.first { $0.name == name })
    #expect(measure.why.contains(words) && measure.state != .inForce)
    #expect(measure.why.hasSuffix(".") && measure.advice.hasSuffix("."))
  }

  @Test(arguments: [
    seat { $0.swap = .encrypted }, seat { $0.landlockVersion = 6 }, seat { $0.yama = nil },
    seat { $0.corePattern = "|/usr/lib/systemd/systemd-coredump" }, seat { $0.kernelRelease = "" },
  ])
  func whatOnlyInformsLeavesGradeA(seat: SeatReport) {
    #expect(seat.grade == .a)
  }

  @Test func aReadableProcessIsOfGradeC() {
    let seat = Self.seat { $0.lock.isDumpable = true }
    #expect(seat.grade == .c)
    let measures = seat.measures.filter { $0.state != .inForce }
    #expect(measures.map(\.name) == ["dumpable", "core_pattern"])
    #expect(measures[0].why.contains("core dumps go to \u{201C}core\u{201D}"))
  }

  @Test(arguments: [
    SeatAccount.notOwner(owner: 1, user: 0), .loginShell(name: "root", shell: "/bin/bash"),
    .unknown(user: 1), .openFolder(mode: 0o755), .unexamined("stat: x"),
  ])
  func withoutAnAccountOfItsOwnAReviewerWithAShellCanDecrypt(account: SeatAccount) {
    let seat = Self.seat { $0.account = account }
    #expect(seat.grade == .c)
    let said = seat.measures.filter { $0.why.hasPrefix("A reviewer with a shell can decrypt: ") }
    #expect(said.count == 1)
  }

  @Test func measuresHaveNamesForTheLog() {
    let names = Self.best.measures.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0.wholeMatch(of: /[a-z_]{1,24}/) != nil })
    let worst = SeatReport(
      secretMemory: .ordinary, swap: .unknown, account: .unknown(user: 1),
      lock: SeatLock(isDumpable: true, hasNoNewPrivileges: false, hasFilter: false),
      landlockVersion: 0, hasSeccomp: false, canDenyWritableCode: false, canDenyMemoryCode: false,
      loadedCode: .unknown, yama: nil, corePattern: "", kernelRelease: "")
    // With the grade they fit into one event of the log, which holds 16 values.
    #expect(worst.measures.filter { $0.best != .a }.count <= 15)
    #expect(worst.measures.map(\.name) == names)
  }

  @Test func theBetterGradeIsTheLesser() {
    #expect(SeatGrade.allCases.sorted().map(\.letter) == ["A", "B", "C"])
  }
}
