// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing
import Vocabulary

@testable import ReviewCore

/// What holds whatever is typed, shown by thousands of random keys through a whole session.
@Suite struct PropertyTests {
  private static let keys: [KeyPress] =
    "pvabntdoisf01234ccuUmmm hl,.rewWjkg/-zyyXqQ?==*x5 123EEGGRRR;;HM".map { .character($0) }
    + [
      .enter, .enter, .escape, .tab, .delete, .left, .right, .up, .down, .pageDown, .unknown, .tab,
    ]
    + [.home, .eraseWord, .eraseLine, .backspace]

  /// A store that keeps every clip's events and answers effects as the session does.
  private struct World {
    var desk: Desk = {
      var desk = Desk(allowsQuickLevels: true)
      desk.state.reviewRules.allowsNotes = true
      return desk
    }()
    var stored: [ClipID: [LabelEvent]] = [:]
    var current: UInt64 = 0
    var lastCommitted: UInt64?
    var quits = 0
    var closed: ClipID?
    static let clipCount: UInt64 = 9

    static func predictions(_ number: UInt64) -> [(String, Double)] {
      switch number % 3 {
      case 0: [("person", 0.9), ("loitering", 0.7), ("level_2", 0.6)]
      case 1: [("nothing", 0.8), ("level_0", 0.9)]
      default: []
      }
    }

    mutating func open(_ number: UInt64, isReopening: Bool = false) {
      current = number
      closed = nil
      desk.send(
        .clipOpened(
          OpenedClip(
            record: Desk.record(
              number,
              predictions: Self.predictions(number).map {
                Prediction(term: TermID($0.0), score: $0.1)
              }), events: stored[Desk.id(number)] ?? [], timeline: Desk.timeline(),
            position: Int(number) + 1, frost: .frosted, frostReason: "",
            isReopening: isReopening)))
      desk.send(.firstPictureShown(Desk.id(number), nowMilliseconds: desk.now))
      let effects = desk.effects
      for effect in effects { answer(effect) }
    }

    mutating func press(_ key: KeyPress, after milliseconds: Int64) {
      desk.press(key, after: milliseconds)
      let effects = desk.effects
      for effect in effects { answer(effect) }
    }

    mutating func answer(_ effect: Effect) {
      switch effect {
      case .append(let events): append(events)
      case .openNextDue, .openNext, .openNextCalm: open((current + 1) % Self.clipCount)
      case .openPrevious: open((current + Self.clipCount - 1) % Self.clipCount)
      case .open(let id):
        open((0..<Self.clipCount).first { Desk.id($0) == id } ?? 0)
      case .reopenLastCommitted:
        if let lastCommitted {
          open(lastCommitted, isReopening: true)
        } else {
          desk.send(.stays(Notice("Nothing was committed yet")))
        }
      case .loadRows(let filter, _, let offset, _): load(filter, offset)
      case .refreshCounts: desk.send(.counts(WorklistCounts(), committedToday: 1))
      case .cover(let id, let regions):
        #expect(id == desk.state.clip?.id && regions == desk.state.clip?.history.draft.regions)
        #expect(desk.state.clip?.player.isPlaying == false)
      case .saveSpeed, .saveWorklistPlace, .usePicture, .useTheme, .hideLook, .showLook,
        .recordLook,
        .raiseFrost:
        break
      case .startLook: send(.look(.refused(sentence: "No log here.")))
      case .lock: send(.lock(.entered))
      case .tryToUnlock: send(.lock(.unlocked))
      case .openAgain(let id, _): open((0..<Self.clipCount).first { Desk.id($0) == id } ?? 0)
      case .quit: quits += 1
      }
    }

    private mutating func send(_ message: Message) {
      desk.send(message)
      let effects = desk.effects
      for effect in effects { answer(effect) }
    }

    /// Closes the clip on the screen, as a withdrawal does, and checks that it takes nothing more.
    mutating func close(by notice: Notice) {
      desk.send(.clipClosed(Desk.id(current), notice))
      closed = desk.state.clip?.id
      #expect(desk.state.picture != .frames)
    }

    mutating func append(_ events: [LabelEvent]) {
      guard let first = events.first else {
        Issue.record("an empty transaction")
        return
      }
      let old = stored[first.clip] ?? []
      #expect(first.clip != closed)
      #expect(events.map(\.ordinal) == Array(old.count..<old.count + events.count))
      #expect(events.allSatisfy { $0.clip == first.clip && $0.clip == Desk.id(current) })
      stored[first.clip] = old + events
      let history = LabelHistory(old + events, taxonomy: taxonomy)
      if events.last?.change == .commit {
        check(history, before: LabelHistory(old, taxonomy: taxonomy))
        lastCommitted = current
      }
      desk.send(.stored(first.clip, throughOrdinal: old.count + events.count - 1))
    }

    func check(_ history: LabelHistory, before: LabelHistory) {
      #expect(before.state != .flagged)
      guard let verdict = history.verdict else {
        Issue.record("a commit without verdict")
        return
      }
      #expect(verdict.segments.allSatisfy { $0.end != nil && verdict.terms[$0.term] != nil })
      if verdict.cannotJudge != nil {
        #expect(verdict.terms.isEmpty)
      } else {
        let moved = verdict.terms(.moved, taxonomy)
        #expect(!moved.isEmpty)
        #expect(verdict.terms(.level, taxonomy).count == 1)
        if moved.contains(where: \.isExclusive) {
          #expect(moved.count == 1 && verdict.terms(.happened, taxonomy).isEmpty)
        }
      }
    }

