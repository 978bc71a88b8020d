// SPDX-License-Identifier: Apache-2.0

import LabelStore
import Testing
import Vocabulary

@testable import ReviewSession

/// What comes after a clip that was flagged.
@Suite struct CalmTests {
  private let vault: DoorVault
  /// Which clips there are, in order of ingest; the first is flagged.
  private enum Kind: UInt8, CaseIterable {
    case flagged, violent, strict, privateRoom, flaggedBefore, calm, unknown
  }
  private var clips: [Kind: ClipID] = [:]

  init() throws {
    vault = try DoorVault()
    for kind in Kind.allCases {
      let level = kind == .violent ? "level_4" : kind == .unknown ? nil : "level_1"
      clips[kind] = try vault.addClip(
        [kind.rawValue],
        predictions: level.map { [Prediction(term: TermID($0), score: 0.6)] } ?? [],
        leastFrost: kind == .strict ? .strict : .clear,
        frostFloor: kind == .privateRoom ? .strict : .clear)
    }
  }

  private func id(_ kind: Kind) throws -> ClipID { try #require(clips[kind]) }

  private func append(_ changes: [LabelChange], to kind: Kind, _ session: DoorSession) throws {
    let (id, own) = (try id(kind), session.loader.session)
    _ = try session.loader.clip(id, in: session.store)
    let first = try session.store.events(of: id).count
    try session.store.append(
      changes.enumerated().map { offset, change in
        LabelEvent(
          clip: id, ordinal: first + offset, reviewer: own.reviewer,
          atMilliseconds: SessionClock.wallMilliseconds, taxonomyVersion: own.taxonomy.version,
          change: change)
      }, session: own)
  }

  private func next(_ session: DoorSession) throws -> ClipID? {
    switch try session.loader.nextCalm(after: try id(.flagged), in: session.store) {
    case .loaded(let loaded): return loaded.id
    case .onlyFlaggedDue, .nothingDue, .stays, .kept: return nil
    }
  }

  @Test func harmlessOnesComeFirstThenAnyThatNobodyFlaggedThenNone() throws {
    let session = try DoorSession(vault)
    try append([.flag], to: .flaggedBefore, session)
    try append([.undo(0)], to: .flaggedBefore, session)
    try append([.flag], to: .flagged, session)
    for expected in [Kind.calm, .unknown, .violent, .strict, .privateRoom] {
      #expect(try next(session) == id(expected), "\(expected)")
      try append([.skip(reason: "other")], to: expected, session)
    }
    guard
      case .onlyFlaggedDue(let counts) = try session.loader.nextCalm(
        after: try id(.flagged), in: session.store)
    else {
      Issue.record("a clip that was flagged before opened by itself")
      return
    }
    #expect(counts.due == 1)
    guard
      case .loaded(let loaded) = try session.loader.nextDue(
        after: try id(.flagged), in: session.store)
    else {
      Issue.record("the control: it is due")
      return
    }
    #expect(try loaded.id == id(.flaggedBefore))
    try append([.skip(reason: "other")], to: .flaggedBefore, session)
    guard
      case .nothingDue = try session.loader.nextCalm(
        after: try id(.flagged), in: session.store)
    else {
      Issue.record("nothing is due")
      return
    }
  }
}
