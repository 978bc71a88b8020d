// SPDX-License-Identifier: Apache-2.0
import Sealing
import TestSupport
import Testing
import Vocabulary

@testable import AuditLog

@Suite struct VerifierTests {
  @Test func acceptsALogAsItWasWritten() throws {
    let log = try TestLog(200, signed: [20, 200])
    let report = try log.verify()
    #expect(report.first == 1)
    #expect(report.last == 200)
    #expect(report.signed?.size == 200)
    #expect(report.unsignedCount == 0)
    #expect(try log.verify(against: log.kept(0)).kept == .agrees)
    #expect(try TestLog(70).verify().unsignedCount == 6)
    #expect(try TestLog(3).verify().signed == nil)
  }

  @Test func findsEveryFlippedBitOfABodyAHashANumberAndANote() throws {
    let log = try TestLog(20, signed: [20])
    #expect(log.fault() == nil)
    var flips = 0
    func expect(_ changed: TestLog, _ seq: Int64, _ what: String) {
      flips += 1
      guard let fault = changed.fault() else {
        Issue.record("a flipped bit of \(what) of \(seq) was not found")
        return
      }
      if what != "number" { #expect(fault.seq == seq, "\(what) \(fault)") }
    }
    for (index, event) in log.events.enumerated() {
      for bit in 0..<event.body.count * 8 {
        var changed = log
        changed.events[index].body[bit / 8] ^= 1 << (bit % 8)
        expect(changed, event.seq, "body")
      }
      for bit in 0..<256 {
        var changed = log
        changed.events[index].hash[bit / 8] ^= 1 << (bit % 8)
        expect(changed, event.seq, "hash")
      }
      for bit in 0..<63 {
        var changed = log
        changed.events[index].seq ^= 1 << bit
        changed.events.sort { $0.seq < $1.seq }
        expect(changed, event.seq, "number")
      }
    }
    for (index, note) in log.notes.enumerated() {
      for bit in 0..<note.bytes.count * 8 {
        var changed = log
        changed.notes[index].bytes[bit / 8] ^= 1 << (bit % 8)
        expect(changed, note.size, "note")
      }
      for bit in 0..<63 {
        var changed = log
        changed.notes[index].size ^= 1 << bit
        changed.notes.sort { $0.size < $1.size }
        expect(changed, note.size, "number")
      }
    }
    #expect(flips > 15_000)
  }

  @Test func namesARemovedEvent() throws {
    let log = try TestLog(20, signed: [20])
    for index in 0..<19 {
      let seq = Int64(index + 1)
      var gap = log
      gap.events.remove(at: index)
      #expect(gap.fault() == AuditFault(.removed, seq))
      var closed = gap
      closed.renumber()
      // Of the last but one only: nothing follows that would tell it from a swap.
      #expect(closed.fault() == AuditFault(.removed, seq))
      closed.rechain()
      #expect(closed.fault() == AuditFault(.removed, seq))
    }
  }

  @Test func namesSwappedEvents() throws {
    let log = try TestLog(20, signed: [20])
    for (left, right) in [(0, 1), (4, 5), (3, 9), (0, 19), (18, 19)] {
      var swapped = log
      swapped.events.swapAt(left, right)
      swapped.renumber()
      #expect(swapped.fault() == AuditFault(.swapped, Int64(left + 1)))
      swapped.rechain()
      #expect(swapped.fault() == AuditFault(.swapped, Int64(left + 1)))
    }
  }

  @Test func namesAnInsertedEvent() throws {
    let log = try TestLog(20, signed: [20])
    for place in 1..<20 {
      var copied = log
      copied.events.insert(log.events[3], at: place)
      copied.renumber()
      // Too early it is as if it had come from its place; right behind itself, either is it.
      let expected =
        switch place {
        case ..<3: [AuditFault(.swapped, Int64(place + 1))]
        case 3, 4: [AuditFault(.inserted, 4), AuditFault(.inserted, 5)]
        default: [AuditFault(.inserted, Int64(place + 1))]
        }
      #expect(copied.fault().map { expected.contains($0) } == true, "\(place)")
      // One made to fit: numbered and chained as if it followed.
      var forged = log
      let body = try AuditEvent(
        seq: Int64(place + 1), atMilliseconds: start + Int64(place) - 1, actor: AuditActor("x"),
        AuditDraft(.open)
      ).encoded()
      var head = AuditHead(size: Int64(place), hash: log.events[place - 1].hash)
      head.extend(body)
      forged.events.insert(.init(seq: head.size, body: body, hash: head.hash), at: place)
      forged.renumber()
      #expect(forged.fault() == AuditFault(.inserted, Int64(place + 1)))
    }
  }

  @Test func findsAHistoryThatWasMadeAnew() throws {
    let log = try TestLog(20, interval: 8, signed: [20])
    for index in 0..<20 {
      var changed = log
      let seq = Int64(index + 1)
      changed.events[index].body = try AuditEvent(
        seq: seq, atMilliseconds: start + Int64(index), actor: AuditActor("someone"),
        AuditDraft(.open)
      ).encoded()
      #expect(changed.fault() == AuditFault(.changed, seq))
      changed.rechain()
      let fault = try #require(changed.fault())
      #expect(fault.kind == .rewritten)
      #expect((fault.seq...fault.through).contains(seq))
      // Without its checkpoints nothing contradicts it, but one that was kept elsewhere.
      changed.notes = []
      #expect(changed.fault() == nil)
      #expect(changed.fault(against: try log.kept(2)) == AuditFault(.rewritten, 1, through: 20))
    }
  }

  @Test func findsACutTailAgainstAKeptCheckpointOnly() throws {
    let log = try TestLog(100, signed: [100])
    var cut = log
    cut.events.removeLast(30)
    #expect(cut.fault() == AuditFault(.tailCut, 71, through: 100))
    cut.notes.removeLast()
    let report = try cut.verify()
    #expect(report.unsignedCount == 6)
    #expect(report.sentence.contains("kept elsewhere"))
    #expect(cut.fault(against: try log.kept(1)) == AuditFault(.tailCut, 71, through: 100))
    #expect(cut.fault(against: try log.kept(0)) == nil)
  }

  @Test func findsThatCheckpointsAreMissing() throws {
    var log = try TestLog(200)
    log.notes.remove(at: 1)
    #expect(log.fault() == AuditFault(.checkpointMissing, 128))
    log.notes = []
    #expect(log.fault() == AuditFault(.checkpointMissing, 64))
  }

  @Test func refusesCheckpointsOfOthers() throws {
    let log = try TestLog(64)
    var other = log
    other.notes = try TestLog(64).notes
    #expect(other.fault() == AuditFault(.checkpoint, 64))
    let foreign = AuditSigner(vault: String(repeating: "b", count: 32), key: log.signer.key)
    let head = AuditHead(size: 64, hash: log.events[63].hash)
    let note = Checkpoint(head, atMilliseconds: start).note(signedBy: foreign)
    other.notes = [.init(size: 64, bytes: Array(note.utf8))]
    #expect(other.fault() == AuditFault(.checkpoint, 64))
    #expect(throws: AuditError.otherVault) {
      try Checkpoint(note: Array(note.utf8), vault: vault, key: log.signer.key.publicKey)
    }
  }

