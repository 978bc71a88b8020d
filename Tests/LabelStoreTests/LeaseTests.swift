// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Testing
import Vocabulary

@testable import LabelStore

@Suite struct LeaseTests {
  private let scratch: Scratch
  private let store: LabelStore

  init() throws {
    scratch = try Scratch()
    store = try scratch.open()
    try store.add(records(0..<6))
  }

  private func next(
    _ session: StoreSession, _ scope: WalkScope = .due, from position: Int? = nil,
    _ direction: WalkDirection = .forward, at time: Int64 = now, excluding: Set<ClipID> = []
  ) throws(StoreError) -> ClipID? {
    try store.leaseNext(
      scope, from: position, direction, session: session, nowMilliseconds: time,
      excluding: excluding)?.record.id
  }

  @Test func giveTwoThreadsDifferentClips() async throws {
    try store.add(records(6..<200))
    let stores = try [scratch.open(), scratch.open()]
    let sessions = try [stores[0].begin("r07"), stores[1].begin("r08")]
    let taken = try await withThrowingTaskGroup(of: [ClipID].self) { group in
      for (store, session) in zip(stores, sessions) {
        group.addTask {
          var taken: [ClipID] = []
          var position: Int?
          while let row = try store.leaseNext(
            .due, from: position, session: session, nowMilliseconds: now)
          {
            taken.append(row.record.id)
            position = row.position
          }
          return taken
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(taken.count == 200)
    #expect(try store.clipIDs() == Set(taken))
    for session in sessions { try session.end() }
  }

  @Test func giveTwoProcessesDifferentClips() throws {
    try store.add(records(6..<1000))
    let one = try Crasher("lease", scratch.directory)
    let two = try Crasher("lease", scratch.directory)
    func taken(_ crasher: Crasher) -> [String] {
      var taken: [String] = []
      while let line = crasher.line(), line != "end" { taken.append(line) }
      return taken
    }
    let first = taken(one)
    let second = taken(two)
    #expect(first.count + second.count == 1000)
    #expect(Set(first).union(second) == Set(try store.clipIDs().map(\.text)))
    #expect(try one.finish() == 0)
    #expect(try two.finish() == 0)
  }

  @Test func ofAKilledProcessAreFreeAtOnce() throws {
    let crasher = try Crasher("lease", scratch.directory)
    while let line = crasher.line(), line != "end" {}
    let session = try store.begin()
    #expect(try next(session) == nil)
    #expect(try store.counts(session: session, nowMilliseconds: now).leasedByOthers == 6)
    #expect(throws: StoreError.self) {
      try store.lease(clipID(0), session: session, nowMilliseconds: now)
    }
    #expect(try scratch.lockFiles().count == 2)
    #expect(crasher.kill9())
    #expect(try next(session) == clipID(0))
    #expect(try scratch.lockFiles().count == 1)
    #expect(try store.counts(session: session, nowMilliseconds: now).leasedByOthers == 0)
    try session.end()
    #expect(try scratch.lockFiles().isEmpty)
  }

  @Test func lapseUnlessRenewed() throws {
    let mine = try store.begin("r07")
    let other = try store.begin("r08")
    _ = try store.lease(clipID(0), session: mine, nowMilliseconds: now)
    _ = try store.lease(clipID(1), session: mine, nowMilliseconds: now)
    scratch.clock.advance(by: LabelStore.leaseMilliseconds - 1)
    try store.renew([clipID(0)], session: mine)
    #expect(try next(other) == clipID(2))
    scratch.clock.advance(by: 1)
    #expect(try next(other) == clipID(1))
    #expect(throws: StoreError.leasedByOther(clipID(0), ReviewerID("r07"))) {
      try store.lease(clipID(0), session: other, nowMilliseconds: now)
    }
    #expect(throws: StoreError.leaseLost(clipID(1))) {
      try store.renew([clipID(0), clipID(1)], session: mine)
    }
    #expect(throws: StoreError.leaseLost(clipID(1))) {
      try store.append(
        [
          LabelEvent(
            clip: clipID(1), ordinal: 0, reviewer: mine.reviewer, atMilliseconds: now,
            taxonomyVersion: taxonomy.version, change: .set(TermID("person"), isConfirmation: false)
          )
        ], session: mine)
    }
    #expect(try store.events(of: clipID(1)).isEmpty)
    try store.release(clipID(0), session: mine)
    _ = try store.lease(clipID(0), session: other, nowMilliseconds: now)
  }

  /// Whoever sets the clock of day gives no clip to two, and keeps none from everybody.
  @Test(arguments: [-400 * 86_400_000, 400 * 86_400_000] as [Int64])
  func goByNoClockThatCanBeSet(jump: Int64) throws {
    let mine = try store.begin("r07")
    let other = try store.begin("r08")
    _ = try store.lease(clipID(0), session: mine, nowMilliseconds: now)
    let later = now + jump
    #expect(try next(other, at: later) == clipID(1))
    #expect(throws: StoreError.leasedByOther(clipID(0), ReviewerID("r07"))) {
      try store.lease(clipID(0), session: other, nowMilliseconds: later)
    }
    #expect(try store.counts(session: other, nowMilliseconds: later).leasedByOthers == 1)
    try other.end()
    // The control: it lapses by the time that goes on.
    scratch.clock.advance(by: LabelStore.leaseMilliseconds)
    let third = try store.begin("r09")
    #expect(try next(third, at: later) == clipID(0))
  }

  @Test func walkBothWaysPastWhatCannotBeOpened() throws {
    let mine = try store.begin("r07")
    let other = try store.begin("r08")
    try store.label(clipID(1), [.flag], mine)
    try store.label(clipID(2), judged, mine)
    try store.setUnreadable(clipID(3), reason: "crashed")
    _ = try store.lease(clipID(4), session: other, nowMilliseconds: now)
    try mine.end()
    let session = try store.begin("r07")
    #expect(try next(session) == clipID(0))
    #expect(try next(session, from: 1) == clipID(5))
    #expect(try next(session, from: 6) == nil)
    #expect(try next(session, .any, from: 1) == clipID(2))
    #expect(try next(session, .any, from: 6, .backward) == clipID(2))
    #expect(try next(session, .any, from: nil, .backward) == clipID(5))
    #expect(try next(session, .any, from: 1, excluding: [clipID(2)]) == clipID(5))
    #expect(throws: StoreError.withdrawn(clipID(1))) {
      try store.lease(clipID(1), session: other, nowMilliseconds: now)
    }
    try session.end()
    try session.end()
    #expect(throws: StoreError.sessionEnded) { try next(session) }
  }

  @Test func letTheOneWhoFlaggedTakeItBack() throws {
    let session = try store.begin()
    try store.label(clipID(1), [.flag], session)
    try store.label(clipID(1), [.undo(0)], session)
    #expect(try store.row(clipID(1), session: session)?.state == .due)
  }

  @Test func walkPastWhatWasEverFlaggedAndWhatNobodyWants() throws {
    let session = try store.begin()
    try store.label(clipID(0), [.flag], session)
    try store.label(clipID(1), [.flag], session)
    try store.label(clipID(1), [.undo(0)], session)
    #expect(try next(session) == clipID(1), "the control: it is due")
    #expect(try next(session, .dueNeverFlagged) == clipID(2))
    func wanted(_ clip: Int, mostRefused: Int) throws -> ClipID? {
      try store.leaseNext(
        .dueNeverFlagged, from: nil, session: session, nowMilliseconds: now,
        mostRefused: mostRefused, where: { $0.id == clipID(clip) })?.record.id
    }
    #expect(try wanted(5, mostRefused: .max) == clipID(5))
    #expect(try wanted(5, mostRefused: 4) == clipID(5))
    #expect(try wanted(5, mostRefused: 3) == nil)
    #expect(try wanted(1, mostRefused: .max) == nil)
  }

  @Test func findWhatNobodyFlaggedByAnIndex() throws {
    let queue = try DatabaseQueue(path: scratch.file)
    let plan = try queue.read { database in
      try Row.fetchAll(
        database,
        sql: "EXPLAIN QUERY PLAN " + LabelStore.walk(.dueNeverFlagged, .forward),
        arguments: ["session": 0, "lease_now": 0, "reviewer": "r", "start": 0, "turn": 0]
      ).map { String($0["detail"] as String) }.joined(separator: "\n")
    }
    #expect(plan.contains("worklist_open"), "\(plan)")
    #expect(plan.contains("SEARCH e USING PRIMARY KEY (clip=?)"), "\(plan)")
    #expect(!plan.contains("SCAN"), "\(plan)")
  }

  @Test func leaveNoLockOfASessionThatNeverBegan() throws {
    let stray = scratch.directory + "/session-1234.lock"
    #expect(FileManager.default.createFile(atPath: stray, contents: nil))
    let session = try store.begin()
    #expect(!FileManager.default.fileExists(atPath: stray))
    #expect(try scratch.lockFiles().count == 1)
    try session.end()
  }
}
