// SPDX-License-Identifier: Apache-2.0

import Vocabulary
import Words

@testable import ReviewCore

/// A screen and what leads to it.
struct ScreenScript: Sendable, CustomStringConvertible {
  /// What it is, with the keys that lead to it.
  let name: String
  /// Whether one of its rows is chosen.
  let isList: Bool
  let draw: @Sendable (Language, CellSize) -> CellGrid

  var description: String { name }

  static let all = review + looks + shut + lists + sessions + leads + auditors

  // MARK: - Beginnings

  /// A clip of a customer that has played for a while, with predictions, on an ordinary day.
  private static func screen(
    _ name: String, frost: Frost = .frosted, source: ClipSource = .customerFeedback,
    predictions: [(String, Double)] = [("animal", 0.82), ("intrusion", 0.61), ("level_2", 0.64)],
    isList: Bool = false, _ keys: String = "",
    _ change: @escaping @Sendable (inout Desk) -> Void = { _ in }
  ) -> ScreenScript {
    let title = keys.isEmpty ? name : "\(name): \(keys)"
    return ScreenScript(name: title, isList: isList) { language, size in
      var desk = begun(language, size)
      desk.open(3, predictions: predictions, frost: frost, source: source)
      desk.wait(2000)
      desk.type(keys)
      change(&desk)
      return view(desk.state, size).grid
    }
  }

  /// A session that has opened nothing yet.
  private static func blank(
    _ name: String, isList: Bool = false, _ change: @escaping @Sendable (inout Desk) -> Void
  ) -> ScreenScript {
    ScreenScript(name: name, isList: isList) { language, size in
      var desk = begun(language, size)
      change(&desk)
      return view(desk.state, size).grid
    }
  }

  private static func begun(_ language: Language, _ size: CellSize) -> Desk {
    var desk = Desk(
      vaultNote: "no passphrases: demo only", language: language,
      taxonomy: taxonomy.spoken(in: language))
    desk.state.reviewRules.allowsNotes = true
    desk.state.lookRules = LookRules(
      pressMilliseconds: 1000, clipMilliseconds: 5000, hourMilliseconds: 120_000, scope: .whole)
    desk.state.lockRules = LockRules(idleSeconds: 300, hasPassphrase: true)
    desk.state.themes = ["dark", "light", "high-contrast"]
    desk.state.pictureKinds = [.sixel, .half, .quadrant]
    desk.send(.resized(size))
    desk.send(.counts(counts, committedToday: 42))
    return desk
  }

  private static var counts: WorklistCounts {
    var counts = WorklistCounts()
    counts.due = 9
    counts.done = 42
    counts.deferred = 3
    counts.skipped = 1
    counts.flagged = 2
    counts.unreadable = 1
    counts.secondOpinion = 2
    counts.disputed = 1
    counts.leasedByOthers = 2
    return counts
  }

  private static func event(
    _ ordinal: Int, _ change: LabelChange, by reviewer: String = "r07"
  ) -> LabelEvent {
    LabelEvent(
      clip: Desk.id(3), ordinal: ordinal, reviewer: ReviewerID(reviewer),
      atMilliseconds: 1_768_425_330_000 + Int64(ordinal) * 1000, taxonomyVersion: "2026.1",
      change: change)
  }

  private static func set(_ id: String) -> LabelChange { .set(TermID(id), isConfirmation: false) }

  /// What a reviewer gave as a verdict on the clip.
  private static func verdict(by reviewer: String, _ more: [LabelChange] = []) -> [LabelEvent] {
    ([set("person"), set("loitering"), set("level_3"), .commit] + more).enumerated().map {
      event($0, $1, by: reviewer)
    }
  }

  // MARK: - The clip

