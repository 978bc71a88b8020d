// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Vocabulary

/// What a vault's label events say of its clips, told by other means than the program's: each clip's
/// rows, in order, without those that were taken back.
struct StoreModel {
  private(set) var eventCount = 0
  /// Where the store's own fold says something else, in words; empty where it agrees.
  private(set) var differences: [String] = []

  /// One clip's labels.
  private struct Labels: Equatable {
    var terms: Set<String> = []
    var cannotJudge: String?
  }

  private static let moved: Set = ["person", "vehicle", "animal", "package", "nothing"]
  private static let levels: Set = ["level_0", "level_1", "level_2", "level_3", "level_4"]

  private var labels = Labels()
  private var verdict: Labels?
  private var first: Labels?
  private var state = "due"

  /// Reads the store of a vault that nobody has open.
  init(_ vault: TestVault) throws {
    let queue = try DatabaseQueue(path: vault.folder.path + "/vault/store/labels.sqlite")
    defer { try? queue.close() }
    let (events, clips) = try queue.read { database in
      (
        try Row.fetchAll(database, sql: "SELECT * FROM label_event ORDER BY clip, ordinal"),
        try Row.fetchAll(database, sql: "SELECT * FROM worklist ORDER BY clip")
      )
    }
    eventCount = events.count
    for clip in clips {
      let position: Int = clip["clip"]
      var fold = Self.blank
      try fold.follow(events.filter { $0["clip"] == position })
      differences += try fold.compare(with: clip).map { "clip \(position): \($0)" }
    }
  }

  private init() {}

  private static let blank = StoreModel()

  private mutating func follow(_ events: [Row]) throws {
    let undone = Self.undone(events)
    for (index, event) in events.enumerated() {
      let ordinal: Int = event["ordinal"]
      if ordinal != index { differences.append("event \(index) is missing") }
      if !undone.contains(ordinal) { try follow(event, ordinal) }
    }
  }

  private static func undone(_ events: [Row]) -> Set<Int> {
    var undone: Set<Int> = []
    for event in events {
      guard let target = event["target"] as Int? else { continue }
      if event["kind"] == "undo" { undone.insert(target) }
      if event["kind"] == "redo" { undone.remove(target) }
    }
    return undone
  }

  private mutating func follow(_ event: Row, _ ordinal: Int) throws {
    let term = event["term"] as String? ?? ""
    switch event["kind"] as String {
    case "set": set(term)
    case "clear": labels.terms.remove(term)
    case "cannot_judge": labels = Labels(cannotJudge: event["reason"])
    case "clear_cannot_judge": labels.cannotJudge = nil
    case "copy":
      let copied = try JSONDecoder().decode(
        CopiedLabels.self, from: Data((event["text"] as String? ?? "").utf8))
      labels = Labels(terms: Set(copied.terms.map(\.text)), cannotJudge: copied.cannotJudge)
    case "commit":
      verdict = labels
      state = "done"
    case "reopen":
      if let first, verdict == nil { labels = first }
      if verdict == nil { first = nil }
      verdict = nil
      state = first == nil ? "due" : "second"
    case "second_opinion":
      (first, verdict, labels, state) = (verdict, nil, Labels(), "second")
    case "skip": state = "skipped"
    case "postpone": state = "deferred"
    case "flag": state = "flagged"
    case "bring_back" where state == "skipped" || state == "deferred":
      state = verdict == nil ? (first == nil ? "due" : "second") : "done"
    default: break
    }
  }

  private mutating func set(_ term: String) {
    labels.cannotJudge = nil
    if Self.levels.contains(term) { labels.terms.subtract(Self.levels) }
    if term == "nothing" { labels.terms.formIntersection(Self.levels) }
    if Self.moved.contains(term), term != "nothing" { labels.terms.remove("nothing") }
    labels.terms.insert(term)
  }

  private func compare(with clip: Row) throws -> [String] {
    var found = differences
    let stored: String = clip["state"]
    if stored != state { found.append("\(stored) is stored, \(state) told") }
    let sheet = try (clip["verdict"] as String?).map {
      try JSONDecoder().decode(LabelSheet.self, from: Data($0.utf8))
    }
    let kept = sheet.map {
      Labels(terms: Set($0.terms.keys.map(\.text)), cannotJudge: $0.cannotJudge)
    }
    // While a second opinion is awaited, the row has the first one.
    if kept != (verdict ?? first) {
      let told = String(describing: verdict ?? first)
      found.append("\(String(describing: kept)) is stored, \(told) told")
    }
    return found
  }
}
