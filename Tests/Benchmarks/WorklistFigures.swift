// SPDX-License-Identifier: Apache-2.0
import AuditLog
import ClipVault
import Glibc
import LabelStore
import Vocabulary

/// How soon the worklist of a store of many clips is there, and what is done beside it.
struct WorklistFigures {
  private let clock = ContinuousClock()
  private static let now: Int64 = 1_800_000_000_000
  private static let repetitions = 10
  private static let pageLength = 300

  func measure(_ vault: Fixture.Filled, clips: Int) throws {
    try StoreFiller(vault.vault).add(clips)
    let name = "\(grouped(clips)) clips"
    try tend(vault.vault, .oldest, "\(name): rank all that came in")
    try tend(
      vault.vault, WorklistOrder(rule: .danger, auditPercent: 5, thresholdPercent: 50),
      "\(name): another order")
    try open(vault.vault, name)
    let labels = try vault.vault.openStore()
    let session = try labels.beginSession(
      AuditActor("bench"), taxonomy: vault.vault.taxonomy, nowMilliseconds: Self.now)
    try lists(labels, session, name)
    try walk(labels, session, name)
    try session.end(nowMilliseconds: Self.now)
    try labels.close()
  }

  /// A session takes over another order, some clips at once, the others part by part.
  private func tend(_ vault: Vault, _ order: WorklistOrder, _ name: String) throws {
    let labels = try vault.openStore()
    var (begin, parts, all) = (Samples(), Samples(), Samples())
    var session: StoreSession?
    begin.add(
      try clock.measure {
        session = try labels.beginSession(
          AuditActor("bench"), taxonomy: vault.taxonomy, order: order, nowMilliseconds: 0)
      }.inMilliseconds)
    all.add(
      try clock.measure {
        var isMore = true
        while isMore { parts.add(try clock.measure { isMore = try labels.tend() }.inMilliseconds) }
      }.inMilliseconds)
    try session?.end(nowMilliseconds: 0)
    try labels.close()
    print("\(name), begin a session", begin, target: "≤ 100 ms")
    print("\(name), one part", parts, target: "p99 ≤ 10 ms")
    print("\(name), all parts without a pause", all)
  }

  private func open(_ vault: Vault, _ name: String) throws {
    var samples = Samples()
    for _ in 0..<Self.repetitions {
      var labels: LabelStore?
      samples.add(try clock.measure { labels = try vault.openStore() }.inMilliseconds)
      try labels?.close()
    }
    print("\(name): open the store", samples, target: "≤ 100 ms")
  }

  private func lists(_ labels: LabelStore, _ session: StoreSession, _ name: String) throws {
    let before = ProcessTree.memoryMegabytes(from: getpid())
    var counts = Samples()
    for _ in 0..<Self.repetitions {
      counts.add(
        try clock.measure {
          _ = try labels.counts(session: session, nowMilliseconds: Self.now)
        }.inMilliseconds)
    }
    print("\(name): counts", counts, target: "≤ 100 ms")
    for (text, filter) in Self.queries {
      let query = try WorklistQuery(text: text)
      for (place, share) in [("first", 0.0), ("middle", 0.5), ("last", 1.0)] {
        var samples = Samples()
        var total = 0
        func find(_ offset: Int) throws {
          total = try labels.rows(
            filter, matching: query, offset: offset, limit: Self.pageLength, session: session,
            nowMilliseconds: Self.now
          ).total
        }
        try find(0)
        let offset = Int(Double(max(0, total - Self.pageLength)) * share)
        var busy = Samples()
        for _ in 0..<Self.repetitions {
          let before = Self.cpuMilliseconds
          samples.add(try clock.measure { try find(offset) }.inMilliseconds)
          busy.add(Self.cpuMilliseconds - before)
        }
        Table.print(
          Figure(
            name: "\(name): \(text.isEmpty ? filter.rawValue : text), \(place)",
            unit: .milliseconds, samples: samples,
            references: [.init(name: "the processor alone", samples: busy)], target: "≤ 100 ms"))
      }
    }
    let after = ProcessTree.memoryMegabytes(from: getpid())
    if let before, let after {
      Table.print(
        Figure(
          name: "\(name): memory after all searches", unit: .megabytes, samples: Samples([after]),
          references: [.init(name: "before them", samples: Samples([before]))],
          target: "ratio about 1"))
    }
  }

  /// The next clip that is due, as after a commit.
  private func walk(_ labels: LabelStore, _ session: StoreSession, _ name: String) throws {
    var samples = Samples()
    var position: Int?
    for _ in 0..<10 * Self.repetitions {
      samples.add(
        try clock.measure {
          position = try labels.leaseNext(
            .due, from: position, session: session, nowMilliseconds: Self.now)?.position
        }.inMilliseconds)
    }
    print("\(name): lease the next", samples)
  }

  /// What this process took of the processors so far.
  private static var cpuMilliseconds: Double {
    var now = timespec()
    // The pointer is to a local that outlives the call.
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
    return Double(now.tv_sec) * 1000 + Double(now.tv_nsec) / 1e6
  }

  private static let queries: [(String, WorklistFilter)] = [
    ("", .due), ("", .all), ("sort:danger", .due), ("sort:uncertain", .due),
    ("sort:camera", .due), ("sort:random", .due), ("sort:age", .all), ("sort:-level", .all),
    ("score<0.5 sort:danger", .due), ("camera:porch-777", .due),
    ("camera:porch-777 sort:uncertain", .due), ("camera:nowhere", .due),
    ("level>=2 score>0.9 age>1d", .due), ("porch sort:predicted", .all),
  ]

  private func print(_ name: String, _ samples: Samples, target: String = "") {
    Table.print(Figure(name: name, unit: .milliseconds, samples: samples, target: target))
  }
}
