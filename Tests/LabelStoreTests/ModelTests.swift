// SPDX-License-Identifier: Apache-2.0
import AuditLog
import TestSupport
import Testing
import Vocabulary

@testable import LabelStore

/// Random operations of three reviewers and a lead against a plain model of leases, rounds and states.
@Suite struct ModelTests {
  private static let clipCount = 6
  private static let names = ["r01", "r02", "r03"]

  /// What the store must say: each clip's folded events, and who has it until when.
  private struct Model {
    var histories = (0..<clipCount).map { _ in LabelHistory(taxonomy: taxonomy) }
    var leases: [Int: (session: Int, until: Int64)] = [:]
    /// The deferred clips whose time has come.
    var woken: Set<Int> = []

    /// Makes due what is due: each look at the worklist does.
    mutating func wake(_ now: Int64) {
      for (clip, history) in histories.enumerated() {
        if case .deferred(let until) = history.state, until <= now { woken.insert(clip) }
      }
    }

    func state(_ clip: Int) -> ClipState {
      let history = histories[clip]
      guard case .deferred = history.state, woken.contains(clip) else { return history.state }
      return history.first == nil ? .due : .secondOpinion
    }

    func isBarred(_ clip: Int, _ name: String) -> Bool {
      let history = histories[clip]
      let reviewer = ReviewerID(name)
      guard history.first != nil else { return false }
      switch state(clip) {
      case .done, .flagged: return false
      case .disputed: return !history.labellers(ofRound: 2).contains(reviewer)
      default: return history.labellers(ofRound: 1).contains(reviewer)
      }
    }

    func isLeasedByOther(_ clip: Int, _ session: Int, _ now: Int64) -> Bool {
      leases[clip].map { $0.session != session && $0.until > now } ?? false
    }

    func isDue(_ clip: Int) -> Bool { state(clip) == .due || state(clip) == .secondOpinion }

    func count(_ isCounted: (ClipState) -> Bool) -> Int {
      (0..<clipCount).filter { isCounted(state($0)) }.count
    }
  }

  @Test(arguments: 0..<40)
  func theStoreDoesAsTheModel(seed: UInt64) throws {
    let scratch = try Scratch()
    let store = try scratch.open()
    try store.add(records(0..<Self.clipCount))
    var random = SeededGenerator(seed: seed)
    let sessions = try Self.names.map { try store.begin($0) }
    for session in sessions {
      for clip in 0..<Self.clipCount { session.name(clipID(clip), as: logName(clipID(clip))) }
    }
    var model = Model()
    var time = now
    for _ in 0..<150 {
      let session = Int.random(in: 0..<3, using: &random)
      let clip = Int.random(in: 0..<Self.clipCount, using: &random)
      switch Int.random(in: 0..<12, using: &random) {
      case 0:
        let step = Int64.random(in: 0...LabelStore.leaseMilliseconds, using: &random)
        time += step
        scratch.clock.advance(by: step)
      case 1, 2: try takeNext(store, sessions[session], session, &model, time)
      case 3, 4: try take(clip, store, sessions[session], session, &model, time)
      case 5:
        try store.release(clipID(clip), session: sessions[session])
        if model.leases[clip]?.session == session { model.leases[clip] = nil }
      case 6: try decide(clip, store, &model, time, &random)
      default:
        let held = model.leases.filter { $0.value.session == session }.keys.sorted()
        let target = held.randomElement(using: &random) ?? clip
        try label(target, store, sessions[session], session, &model, time, &random)
      }
      try compare(store, sessions, &model, time)
    }
    #expect(try store.fault() == nil)
    for session in sessions { try session.end() }
  }

  private func takeNext(
    _ store: LabelStore, _ session: StoreSession, _ index: Int, _ model: inout Model, _ time: Int64
  ) throws {
    model.wake(time)
    let expected = (0..<Self.clipCount).first { clip in
      model.isDue(clip) && !model.isLeasedByOther(clip, index, time)
        && !model.isBarred(clip, Self.names[index])
    }
    let row = try store.leaseNext(.due, from: nil, session: session, nowMilliseconds: time)
    #expect(row?.record.id == expected.map { clipID($0) })
    if let expected { model.leases[expected] = (index, time + LabelStore.leaseMilliseconds) }
  }

