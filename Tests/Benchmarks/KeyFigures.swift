// SPDX-License-Identifier: Apache-2.0

/// How soon a key shows: in the picture of a paused clip, and in the next clip.
struct KeyFigures {
  func seek(_ vault: Fixture.Filled) throws {
    let review = try Review(vault)
    review.terminal.press(" ")
    review.rest()
    var (steps, seeks) = (Samples(), Samples())
    for index in 0..<60 {
      steps.add(try review.timeToPicture(".").inMilliseconds)
      review.terminal.settle(20)
      // Six seconds there and back again.
      seeks.add(try review.timeToPicture(index % 12 < 6 ? "l" : "h").inMilliseconds)
      review.terminal.settle(20)
    }
    review.leave()
    Table.print(
      Figure(
        name: "key → picture, frame step", unit: .milliseconds, samples: steps,
        target: "p99 ≤ 16 ms"))
    Table.print(
      Figure(
        name: "key → picture, seek by 1 s", unit: .milliseconds, samples: seeks,
        target: "p99 ≤ 16 ms"))
  }

  /// Commits clip after clip; each has one behind it that was decoded ahead.
  func commit(_ vault: Fixture.Filled) throws {
    let review = try Review(vault)
    var samples = Samples()
    for _ in 1..<vault.clips.count {
      // A verdict counts once the picture has been there for 300 ms.
      review.terminal.watch(.milliseconds(350))
      review.terminal.press("p0 ")
      review.rest()
      samples.add(try review.timeToPicture("\r", isNewClip: true).inMilliseconds)
    }
    review.leave()
    Table.print(
      Figure(
        name: "commit → next clip's first picture", unit: .milliseconds, samples: samples,
        target: "p99 ≤ 33 ms"))
  }
}
