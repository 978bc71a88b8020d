// SPDX-License-Identifier: Apache-2.0

import Foundation
import Sealing
import StrictTOML
import TestSupport
import Testing
import Vocabulary

@testable import ClipVault

/// What the gate says of every field that is missing, of the wrong type, or wrong in itself.
@Suite struct ConsentRecordTests {
  /// The three shapes of records, each of which opens.
  private static let shapes: [ConsentFixture] = [
    ConsentFixture(),
    ConsentFixture().with {
      $0.record = $0.record.with("clips", nil).with("window", ConsentFixture.window)
    },
    .staff,
  ]

  private func unreadable(_ fixture: ConsentFixture) -> RecordComplaint? {
    guard case .unreadable(let complaint)? = fixture.defect else { return nil }
    return complaint
  }

  @Test(arguments: 0..<3) func aMissingFieldIsNamed(shape: Int) throws {
    let fixture = Self.shapes[shape]
    #expect(fixture.defect == nil, "the positive control must open")
    let paths = fixture.record.paths
    #expect(paths.count == [28, 31, 8][shape])
    for path in paths {
      let complaint = try #require(unreadable(fixture.with(path, raw: nil)), "\(path)")
      // Without a window the clips are missed first.
      #expect(complaint.field == (path == "window" ? "clips" : path))
      #expect(complaint.place.message.contains("is missing"), "\(complaint)")
      let sentence = ConsentDefect.unreadable(complaint).sentence(ClipID(high: 0, low: 0))
      #expect(sentence.contains("\"\(complaint.field)\""), "\(sentence)")
    }
  }

