// SPDX-License-Identifier: Apache-2.0
import AuditLog
import ClipVault
import Foundation
import LabelStore
import Lockdown
import ReviewSession
import Sealing
import Vocabulary

/// How long it takes to erase clips of a large vault, with everything: orders, a new epoch, files,
/// rows, the log and the receipt.
struct ErasureFigures {
  let fixture: Fixture

  /// How often one clip is erased, and how often a thousand.
  private static let (singles, thousands) = (100, 3)
  /// The size of a clip's file matters little: it is unlinked and never read.
  private static let clipByteCount = 32 << 10

  func measure(clips count: Int) throws {
    let entry = try fixture.makeVault("erased")
    let ids = try fill(entry.vault, count)
    let disk = try RawDisk(folder: entry.vault.layout.store)
    var (one, thousand, raw) = (Samples(), Samples(), Samples())
    for index in 0..<Self.singles {
      one.add(try erase(ids[index..<index + 1], entry))
      raw.add(try disk.append().inMilliseconds)
    }
    for round in 0..<Self.thousands {
      let start = Self.singles + round * 1000
      thousand.add(try erase(ids[start..<start + 1000], entry))
    }
    let reference = Figure.Reference(name: "write, fdatasync", samples: raw)
    Table.print(
      Figure(
        name: "erase a clip of \(grouped(count))", unit: .milliseconds, samples: one,
        references: [reference], target: "p99 ≤ 50 ms"))
    Table.print(
      Figure(
        name: "erase 1,000 clips of \(grouped(count))", unit: .milliseconds, samples: thousand,
        references: [reference], target: "≤ 1000 ms"))
  }

  private func erase(_ ids: ArraySlice<ClipID>, _ entry: VaultEntry) throws -> Double {
    let start = ContinuousClock.now
    let report = try entry.erase(.clips(Array(ids), isRequested: true)) { _ in }
    let time = start.duration(to: .now)
    guard report.clipCount == ids.count else { throw BenchError.failed("erasing") }
    return time.inMilliseconds
  }

  /// Adds sealed clips as ingest does, but for reading and probing them.
  private func fill(_ vault: Vault, _ count: Int) throws -> [ClipID] {
    let keys = KeyStore(vault.layout, vault.state)
    let sealer = ClipSealer(vault.statement.recipient)
    let filler = StoreFiller(vault)
    let content = [UInt8](repeating: 7, count: Self.clipByteCount)
    var random = SystemRandomNumberGenerator()
    var clips: [NewClip] = []
    for _ in 0..<count {
      let id = ClipID(high: random.next(), low: random.next())
      let sealed = try sealer.seal(content.span)
      let row = KeyRow(
        id: id, header: sealed.header, digest: KeyRow.randomSalt(), byteCount: content.count,
        consent: "c-1", addedAtMilliseconds: 0, expiresAtMilliseconds: .max, frostFloor: .frosted,
        logSalt: KeyRow.randomSalt())
      guard let row else { throw BenchError.failed("making a row") }
      try keys.add(row)
      try Data(sealed.payload).write(to: URL(filePath: vault.layout.clip(id)))
      clips.append(
        NewClip(
          filler.record(id), subject: "p-\(clips.count)", logName: row.logName,
          expiresAtMilliseconds: .max))
    }
    let store = try vault.openStore()
    try store.add(clips, by: AuditActor("before"), nowMilliseconds: 0)
    try store.close()
    return clips.map(\.record.id)
  }
}

/// How long it takes to verify a log where it lies.
struct LogFigures {
  let fixture: Fixture

  func measure(events count: Int) throws {
    let entry = try fixture.makeVault("logged")
    let store = try entry.vault.openStore()
    for start in stride(from: 0, to: count, by: 10_000) {
      let drafts = (start..<min(count, start + 10_000)).map { index in
        AuditDraft(
          .open, clip: ClipLogName(ClipID(high: 3, low: UInt64(index / 8)).bytes),
          ["frost": .word("frosted")])
      }
      try store.record(drafts, by: AuditActor("before", seat: "seat-1"), nowMilliseconds: 0)
    }
    try store.close()
    var samples = Samples()
    for _ in 0..<3 {
      let start = ContinuousClock.now
      let verdict = try entry.verifyAudit(against: nil)
      samples.add(start.duration(to: .now).inMilliseconds)
      guard verdict.isGood else { throw BenchError.failed(verdict.sentence) }
    }
    let limit = grouped(count / 100)
    Table.print(
      Figure(
        name: "verify \(grouped(count)) events of the log", unit: .milliseconds, samples: samples,
        target: "≤ \(limit) ms"))
  }
}
