// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import PtySupport
import Sealing
import Testing
import Vocabulary

/// Consent that no longer allows a clip, from the record's file to the reviewer's screen.
@Suite struct GateTests {
  /// How kim's record, or what the policy asks of it, goes wrong.
  enum Fault: CaseIterable, Sendable {
    case expired, withdrawnInTheRecord, forOthers, humanReview, missing, stranger, unsigned

    var sentence: String {
      switch self {
      case .expired: "the consent was valid until 1 Jan 2026 (\"valid_until\")"
      case .withdrawnInTheRecord: "the consent was withdrawn on"
      case .forOthers: "the consent record is about other clips (\"clips\")"
      case .humanReview: "does not allow people to watch (\"human_review\")"
      case .missing: "its \"consent\" record \"CR-1\" is not in the vault"
      case .stranger: "the signature of its consent record is by no enrolled key"
      case .unsigned: "its consent record has no signature"
      }
    }

    var field: String {
      switch self {
      case .expired: "valid_until"
      case .withdrawnInTheRecord: "events"
      case .forOthers: "clips"
      case .humanReview: "human_review"
      case .missing: "consent"
      case .stranger, .unsigned: "signature"
      }
    }
  }

  private static let record = "vault/keys/consent/CR-1.json"
  private static let signature = "vault/keys/consent/CR-1.sig"

  @Test(arguments: Fault.allCases) func theClipStaysShutAndTheFieldIsNamed(_ fault: Fault) throws {
    let box = try VaultBox()
    try Self.apply(fault, to: box)
    let desk = try Desk(box)
    // kim's clips are passed over. (lou's record has no signature either, where one is asked for.)
    let first = fault == .stranger || fault == .unsigned ? 4 : 3
    try desk.waitForPicture(of: first)
    for place in (1..<first).reversed() {
      desk.press("k")
      try desk.wait { desk.position == place }
    }
    try desk.wait { Self.unwrapped(desk).contains(fault.sentence) && !desk.hasPicture }
    #expect(desk.text.contains("This clip does not open"))
    desk.press("pn0")
    try desk.program.waitForIdle()
    #expect(desk.position == 1 && !desk.hasPicture)
    try desk.leave()
    #expect(try box.store { try Int.fetchOne($0, sql: "SELECT count(*) FROM label_event") } == 0)
    let log = try box.expect(["audit", "show", "--all", "--kind", "consent check"], as: "dan")
    #expect(log.contains("result=refused") && log.contains("field=\(fault.field)"), "\(log)")
    // Whether the staff clip was looked ahead to by then is a matter of time.
    let most = first == 4 ? 1 : 2
    #expect((1...most).contains(try Self.opened(box)), "only clips that passed were opened")
  }

  /// How many clips the log says were opened.
  private static func opened(_ box: VaultBox) throws -> Int {
    let log = try box.expect(["audit", "show", "--all", "--kind", "open"], as: "dan")
    let names = log.split(separator: "\n").compactMap { $0.firstMatch(of: /clip ([0-9a-f]{8})/) }
    return Set(names.map { String($0.output.1) }).count
  }

  private static func unwrapped(_ desk: Desk) -> String {
    desk.text.split(separator: "\n").map { row in
      row.prefix(Desk.pane.size.columns).trimmingCharacters(in: .whitespaces)
    }.joined(separator: " ").replacing(/\s+/, with: " ")
  }