  @Test func verifiesFromTheAnchorOfADeletedSegment() throws {
    var log = try TestLog(40, signed: [30])
    try log.append(AuditDraft(.segmentDeleted, ["through": .number(30)]))
    log.sign()
    var deleted = log
    deleted.events.removeFirst(30)
    let report = try deleted.verify()
    #expect(report.first == 31)
    #expect(report.last == 41)
    #expect(try deleted.verify(against: log.kept(0)).kept == .agrees)
    var unsaid = deleted
    unsaid.events.removeLast()
    unsaid.notes.removeLast()
    #expect(unsaid.fault()?.kind == .removed)
    var unsigned = deleted
    unsigned.notes.removeLast()
    #expect(unsigned.fault()?.kind == .removed)
    var more = deleted
    more.events.removeFirst()
    #expect(more.fault() == AuditFault(.removed, 31))
    var withoutAnchor = deleted
    withoutAnchor.notes.removeFirst()
    #expect(withoutAnchor.fault() == AuditFault(.removed, 1))
  }

  @Test func saysEachFaultInASentence() {
    for kind in AuditFault.Kind.allCases {
      let sentence = AuditFault(kind, 7, through: 9).sentence
      #expect(sentence.contains("7") && sentence.hasSuffix("."))
    }
  }
}