  private func take(
    _ clip: Int, _ store: LabelStore, _ session: StoreSession, _ index: Int, _ model: inout Model,
    _ time: Int64
  ) throws {
    let isTaken: Bool
    do {
      _ = try store.lease(clipID(clip), session: session, nowMilliseconds: time)
      isTaken = true
      model.wake(time)
    } catch { isTaken = false }
    let mayTake =
      !model.isLeasedByOther(clip, index, time) && !model.isBarred(clip, Self.names[index])
    #expect(isTaken == mayTake)
    if isTaken { model.leases[clip] = (index, time + LabelStore.leaseMilliseconds) }
  }

  private func decide(
    _ clip: Int, _ store: LabelStore, _ model: inout Model, _ time: Int64,
    _ random: inout SeededGenerator
  ) throws {
    let choice: OpinionChoice = Bool.random(using: &random) ? .first : .second
    let isDecided: Bool
    do {
      try store.decide(
        named(clip), for: choice, by: lead, taxonomy: taxonomy, nowMilliseconds: time)
      isDecided = true
    } catch { isDecided = false }
    #expect(isDecided == (model.state(clip) == .disputed))
    if isDecided { append(.adjudicate(choice), clip, lead.name, &model, time) }
  }

  private func label(
    _ clip: Int, _ store: LabelStore, _ session: StoreSession, _ index: Int, _ model: inout Model,
    _ time: Int64, _ random: inout SeededGenerator
  ) throws {
    let terms = ["person", "animal", "level_0", "level_1"].map { TermID($0) }
    let changes: [LabelChange] = [
      .set(terms.randomElement(using: &random) ?? terms[0], isConfirmation: false), .commit,
      .commit,
      .secondOpinion(.asked), .reopen, .skip(reason: "busy"), .bringBack,
      .postpone(untilMilliseconds: time + 400_000),
    ]
    let change = changes.randomElement(using: &random) ?? .commit
    let name = Self.names[index]
    let history = model.histories[clip]
    let event = LabelEvent(
      clip: clipID(clip), ordinal: history.nextOrdinal, reviewer: ReviewerID(name),
      atMilliseconds: time, taxonomyVersion: taxonomy.version, change: change)
    var error: StoreError?
    do { try store.append([event], session: session) } catch let thrown { error = thrown }
    if model.leases[clip]?.session != index {
      #expect(error == .leaseLost(clipID(clip)))
    } else if let objection = history.objection(to: change, by: ReviewerID(name)) {
      #expect(error == .opinion(clipID(clip), objection))
    } else {
      #expect(error == nil)
      append(change, clip, name, &model, time)
    }
  }

  private func append(
    _ change: LabelChange, _ clip: Int, _ name: String, _ model: inout Model, _ time: Int64
  ) {
    model.histories[clip].append(
      LabelEvent(
        clip: clipID(clip), ordinal: model.histories[clip].nextOrdinal, reviewer: ReviewerID(name),
        atMilliseconds: time, taxonomyVersion: taxonomy.version, change: change))
    // The row's state is the fold's again, until a look at the worklist wakes it.
    model.woken.remove(clip)
  }

  private func compare(
    _ store: LabelStore, _ sessions: [StoreSession], _ model: inout Model, _ time: Int64
  ) throws {
    for (index, session) in sessions.enumerated() {
      let counts = try store.counts(session: session, nowMilliseconds: time)
      model.wake(time)
      #expect(counts.due == model.count { $0 == .due })
      #expect(counts.secondOpinion == model.count { $0 == .secondOpinion })
      #expect(counts.disputed == model.count { $0 == .disputed })
      #expect(counts.done == model.count { $0 == .done })
      let rows = try store.rows(
        .all, offset: 0, limit: 99, session: session, nowMilliseconds: time)
      for (clip, row) in rows.enumerated() {
        #expect(row.state == model.state(clip))
        #expect(row.isBarred == model.isBarred(clip, Self.names[index]))
        #expect(row.isLeasedByOther == model.isLeasedByOther(clip, index, time))
        #expect(row.verdict == model.histories[clip].standing?.sheet)
        #expect(row.hasDraft == model.histories[clip].hasDraft)
      }
    }
    #expect(
      try store.disputed(taxonomy: taxonomy).count
        == model.count { $0 == .disputed })
  }
}
