// SPDX-License-Identifier: Apache-2.0
import AuditLog
import ClipVault
import Glibc
import LabelStore
import Vocabulary

/// How soon a label is on screen and on disk, in stores of several sizes.
struct LabelFigures {
  func measure(_ vault: Fixture.Filled, storedLabels: Int) throws {
    try StoreFiller(vault.vault).label(storedLabels)
    let review = try Review(vault)
    review.terminal.press(" ")
    review.rest()
    let disk = try RawDisk(folder: vault.vault.layout.store)
    var (shown, durable, raw) = (Samples(), Samples(), Samples())
    for _ in 0..<100 {
      let times = try review.timesToLabel("p")
      shown.add(times.shown.inMilliseconds)
      durable.add(times.durable.inMilliseconds)
      review.terminal.settle(20)
      raw.add(try disk.append().inMilliseconds)
    }
    review.leave()
    let stored = grouped(storedLabels)
    Table.print(
      Figure(
        name: "label key → dim, \(stored) labels stored", unit: .milliseconds, samples: shown,
        target: "p99 ≤ 16 ms"))
    Table.print(
      Figure(
        name: "label key → durable, \(stored) labels stored", unit: .milliseconds,
        samples: durable, references: [.init(name: "write, fdatasync", samples: raw)],
        target: "p99 ≤ raw p99 + 10 ms"))
  }
}

/// How soon the worklist of a store of many clips is there.
struct WorklistFigures {
  func measure(_ vault: Fixture.Filled, clips: Int) throws {
    try StoreFiller(vault.vault).add(clips)
    var (open, page, last, counts) = (Samples(), Samples(), Samples(), Samples())
    var searches: [String: Samples] = [:]
    try rank(vault.vault, clips)
    for _ in 0..<10 {
      let clock = ContinuousClock()
      var labels: LabelStore?
      open.add(try clock.measure { labels = try vault.vault.openStore() }.inMilliseconds)
      guard let labels else { throw BenchError.failed("opening the store") }
      let session = try labels.beginSession(
        AuditActor("bench"), taxonomy: vault.vault.taxonomy, nowMilliseconds: 0)
      func time(_ filter: WorklistFilter, _ offset: Int) throws -> Double {
        try clock.measure {
          _ = try labels.rows(
            filter, offset: offset, limit: 30, session: session, nowMilliseconds: 0)
        }.inMilliseconds
      }
      for (name, text) in Self.queries {
        let query = try WorklistQuery(text: text)
        for (place, offset) in [("first", 0), ("last", -1)] {
          var total = 0
          func find(_ offset: Int) throws -> Double {
            try clock.measure {
              total = try labels.rows(
                .due, matching: query, offset: offset, limit: 30, session: session,
                nowMilliseconds: 1_800_000_000_000
              ).total
            }.inMilliseconds
          }
          _ = offset < 0 ? try find(0) : 0
          searches["\(name), \(place) page", default: Samples()].add(
            try find(offset < 0 ? max(0, total - 30) : 0))
        }
      }
      page.add(try time(.due, 0))
      last.add(try time(.due, clips - 30))
      counts.add(
        try clock.measure { _ = try labels.counts(session: session, nowMilliseconds: 0) }
          .inMilliseconds)
      try session.end(nowMilliseconds: 0)
      try labels.close()
    }
    for (name, samples) in [
      ("open the store", open), ("first page of those due", page), ("last page of those due", last),
      ("counts", counts),
    ] + searches.sorted(by: { $0.key < $1.key }).map({ ($0.key, $0.value) }) {
      Table.print(
        Figure(
          name: "\(grouped(clips)) clips: \(name)", unit: .milliseconds, samples: samples,
          target: "≤ 100 ms"))
    }
  }
}

extension WorklistFigures {
  private static let queries = [
    ("no search", ""), ("by danger", "sort:danger"), ("by uncertainty", "sort:uncertain"),
    ("by camera", "sort:camera"), ("at random", "sort:random"),
    ("half of them, by danger", "score<0.5 sort:danger"),
    ("one camera in a thousand", "camera:porch-777"),
    ("one camera in a thousand, by uncertainty", "camera:porch-777 sort:uncertain"),
    ("none of them", "camera:nowhere"), ("by two sizes", "level>=2 score>0.9 age>1d"),
  ]

  /// The first session ranks what was taken in; how long that takes, once.
  private func rank(_ vault: Vault, _ clips: Int) throws {
    let labels = try vault.openStore()
    var samples = Samples()
    samples.add(
      try ContinuousClock().measure {
        let session = try labels.beginSession(
          AuditActor("bench"), taxonomy: vault.taxonomy, nowMilliseconds: 0)
        try session.end(nowMilliseconds: 0)
      }.inMilliseconds)
    try labels.close()
    Table.print(
      Figure(
        name: "\(grouped(clips)) clips: rank all that came in", unit: .milliseconds,
        samples: samples))
  }
}

/// A file beside the store, written to as the store's log is: appended to, made durable.
///
/// Unsafe uses: an array's own count is written; strings that live across one call.
struct RawDisk: ~Copyable {
  private let descriptor: Int32

  init(folder: String) throws(BenchError) {
    descriptor = unsafe open("\(folder)/raw", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .system("open", errno) }
  }

  deinit { close(descriptor) }

  /// Appends a page as SQLite's log gets it, and waits until it is on disk.
  func append() throws(BenchError) -> Duration {
    let page = [UInt8](repeating: 7, count: 4096 + 24)
    let start = ContinuousClock.now
    guard unsafe write(descriptor, page, page.count) == page.count, fdatasync(descriptor) == 0
    else { throw .system("write", errno) }
    return start.duration(to: .now)
  }
}

/// A number with commas between thousands.
func grouped(_ number: Int) -> String {
  number < 1000
    ? "\(number)" : grouped(number / 1000) + "," + String(String(number % 1000 + 1000).dropFirst())
}