  private static let review = [
    screen("playing"),
    screen("paused", " "),
    screen("a loop", "e"),
    screen("labels set, one not on disk", "pt2") {
      $0.store(); $0.type("o")
    },
    screen("cannot judge", "c2") { $0.store() },
    screen("blanked", "⎋"),
    screen("a segment is open", "om→"),
    screen("a segment's edge is chosen", "om→→m⇥"),
    screen("missing", predictions: [], "⏎"),
    screen("too soon") { desk in
      desk.open(4)
      desk.press(.enter, after: 10)
    },
    screen("at the end, twice as fast", "↑") { $0.wait(9000) },
    screen("half decoded") { $0.open(5, timeline: Desk.timeline(50, isComplete: false)) },
    screen("staff test clip", frost: .clear, source: .staffTest),
    screen("strict", frost: .strict, "⎋"),
    screen("more frost", "+"),
    screen("a region is placed", "R"), screen("what a region is", "R⏎"),
    screen("contact sheet", "G"),
    screen("view menu", "E"), screen("view menu, theme", "E↑"), screen("zoomed", "E↓↓→"),
    screen("panned", "E↓↓→p"),
    screen("why not judged", "c"), screen("why skipped", "-"), screen("until when", "z"),
    screen("a note is typed", ";at the gate"), screen("a note", ";at the gate⏎") { $0.store() },
    screen("labels copied", "=") { desk in
      desk.send(.lastVerdict(Desk.id(1), LeadDesk.sheet(["person", "level_2"])))
      desk.type("=")
    },
    screen("held capitals", "PPP"),
  ]

  private static let looks = [
    screen("a look", "!") { grant(&$0) },
    screen("a look at a strict clip asks why", frost: .strict, "⎋!"),
    screen("looks are used up") { desk in
      desk.send(
        .look(
          .standing(
            Desk.id(3), LookDesk.standing(5000, [60_000, 60_000]), nowMilliseconds: desk.now)))
      desk.type("!")
    },
    screen("a lens") { desk in
      desk.state.lookRules = LookRules(
        pressMilliseconds: 1000, clipMilliseconds: 5000, hourMilliseconds: 120_000, scope: .lens)
      desk.type("!")
      grant(&desk)
    },
  ]

  private static func grant(_ desk: inout Desk) {
    let asks = desk.allEffects.compactMap { if case .startLook(let ask) = $0 { ask } else { nil } }
    guard let ask = asks.last else { return }
    desk.send(
      .look(
        .granted(
          LookReceipt(clip: ask.clip, number: 101, milliseconds: 1000, scope: ask.scope),
          LookDesk.standing(1000, [1000]), nowMilliseconds: desk.now)))
  }

  // MARK: - Clips that are done, shut or somebody else's

  private static let shut = [
    screen("flagged", "X"), screen("flagged, and why", "X2"),
    screen("flagged too long ago", "X") { $0.press(.character("u"), after: 61_000) },
    screen("withdrawn") {
      $0.send(
        .clipClosed(Desk.id(3), Notice("Clip 00a0 was withdrawn by its customer", kind: .error)))
    },
    screen("unreadable") {
      $0.send(.clipFailed(Desk.id(3), sentence: "Clip 00a0: the decoder crashed (signal 9)"))
    },
    screen("refused") {
      $0.send(.clipRefused(Desk.id(3), sentence: "Its consent ended on 2026-01-02"))
    },
    screen("not stored", "v") {
      $0.send(.storeFailed(Desk.id(3), sentence: "No space left on the disk", lostCount: 1))
    },
    screen("done") { $0.open(3, events: verdict(by: "r07")) },
    screen("done, corrected, not committed") {
      $0.open(3, events: verdict(by: "r07"))
      $0.type("v")
    },
    screen("asks for a second opinion", "pt3*") { $0.store() },
    screen("gives a second opinion") {
      $0.open(
        3, predictions: [("animal", 0.8)], events: verdict(by: "r08", [.secondOpinion(.asked)]))
    },
    screen("disputed") {
      $0.open(3, events: verdict(by: "r08", [.secondOpinion(.asked)])); $0.type("a0⏎")
    },
  ]

  // MARK: - Lists

  private static let lists = [
    screen("worklist", isList: true, "/") { fill(&$0) },
    screen("worklist, a clip is another's", isList: true, "/") {
      fill(&$0); $0.type("j⏎")
    },
    screen("worklist, a query", isList: true, "/") {
      fill(&$0); $0.type("/camera:porch-2")
    },
    screen("worklist, a bad query", isList: true, "/") {
      fill(&$0); $0.type("/from:soon⏎")
    },
    screen("worklist, a jump", isList: true, "/") {
      fill(&$0); $0.type(":12")
    },
    screen("worklist, nothing in it", "/⇥") {
      $0.send(.rows(WorklistPage(filter: .second, offset: 0, total: 0, rows: [])))
    },
    screen("history", isList: true) { desk in
      let moment = Moment(time: MediaTime(milliseconds: 1500), frame: 15)
      let changes: [(LabelChange, String)] = [
        (set("person"), "r08"), (.set(TermID("level_2"), isConfirmation: true), "r08"),
        (.openSegment(TermID("person"), at: moment), "r07"), (.closeSegment(2, at: moment), "r07"),
        (.note(ClipNote("at the gate") ?? .none), "r07"), (.undo(4), "r07"), (.commit, "r07"),
        (.secondOpinion(.asked), "r07"),
      ]
      desk.open(3, events: changes.enumerated().map { event($0, $1.0, by: $1.1) })
      desk.type("H")
    },
    screen("messages", isList: true, "===⏎M"),
    screen("messages, none") { desk in
      desk.send(.nothingDue(WorklistCounts()))
      desk.type("M")
    },
    screen("all keys", "?"),
  ]

