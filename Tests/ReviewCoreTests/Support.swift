// SPDX-License-Identifier: Apache-2.0

import Vocabulary
import Words

@testable import ReviewCore

/// The default taxonomy, as the vault's file has it.
let taxonomy: Taxonomy = {
  func term(
    _ axis: Axis, _ key: Character, _ id: String, _ name: String, isExclusive: Bool = false
  ) -> Term {
    Term(
      id: TermID(id), axis: axis, key: key, name: name, standard: "", isExclusive: isExclusive)
  }
  func reasons(_ names: [String]) -> [Reason] {
    zip("123456789", names).map { Reason(id: $1, key: $0, name: $1) }
  }
  return Taxonomy(
    version: "2026.1",
    terms: [
      term(.moved, "p", "person", "person"), term(.moved, "v", "vehicle", "vehicle"),
      term(.moved, "a", "animal", "animal"), term(.moved, "b", "package", "package"),
      term(.moved, "n", "nothing", "nothing", isExclusive: true),
      term(.happened, "t", "transit", "transit"),
      term(.happened, "d", "expected_activity", "expected activity"),
      term(.happened, "o", "loitering", "loitering"),
      term(.happened, "i", "intrusion", "intrusion"),
      term(.happened, "s", "stealing_or_damage", "stealing or damage"),
      term(.happened, "f", "fighting_or_assault", "fighting or assault"),
      term(.level, "0", "level_0", "no call for service"),
      term(.level, "1", "level_1", "something happened, not enough to say"),
      term(.level, "2", "level_2", "human presence, intent unknown"),
      term(.level, "3", "level_3", "threat to property"),
      term(.level, "4", "level_4", "threat to life"),
    ],
    cannotJudgeKey: "c",
    cannotJudgeReasons: reasons(["dark", "frosted", "short", "broken", "other"]),
    skipReasons: reasons(["disturbing", "know the people", "other"]))
}()

/// Plays the session's part: clocks, answers to effects, and a store that keeps all.
struct Desk {
  var state: State
  var effects: [Effect] = []
  /// All effects since the desk was set up.
  var allEffects: [Effect] = []
  var now: Int64 = 10_000

  init(
    allowsQuickLevels: Bool = false, speed: Speed = .normal, flaggedHours: Int = 24,
    vaultNote: String = "", language: Language = .english, taxonomy: Taxonomy = taxonomy
  ) {
    state = State(
      texts: Words.texts(language), taxonomy: taxonomy, reviewer: ReviewerID("r07"), seat: "seat-3",
      vault: "demo",
      dailyGoal: 150, allowsQuickLevels: allowsQuickLevels, speed: speed, nowMilliseconds: 10_000,
      flaggedHours: flaggedHours, vaultNote: vaultNote)
  }

  static func id(_ number: UInt64) -> ClipID { ClipID(high: 0xA0, low: number) }

  /// A clip of 10 s at 10 frames a second with motion around 3 s and 7 s.
  static func frames(_ count: Int = 100) -> [TimelineFrame] {
    (0..<count).map { index in
      let near = min(abs(index - 30), abs(index - 70))
      return TimelineFrame(
        time: MediaTime(milliseconds: Int64(index) * 100),
        motion: index == 0 ? 0 : 60 + max(0, 4000 - near * 500), movedEighths: 0)
    }
  }

  static func timeline(_ count: Int = 100, isComplete: Bool = true) -> Timeline {
    var timeline = Timeline(expectedDuration: MediaTime(milliseconds: 10_000))
    for frame in frames(count) { _ = timeline.append(frame) }
    timeline.isComplete = isComplete
    return timeline
  }

  static func record(
    _ number: UInt64, predictions: [Prediction] = [], source: ClipSource = .customerFeedback
  ) -> ClipRecord {
    ClipRecord(
      id: id(number), source: source, consent: "CR-1", camera: CameraID("porch-2"),
      recordedAt: "2026-01-14T22:15:30+01:00",
      alert: CameraAlert(label: "animal", score: 0.82, model: "cc-4.1"), predictions: predictions,
      facts: ClipFacts(
        size: PixelSize(width: 640, height: 360), pixelAspect: .one,
        duration: MediaTime(milliseconds: 10_000), frameCount: 100, frameRate: Ratio(10, 1),
        codec: "h264", greys: .even), ingestedAtMilliseconds: 0)
  }

