// SPDX-License-Identifier: Apache-2.0
import Sealing
import TestSupport
import Testing
import Vocabulary

@testable import AuditLog

@Suite struct EncodingTests {
  @Test func writesTheBytesOfTheStandard() throws {
    // Numbers and heads after RFC 8949, appendix A.
    let vectors: [(Int64, [UInt8])] = [
      (0, [0x00]), (23, [0x17]), (24, [0x18, 0x18]), (255, [0x18, 0xFF]), (256, [0x19, 1, 0]),
      (65_536, [0x1A, 0, 1, 0, 0]),
      (1_000_000_000_000, [0x1B, 0, 0, 0, 0xE8, 0xD4, 0xA5, 0x10, 0]),
      (-1, [0x20]), (-24, [0x37]), (-25, [0x38, 0x18]), (-1000, [0x39, 0x03, 0xE7]),
      (.min, [0x3B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
    ]
    for (number, bytes) in vectors {
      var writer = CBORWriter()
      writer.integer(number)
      #expect(writer.bytes == bytes)
      var reader = CBORReader(bytes)
      #expect(try reader.integer() == number)
      #expect(reader.isAtEnd)
    }
    for bytes: [UInt8] in [
      [0x18, 23], [0x19, 0, 255], [0x1A, 0, 0, 255, 255], [0x1B, 0, 0, 0, 0, 255, 255, 255, 255],
      [0x1C], [0x1F], [0x19, 1], [], [0x1B, 0x80, 0, 0, 0, 0, 0, 0, 0], [0x40],
    ] {
      var reader = CBORReader(bytes)
      #expect(throws: AuditError.malformed) { try reader.integer() }
    }
    let event = AuditEvent(
      seq: 1, atMilliseconds: 2, actor: AuditActor("r", seat: "s"),
      AuditDraft(.open, ["ms": .number(-1), "a": .word("b")]))
    #expect(
      try event.encoded() == [
        0xA6, 1, 1, 2, 2, 3, 0x64, 0x6F, 0x70, 0x65, 0x6E, 4, 0x61, 0x72, 5, 0x61, 0x73,
        7, 0xA2, 0x61, 0x61, 0x61, 0x62, 0x62, 0x6D, 0x73, 0x20,
      ])
  }

  @Test(arguments: [1, 2, 3]) func readsWhatItWrites(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let event = Self.event(using: &generator)
      #expect(try AuditEvent(try event.encoded()) == event)
    }
  }

  /// Whatever bytes it accepts are the only ones that mean that event, and no bytes make it trap.
  @Test(arguments: [4, 5, 6]) func acceptsOneEncodingOnly(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var accepted = 0
    for _ in 0..<4000 {
      var body = try Self.event(using: &generator).encoded()
      for _ in 0..<Int.random(in: 0...3, using: &generator) {
        let place = Int.random(in: 0..<body.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: body[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1: body.insert(UInt8.random(in: 0...255, using: &generator), at: place)
        case 2: body.removeLast(min(body.count - 1, place))
        default: body.remove(at: place)
        }
        if body.isEmpty { body = [0xA5] }
      }
      guard let event = try? AuditEvent(body) else { continue }
      accepted += 1
      #expect(try event.encoded() == body)
    }
    #expect(accepted > 500)
    for _ in 0..<2000 {
      let noise = (0..<Int.random(in: 0..<80, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      #expect(throws: AuditError.self) { try AuditEvent([0xA7] + noise) }
    }
  }

  @Test func refusesWhatIsNotForTheLog() {
    func refused(_ actor: AuditActor, _ detail: AuditDetail) -> Bool {
      let event = AuditEvent(seq: 1, atMilliseconds: 0, actor: actor, AuditDraft(.open, detail))
      return (try? event.encoded()) == nil
    }
    let actor = AuditActor("r07", seat: "Sitz 3, Büro")
    #expect(!refused(actor, ["ok": .word("fine")]))
    #expect(refused(actor, ["ok": .word("two words")]))
    #expect(refused(actor, ["ok": .word("")]))
    #expect(refused(actor, ["ok": .word(String(repeating: "x", count: 65))]))
    #expect(refused(actor, ["Not": .word("fine")]))
    #expect(refused(actor, [("a"): .number(1), ("a"): .number(2)]))
    #expect(refused(AuditActor(String(repeating: "x", count: 81)), [:]))
    #expect(refused(AuditActor("a\nb"), [:]))
    #expect(
      refused(
        actor, AuditDetail((0..<17).map { (String(repeating: "a", count: $0 + 1), .number(0)) })))
  }

  @Test func readsACheckpointExactly() throws {
    let log = try TestLog(64)
    let checkpoint = try log.kept(0)
    #expect(checkpoint.size == 64)
    #expect(checkpoint.hash == log.events[63].hash)
    #expect(checkpoint.note(signedBy: log.signer).utf8.elementsEqual(log.notes[0].bytes))
    let text = String(decoding: log.notes[0].bytes, as: UTF8.self)
    #expect(text.hasPrefix("milkglass/\(vault)\n64\n"))
    #expect(text.contains("\n\n— log "))
  }

  @Test func countsMonthsInUTC() {
    let months: [(Int64, String)] = [
      (0, "1970-01"), (-1, "1969-12"), (951_782_399_999, "2000-02"), (951_782_400_000, "2000-02"),
      (951_868_800_000, "2000-03"), (1_801_439_999_999, "2027-01"), (1_801_440_000_000, "2027-02"),
      (1_835_481_599_999, "2028-02"), (1_835_481_600_000, "2028-03"),
      (4_107_542_400_000, "2100-03"),
    ]
    for (milliseconds, text) in months {
      #expect(AuditMonth(milliseconds: milliseconds).description == text)
    }
  }

  @Test func showsAnEventInALine() {
    let event = AuditEvent(
      seq: 12, atMilliseconds: 1_801_440_000_123, actor: AuditActor("r\u{1B}[7", seat: "seat-3"),
      AuditDraft(
        .lookStop, clip: ClipLogName([UInt8](repeating: 0xAB, count: 16)), ["ms": .number(900)]))
    #expect(
      AuditText.line(event)
        == "     12  2027-02-01T00:00:00.123Z  r·[7  look stop  clip abababab  ms=900  at seat-3")
    #expect(AuditText.time(951_868_799_999) == "2000-02-29T23:59:59.999Z")
    #expect(AuditText.time(0) == "1970-01-01T00:00:00.000Z")
  }

  private static func event(using generator: inout SeededGenerator) -> AuditEvent {
    let names = ["a", "ms", "reason", "ordinal", "until", "through", "z_z"].shuffled(
      using: &generator)
    let values = names.prefix(Int.random(in: 0...7, using: &generator)).map {
      name -> (String, AuditValue) in
      let number = Int64.random(in: .min ... .max, using: &generator)
      let shift = Int64.random(in: 0..<64, using: &generator)
      return (name, Bool.random(using: &generator) ? .number(number >> shift) : .word("w\(number)"))
    }
    let clip = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
    return AuditEvent(
      seq: Int64.random(in: 1 ... .max, using: &generator),
      atMilliseconds: Int64.random(in: 0 ... .max, using: &generator),
      actor: AuditActor(Bool.random(using: &generator) ? "" : "r07 ü", seat: "seat"),
      AuditDraft(
        AuditKind.allCases.randomElement(using: &generator) ?? .open,
        clip: Bool.random(using: &generator) ? ClipLogName(clip) : nil, AuditDetail(values)))
  }
}
