// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import PtySupport
import Testing
import Vocabulary

/// Clips that a reviewer flagged as sensitive.
@Suite struct FlagTests {
  /// Where `bob` has flagged the first clip and left.
  private static func flagged(by name: String = "bob") throws -> (VaultBox, ClipID) {
    let box = try VaultBox()
    let clip = try #require(try box.clips().first)
    let desk = try Desk(box, as: name)
    try desk.waitForPicture(of: 1)
    desk.press("X")
    try desk.waitFor("Withdrawn as sensitive")
    try desk.wait { (try? isFlagged(clip, box)) == true }
    try desk.leave()
    return (box, clip)
  }

  private static func isFlagged(_ clip: ClipID, _ box: VaultBox) throws -> Bool {
    try box.count(
      """
      SELECT count(*) FROM worklist w JOIN clip c ON c.position = w.clip
      WHERE c.id = ? AND w.flagged_by IS NOT NULL
      """, clip) == 1
  }

  /// Makes the flag look older than the hour that the policy gives it.
  private static func age(_ clip: ClipID, _ box: VaultBox) throws {
    try box.expect(["policy", "edit", "flagged_hours=1"])
    try box.store { database in
      try database.execute(
        sql: """
          UPDATE worklist SET flagged_ms = flagged_ms - 7200000
          WHERE clip = (SELECT position FROM clip WHERE id = ?)
          """, arguments: [clip.text])
    }
  }

  @Test func aFlagShutsTheClipForEveryone() throws {
    let box = try VaultBox()
    let clip = try #require(try box.clips().first)
    let eve = try Desk(box, as: "eve")
    try eve.waitForPicture(of: 1)
    try eve.leave()

    let bob = try Desk(box)
    try bob.waitForPicture(of: 1)
    bob.press("X")
    try bob.waitFor("Withdrawn as sensitive")
    try bob.wait { (try? Self.isFlagged(clip, box)) == true }
    bob.press("g")
    try bob.wait { bob.position.map { $0 > 1 } == true && bob.hasPicture }

    // Her place was this clip, which she saw before; it opens for her no more, walking neither.
    let second = try Desk(box, as: "eve")
    try second.wait { second.position != nil && second.hasPicture }
    #expect(second.position != 1)
    for _ in 0..<4 {
      second.press("k")
      try second.program.waitForIdle(quietMilliseconds: 300)
      #expect(second.position != 1 || !second.hasPicture, "\(second.text)")
    }
    try second.leave()
    try bob.leave()
    let list = try box.expect(["flagged", "list"], as: "cleo")
    #expect(list.contains(clip.text) && list.contains("by bob"))
    #expect(!list.contains("person") && !list.contains("level"), "a lead sees no label: \(list)")
  }

  @Test func theFlaggerTakesItBackAtStrictForGood() throws {
    let box = try VaultBox()
    let clip = try #require(try box.clips().first)
    let desk = try Desk(box)
    try desk.waitForPicture(of: 1)
    #expect(desk.topLine.contains("frosted") && !desk.topLine.contains("strict"))
    desk.press("X")
    try desk.wait { (try? Self.isFlagged(clip, box)) == true }
    desk.press("u")
    try desk.waitFor("Taken back")
    try desk.wait { desk.topLine.contains("strict") && desk.hasPicture }
    try desk.wait { (try? Self.isFlagged(clip, box)) == false }
    try desk.leave()

    let again = try Desk(box)
    try again.waitForPicture(of: 1)
    #expect(again.topLine.contains("strict"))
    try again.leave()
  }

  @Test func afterAMinuteOnlyALeadTakesItBack() throws {
    let (box, clip) = try Self.flagged()
    // A flag of two hours ago, whose own hours are not over.
    try box.store { database in
      try database.execute(sql: "UPDATE worklist SET flagged_ms = flagged_ms - 7200000")
    }
    let desk = try Desk(box)
    try desk.wait { desk.position != nil && desk.hasPicture }
    #expect(desk.position != 1)
    desk.press("kkku")
    try desk.program.waitForIdle(quietMilliseconds: 400)
    #expect(try Self.isFlagged(clip, box))
    try desk.leave()

    let end = try box.run(["flagged", "restore", "--clip", clip.text], as: "cleo")
    #expect(end.code == 0, "\(end.text)")
    #expect(try !Self.isFlagged(clip, box))
    let eve = try Desk(box, as: "eve")
    try eve.waitForPicture(of: 1)
    #expect(eve.topLine.contains("strict"))
    try eve.leave()
  }

  @Test func nobodyDecidesOnTheirOwnFlag() throws {
    let (box, clip) = try Self.flagged(by: "ada")
    for command in [
      ["flagged", "restore", "--clip", clip.text], ["erase", "--clip", clip.text],
      ["hold", "--clip", clip.text, "--reason", "police", "--until", "2099-01-01"],
    ] {
      let end = try box.run(command, as: "ada")
      #expect(end.code != 0, "\(command)")
      #expect(end.errors.contains("is flagged by you; another lead decides on it"), "\(end.text)")
    }
    #expect(try Self.isFlagged(clip, box))
    #expect(try box.run(["flagged", "restore", "--clip", clip.text], as: "cleo").code == 0)
  }

  @Test func aHeldFlagOutlivesItsHoursAndAnotherDoesNot() throws {
    let (box, clip) = try Self.flagged()
    try Self.age(clip, box)
    let held = try VaultBox(copying: box.folder)
    try held.expect(
      ["hold", "--clip", clip.text, "--reason", "police", "--until", "2099-01-01"], as: "cleo")
    #expect(try held.expect(["housekeeping"], as: nil).contains("Nothing was due."))
    #expect(try held.clips().contains(clip))
    #expect(try held.expect(["flagged", "list"], as: "cleo").contains("police"))

    let report = try box.expect(["housekeeping"], as: nil)
    #expect(report.contains("1 clip erased."))
    #expect(try box.clips().count == 3)
    #expect(!box.folder.exists("vault/clips/\(clip.text)"))
    #expect(try box.expect(["housekeeping"], as: nil).contains("Nothing was due."))
  }

  @Test func reviewBeginsByErasingWhatIsDue() throws {
    let (box, clip) = try Self.flagged()
    try Self.age(clip, box)
    #expect(try box.clips().contains(clip))
    let desk = try Desk(box, as: "eve")
    try desk.wait { desk.position != nil && desk.hasPicture }
    #expect(try !box.clips().contains(clip))
    #expect(!box.folder.exists("vault/clips/\(clip.text)"))
    try desk.leave()
    #expect(try box.folder.names("vault/store/receipts") == ["1.txt"])
  }
}
