// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// Processes as `/proc` shows them.
enum ProcessTree {
  /// One process.
  struct Entry {
    let id: Int32
    let name: String
    let parent: Int32
    let group: Int32
    /// In clock ticks since the system started.
    let startTime: UInt64
    /// The letter of its state; `Z` has ended.
    let state: Character
  }

  /// The children of a process that still run, oldest first.
  static func children(of parent: Int32) -> [Entry] { all.filter { $0.parent == parent } }

  /// The decoders of a session: the children of its only child, but for the terminal's watch.
  static func decoders(of session: Int32) -> [Entry] {
    children(of: session).flatMap { children(of: $0.id) }.filter { $0.name != "milkglass-watch" }
  }

  /// Waits until no process of a group runs any more; false if some do not end.
  static func waitUntilGone(group: Int32) -> Bool {
    let end = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < end {
      if all.allSatisfy({ $0.group != group }) { return true }
      usleep(10_000)
    }
    return false
  }

  /// All processes that still run, oldest first.
  private static var all: [Entry] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { Int32($0) }.compactMap(entry).filter { $0.state != "Z" }
      .sorted { ($0.startTime, $0.id) < ($1.startTime, $1.id) }
  }

  /// Reads `/proc/ID/stat`; the name in it may hold anything, so it is cut at the last bracket.
  private static func entry(_ id: Int32) -> Entry? {
    guard let text = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8),
      let bracket = text.lastIndex(of: ")"), let start = text.firstIndex(of: "(")
    else { return nil }
    let fields = text[text.index(after: bracket)...].split(separator: " ")
    guard fields.count > 19, let state = fields[0].first, let parent = Int32(fields[1]),
      let group = Int32(fields[2]), let ticks = UInt64(fields[19])
    else { return nil }
    return Entry(
      id: id, name: String(text[text.index(after: start)..<bracket]), parent: parent, group: group,
      startTime: ticks, state: state)
  }
}
