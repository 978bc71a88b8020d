// SPDX-License-Identifier: Apache-2.0
import AuditLog
import Foundation
import GRDB
import PtySupport
import Testing
import Vocabulary

/// What the log holds of a whole session, and who sees what of it.
@Suite struct AuditTrailTests {
  /// A vault in which `bob` has labelled, undone, committed, skipped, flagged and left, `eve` has
  /// looked and left.
  private static let worked: Result<VaultBox, any Error> = Result {
    let box = try VaultBox()
    let clips = try box.clips()
    let desk = try Desk(box)
    try desk.waitForPicture(of: 1)
    try waitForLookahead(clips[1], desk, box)
    desk.press("nu")
    desk.press("n0")
    try desk.commit()
    try desk.waitForPicture(of: 2)
    try waitForLookahead(clips[2], desk, box)
    desk.press("-1")
    try desk.waitForPicture(of: 3)
    try waitForLookahead(clips[3], desk, box)
    desk.press("X")
    try desk.waitFor("Withdrawn as sensitive")
    desk.press("g")
    try desk.waitForPicture(of: 4)
    try desk.leave()
    let eve = try Desk(box, as: "eve")
    try eve.waitForPicture(of: 4)
    try eve.leave()
    return box
  }

  /// The next clip is opened for `bob` while he looks at this one; here before he goes on, so that
  /// the log's order is known.
  private static func waitForLookahead(_ clip: ClipID, _ desk: Desk, _ box: VaultBox) throws {
    try desk.wait {
      (try? box.count(
        "SELECT count(*) FROM lease l JOIN clip c ON c.position = l.clip WHERE c.id = ?", clip))
        == 1
    }
    // The first picture's event is written behind the lease's.
    try desk.program.waitForIdle(quietMilliseconds: 300)
  }

  private static func box() throws -> VaultBox { try VaultBox(copying: worked.get().folder) }

  private static func events(_ box: VaultBox) throws -> [AuditEvent] {
    try box.store { database in
      try Data.fetchAll(database, sql: "SELECT body FROM audit_event ORDER BY seq")
    }.map { try AuditEvent(Array($0)) }
  }