    mutating func load(_ filter: WorklistFilter, _ offset: Int) {
      let rows = (0..<Self.clipCount).map { number in
        WorklistRow(
          clip: Desk.id(number), position: Int(number) + 1, camera: CameraID("porch-2"),
          recordedAt: "", source: .customerFeedback,
          alert: CameraAlert(label: "", score: nil, model: ""), state: .due, summary: "")
      }
      desk.send(
        .rows(WorklistPage(filter: filter, offset: 0, total: rows.count, rows: rows)))
    }
  }

  @Test func randomKeysKeepTheRules() {
    var changes: [LabelChange] = []
    for seed in 1...6 as ClosedRange<UInt64> { changes += randomSession(seed: seed) }
    // The runs are worth something only if they came by these.
    #expect(changes.contains(.commit) && changes.contains(.reopen) && changes.contains(.flag))
    #expect(changes.contains { if case .closeSegment = $0 { true } else { false } })
    #expect(changes.contains { if case .cannotJudge = $0 { true } else { false } })
    #expect(changes.contains { if case .copy = $0 { true } else { false } })
    #expect(changes.contains { if case .note = $0 { true } else { false } })
    #expect(changes.contains { if case .moveSegment = $0 { true } else { false } })
  }

  /// Types 2,500 keys and returns all changes that were stored.
  private func randomSession(seed: UInt64) -> [LabelChange] {
    var random = SeededGenerator(seed: seed)
    var world = World()
    world.open(0)
    for step in 0..<2500 {
      let key = Self.keys.randomElement(using: &random) ?? .unknown
      if step % 60 == 59 { world.close(by: Notice("Clip closed: g goes on")) }
      world.press(key, after: Int64.random(in: 20...900, using: &random))
      let state = world.desk.state
      guard let clip = state.clip else {
        Issue.record("the clip went away")
        return []
      }
      if !Desk.changes(world.desk.allEffects).isEmpty {
        let fold = LabelHistory(world.stored[clip.id] ?? [], taxonomy: taxonomy)
        #expect(clip.history == fold)
        #expect(clip.durableSheet == fold.draft)
      }
      world.desk.allEffects = []
      #expect(clip.history.draft.segments.filter { $0.end == nil }.count <= 1)
      #expect(
        clip.shownSegments.allSatisfy { segment in
          segment.end.map { segment.start.frame < $0.frame && $0.frame <= 100 } ?? true
        })
      if clip.isWithdrawn || state.isBlanked { #expect(state.picture != .frames) }
      if state.picture != .frames { #expect(!clip.player.isPlaying) }
      #expect(clip.time <= clip.timeline.duration && clip.time >= .zero)
      if step % 100 == 0 { expectWhole(state, &random) }
    }
    return world.stored.values.flatMap { $0.map(\.change) }
  }

  private func expectWhole(_ state: State, _ random: inout SeededGenerator) {
    let size = CellSize(
      columns: Int.random(in: 1...220, using: &random), rows: Int.random(in: 1...70, using: &random)
    )
    expectWhole(state, size)
  }

  private func expectWhole(_ state: State, _ size: CellSize) {
    let view = view(state, size)
    #expect(view.grid.size == size)
    #expect(view.grid.cells.count == size.columns * size.rows)
    #expect((view.pane == nil) == (view.picture == .none))
    let paneCells = view.grid.cells.filter { $0.role == .pane }.count
    #expect(view.pane == nil || view.thumbnails.isEmpty)
    let panes = view.pane.map { [$0] } ?? view.thumbnails.map(\.rect)
    for pane in panes {
      #expect(pane.column >= 0 && pane.row >= 0 && !pane.isEmpty)
      #expect(pane.column + pane.size.columns <= size.columns)
      #expect(pane.row + pane.size.rows <= size.rows)
    }
    // No two of them overlap.
    #expect(paneCells == panes.reduce(0) { $0 + $1.size.columns * $1.size.rows })
  }

  @Test func everyScreenFitsEverySize() {
    for state in screens() {
      for columns in stride(from: 20, through: 220, by: 20) {
        for rows in stride(from: 5, through: 69, by: 8) {
          expectWhole(state, CellSize(columns: columns, rows: rows))
        }
      }
      expectWhole(state, CellSize(columns: 60, rows: 20))
      expectWhole(state, CellSize(columns: 0, rows: 0))
    }
  }

  /// One state of each screen.
  private func screens() -> [State] {
    ["om→m⇥p", "X", "⎋", "c", "-", "?", "q", "/", ";pppp", "pvH", "MM=M"].map { keys in
      var desk = Desk()
      desk.state.reviewRules.allowsNotes = true
      desk.open(predictions: [("animal", 0.8), ("level_1", 0.9)])
      desk.type(keys)
      return desk.state
    } + [Desk().state, nothingDue()]
  }

  private func nothingDue() -> State {
    var desk = Desk()
    desk.send(.nothingDue(WorklistCounts()))
    return desk.state
  }
}
