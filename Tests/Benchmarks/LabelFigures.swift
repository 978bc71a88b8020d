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
