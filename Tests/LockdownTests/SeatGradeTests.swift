// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Lockdown

/// Grades as a function of facts.
@Suite struct SeatGradeTests {
  /// A seat against which nothing stands.
  private static let best = SeatReport(
    secretMemory: .secretMemory, swap: .none, isDumpable: false,
    account: .service(name: "milkglass"),
    landlockVersion: 7, hasSeccomp: true, isConfined: true, corePattern: "core",
    kernelRelease: "6.18.0")

  private static func seat(_ change: (inout SeatReport) -> Void) -> SeatReport {
    var seat = best
    change(&seat)
    return seat
  }

  @Test func aSeatWithNothingAgainstItIsOfGradeA() {
    #expect(Self.best.grade == .a)
    #expect(Self.best.reasons.isEmpty)
  }

  @Test(arguments: [
    (seat { $0.secretMemory = .locked }, SeatGrade.b, "locked memory, which root can read"),
    (seat { $0.secretMemory = .ordinary }, .c, "ordinary memory, which may be swapped"),
    (seat { $0.swap = .encrypted }, .a, ""),
    (seat { $0.swap = .plain(["/dev/sda2", "/swap"]) }, .b, "swap (/dev/sda2, /swap): encrypt it"),
    (seat { $0.swap = .unknown }, .b, "does not say whether it swaps"),
    (seat { $0.isDumpable = true }, .c, "core dumps go to \u{201C}core\u{201D}"),
    (seat { $0.hasSeccomp = false }, .c, "cannot filter system calls"),
    (seat { $0.landlockVersion = 6 }, .a, ""),
    (seat { $0.landlockVersion = 5 }, .b, "is version 5; grade A takes version 6"),
    (seat { $0.landlockVersion = 4 }, .b, "is version 4; grade A takes version 6"),
    (seat { $0.landlockVersion = 3 }, .c, "is version 3; grade B takes version 4"),
    (seat { $0.landlockVersion = 0 }, .c, "has no Landlock; grade B takes version 4"),
    (seat { $0.isConfined = false }, .b, "does not yet confine its processes"),
    (
      seat { $0.account = .notOwner(owner: 7, user: 8) }, .c,
      "belongs to user 7, and this is user 8"
    ),
    (
      seat { $0.account = .loginShell(name: "mg", shell: "/bin/sh") }, .c,
      "mg can log in with /bin/sh"
    ),
    (seat { $0.account = .unknown(user: 9) }, .c, "nothing is known of the account of user 9"),
    (seat { $0.account = .openFolder(mode: 0o750) }, .c, "enter its folder (mode 750)"),
    (seat { $0.account = .unexamined("stat: Permission denied") }, .c, "(stat: Permission denied)"),
  ])
  func eachFactCountsByItself(seat: SeatReport, grade: SeatGrade, words: String) {
    #expect(seat.grade == grade)
    #expect(seat.reasons.count == (grade == .a ? 0 : 1))
    #expect(seat.reasons.first?.sentence.contains(words) ?? words.isEmpty)
    #expect(seat.reasons.allSatisfy { $0.sentence.hasSuffix(".") && $0.best != .a })
  }

  @Test(arguments: [
    SeatAccount.notOwner(owner: 1, user: 0), .loginShell(name: "root", shell: "/bin/bash"),
    .unknown(user: 1), .openFolder(mode: 0o755), .unexamined("stat: x"),
  ])
  func withoutAnAccountOfItsOwnAReviewerWithAShellCanDecrypt(account: SeatAccount) {
    var seat = Self.best
    seat.account = account
    seat.swap = .unknown
    #expect(seat.grade == .c)
    #expect(seat.reasons[0].sentence.hasPrefix("A reviewer with a shell can decrypt: "))
  }

  @Test func theGravestReasonComesFirstAndDecides() {
    let seat = Self.seat {
      $0.swap = .plain(["/dev/sda2"])
      $0.isConfined = false
      $0.landlockVersion = 2
    }
    #expect(seat.grade == .c)
    #expect(seat.reasons.map(\.best) == [.c, .b, .b])
  }

  @Test func noSeatOfThisVersionIsBetterThanB() {
    #expect(Self.seat { $0.isConfined = ProcessLock.confinesProcesses }.grade == .b)
  }

  @Test func theBetterGradeIsTheLesser() {
    #expect(SeatGrade.allCases.sorted().map(\.letter) == ["A", "B", "C"])
  }
}
