// SPDX-License-Identifier: Apache-2.0
import Foundation
import PtySupport
import Testing
import Vocabulary

/// Clips that are shut elsewhere while somebody has them open.
@Suite struct WithdrawalTests {
  enum Act: String, CaseIterable, Sendable {
    case withdraw, erase, hold

    func arguments(_ clip: ClipID) -> [String] {
      switch self {
      case .withdraw: ["consent", "withdraw", "--clip", clip.text]
      case .erase: ["erase", "--clip", clip.text]
      case .hold: ["hold", "--clip", clip.text, "--reason", "police", "--until", "2099-01-01"]
      }
    }

    var sentence: String {
      switch self {
      case .withdraw: "was withdrawn by the person it shows: g goes on"
      case .erase: "was erased: g goes on"
      case .hold: "is held by a lead: g goes on"
      }
    }
  }

  @Test(arguments: Act.allCases) func theClipOnTheScreenGoesSolid(_ act: Act) throws {
    let box = try VaultBox()
    let clip = try #require(try box.clips().first)
    let desk = try Desk(box)
    try desk.waitForPicture(of: 1)
    #expect(Self.hasHalfBlocks(desk.program.output[...]), "the search below would find pictures")

    try box.expect(act.arguments(clip), as: "cleo")
    try desk.wait(.seconds(3)) { desk.text.contains(act.sentence) && !desk.hasPicture }
    // Blanks may cover the picture first; the solid pane comes once the terminal has answered.
    try desk.program.waitForIdle(quietMilliseconds: 300)
    #expect(!desk.hasPicture)
    let mark = desk.program.output.count
    #expect(desk.text.contains("Clip \(clip.short) \(act.sentence)"))

    // No label is taken, no picture comes back, whatever is pressed.
    desk.press("pn0\r")
    desk.press(" ,.r")
    try desk.program.waitForIdle(quietMilliseconds: 600)
    #expect(!desk.hasPicture)
    #expect(!Self.hasHalfBlocks(desk.program.output[mark...]))
    #expect(try Self.labelEvents(of: clip, in: box) == 0)
    #expect(try Self.leases(of: clip, in: box) == 0)

    desk.press("g")
    try desk.wait { desk.position.map { $0 > 1 } == true && desk.hasPicture }
    // Nobody else gets it either.
    let other = try Desk(box, as: "eve")
    try other.wait { other.position != nil && other.hasPicture }
    #expect(other.position != 1)
    try other.leave()
    try desk.leave()
    #expect(try box.run(["audit", "verify"]).code == 0)
  }

  @Test(arguments: Act.allCases) func aPrefetchedClipIsPassedOver(_ act: Act) throws {
    let box = try VaultBox()
    let clips = try box.clips()
    let desk = try Desk(box)
    try desk.waitForPicture(of: 1)
    try desk.wait { (try? Self.leases(of: clips[1], in: box)) == 1 }

    try box.expect(act.arguments(clips[1]), as: "cleo")
    // The session looks more often than twice a second.
    try desk.program.waitForIdle(quietMilliseconds: 900)
    desk.press("n0")
    try desk.commit()
    #expect(desk.position == 3)
    try desk.wait { desk.hasPicture }
    try desk.leave()
    #expect(try Self.labelEvents(of: clips[1], in: box) == 0)
  }

  @Test func aWithdrawnSubjectTakesAllClipsAndLaterOnesToo() throws {
    let box = try VaultBox()
    let desk = try Desk(box)
    try desk.waitForPicture(of: 1)
    let said = try box.expect(["consent", "withdraw", "--subject", "kim"], as: "cleo")
    #expect(said.hasPrefix("2 clips withdrawn"))
    try desk.wait(.seconds(3)) { desk.text.contains(Act.withdraw.sentence) }
    desk.press("g")
    try desk.waitForPicture(of: 3)
    try desk.leave()

    // A clip that comes later under the consent from before is not taken in; lou's is.
    let late = try box.newClip("late.mp4", seconds: "1.7")
    func ingest(_ subject: String, _ record: String) throws -> ProgramRun.End {
      try box.folder.write(
        "consent/\(record).json", Consent(record: record, subject: subject, of: [late]).text)
      try box.folder.write("late.jsonl", Consent.manifestLine("late.mp4", record))
      return try box.run(["ingest", "--manifest", "late.jsonl", "late.mp4"], as: "cleo")
    }
    let refused = try ingest("kim", "CR-3")
    #expect(refused.code != 0, "\(refused.text)")
    #expect(refused.text.contains("withdrawn"), "\(refused.text)")
    #expect(box.folder.exists("late.mp4"))
    #expect(try ingest("lou", "CR-4").code == 0)
  }

  // MARK: - Looking

  private static func hasHalfBlocks(_ output: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: output, as: UTF8.self)
    return text.contains("▀") || text.contains("▄")
  }

  private static func labelEvents(of clip: ClipID, in box: VaultBox) throws -> Int {
    try box.count(
      "SELECT count(*) FROM label_event e JOIN clip c ON c.position = e.clip WHERE c.id = ?", clip)
  }

  private static func leases(of clip: ClipID, in box: VaultBox) throws -> Int {
    try box.count(
      "SELECT count(*) FROM lease l JOIN clip c ON c.position = l.clip WHERE c.id = ?", clip)
  }
}
