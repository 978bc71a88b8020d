// SPDX-License-Identifier: Apache-2.0
import AuditLog
import Foundation
import Glibc
import GRDB
import TestSupport
import Testing
import Vocabulary

@testable import LabelStore

@Suite struct CrashTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// A process is killed a hundred times at any moment of its work, also while it recovers.
  @Test func keepsEveryAcknowledgedLabelThroughAHundredKills() throws {
    var generator = SeededGenerator(seed: 42)
    let start = try scratch.open()
    try start.add(records(0..<12))
    try start.close()
    var acknowledged: [String: Int] = [:]
    var begun = 0
    for round in 1...100 {
      let crasher = try Crasher("label", scratch.directory)
      let lines = Int.random(in: 0..<6, using: &generator)
      if lines > 0 { begun += 1 }
      for _ in 0..<lines { note(try #require(crasher.line()), in: &acknowledged) }
      usleep(UInt32.random(in: 0..<3000, using: &generator))
      #expect(crasher.kill9())
      for line in crasher.lines() { note(line, in: &acknowledged) }
      let store = try scratch.open()
      try check(store, acknowledged)
      if round % 20 == 0 { try checkLog(store) }
      try store.close()
    }
    #expect(acknowledged.values.reduce(0, +) > 300)
    let store = try scratch.open()
    let crashes = try store.log(AuditFilter(kinds: [.crashFound])).count
    #expect((begun...100).contains(crashes))
  }

  @Test func chainsWhatTwoProcessesLogAtOnceAndKeepsItThroughTheirDeath() throws {
    try scratch.open().close()
    var acknowledged: [String: Int] = [:]
    for _ in 0..<3 {
      let crashers = try (0..<2).map { _ in try Crasher("log", scratch.directory) }
      for crasher in crashers {
        for _ in 0..<40 { note(try #require(crasher.line()), in: &acknowledged) }
      }
      for crasher in crashers { #expect(crasher.kill9()) }
      for line in crashers.flatMap({ $0.lines() }) { note(line, in: &acknowledged) }
      let store = try scratch.open()
      #expect(try store.fault() == nil)
      for (name, count) in acknowledged {
        let own = try store.log(AuditFilter(actor: name, kinds: [.frost, .open]))
        #expect(own.count % 2 == 0 && own.count >= 2 * count)
        let numbers = own.compactMap { $0.detail.number("number") }
        #expect(numbers == (0..<numbers.count).map { Int64($0 + 1) })
      }
      try store.close()
    }
    #expect(acknowledged.count == 6)
  }

  @Test func survivesAFileThatMayNotGrow() throws {
    let start = try scratch.open()
    try start.add([record(0)])
    try start.close()
    let crasher = try Crasher("starve", scratch.directory)
    let lines = crasher.lines()
    #expect(try crasher.finish() == 0)
    try #require(lines.count == 2)
    #expect(lines[0].hasPrefix("refused after "))
    #expect(lines[0].hasSuffix(": full") || lines[0].contains(": inputOutput(code: "))
    let words = lines[1].split(separator: " ")
    try #require(words.count == 3 && words[0] == "retried")
    let store = try scratch.open()
    try check(store, [String(words[1]): try #require(Int(words[2]))], exactly: true)
    try checkLog(store)
  }

  private func note(_ line: String, in acknowledged: inout [String: Int]) {
    let words = line.split(separator: " ")
    guard words.count == 2, let count = Int(words[1]) else {
      Issue.record("the child said \(line)")
      return
    }
    acknowledged[String(words[0])] = count
  }

  private func check(
    _ store: LabelStore, _ acknowledged: [String: Int], exactly: Bool = false
  ) throws {
    #expect(try integrity(store) == ["ok"])
    let session = try store.begin("checker")
    let rows = try store.rows(
      .all, offset: 0, limit: 99, session: session, nowMilliseconds: now)
    for row in rows {
      let events = try store.events(of: row.record.id)
      let known = acknowledged[row.record.id.text] ?? 0
      #expect(exactly ? events.count == known : events.count >= known)
      #expect(events.count % 3 == 0)
      #expect(row.state == (events.isEmpty ? .due : .done))
      #expect(!row.isLeasedByOther)
    }
    let counts = try store.counts(session: session, nowMilliseconds: now)
    #expect(counts.done == rows.count { $0.state == .done })
    #expect(counts.due + counts.done == rows.count)
    try session.end()
    #expect(try scratch.lockFiles().isEmpty)
  }

  /// The chain is whole, and has an event for each label event, which is in the same transaction.
  private func checkLog(_ store: LabelStore) throws {
    #expect(try store.fault() == nil)
    let logged = try Dictionary(
      grouping: store.log(AuditFilter(kinds: [.label, .commit])), by: \.clip)
    for clip in try store.clipIDs() {
      #expect(try logged[logName(clip), default: []].count == store.events(of: clip).count)
    }
  }

  private func integrity(_ store: LabelStore) throws -> [String] {
    try store.pool.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
  }
}
