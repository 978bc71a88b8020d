// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Glibc
import PtySupport
import Testing
import Vocabulary

/// What a desk is held to, seen from outside.
@Suite struct DeskTests {
  /// A customer's clip that bob flagged.
  private static func flagged(_ box: VaultBox) throws -> String {
    let desk = try Desk(box)
    try desk.waitForPicture(of: 1)
    desk.press("X")
    try desk.waitFor("Withdrawn")
    try desk.leave()
    let list = try box.expect(["flagged", "list"], as: "cleo")
    return String(list.prefix(32))
  }

  @Test func everyThreadIsLockedAndNoClipIsInReach() throws {
    let box = try VaultBox()
    let desk = try Desk(box, as: "cleo", command: "desk")
    try desk.waitFor("No two verdicts differ")
    let folder = "/proc/\(desk.program.processID)"
    let threads = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/task")
    #expect(threads.count > 3, "the store's readers and writer have threads of their own")
    for thread in threads {
      let status = try String(contentsOfFile: "\(folder)/task/\(thread)/status", encoding: .utf8)
      #expect(status.contains("\nSeccomp:\t2\n") && status.contains("\nNoNewPrivs:\t1\n"))
    }
    let open = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/fd").compactMap {
      try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/fd/\($0)")
    }
    #expect(open.contains { $0.hasSuffix("/labels.sqlite") }, "the test sees what is open")
    #expect(!open.contains { $0.hasPrefix("socket:") || $0.contains("/vault/clips") }, "\(open)")
    desk.press("q")
    #expect(try desk.program.waitForExit() == .exited(0))
  }

  @Test func aFlaggedClipIsErasedByTheHelperWhileTheDeskIsOpen() throws {
    let box = try VaultBox()
    let clip = try Self.flagged(box)
    let desk = try Desk(box, as: "cleo", command: "desk")
    try desk.waitFor("No two verdicts differ")
    desk.press("\t")
    try desk.waitFor(String(clip.prefix(8)))
    desk.press("e")
    try desk.waitFor("for good?")
    // A held `e` is no yes.
    desk.press("eeee")
    try desk.program.waitForIdle()
    #expect(try box.clips().map(\.text).contains(clip))
    desk.press("y")
    try desk.waitFor("is erased")
    #expect(try !box.clips().map(\.text).contains(clip))
    #expect(try box.folder.names("vault/store/receipts") == ["1.txt"])
    #expect(try box.folder.text("vault/store/receipts/1.txt").contains("ordered by lead cleo"))
    desk.press("q")
    #expect(try desk.program.waitForExit() == .exited(0))
    #expect(try box.expect(["audit", "verify"], as: nil).contains("are whole and in order"))
  }

  @Test func nobodyDecidesOnTheirOwnFlag() throws {
    let box = try VaultBox()
    let review = try Desk(box, as: "ada")
    try review.waitForPicture(of: 1)
    review.press("X")
    try review.waitFor("Withdrawn")
    try review.leave()
    let clips = try box.clips()
    let desk = try Desk(box, as: "ada", command: "desk")
    try desk.waitFor("No two verdicts differ")
    desk.press("\t")
    try desk.waitFor("You flagged this clip")
    desk.press("r")
    try desk.program.waitForIdle()
    desk.press("ey")
    try desk.program.waitForIdle()
    #expect(try box.clips() == clips)
    #expect(try box.expect(["flagged", "list"], as: "cleo").contains("by ada"))
    desk.press("q")
    #expect(try desk.program.waitForExit() == .exited(0))
    let log = try box.expect(["audit", "show", "--all"], as: "dan")
    #expect(!log.contains("  restore  ") && !log.contains("  erase  "))
  }

  @Test func aChangedEventIsNamed() throws {
    let box = try VaultBox()
    try box.store { database in
      let triggers = try String.fetchAll(
        database,
        sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit_event'")
      for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger)") }
      try database.execute(
        sql:
          "UPDATE audit_event SET body = (SELECT body FROM audit_event WHERE seq = 3) WHERE seq = 2"
      )
    }
    let desk = try Desk(box, as: "dan", command: "desk")
    try desk.waitFor("events 1 to")
    desk.press("v")
    try desk.waitFor("Event 2 was")
    desk.press("q")
    #expect(try desk.program.waitForExit() == .exited(0))
  }

  @Test func aKilledDeskLeavesNoHelper() throws {
    let box = try VaultBox()
    let desk = try Desk(box, as: "cleo", command: "desk")
    try desk.waitFor("No two verdicts differ")
    let children = try Self.children(of: desk.program.processID)
    #expect(children.count == 1, "the helper")
    desk.program.signal(SIGKILL)
    _ = try desk.program.waitForExit()
    let end = Date.now + 10
    while children.contains(where: Self.isRunning), Date.now < end { usleep(20_000) }
    #expect(!children.contains(where: Self.isRunning))
  }

  private static func children(of process: Int32) throws -> [Int32] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int32($0) }.filter {
      guard let stat = try? String(contentsOfFile: "/proc/\($0)/stat", encoding: .utf8),
        let end = stat.lastIndex(of: ")")
      else { return false }
      return stat[end...].split(separator: " ").dropFirst(2).first.flatMap { Int32($0) } == process
    }
  }

  private static func isRunning(_ process: Int32) -> Bool {
    guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let end = stat.lastIndex(of: ")")
    else { return false }
    return stat[end...].split(separator: " ").dropFirst().first != "Z"
  }
}