  @Test(arguments: 0..<3) func aFieldOfTheWrongTypeIsNamed(shape: Int) throws {
    let fixture = Self.shapes[shape]
    var tried = 0
    for path in fixture.record.paths {
      let good = try #require(fixture.record[path])
      for wrong in ["7", #""text""#, "true", "null", "{}", "[]", "[7]", #"[{"x":1}]"#] {
        if Self.type(wrong) == Self.type(good.text) { continue }
        let complaint = try #require(
          unreadable(fixture.with(path, raw: wrong)), "\(path) = \(wrong) opens")
        #expect(complaint.field.hasPrefix(path), "\(path) = \(wrong): \(complaint)")
        tried += 1
      }
    }
    #expect(tried >= 45)
  }

  private static func type(_ text: String) -> Character {
    switch text.first {
    case "f": "t"
    case let first? where first.isNumber: "7"
    case let first?: text == "[]" || text.hasPrefix("[7") ? "?" : first
    case nil: "?"
    }
  }

  @Test(arguments: 0..<3) func anUnknownFieldIsNamed(shape: Int) throws {
    let fixture = Self.shapes[shape]
    let objects = ["", "controller.", "notice.", "given.", "events.", "window."]
    for prefix in objects where prefix == "" || fixture.record[String(prefix.dropLast())] != nil {
      let complaint = try #require(unreadable(fixture.with(prefix + "colour", raw: "1")))
      #expect(complaint.field == prefix + "colour")
      #expect(complaint.place.message.hasPrefix("unknown field"))
    }
  }

  /// A field, a value of the right type that it must not have, and what is said.
  static let wrongValues: [(path: String, raw: String, words: String)] = [
    ("schema_version", #""2""#, "does not read"), ("schema_version", #""""#, "printable"),
    ("record_id", #""../CR-7""#, "letters"), ("record_id", #"".CR-7""#, "letters"),
    ("record_id", "\"\(String(repeating: "a", count: 65))\"", "letters"),
    ("record_id", #""CR:7""#, "letters"), ("record_id", #""CR-é""#, "letters"),
    ("principal", #""Ada Lovelace""#, "pseudonym"), ("principal", #""a@example.org""#, "pseudonym"),
    ("controller.name", #""""#, "printable"), ("controller.contact", #""a\u0007b""#, "printable"),
    ("purpose", #""""#, "printable"), ("clips", "[]", "must not be empty"),
    ("clips", #"["sha256:00"]"#, "digests"),
    ("clips", "[\"\(String(repeating: "0", count: 64))\"]", "digests"),
    ("clips", "[\"sha256:\(String(repeating: "A", count: 64))\"]", "digests"),
    ("data_categories", "[]", "must not be empty"), ("data_categories", #"["pixels"]"#, "not \""),
    ("data_categories", #"["video","video"]"#, "a second time"),
    ("reviewer_classes", "[]", "must not be empty"), ("reviewer_places", #"[""]"#, "printable"),
    ("recipients", "[]", "must not be empty"), ("storage_days", "0", "from 1 to 3650"),
    ("storage_days", "3651", "from 1 to 3650"), ("storage_days", "1.5", "from 1 to 3650"),
    ("storage_days", "-1", "from 1 to 3650"), ("storage_days", "1e300", "from 1 to 3650"),
    ("legal_basis", #""""#, "printable"), ("notice.id", #""""#, "printable"),
    ("notice.sha256", #""abc""#, "64 digits"), ("notice.language", #""""#, "printable"),
    ("given.how", #""""#, "printable"), ("given.at", #""2026-01-14""#, "date and time"),
    ("given.at", #""2026-02-30T00:00:00Z""#, "date and time"),
    ("given.at", #""2026-01-14T21:21:00Z""#, "begin with"),
    ("valid_until", #""2026-01-14T21:20:00Z""#, "later than"),
    ("valid_until", #""soon""#, "date and time"), ("other_persons", #""maybe""#, "one of yes"),
    ("withdrawal", #""""#, "printable"), ("events", "[]", "must not be empty"),
    ("events.kind", #""revoked""#, "one of given"), ("events.kind", #""renewed""#, "begin with"),
    ("events.at", #""yesterday""#, "date and time"),
  ]

  @Test(arguments: wrongValues.indices) func aWrongValueIsNamed(index: Int) throws {
    let (path, raw, words) = Self.wrongValues[index]
    let complaint = try #require(
      unreadable(ConsentFixture().with(path, raw: raw)), "\(path)=\(raw)")
    #expect(complaint.place.message.contains(words), "\(complaint)")
    if words != "begin with" { #expect(complaint.field == path) }
    #expect(complaint.place.line == 1 && complaint.place.file == "CR-7.json")
  }

  @Test func eventsStandInTheOrderOfTime() throws {
    let events =
      #"[{"kind":"given","at":"2026-01-14T21:20:00Z"},"#
      + #"{"kind":"withdrawn","at":"2026-01-15T00:00:00Z"},"#
      + #"{"kind":"renewed","at":"2026-01-14T23:59:59Z"}]"#
    let complaint = try #require(unreadable(ConsentFixture().with("events", raw: events)))
    #expect(complaint.field == "events.at" && complaint.place.message.contains("earlier"))
  }

  @Test func clipsAndWindowExcludeEachOther() throws {
    let both = ConsentFixture().with { $0.record = $0.record.with("window", ConsentFixture.window) }
    #expect(try #require(unreadable(both)).field == "window")
    let turned = Self.shapes[1].with("window.to", raw: #""2026-01-14T21:15:30Z""#)
    #expect(try #require(unreadable(turned)).field == "window.to")
  }

  @Test func participantsOrDrawnButNotBoth() throws {
    let cases: [(String, String, String)] = [
      ("kind", #""party""#, "kind"), ("synthetic", "true", "participants"),
      ("synthetic", "false", "synthetic"), ("participants", #"["Ada Lovelace"]"#, "participants"),
      ("participants", "[]", "participants"), ("storage_days", "0", "storage_days"),
    ]
    for (path, raw, field) in cases {
      #expect(try #require(unreadable(ConsentFixture.staff.with(path, raw: raw))).field == field)
    }
    // A customer's record is none of participants, nor the other way round.
    let swapped = ConsentFixture.staff.with { $0.record = ConsentFixture.customers }
    #expect(unreadable(swapped) != nil)
    let other = ConsentFixture().with { $0.record = ConsentFixture.participants }
    #expect(unreadable(other) != nil)
  }

  @Test func aLargeTextIsNoRecord() throws {
    let padding = String(repeating: " ", count: ConsentRecord.byteLimit)
    let large = ConsentFixture().with { $0.changeBytes = { $0 + Array(padding.utf8) } }
    let complaint = try #require(unreadable(large))
    #expect(complaint.field == "" && complaint.description.contains("64 KiB"))
    let most = Array(ConsentFixture().record.text.utf8)
    let fill = [UInt8](repeating: 0x0A, count: ConsentRecord.byteLimit - most.count)
    #expect(throws: Never.self) { try ConsentRecord(most + fill, file: "r") }
  }

  @Test func aComplaintPointsAtItsLine() {
    let text = "{\n  \"schema_version\": \"1\",\n  \"récord_id\": 7\n}"
    let error = #expect(throws: RecordComplaint.self) {
      try ConsentRecord(Array(text.utf8), file: "r.json")
    }
    #expect(error?.place.line == 3 && error?.place.column == 3)
  }

  @Test func noBytesTrap() {
    var random = SeededGenerator(seed: 3)
    let good = Array(ConsentFixture().record.text.utf8)
    var refused = 0
    for _ in 0..<1500 {
      var bytes = good
      for _ in 0...Int.random(in: 0..<3, using: &random) {
        let at = Int.random(in: bytes.indices, using: &random)
        bytes[at] = UInt8.random(in: 0...255, using: &random)
      }
      if (try? ConsentRecord(bytes, file: "r")) == nil { refused += 1 }
      _ = try? ParticipantRecord(bytes, file: "r")
    }
    #expect(refused > 500)
    for length in good.indices {
      #expect(throws: RecordComplaint.self) { try ConsentRecord(Array(good[..<length]), file: "r") }
    }
  }

  /// Every bit of a signed record: the gate shuts, whatever the text still means.
  @Test func everyBitOfASignedRecordCounts() {
    let fixture = ConsentFixture()
    let count = fixture.record.text.utf8.count
    let isSoak = ProcessInfo.processInfo.environment["MILKGLASS_SOAK"] == "1"
    let bits = stride(from: 0, to: count * 8, by: isSoak ? 1 : 7)
    for bit in bits {
      let flipped = fixture.with {
        $0.changeBytes = { bytes in
          var bytes = bytes
          bytes[bit / 8] ^= 1 << UInt8(bit % 8)
          return bytes
        }
      }
      #expect(flipped.defect != nil, "bit \(bit)")
    }
  }

  @Test func aMadeRecordReadsBack() throws {
    let record = try #require(
      ParticipantRecord(
        recordID: "P-1", participants: ["staff-1", "staff-2"], camera: CameraID("bench \"1\""),
        digests: [ConsentFixture.digest], agreedAtMilliseconds: ConsentFixture.now, storageDays: 30)
    )
    #expect(try ParticipantRecord(Array(record.text.utf8), file: "r") == record)
    let drawn = try #require(
      ParticipantRecord(
        recordID: "P-2", participants: [], camera: CameraID("bench"),
        digests: [ConsentFixture.digest], agreedAtMilliseconds: 0, storageDays: 1))
    #expect(drawn.isSynthetic)
    #expect(try ParticipantRecord(Array(drawn.text.utf8), file: "r") == drawn)
    func make(_ id: String, _ names: [String], _ digests: [[UInt8]], _ days: Int) -> Bool {
      ParticipantRecord(
        recordID: id, participants: names, camera: CameraID("bench"), digests: digests,
        agreedAtMilliseconds: 0, storageDays: days) != nil
    }
    let digest = ConsentFixture.digest
    #expect(make("P-1", ["a"], [digest], 1))
    #expect(!make("P/1", ["a"], [digest], 1) && !make("P-1", ["a b"], [digest], 1))
    #expect(!make("P-1", ["a", "a"], [digest], 1) && !make("P-1", ["a"], [], 1))
    #expect(!make("P-1", ["a"], [[1]], 1) && !make("P-1", ["a"], [digest], 0))
  }

  @Test func timesAreThoseOfTheCalendar() {
    let known: [(String, Int64?)] = [
      ("1970-01-01T00:00:00Z", 0), ("2026-01-14T22:15:30.25+01:00", 1_768_425_330_250),
      ("2024-02-29T23:59:59.9999-00:30", 1_709_252_999_999), ("2025-02-29T00:00:00Z", nil),
      ("0000-01-01T00:00:00Z", -62_167_219_200_000), ("1969-12-31T23:59:59.999Z", -1),
      ("9999-12-31T23:59:59Z", 253_402_300_799_000), ("2026-01-14T22:15:30", nil),
    ]
    for (text, time) in known { #expect(Timestamp.milliseconds(text) == time, "\(text)") }
    var random = SeededGenerator(seed: 5)
    for _ in 0..<500 {
      let time = Int64.random(in: 0..<253_402_300_799_999, using: &random)
      #expect(Timestamp.milliseconds(Timestamp.text(milliseconds: time)) == time)
    }
    #expect(Timestamp.day(milliseconds: 1_768_425_330_250) == "14 Jan 2026")
  }
}