  private static func fill(_ desk: inout Desk) {
    let states: [ClipState] = [
      .due, .secondOpinion, .done, .deferred(untilMilliseconds: 0), .disputed, .flagged,
    ]
    let now: Int64 = 1_768_425_330_000
    desk.state.wallAheadMilliseconds = now - desk.now
    let rows = (0..<70).map { index in
      WorklistRow(
        clip: Desk.id(UInt64(index + 1)), position: index + 1,
        camera: CameraID(index % 3 == 0 ? "garden-behind-the-house-7" : "porch-2"),
        recordedAt: "2026-01-14T22:15:30+01:00",
        source: index % 4 == 0 ? .staffTest : .customerFeedback,
        alert: CameraAlert(
          label: index % 2 == 0 ? "animal" : "person", score: 0.5, model: "cc-4.1"),
        state: states[index % states.count],
        summary: index % 6 == 2 ? "person, loitering, human presence" : "",
        isLeasedByOther: index == 1,
        predicted: index % 5 == 4 ? nil : Prediction(term: TermID("person"), score: 0.75),
        level: index % 5 == 4 ? nil : index % 5, isLevelPredicted: index % 6 != 2,
        // From minutes to years.
        sinceMilliseconds: now - Int64(index * index * index * index) * 60_000)
    }
    desk.send(.rows(WorklistPage(filter: .due, offset: 0, total: 70, rows: rows)))
  }

  // MARK: - The session

  private static let sessions = [
    blank("nothing has come yet") { _ in },
    blank("nothing is due") { $0.send(.nothingDue(counts)) },
    blank("only flagged ones are due") { $0.send(.onlyFlaggedDue(counts)) },
    screen("locked", "Q"),
    screen("locked, the wrong passphrase", "Q") {
      $0.send(.lock(.typed(isAnything: true)))
      $0.send(.lock(.entered))
      $0.send(.lock(.refused("This is not the passphrase of r07.", isWrong: true)))
    },
    screen("summary", "pt2") {
      $0.store()
      $0.type("⏎")
      $0.store()
      $0.type("q")
    },
    screen("offline, the notices are old") { $0.send(.noticesAge(minutes: 50 * 60)) },
    screen("offline, the notices are too old") { $0.send(.noticesAge(minutes: 80 * 60)) },
    screen("a break is due") { desk in
      // The first key begins the work; a pause of five minutes would end it.
      for _ in 0..<14 { desk.press(.character(" "), after: 225_000) }
      desk.wait(85_000)
    },
    tour("the tour begins", 0), tour("the tour, a label", 3), tour("the tour ends", 40),
  ]

  private static func tour(_ name: String, _ steps: Int) -> ScreenScript {
    ScreenScript(name: name, isList: false) { language, size in
      var desk = begun(language, size)
      desk.state.tour = Tour()
      desk.open(3, predictions: [("animal", 0.82), ("level_2", 0.64)])
      for _ in 0..<steps where desk.state.tour?.step != nil { desk.type(">") }
      return view(desk.state, size).grid
    }
  }

  // MARK: - The desk

  private static func lead(
    _ name: String, isList: Bool = true, _ keys: String,
    _ change: @escaping @Sendable (inout LeadDesk) -> Void = { _ in }
  ) -> ScreenScript {
    ScreenScript(name: "desk: \(name) \(keys)", isList: isList) { language, size in
      var desk = LeadDesk(
        language: language, note: "no passphrases: demo only",
        taxonomy: taxonomy.spoken(in: language))
      let many = ["person", "vehicle", "transit", "loitering", "level_3"]
      desk.send(
        .disputes(
          [LeadDesk.dispute(1, many), LeadDesk.dispute(2, cause: .share), LeadDesk.dispute(5)],
          waiting: 3))
      desk.send(
        .flags([
          LeadDesk.flag(3), LeadDesk.flag(4, by: "ada", reason: nil),
          LeadDesk.flag(6, hoursLeft: 30, reason: .nudity, held: "police, 2026-11"),
        ]))
      desk.type(keys)
      change(&desk)
      return view(desk.state, size)
    }
  }