  /// Opens a clip as the session does; its first picture has been on screen for a second.
  mutating func open(
    _ number: UInt64 = 1, predictions: [(String, Double)] = [], events: [LabelEvent] = [],
    isReopening: Bool = false, frost: Frost = .frosted, timeline: Timeline? = nil,
    source: ClipSource = .customerFeedback, playhead: MediaTime? = nil
  ) {
    send(
      .clipOpened(
        OpenedClip(
          record: Self.record(
            number, predictions: predictions.map { Prediction(term: TermID($0.0), score: $0.1) },
            source: source), events: events, timeline: timeline ?? Self.timeline(),
          position: Int(number), frost: frost, frostReason: "", playhead: playhead,
          isReopening: isReopening)))
    send(.firstPictureShown(Self.id(number), nowMilliseconds: now))
    var all = effects
    if state.clip?.player.isPlaying == true {
      wait(1000)
      all += effects
    } else {
      now += 1000
    }
    effects = all
  }

  mutating func send(_ message: Message) {
    effects = update(&state, message)
    allEffects += effects
  }

  mutating func wait(_ milliseconds: Int64) {
    for _ in 0..<max(1, milliseconds / 100) {
      now += min(100, milliseconds)
      send(.tick(nowMilliseconds: now))
    }
  }

  mutating func press(_ key: KeyPress, after milliseconds: Int64 = 150) {
    now += milliseconds
    send(.key(key, nowMilliseconds: now, wallMilliseconds: 1_790_000_000_000 + now))
  }

  /// Types characters; `⏎` is Enter, `⎋` Esc, `⇥` Tab, `⌦` Delete.
  ///
  /// Returns the effects of all of them.
  @discardableResult
  mutating func type(_ keys: String) -> [Effect] {
    var all: [Effect] = []
    for key in keys {
      switch key {
      case "⏎": press(.enter)
      case "⎋": press(.escape)
      case "⇥": press(.tab)
      case "⌦": press(.delete)
      case "←": press(.left)
      case "→": press(.right)
      case "↑": press(.up)
      case "↓": press(.down)
      default: press(.character(key))
      }
      all += effects
    }
    effects = all
    return all
  }

  /// What the list of keys says on all its pages at a size; it is left then.
  mutating func readKeyList(_ columns: Int, _ rows: Int) -> String {
    var text = ""
    while state.mode.isHelp {
      text += screen(columns, rows)
      press(.enter)
    }
    return text
  }

  /// Reports all events of the clip on screen as durable.
  mutating func store() {
    guard let clip = state.clip else { return }
    send(.stored(clip.id, throughOrdinal: clip.history.nextOrdinal - 1))
  }

  /// The changes appended by the last keys.
  var changes: [LabelChange] { Desk.changes(effects) }

  static func changes(_ effects: [Effect]) -> [LabelChange] {
    effects.flatMap { effect -> [LabelChange] in
      if case .append(let events) = effect { return events.map(\.change) }
      return []
    }
  }

  var sheet: LabelSheet? { state.clip?.history.draft }

  var setTerms: Set<String> { Set((sheet?.terms.keys.map(\.text)) ?? []) }

  var notice: String { state.notice?.text ?? "" }

  /// The screen's rows as text, blanks at the ends cut; the pane shows as `.`.
  func rows(_ columns: Int = 120, _ rows: Int = 36) -> [String] {
    let grid = view(state, CellSize(columns: columns, rows: rows)).grid
    return (0..<rows).map { row in
      var text = ""
      for column in 0..<columns {
        let cell = grid[column, row]
        text.unicodeScalars.append(cell.role == .pane ? "." : cell.glyph)
      }
      while text.last == " " { text.removeLast() }
      return text
    }
  }

  func screen(_ columns: Int = 120, _ rows: Int = 36) -> String {
    self.rows(columns, rows).joined(separator: "\n")
  }

  /// The row that starts, blanks aside, with a text.
  func row(containing text: String, columns: Int = 120, rows: Int = 36) -> String {
    self.rows(columns, rows).first { $0.contains(text) } ?? ""
  }

  /// The emphasis of the first cell of a text on screen.
  func cell(_ text: String, columns: Int = 120, rows: Int = 36) -> Cell? {
    let grid = view(state, CellSize(columns: columns, rows: rows)).grid
    for (index, line) in self.rows(columns, rows).enumerated() {
      let scalars = Array(line.unicodeScalars)
      let wanted = Array(text.unicodeScalars)
      for start in scalars.indices where scalars[start...].starts(with: wanted) {
        return grid[start, index]
      }
    }
    return nil
  }
}
