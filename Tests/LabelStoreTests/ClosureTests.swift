// SPDX-License-Identifier: Apache-2.0
import AuditLog
import Testing
import Vocabulary

@testable import LabelStore

@Suite struct ClosureTests {
  private let scratch: Scratch
  private let store: LabelStore
  private let session: StoreSession
  private let otherLead = AuditActor("lead-2", seat: "office")

  init() throws {
    scratch = try Scratch()
    store = try scratch.open()
    try store.add(records(0..<4))
    session = try store.begin()
  }

  private func due() throws -> [ClipID] {
    try store.rows(.due, offset: 0, limit: 9, session: session, nowMilliseconds: now)
      .map(\.record.id)
  }

  @Test func shutAClipForEveryoneAtOnce() throws {
    try store.label(clipID(1), judged, session)
    _ = try store.lease(clipID(0), session: session, nowMilliseconds: now)
    session.name(clipID(0), as: logName(clipID(0)))
    let event = LabelEvent(
      clip: clipID(0), ordinal: 0, reviewer: session.reviewer, atMilliseconds: now,
      taxonomyVersion: taxonomy.version, change: .set(TermID("person"), isConfirmation: false))
    try store.append([event], session: session)
    let before = try store.dataVersion()
    let elsewhere = try scratch.open()
    try elsewhere.withdraw(
      [named(0), named(1)], reason: "request", by: lead, nowMilliseconds: now)
    #expect(try store.dataVersion() != before)
    #expect(
      try store.closures(among: [0, 2, 9].map(clipID)) == [
        clipID(0): .withdrawn, clipID(9): .erased,
      ])
    for attempt in [
      { try store.append([event], session: session) },
      { _ = try store.lease(clipID(0), session: session, nowMilliseconds: now) },
      { try store.renew([clipID(0)], session: session) },
      { _ = try store.events(of: clipID(0)) },
    ] as [() throws -> Void] {
      #expect(throws: StoreError.withdrawn(clipID(0))) { try attempt() }
    }
    #expect(try store.row(clipID(0), session: session) == nil)
    #expect(try due() == [clipID(2), clipID(3)])
    for filter in WorklistFilter.allCases {
      let rows = try store.rows(
        filter, offset: 0, limit: 9, session: session, nowMilliseconds: now)
      #expect(!rows.contains { [clipID(0), clipID(1)].contains($0.record.id) })
    }
    let counts = try store.counts(session: session, nowMilliseconds: now)
    #expect([counts.due, counts.done, counts.leasedByOthers] == [2, 0, 0])
    #expect(try store.lastCommitted(session: session) == nil)
    for scope in [WalkScope.due, .any] {
      let row = try store.leaseNext(scope, from: nil, session: session, nowMilliseconds: now)
      #expect(row?.record.id == clipID(2))
    }
    try store.forEachFolded(taxonomy: taxonomy) { record, _ in
      Issue.record("\(record.id) was handed out")
    }
  }

  @Test func pollForALittleAndChangeForNothingElse() throws {
    let version = try store.dataVersion()
    try store.label(clipID(1), judged, session)
    #expect(try store.dataVersion() == version)
    try store.withdraw([named(0)], reason: "request", by: lead, nowMilliseconds: now)
    let withdrawn = try store.dataVersion()
    #expect(withdrawn != version)
    try store.withdraw([named(0)], reason: "request", by: lead, nowMilliseconds: now)
    #expect(try store.dataVersion() == withdrawn)
    #expect(try store.log(AuditFilter(kinds: [.withdraw])).count == 1)
  }

  @Test func letAFlagBeTakenBackForAMinuteByWhoSetItAlone() throws {
    try store.label(clipID(0), [.flag], session)
    #expect(throws: StoreError.withdrawn(clipID(0))) {
      try store.label(clipID(0), judged, session)
    }
    let other = try store.begin("r08")
    #expect(throws: StoreError.leasedByOther(clipID(0), ReviewerID("r07"))) {
      try store.lease(clipID(0), session: other, nowMilliseconds: now)
    }
    try store.release(clipID(0), session: session)
    #expect(throws: StoreError.withdrawn(clipID(0))) {
      try store.lease(clipID(0), session: other, nowMilliseconds: now)
    }
    try store.label(clipID(0), [.undo(0)], session, at: now + 60_000)
    #expect(try due().contains(clipID(0)))
    try store.label(clipID(0), [.redo(0)], session, at: now + 70_000)
    #expect(try store.flagged(hours: 24).map(\.flaggedAtMilliseconds) == [now + 70_000])
    #expect(throws: StoreError.withdrawn(clipID(0))) {
      try store.label(clipID(0), [.undo(0)], session, at: now + 130_001)
    }
    let late = LabelEvent(
      clip: clipID(0), ordinal: 3, reviewer: session.reviewer, atMilliseconds: now + 130_001,
      taxonomyVersion: taxonomy.version, change: .undo(0))
    #expect(throws: StoreError.flagSettled(clipID(0))) {
      try store.append([late], session: session)
    }
    // A clock that was set back gives no second minute: the log knows the time.
    try store.record([AuditDraft(.open)], by: lead, nowMilliseconds: now + 200_000)
    let early = LabelEvent(
      clip: clipID(0), ordinal: 3, reviewer: session.reviewer, atMilliseconds: now + 80_000,
      taxonomyVersion: taxonomy.version, change: .undo(0))
    #expect(throws: StoreError.flagSettled(clipID(0))) {
      try store.append([early], session: session)
    }
    let kinds = try store.log().map(\.kind).filter { [.flag, .unflag, .undo].contains($0) }
    #expect(kinds == [.flag, .unflag, .flag])
  }

  @Test func letARegionBeTakenBackByWhoAddedItAlone() throws {
    let region = try #require(
      Region(
        kind: .face, from: .zero, until: MediaTime(milliseconds: 9),
        keys: [Region.Key(time: .zero, box: .whole)]))
    let person = LabelChange.set(TermID("person"), isConfirmation: false)
    try store.label(clipID(0), [person, .addRegion(region), .addRegion(region)], session)
    try store.release(clipID(0), session: session)
    let other = try store.begin("r08")
    for ordinal in [1, 2] {
      #expect(throws: StoreError.othersRegion(clipID(0))) {
        try store.label(clipID(0), [.undo(ordinal)], other)
      }
    }
    // The controls: another label of theirs, and one's own region.
    try store.label(clipID(0), [.undo(0)], other)
    try store.release(clipID(0), session: other)
    try store.label(clipID(0), [.undo(1)], session)
    #expect(try store.events(of: clipID(0)).count == 5)
  }

  @Test func showALeadFlaggedClipsAndWhenTheyAreDue() throws {
    try store.label(clipID(1), judged + [.flag], session)
    try store.label(clipID(0), [.flag], session, at: now + 5)
    let flagged = try store.flagged(hours: 24)
    #expect(flagged.map(\.clip) == [clipID(1), clipID(0)])
    #expect(flagged[0].camera == record(1).camera)
    #expect(flagged[0].facts == record(1).facts)
    #expect(flagged[0].flaggedBy == ReviewerID("r07"))
    #expect(flagged[0].dueAtMilliseconds == now + 86_400_000)
    #expect(flagged[0].heldReason == nil)
    #expect(try store.flagsDue(atMilliseconds: now + 86_399_999, hours: 24).isEmpty)
    #expect(try store.flagsDue(atMilliseconds: now + 86_400_000, hours: 24) == [clipID(1)])
    let until = now + 2 * 86_400_000
    try store.hold(
      named(1), reason: "police", untilMilliseconds: until, by: lead, nowMilliseconds: now)
    #expect(try store.flagsDue(atMilliseconds: until - 1, hours: 24) == [clipID(0)])
    #expect(try store.flagsDue(atMilliseconds: until, hours: 24) == [clipID(1), clipID(0)])
    let held = try store.flagged(hours: 24)[0]
    #expect(held.heldReason == "police" && held.heldUntilMilliseconds == until)
    #expect(try store.closures(among: [clipID(0), clipID(1)]) == [clipID(1): .held])
  }

  @Test func letAnotherLeadDecideOnAFlag() throws {
    try store.label(clipID(0), judged + [.flag], session)
    let flagger = AuditActor("r07")
    for attempt in [
      {
        try store.hold(
          named(0), reason: "x", untilMilliseconds: now + 1, by: flagger, nowMilliseconds: now)
      },
      { try store.restore(named(0), by: flagger, taxonomy: taxonomy, nowMilliseconds: now) },
      {
        try store.orderErasure(
          [named(0)], reason: .decision, by: flagger, nowMilliseconds: now)
      },
    ] as [() throws -> Void] {
      #expect(throws: StoreError.ownFlag(clipID(0))) { try attempt() }
    }
    try store.hold(
      named(0), reason: "x", untilMilliseconds: now + 1, by: lead, nowMilliseconds: now)
    try store.restore(named(0), by: otherLead, taxonomy: taxonomy, nowMilliseconds: now + 9)
    let row = try store.row(clipID(0), session: session)
    #expect(row?.state == .done)
    let changes = try store.events(of: clipID(0)).map(\.change)
    #expect(changes == judged + [.flag, .undo(3)])
    #expect(try store.flagged(hours: 24).isEmpty)
    #expect(try store.log().last?.actor == otherLead)
    try store.label(clipID(0), [.reopen], session)
    #expect(throws: StoreError.notRestorable(clipID(0))) {
      try store.restore(named(0), by: lead, taxonomy: taxonomy, nowMilliseconds: now)
    }
  }

  @Test func restoreNothingThatIsWithdrawnOrBeingErased() throws {
    for number in 0..<2 {
      try store.hold(
        named(number), reason: "x", untilMilliseconds: now + 1, by: lead, nowMilliseconds: now)
    }
    try store.withdraw([named(0)], reason: "request", by: lead, nowMilliseconds: now)
    try store.orderErasure([named(1)], reason: .request, by: lead, nowMilliseconds: now)
    #expect(throws: StoreError.notRestorable(clipID(0))) {
      try store.restore(named(0), by: lead, taxonomy: taxonomy, nowMilliseconds: now)
    }
    #expect(throws: StoreError.erasureStands(clipID(1))) {
      try store.restore(named(1), by: lead, taxonomy: taxonomy, nowMilliseconds: now)
    }
    try store.hold(
      named(2), reason: "x", untilMilliseconds: now + 1, by: lead, nowMilliseconds: now)
    try store.restore(named(2), by: lead, taxonomy: taxonomy, nowMilliseconds: now)
    #expect(try due() == [clipID(2), clipID(3)])
  }

  @Test func holdAgainstAnErasureOnALegalGroundOnly() throws {
    func pending(_ time: Int64) throws -> [ClipID] {
      try store.pendingErasures(atMilliseconds: time).map(\.clip.id)
    }
    try store.hold(
      named(0), reason: "x", untilMilliseconds: now + 99, by: lead, nowMilliseconds: now)
    try store.orderErasure([named(0)], reason: .request, by: lead, nowMilliseconds: now)
    #expect(try pending(now) == [clipID(0)])
    #expect(throws: StoreError.erasureStands(clipID(0))) {
      try store.hold(
        named(0), reason: "x", untilMilliseconds: now + 99, by: lead, nowMilliseconds: now)
    }
    try store.hold(
      named(0), reason: "x", untilMilliseconds: now + 99, overErasureGround: "art17_3e", by: lead,
      nowMilliseconds: now)
    #expect(try pending(now + 98).isEmpty)
    #expect(try pending(now + 99) == [clipID(0)])
    #expect(throws: StoreError.notLoggable) {
      try store.hold(
        named(2), reason: "free text", untilMilliseconds: now, by: lead, nowMilliseconds: now)
    }
    #expect(try store.closures(among: [clipID(2)]).isEmpty)
  }

  @Test func findClipsByPersonConsentAndTime() throws {
    let week = now + 7 * 86_400_000
    #expect(try store.clips(ofSubject: "subject-consent-2") == [clipID(2)])
    #expect(try store.clips(ofSubject: "").isEmpty)
    #expect(try store.clips(ofConsent: "consent-3") == [clipID(3)])
    #expect(try store.expired(atMilliseconds: week - 1).isEmpty)
    try store.hold(
      named(0), reason: "x", untilMilliseconds: week + 5, by: lead, nowMilliseconds: now)
    try store.orderErasure([named(1)], reason: .request, by: lead, nowMilliseconds: now)
    try store.withdraw([named(2)], reason: "request", by: lead, nowMilliseconds: now)
    #expect(try store.expired(atMilliseconds: week) == [clipID(2), clipID(3)])
    #expect(try store.expired(atMilliseconds: week + 5) == [0, 2, 3].map(clipID))
  }

  @Test func applyNoticesOnceAndInOrder() throws {
    #expect(try store.appliedNotice() == nil)
    func apply(_ number: Int64, _ withdrawals: [NamedClip], _ erasures: [NamedClip]) throws {
      try store.applyNotice(
        number, signedAtMilliseconds: now - number, withdrawals: withdrawals, erasures: erasures,
        by: lead, nowMilliseconds: now)
    }
    try apply(3, [named(0)], [named(1)])
    #expect(try store.appliedNotice()?.number == 3)
    #expect(try store.appliedNotice()?.atMilliseconds == now - 3)
    #expect(
      try store.closures(among: [clipID(0), clipID(1)]) == [
        clipID(0): .withdrawn, clipID(1): .erasing,
      ])
    for number: Int64 in [2, 3] {
      #expect(throws: StoreError.noticeApplied(3)) { try apply(number, [named(2)], []) }
    }
    #expect(throws: StoreError.unknownClip(clipID(77))) { try apply(4, [named(2), named(77)], []) }
    #expect(try store.appliedNotice()?.number == 3)
    #expect(try store.closures(among: [clipID(2)]).isEmpty)
    try apply(4, [], [named(0)])
    #expect(try store.closures(among: [clipID(0)]) == [clipID(0): .erasing])
  }
}
