// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// Who acts, and where: a person's pseudonym and the seat's name.
package struct AuditActor: Hashable, Sendable {
  /// The pseudonym; empty for housekeeping, which is nobody's act.
  package let name: String
  /// The seat; empty where the act belongs to none.
  package let seat: String

  /// Makes an actor; a name above 80 bytes, or with control characters, is refused by the log.
  package init(_ name: String, seat: String = "") {
    self.name = name
    self.seat = seat
  }

  /// What the vault does by itself.
  package static let housekeeping = AuditActor("")

  static let byteLimit = 80

  var isLoggable: Bool { Self.isLoggable(name) && Self.isLoggable(seat) }

  static func isLoggable(_ text: String) -> Bool {
    text.utf8.count <= byteLimit && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }
}

/// An act that is to be logged; the log adds its number, its time and who did it.
package struct AuditDraft: Hashable, Sendable {
  package let kind: AuditKind
  /// The clip's name in the log; nil where the act is about no one clip.
  package let clip: ClipLogName?
  package let detail: AuditDetail

  /// Makes a draft.
  package init(_ kind: AuditKind, clip: ClipLogName? = nil, _ detail: AuditDetail = [:]) {
    self.kind = kind
    self.clip = clip
    self.detail = detail
  }
}

/// One event of the audit log.
///
/// Its body is a CBOR map in core deterministic encoding (RFC 8949 §4.2) with the keys 1 seq, 2 at,
/// 3 kind, 4 actor, 5 seat, 6 clip (left out where nil) and 7 detail (left out where empty).
package struct AuditEvent: Hashable, Sendable {
  /// Its number, from 1 without gaps.
  package let seq: Int64
  /// Wall clock, milliseconds since 1970; it never falls from one event to the next.
  package let atMilliseconds: Int64
  package let kind: AuditKind
  package let actor: AuditActor
  /// The clip's name in the log; nil where the event is about no one clip.
  package let clip: ClipLogName?
  package let detail: AuditDetail

  /// No body is longer, in bytes.
  package static let byteLimit = 4096

  /// Makes an event of a draft.
  package init(seq: Int64, atMilliseconds: Int64, actor: AuditActor, _ draft: AuditDraft) {
    self.seq = seq
    self.atMilliseconds = atMilliseconds
    self.actor = actor
    kind = draft.kind
    clip = draft.clip
    detail = draft.detail
  }

  /// The event's canonical bytes.
  ///
  /// - Throws: `notLoggable` for a name, word or detail beyond the log's limits.
  package func encoded() throws(AuditError) -> [UInt8] {
    guard seq > 0, atMilliseconds >= 0, actor.isLoggable,
      detail.entries.count <= AuditDetail.countLimit
    else { throw .notLoggable }
    var writer = CBORWriter()
    writer.map(count: 5 + (clip == nil ? 0 : 1) + (detail.entries.isEmpty ? 0 : 1))
    writer.unsigned(1)
    writer.integer(seq)
    writer.unsigned(2)
    writer.integer(atMilliseconds)
    writer.unsigned(3)
    writer.text(kind.rawValue)
    writer.unsigned(4)
    writer.text(actor.name)
    writer.unsigned(5)
    writer.text(actor.seat)
    if let clip {
      writer.unsigned(6)
      writer.byteString(clip.bytes)
    }
    if !detail.entries.isEmpty {
      writer.unsigned(7)
      try encodeDetail(&writer)
    }
    return writer.bytes
  }

  private func encodeDetail(_ writer: inout CBORWriter) throws(AuditError) {
    writer.map(count: detail.entries.count)
    var previous: String?
    for entry in detail.entries {
      guard AuditDetail.isName(entry.name), previous != entry.name else { throw .notLoggable }
      previous = entry.name
      writer.text(entry.name)
      switch entry.value {
      case .number(let number): writer.integer(number)
      case .word(let word):
        guard AuditValue.isWord(word) else { throw .notLoggable }
        writer.text(word)
      }
    }
  }
}

extension AuditEvent {
  /// Reads an event's canonical bytes, and no others: what is read encodes to the same bytes.
  ///
  /// - Throws: `malformed`.
  package init(_ body: [UInt8]) throws(AuditError) {
    guard body.count <= Self.byteLimit else { throw .malformed }
    var reader = CBORReader(body)
    let count = try reader.mapCount(limit: 7)
    guard count >= 5 else { throw .malformed }
    try Self.key(1, &reader)
    let seq = try reader.integer()
    try Self.key(2, &reader)
    let time = try reader.integer()
    try Self.key(3, &reader)
    let kind = AuditKind(rawValue: try reader.text(limit: AuditValue.wordLimit))
    try Self.key(4, &reader)
    let name = try reader.text(limit: AuditActor.byteLimit)
    try Self.key(5, &reader)
    let actor = AuditActor(name, seat: try reader.text(limit: AuditActor.byteLimit))
    var clip: ClipLogName?
    var detail: AuditDetail = [:]
    var last: UInt64 = 5
    for _ in 5..<count {
      let key = try reader.unsigned()
      guard key > last else { throw .malformed }
      last = key
      switch key {
      case 6: clip = ClipLogName(try reader.byteString(limit: 16))
      case 7: detail = try Self.detail(&reader)
      default: throw .malformed
      }
      guard key != 6 || clip != nil else { throw .malformed }
    }
    guard let kind, seq > 0, time >= 0, actor.isLoggable, reader.isAtEnd else { throw .malformed }
    self.init(
      seq: seq, atMilliseconds: time, actor: actor, AuditDraft(kind, clip: clip, detail))
  }

  private static func key(_ key: UInt64, _ reader: inout CBORReader) throws(AuditError) {
    guard try reader.unsigned() == key else { throw .malformed }
  }

  private static func detail(_ reader: inout CBORReader) throws(AuditError) -> AuditDetail {
    let count = try reader.mapCount(limit: AuditDetail.countLimit)
    guard count > 0 else { throw .malformed }
    var entries: [AuditDetail.Entry] = []
    for _ in 0..<count {
      let name = try reader.text(limit: AuditDetail.nameLimit)
      guard AuditDetail.isName(name),
        entries.last.map({ AuditDetail.isBefore($0.name, name) }) ?? true
      else { throw .malformed }
      if reader.nextMajor == 3 {
        let word = try reader.text(limit: AuditValue.wordLimit)
        guard AuditValue.isWord(word) else { throw .malformed }
        entries.append(.init(name: name, value: .word(word)))
      } else {
        entries.append(.init(name: name, value: .number(try reader.integer())))
      }
    }
    return AuditDetail(inOrder: entries)
  }
}
