// SPDX-License-Identifier: Apache-2.0
import AuditLog
import Sealing
import TestSupport
import Vocabulary

let vault = String(repeating: "a1", count: 16)
let start: Int64 = 1_800_000_000_000

/// A log in memory, as its rows.
struct TestLog {
  struct Event {
    var seq: Int64
    var body: [UInt8]
    var hash: [UInt8]
  }

  struct Note {
    var size: Int64
    var bytes: [UInt8]
  }

  let signer = AuditSigner(vault: vault, key: SigningKey())
  var events: [Event] = []
  var notes: [Note] = []
  private var head = AuditHead(vault: vault)

  /// A log of so many events, signed after every `interval` and where `signed` says.
  init(_ count: Int, interval: Int = 64, signed: Set<Int> = []) throws(AuditError) {
    for number in 1...count {
      try append(Self.draft(number))
      if number % interval == 0 || signed.contains(number) { sign() }
    }
  }

  static func draft(_ number: Int) -> AuditDraft {
    AuditDraft(
      number % 3 == 0 ? .label : .open, clip: ClipLogName([UInt8](repeating: 3, count: 16)),
      ["ordinal": .number(Int64(number))])
  }

  mutating func append(_ draft: AuditDraft, at time: Int64? = nil) throws(AuditError) {
    let event = AuditEvent(
      seq: head.size + 1, atMilliseconds: time ?? start + head.size,
      actor: AuditActor("r07", seat: "seat-3"), draft)
    let body = try event.encoded()
    head.extend(body)
    events.append(Event(seq: head.size, body: body, hash: head.hash))
  }

  mutating func sign() {
    let checkpoint = Checkpoint(head, atMilliseconds: start)
    notes.append(Note(size: head.size, bytes: Array(checkpoint.note(signedBy: signer).utf8)))
  }

  /// Numbers the rows and chains them anew, as who has no key but the store can.
  mutating func rechain(fromAnchor size: Int64 = 0) {
    var head = AuditHead(vault: vault)
    for index in events.indices {
      head.extend(events[index].body)
      events[index].hash = head.hash
    }
  }

  /// Gives each row the number of its place, and leaves the rest.
  mutating func renumber() {
    for index in events.indices { events[index].seq = Int64(index + 1) }
  }

  func kept(_ index: Int) throws(AuditError) -> Checkpoint {
    try Checkpoint(note: notes[index].bytes, vault: vault, key: signer.key.publicKey)
  }

  func verify(against kept: Checkpoint? = nil) throws(AuditFault) -> AuditReport {
    var verifier = AuditVerifier(vault: vault, key: signer.key.publicKey, against: kept)
    var rest = notes[...]
    for event in events {
      while let note = rest.first, note.size < event.seq {
        try verifier.checkpoint(size: note.size, note: note.bytes)
        rest.removeFirst()
      }
      try verifier.event(seq: event.seq, body: event.body, hash: event.hash)
    }
    for note in rest { try verifier.checkpoint(size: note.size, note: note.bytes) }
    return try verifier.finish()
  }

  /// The fault that verifying finds; nil where it finds none.
  func fault(against kept: Checkpoint? = nil) -> AuditFault? {
    do {
      _ = try verify(against: kept)
      return nil
    } catch { return error }
  }
}