  private static let leads = [
    lead("disputed", ""),
    lead("disputed, decided", "2") { $0.send(.decided(Desk.id(1), .second)) },
    lead("flagged", "⇥"), lead("flagged, erase?", "⇥e"),
    lead("flagged, erasing", "⇥ey") { $0.send(.erasureOrdered(Desk.id(3))) },
    lead("one's own flag", "⇥jr"), lead("a held one", "⇥jje"),
    lead("team, counting", isList: false, "⇥⇥"),
    lead("team", isList: false, "⇥⇥") { desk in
      let rows = (7...9).map { number in
        TeamRow(
          reviewer: ReviewerID("r0\(number)"), seen: 149 - number, committed: 140 - number,
          skipped: 1, flagged: 2, clearSeconds: 17, secondOpinions: 4, compared: 6, disputed: 2)
      }
      desk.send(.team([rows, rows, rows]))
    },
    lead("receipts", "⇥⇥⇥") { desk in
      desk.send(
        .receipts([
          ReceiptItem(
            number: 1,
            content: ReceiptItem.Content(
              atMilliseconds: LeadDesk.now, reason: "withdrawn", order: "customer", clips: 2)),
          ReceiptItem(number: 2, content: nil),
        ]))
      desk.send(
        .receipt(ReceiptText(number: 1, lines: ["milkglass receipt 1", "", "clips 2", "keys 2"])))
    },
    lead("no receipts", isList: false, "⇥⇥⇥") { $0.send(.receipts([])) },
    lead("keys", isList: false, "?"),
    lead("failed", "") { $0.send(.failed("The store is busy with another process; try again")) },
    ScreenScript(name: "desk: nothing to do", isList: false) { language, size in
      var desk = LeadDesk(language: language, taxonomy: taxonomy.spoken(in: language))
      desk.send(.disputes([], waiting: 0))
      return view(desk.state, size)
    },
  ]

  private static let auditors = [
    log("log", ""), log("log, a filter is typed", "/flag r0"),
    log("log, a wrong filter", "/kind:x⏎"),
    log("log, a jump", ":500"), log("log, filtered", "/flag⏎") { $0.answer(of: 1000) },
    log("log, verifying", "v") { $0.send(.verifying(501)) },
    log("log, whole", "v") { $0.send(.verified(.whole(first: 1, last: 1000, unsigned: 8))) },
    log("log, changed", "v") {
      $0.send(.verified(.fault(kind: "changed", number: 7, through: 7)))
    },
    log("keys", isList: false, "?"),
  ]

  private static func log(
    _ name: String, isList: Bool = true, _ keys: String,
    _ change: @escaping @Sendable (inout LeadDesk) -> Void = { _ in }
  ) -> ScreenScript {
    ScreenScript(name: "auditor: \(name) \(keys)", isList: isList) { language, size in
      var desk = LeadDesk([.auditor], language: language, name: "olga")
      desk.answer(of: 1000)
      desk.type(keys)
      change(&desk)
      return view(desk.state, size)
    }
  }
}

extension Taxonomy {
  /// The same with the names that a vault's default taxonomy has on a screen of that language.
  func spoken(in language: Language) -> Taxonomy {
    let texts = Words.texts(language)
    func name(_ id: String, _ name: String) -> String {
      guard language != .english, let phrase = TaxonomyPhrase(rawValue: id) else { return name }
      return texts(phrase)
    }
    return Taxonomy(
      version: version,
      terms: terms.map { term in
        Term(
          id: term.id, axis: term.axis, key: term.key, name: name(term.id.text, term.name),
          standard: term.standard, isExclusive: term.isExclusive)
      },
      cannotJudgeKey: cannotJudgeKey,
      cannotJudgeReasons: cannotJudgeReasons.map {
        Reason(id: $0.id, key: $0.key, name: name("cannot_\($0.id)", $0.name))
      },
      skipReasons: skipReasons.map {
        Reason(id: $0.id, key: $0.key, name: name("skip_\($0.id)", $0.name))
      })
  }
}
