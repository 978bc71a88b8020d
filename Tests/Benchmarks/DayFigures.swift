// SPDX-License-Identifier: Apache-2.0
import Foundation
import Vocabulary

/// A reviewer's day: 150 clips through the terminal, one after the other.
///
/// The model was right in three of four clips, which take one key; else what moved and the alarm level
/// are keyed and committed, now and then after a look around the clip.
struct DayFigures {
  static let clipCount = 150

  func measure(_ vault: Fixture.Filled) throws {
    let review = try Review(vault)
    var (commits, keys) = (Samples(), Samples())
    var shown = Samples()
    var (early, late): (Double?, Double?)
    for index in 0..<Self.clipCount {
      // A verdict counts once the picture has been there for 300 ms.
      review.terminal.watch(.milliseconds(350))
      let script = Self.script(index)
      for key in script.dropLast() { shown.add(try review.timeToBytes(key).inMilliseconds) }
      keys.add(Double(script.count))
      commits.add(
        try review.timeToPicture(script.last ?? "y", isNewClip: true).inMilliseconds)
      if index == 9 { early = review.memoryMegabytes }
      if index == Self.clipCount - 1 { late = review.memoryMegabytes }
    }
    review.leave()
    Table.print(
      Figure(
        name: "a day of \(Self.clipCount) clips: keys a clip", unit: .keys, samples: keys,
        target: "p50 ≤ 2"))
    Table.print(
      Figure(
        name: "a day: keys for nine clips of ten, at most", unit: .keys,
        samples: Samples([keys.p90]), target: "≤ 4"))
    Table.print(
      Figure(
        name: "a day: key → changed screen", unit: .milliseconds, samples: shown,
        target: "p99 ≤ 16 ms"))
    Table.print(
      Figure(
        name: "a day: commit → next clip's first picture", unit: .milliseconds, samples: commits,
        target: "p99 ≤ 33 ms"))
    Table.print(
      Figure(
        name: "a day: memory after all clips", unit: .megabytes, samples: Samples([late ?? .nan]),
        references: [.init(name: "after 10 clips", samples: Samples([early ?? .nan]))],
        target: "≤ 1.10"))
  }

  /// The keys for a clip, the last of which commits.
  private static func script(_ index: Int) -> [String] {
    switch index % 20 {
    case 3, 11: ["n", "0", "\r"]
    case 7: ["p", "2", "\r"]
    case 14: [" ", "w", "a", "1", "\r"]
    case 18: ["w", "y"]
    default: ["y"]
    }
  }
}