  @Test func aSessionLeavesExactlyItsEvents() throws {
    let all = try Self.events(Self.box())
    let own = all.filter { $0.actor.name == "bob" }
    #expect(
      own.map(\.kind.rawValue) == [
        "unlock", "seat_grade", "terminal", "consent_check", "open", "first_picture",
        "consent_check", "open",
        "label", "undo", "label", "label", "commit", "first_picture", "consent_check", "open",
        "skip", "first_picture", "consent_check", "open", "flag", "first_picture", "lock",
      ])
    #expect(own.allSatisfy { $0.actor.seat == "desk" })
    // The log has a clip's opening before its first picture, and the grant's frost with it.
    let pictures = own.filter { $0.kind == .firstPicture }
    #expect(Set(pictures.compactMap(\.clip)).count == 4)
    for picture in pictures {
      let opened = own.first { $0.kind == .open && $0.clip == picture.clip }
      #expect((opened?.seq ?? .max) < picture.seq)
    }
    #expect(all.map(\.seq) == Array(1...Int64(all.count)))
  }

  @Test func noEventNamesAClip() throws {
    let box = try Self.box()
    let clips = try box.clips()
    let rows = try box.store { database in
      try Data.fetchAll(
        database,
        sql: """
          SELECT body FROM audit_event UNION ALL SELECT hash FROM audit_event
          UNION ALL SELECT cast(note AS BLOB) FROM audit_checkpoint
          """)
    }
    #expect(rows.count > 40)
    let log = try box.expect(["audit", "show", "--all"], as: "dan")
    for clip in clips {
      for needle in [Data(clip.bytes), Data(clip.text.utf8), Data(clip.short.utf8)] {
        #expect(rows.allSatisfy { $0.range(of: needle) == nil })
      }
      #expect(!log.contains(clip.short))
    }
    // The search would find what is there.
    #expect(rows.contains { $0.range(of: Data("bob".utf8)) != nil })
  }

  @Test func everyoneSeesWhatIsTheirs() throws {
    let box = try Self.box()
    let own = try box.expect(["audit", "show", "--all"], as: "bob").split(separator: "\n")
    #expect(own.count == 23)
    #expect(own.allSatisfy { $0.contains("  bob  ") })
    let asking = try box.expect(["audit", "show", "--all", "--actor", "eve"], as: "bob")
    #expect(!asking.contains("eve"), "nobody asks a reviewer's way into another's events")

    let totals = try box.expect(["audit", "show", "--all"], as: "cleo")
    #expect(totals.contains("reviewer    seen  committed  skipped  flagged"))
    let bob = totals.split(separator: "\n").first { $0.contains("bob") } ?? ""
    #expect(bob.split(separator: " ").map(String.init) == ["bob", "4", "1", "1", "1", "0"])
    #expect(!totals.contains("label") && !totals.contains("clip "))

    let everything = try box.expect(["audit", "show", "--all"], as: "dan")
    let lines = everything.split(separator: "\n")
    #expect(lines.count == (try Self.events(box).count))
    for name in ["ada", "bob", "eve"] { #expect(everything.contains("  \(name)  ")) }
    // A label's content is nobody's to read here.
    #expect(!everything.contains("nothing") && !everything.contains("level_0"))
    #expect(
      try box.expect(["audit", "show", "--kind", "flag"], as: "dan").split(separator: "\n")
        .count == 1)
  }

  @Test func aKilledSessionIsFoundByTheNext() throws {
    let box = try Self.box()
    let desk = try Desk(box)
    try desk.waitForPicture(of: 4)
    desk.program.signal(SIGKILL)
    #expect(try desk.program.waitForExit() == .signalled(SIGKILL))
    #expect(try Self.events(box).filter { $0.kind == .crashFound }.isEmpty)

    let next = try Desk(box, as: "eve")
    try next.waitForPicture(of: 4)
    try next.leave()
    let found = try Self.events(box).filter { $0.kind == .crashFound }
    #expect(found.map(\.actor.name) == ["bob"])
    #expect(try box.run(["audit", "verify"], as: nil).code == 0)
  }

  // MARK: - Changing the log

  /// What somebody with the disk in hand does to the log, as statements on the store.
  enum Harm: String, CaseIterable, Sendable {
    case flip, remove, swap, insert, cutTail, cutTailAndCheckpoints

    var statements: String {
      switch self {
      // Which bit is chosen by the bytes, so that no statement can do it.
      case .flip: ""
      case .remove: "DELETE FROM audit_event WHERE seq = 10"
      case .swap:
        """
        UPDATE audit_event SET seq = -10 WHERE seq = 10;
        UPDATE audit_event SET seq = 10 WHERE seq = 12;
        UPDATE audit_event SET seq = 12 WHERE seq = -10;
        """
      case .insert:
        """
        UPDATE audit_event SET seq = -seq - 1 WHERE seq > 10;
        UPDATE audit_event SET seq = -seq WHERE seq < 0;
        INSERT INTO audit_event SELECT 11, body, hash FROM audit_event WHERE seq = 10;
        """
      case .cutTail: "DELETE FROM audit_event WHERE seq > 20"
      case .cutTailAndCheckpoints:
        """
        DELETE FROM audit_event WHERE seq > (SELECT min(size) FROM audit_checkpoint);
        DELETE FROM audit_checkpoint WHERE size > (SELECT min(size) FROM audit_checkpoint);
        """
      }
    }

    var sentence: String {
      switch self {
      case .flip: "Event 10 was changed."
      case .remove: "Event 10 was removed."
      case .swap: "Event 10 was swapped with another."
      // Of two that are alike the first is named.
      case .insert: "Event 10 was inserted."
      case .cutTail: "The log was cut: event 21 and those after it"
      case .cutTailAndCheckpoints: "The log was cut: event "
      }
    }
  }

  @Test(arguments: Harm.allCases) func verifyFindsIt(_ harm: Harm) throws {
    let box = try Self.box()
    let kept = try box.expect(["audit", "checkpoint"], as: "dan")
    try box.folder.write("kept", kept)
    let good = try box.run(["audit", "verify", "--against", "kept"], as: nil)
    #expect(good.code == 0 && good.output.contains("agrees"), "\(good.text)")

    try box.store { database in
      let triggers = try String.fetchAll(
        database,
        sql: "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_%'")
      for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger)") }
      if harm == .flip {
        var body = try #require(
          try Data.fetchOne(database, sql: "SELECT body FROM audit_event WHERE seq = 10"))
        body[body.count / 2] ^= 1
        try database.execute(
          sql: "UPDATE audit_event SET body = ? WHERE seq = 10", arguments: [body])
      } else {
        try database.execute(sql: harm.statements)
      }
    }
    let plain = try box.run(["audit", "verify"], as: nil)
    let against = try box.run(["audit", "verify", "--against", "kept"], as: nil)
    #expect(against.code == 1 && against.output.contains(harm.sentence), "\(against.text)")
    if harm == .cutTailAndCheckpoints {
      #expect(plain.code == 0 && plain.output.contains("only against a checkpoint"))
    } else {
      #expect(plain.code == 1 && plain.output.contains(harm.sentence), "\(plain.text)")
    }
  }
}
