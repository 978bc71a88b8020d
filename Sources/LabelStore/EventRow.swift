// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Vocabulary

/// A label event as a row of `label_event`: each kind of change fills the columns it needs.
///
/// The columns are the store's own and stay as they are when the Swift names change.
struct EventRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "label_event"

  var clip: Int64
  var ordinal: Int
  var reviewer: String
  var atMilliseconds: Int64
  var taxonomy: String
  var kind: Kind
  var term: String?
  var confirmed: Bool?
  var reason: String?
  /// The ordinal of the event that this one is about.
  var target: Int?
  var timeMicroseconds: Int64?
  var frame: Int?
  var untilMilliseconds: Int64?
  /// A region as JSON.
  var region: String?
  /// A note, or copied labels as JSON.
  var text: String?

  enum CodingKeys: String, CodingKey {
    case clip, ordinal, reviewer, taxonomy, kind, term, confirmed, reason, target, frame, region,
      text
    case atMilliseconds = "at_ms"
    case timeMicroseconds = "time_us"
    case untilMilliseconds = "until_ms"
  }

  enum Kind: String, Codable {
    case set, clear, copy, note, commit, reopen, skip, postpone, flag, undo, redo
    case cannotJudge = "cannot_judge"
    case clearCannotJudge = "clear_cannot_judge"
    case openSegment = "open_segment"
    case closeSegment = "close_segment"
    case moveSegment = "move_segment"
    case removeSegment = "remove_segment"
    case addRegion = "add_region"
    case flagReason = "flag_reason"
    case secondOpinion = "second_opinion"
    case adjudicate
    case bringBack = "bring_back"
  }

  init(_ event: LabelEvent, position: Int64) throws {
    clip = position
    ordinal = event.ordinal
    reviewer = event.reviewer.text
    atMilliseconds = event.atMilliseconds
    taxonomy = event.taxonomyVersion
    kind = Kind(event.change)
    switch event.change {
    case .set(let id, let isConfirmation):
      term = id.text
      confirmed = isConfirmation
    case .clear(let id): term = id.text
    case .cannotJudge(let why), .skip(let why): reason = why
    case .flagReason(let why): reason = why.rawValue
    case .secondOpinion(let cause): reason = cause.rawValue
    case .adjudicate(let choice): reason = choice.rawValue
    case .openSegment(let id, let moment):
      term = id.text
      set(moment)
    case .closeSegment(let segment, let moment):
      target = segment
      set(moment)
    case .moveSegment(let segment, let edge, let moment):
      target = segment
      reason = edge.rawValue
      set(moment)
    case .removeSegment(let ordinal), .undo(let ordinal), .redo(let ordinal): target = ordinal
    case .postpone(let until): untilMilliseconds = until
    case .addRegion(let added):
      region = try Self.json(added)
    case .copy(let labels): text = try Self.json(labels)
    case .note(let note): text = note.text
    case .clearCannotJudge, .commit, .reopen, .flag, .bringBack: break
    }
  }

  /// The event of this row; a column that its kind needs and has not is damage.
  func event(of clip: ClipID) throws(StoreError) -> LabelEvent {
    guard let change else { throw .damaged }
    return LabelEvent(
      clip: clip, ordinal: ordinal, reviewer: ReviewerID(reviewer),
      atMilliseconds: atMilliseconds, taxonomyVersion: taxonomy, change: change)
  }

  private static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private static func value<Value: Decodable>(_ type: Value.Type, _ json: String?) -> Value? {
    json.flatMap { try? JSONDecoder().decode(type, from: Data($0.utf8)) }
  }

  private mutating func set(_ moment: Moment) {
    timeMicroseconds = moment.time.microseconds
    frame = moment.frame
  }

  private var moment: Moment? {
    guard let timeMicroseconds, let frame else { return nil }
    return Moment(time: MediaTime(microseconds: timeMicroseconds), frame: frame)
  }

  private var change: LabelChange? {
    switch kind {
    case .set:
      guard let term, let confirmed else { return nil }
      return .set(TermID(term), isConfirmation: confirmed)
    case .openSegment:
      guard let term, let moment else { return nil }
      return .openSegment(TermID(term), at: moment)
    case .closeSegment:
      guard let target, let moment else { return nil }
      return .closeSegment(target, at: moment)
    case .moveSegment:
      guard let target, let moment, let edge = reason.flatMap({ SegmentEdge(rawValue: $0) }) else {
        return nil
      }
      return .moveSegment(target, edge, at: moment)
    case .clear: return term.map { .clear(TermID($0)) }
    case .cannotJudge: return reason.map { .cannotJudge(reason: $0) }
    case .skip: return reason.map { .skip(reason: $0) }
    case .flagReason: return reason.flatMap { FlagReason(rawValue: $0) }.map { .flagReason($0) }
    case .secondOpinion:
      return reason.flatMap { OpinionCause(rawValue: $0) }.map { .secondOpinion($0) }
    case .adjudicate:
      return reason.flatMap { OpinionChoice(rawValue: $0) }.map { .adjudicate($0) }
    case .removeSegment: return target.map { .removeSegment($0) }
    case .undo: return target.map { .undo($0) }
    case .redo: return target.map { .redo($0) }
    case .addRegion:
      return Self.value(Region.self, region).map { .addRegion($0) }
    case .copy: return Self.value(CopiedLabels.self, text).map { .copy($0) }
    case .note: return text.flatMap { ClipNote($0) }.map { .note($0) }
    case .postpone: return untilMilliseconds.map { .postpone(untilMilliseconds: $0) }
    case .clearCannotJudge: return .clearCannotJudge
    case .commit: return .commit
    case .reopen: return .reopen
    case .flag: return .flag
    case .bringBack: return .bringBack
    }
  }
}

extension EventRow.Kind {
  fileprivate init(_ change: LabelChange) {
    switch change {
    case .set: self = .set
    case .clear: self = .clear
    case .cannotJudge: self = .cannotJudge
    case .clearCannotJudge: self = .clearCannotJudge
    case .openSegment: self = .openSegment
    case .closeSegment: self = .closeSegment
    case .moveSegment: self = .moveSegment
    case .removeSegment: self = .removeSegment
    case .copy: self = .copy
    case .note: self = .note
    case .addRegion: self = .addRegion
    case .commit: self = .commit
    case .reopen: self = .reopen
    case .skip: self = .skip
    case .postpone: self = .postpone
    case .flag: self = .flag
    case .flagReason: self = .flagReason
    case .secondOpinion: self = .secondOpinion
    case .adjudicate: self = .adjudicate
    case .bringBack: self = .bringBack
    case .undo: self = .undo
    case .redo: self = .redo
    }
  }
}
