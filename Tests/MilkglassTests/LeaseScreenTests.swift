// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Glibc
import PtySupport
import TerminalModels
import Testing
import Vocabulary

/// Two reviewers at one vault, each at a terminal of their own.
@Suite("Leases")
struct LeaseScreenTests {
  private static let isSoak = ProcessInfo.processInfo.environment["MILKGLASS_SOAK"] == "1"

  @Test("two who work at once never have the same clip, and all clips are done once")
  func twoAtOnce() throws {
    let vault = try TestVault.mixed()
    let seats = try ["r07", "r08"].map { try Seat(vault, reviewer: $0) }
    var done: [Int] = []
    for seat in seats { try seat.wait { Self.isSettled(seat) } }
    while let busy = seats.first(where: { $0.position != nil }), let here = busy.position {
      #expect(Self.positionsDiffer(seats))
      #expect(!done.contains(here), "clip \(here) came again: \(done)")
      done.append(here)
      busy.program.send("p1")
      try busy.commit()
      try busy.wait { Self.isSettled(busy) }
      // The other one moves on too, so that they meet.
      let other = seats.first { $0.program !== busy.program && $0.position != nil }
      if let other, let there = other.position {
        #expect(Self.positionsDiffer(seats))
        #expect(!done.contains(there), "clip \(there) came again: \(done)")
        done.append(there)
        other.program.send("p1")
        try other.commit()
        try other.wait { Self.isSettled(other) }
      }
      for seat in seats where seat.position == nil { seat.program.send("g") }
      for seat in seats { seat.program.pass(milliseconds: 100) }
    }
    #expect(done.sorted() == [1, 2, 3, 4])
    for seat in seats { #expect(try seat.leave()) }
    let lines = try vault.exportedLabels()
    #expect(lines.count == 4)
    #expect(try Self.openings(vault).allSatisfy { $0.value.count == 1 }, "one clip, one reviewer")
  }

  @Test("who was stopped for longer than a lease holds neither keeps the clip nor labels it")
  func stopped() throws {
    let vault = try TestVault.customers()
    try vault.demand(["policy", "edit", "lease_minutes=2"])
    let first = try Seat(vault, reviewer: "r07")
    try first.waitForClip(1)
    try first.pauseAtStart()
    try Self.stop(first, vault)
    let second = try Seat(vault, reviewer: "r08")
    // Both clips are with the first: one is open, one decoded ahead.
    try second.waitFor("Nothing is due")
    second.program.send("g")
    second.program.pass(milliseconds: 300)
    #expect(second.position == nil, "the control: the leases hold")
    if !Self.isSoak { try Self.endLeases(vault) }
    for _ in 0..<150 where second.position == nil {
      second.program.send("g")
      try? second.program.waitUntil(.seconds(1)) { _ in second.position != nil }
    }
    try second.waitForClip(1)
    second.program.send("a")
    try second.waitFor("● a animal")
    let before = first.program.output.count
    first.program.signal(SIGCONT)
    // By itself it finds out by the time that went by, or else with its next label.
    if !Self.isSoak { first.program.send("p") }
    try first.waitFor("went to another reviewer meanwhile")
    try first.wait { first.picture.colours.count <= 3 }
    #expect(!first.screen.text.contains("● p person"))
    #expect(first.program.output.count > before)
    second.program.send("2")
    try second.commit()
    try second.wait { second.position == 2 || second.screen.text.contains("Nothing is due") }
    // The other clip is with one of them, whoever came first.
    first.program.send("g")
    try first.wait { first.position == 2 || first.screen.text.contains("Nothing is due") }
    #expect([first, second].compactMap(\.position) == [2])
    for seat in [first, second] { #expect(try seat.leave()) }
    let verdicts = try vault.exportedLabels().map { $0["reviewer"] as? String }
    #expect(verdicts == ["r08"])
    #expect(try Self.events(vault).allSatisfy { $0 == "r08" })
  }

  // MARK: - The store

  private static func isSettled(_ seat: Seat) -> Bool {
    seat.position != nil || seat.screen.text.contains("Nothing is due")
  }

  private static func positionsDiffer(_ seats: [Seat]) -> Bool {
    let positions = seats.compactMap(\.position)
    return Set(positions).count == positions.count
  }

  private static func store<Value>(
    _ vault: TestVault, _ body: (Database) throws -> Value
  ) throws -> Value {
    let queue = try DatabaseQueue(path: vault.folder.path + "/vault/store/labels.sqlite")
    return try queue.writeWithoutTransaction(body)
  }

  /// Stops a session while it writes nothing: in a transaction it would keep the store from everybody.
  private static func stop(_ seat: Seat, _ vault: TestVault) throws {
    let hold = try StoreHold(vault)
    seat.program.signal(SIGSTOP)
    _ = try seat.program.waitForStop()
    _ = consume hold
  }

  /// As if their time were over.
  private static func endLeases(_ vault: TestVault) throws {
    try store(vault) { database in
      try database.execute(sql: "UPDATE lease SET until_ms = 0")
      #expect(database.changesCount > 0)
    }
  }

  /// Who labelled, event by event.
  private static func events(_ vault: TestVault) throws -> [String] {
    try store(vault) { try String.fetchAll($0, sql: "SELECT reviewer FROM label_event") }
  }

  /// Who labelled each clip.
  private static func openings(_ vault: TestVault) throws -> [Int: Set<String>] {
    try store(vault) { database in
      let rows = try Row.fetchAll(database, sql: "SELECT DISTINCT clip, reviewer FROM label_event")
      return Dictionary(rows.map { ($0[0], [$0[1]]) }, uniquingKeysWith: { $0.union($1) })
    }
  }
}
