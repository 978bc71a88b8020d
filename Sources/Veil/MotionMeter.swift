// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// Measures how much moves from frame to frame, and in which eighths of the picture.
///
/// *Motion* is the mean absolute difference of box means to the frame before, on a grid of 64 × 36.
/// *Eighths* compare with a frame up to a quarter second ago instead, so that slow motion at a high
/// frame rate counts as at a low one: an eighth moved when at least two of its cells differ by more
/// than both 3 greys and six times the median cell's difference. For noise the median is 0.67 σ, so
/// that is 4 σ, twice at once; a change of the whole picture's light raises the median with it. A
/// bit stays until the next quarter second is over.
package struct MotionMeter {
  private var boxes = BoxMeans(grid: MotionMeter.grid)
  private var previous: [UInt16] = []
  private var reference: [UInt16] = []
  private var referenceTime = MediaTime.zero
  /// The bits of the window that ended at `referenceTime`, and of the one since.
  private var endedBits: UInt8 = 0
  private var runningBits: UInt8 = 0

  private static let grid = PixelSize(width: 64, height: 36)
  private static let window = MediaTime(milliseconds: 250)
  private static let leastDifference = 3 * 256

  /// Starts before the first frame.
  package init() {}

  /// Takes the next frame and gives its entry on the time line.
  ///
  /// Frames come in the order of their times. The first frame has no motion.
  package mutating func add(
    _ luma: Span<UInt8>, _ shape: LumaShape, at time: MediaTime
  ) -> TimelineFrame {
    boxes.measure(luma, shape)
    let means = boxes.means
    guard !previous.isEmpty else {
      (previous, reference, referenceTime) = (means, means, time)
      return TimelineFrame(time: time, motion: 0, movedEighths: 0)
    }
    var total = 0
    for cell in means.indices { total += abs(Int(means[cell]) - Int(previous[cell])) }
    previous = means
    runningBits |= movedEighths(means)
    let bits = endedBits | runningBits
    if time - referenceTime >= Self.window {
      (reference, referenceTime, endedBits, runningBits) = (means, time, runningBits, 0)
    }
    return TimelineFrame(time: time, motion: total / means.count, movedEighths: bits)
  }

  private func movedEighths(_ means: [UInt16]) -> UInt8 {
    let differences = zip(means, reference).map { abs(Int($0) - Int($1)) }
    let threshold = max(Self.leastDifference, 6 * Self.median(differences))
    var counts = [Int](repeating: 0, count: 8)
    for (cell, difference) in differences.enumerated() where difference > threshold {
      let column = cell % Self.grid.width * 4 / Self.grid.width
      let row = cell / Self.grid.width * 2 / Self.grid.height
      counts[row * 4 + column] += 1
    }
    return counts.indices.reduce(0) { counts[$1] >= 2 ? $0 | 1 << UInt8($1) : $0 }
  }

  /// The median to 1/16 grey, rounded up; at most 16 greys.
  private static func median(_ differences: [Int]) -> Int {
    var counts = [Int](repeating: 0, count: 256)
    for difference in differences { counts[min(255, difference >> 4)] += 1 }
    var below = 0
    for (value, count) in counts.enumerated() {
      below += count
      if below * 2 >= differences.count { return (value + 1) << 4 }
    }
    return 256 << 4
  }
}