  private static func apply(_ fault: Fault, to box: VaultBox) throws {
    let text = try box.folder.text(record)
    let changed: String
    switch fault {
    case .expired:
      // Given on 1 January 2025, for a year.
      let given = Date(timeIntervalSince1970: 1_735_689_600)
      changed =
        Consent(record: "CR-1", subject: "kim", of: VaultBox.sources[0...1], givenAt: given).text
    case .withdrawnInTheRecord: changed = try withdrawn(text)
    case .forOthers:
      changed = Consent(record: "CR-1", subject: "kim", of: [VaultBox.sources[3]]).text
    case .humanReview:
      changed = text.replacing(#""human_review": true"#, with: #""human_review": false"#)
    case .missing: return try box.folder.remove(record)
    case .stranger, .unsigned:
      try enrolIntake(SigningKey(), in: box)
      guard fault == .stranger else { return }
      let document = Consent(text: text, record: "CR-1")
      let signed = try #require(document.signature(by: SigningKey(), named: "intake-1"))
      return try box.folder.write(signature, signed)
    }
    try #require(changed != text)
    try box.folder.write(record, changed)
  }

  private static func withdrawn(_ text: String) throws -> String {
    let given = try #require(text.firstMatch(of: /"at": ?"([^"]*)"/)).output.1
    let range = try #require(text.range(of: "]", options: .backwards))
    return text.replacingCharacters(
      in: range, with: #", {"kind": "withdrawn", "at": "\#(given)"}]"#)
  }

  private static func enrolIntake(_ key: SigningKey, in box: VaultBox) throws {
    try box.expect(["person", "add", "intake-1", "--intake-key", key.publicKey.text])
    try box.expect(["policy", "edit", "consent_signature=true"])
  }

  @Test func aRecordSignedByAnEnrolledKeyOpens() throws {
    let box = try VaultBox()
    let key = SigningKey()
    try Self.enrolIntake(key, in: box)
    let document = Consent(text: try box.folder.text(Self.record), record: "CR-1")
    try box.folder.write(
      Self.signature, try #require(document.signature(by: key, named: "intake-1")))
    let desk = try Desk(box)
    try desk.waitForPicture(of: 1)
    try desk.leave()
    // The signature is of these very bytes.
    try box.folder.write(Self.record, try box.folder.text(Self.record) + "\n")
    let later = try Desk(box)
    try later.waitForPicture(of: 4)
    try later.leave()
  }

  @Test func anOfflineSeatNeedsFreshNotices() throws {
    let box = try VaultBox()
    try box.expect(["policy", "edit", "offline_seat=true"])
    try Self.expectShut(box, "this offline seat has seen no notices")

    try box.expect(["notices", "new", "--number", "1", "--output", "n1"], as: "cleo")
    try box.expect(["notices", "apply", "n1"], as: nil)
    let open = try Desk(box, as: "eve")
    try open.waitForPicture(of: 1)
    try open.leave()

    let old = try VaultBox(copying: box.folder)
    try old.store { try $0.execute(sql: "UPDATE notice SET at_ms = at_ms - 100 * 3600000") }
    try Self.expectShut(old, "the last notices are 100 hours old, more than the 72 hours allowed")

    // A list that names a clip shuts it, and one out of its turn is refused.
    let clip = try #require(try box.clips().first)
    for (number, file) in [(3, "n3"), (2, "n2")] {
      try box.expect(
        [
          "notices", "new", "--number", "\(number)", "--erase-clip", clip.text, "--output", file,
        ], as: "cleo")
    }
    #expect(try box.run(["notices", "apply", "n3"], as: nil).code != 0)
    #expect(try box.clips().contains(clip))
    let forged = try box.folder.text("n2").replacing(clip.text, with: try box.clips()[1].text)
    try box.folder.write("forged", forged)
    #expect(try box.run(["notices", "apply", "forged"], as: nil).code != 0)
    try box.expect(["notices", "apply", "n2"], as: nil)
    #expect(try !box.clips().contains(clip))
    #expect(try box.clips().count == 3)
  }

  private static func expectShut(_ box: VaultBox, _ sentence: String) throws {
    let desk = try Desk(box)
    // Staff test clips need no notices.
    try desk.waitForPicture(of: 4)
    desk.press("k")
    // The screen comes in pieces: the sentence and the picture's end are waited for together.
    try desk.wait { unwrapped(desk).contains(sentence) && !desk.hasPicture }
    #expect(desk.text.contains("This clip does not open"))
    try desk.leave()
  }
}
