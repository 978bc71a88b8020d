// SPDX-License-Identifier: Apache-2.0

/// How fast clips are committed, and with how many keys.
package struct SessionPace: Hashable, Sendable {
  /// When the last commits were made, by the monotonic clock.
  private var commits: [Int64] = []
  /// How many clips took so many keys.
  private var clipsByKeys: [Int: Int] = [:]
  /// How many commits the pace is taken of.
  package static let window = 20
  /// More keys than this count as so many.
  private static let mostKeys = 10_000

  mutating func add(keys: Int, nowMilliseconds now: Int64) {
    commits.append(now)
    if commits.count > Self.window { commits.removeFirst() }
    clipsByKeys[min(Self.mostKeys, max(0, keys)), default: 0] += 1
  }

  /// Clips a minute in tenths, between the first and the last of the last 20 commits; nil before
  /// there are two.
  package var tenthsPerMinute: Int? {
    guard let first = commits.first, let last = commits.last, commits.count > 1 else { return nil }
    return Int(Int64(commits.count - 1) * 600_000 / max(1, last - first))
  }

  /// How many keys the clip in the middle took, the lower of two; nil before the first commit.
  package var medianKeys: Int? {
    var left = (clipsByKeys.values.reduce(0, +) + 1) / 2
    for (keys, clips) in clipsByKeys.sorted(by: { $0.key < $1.key }) {
      left -= clips
      if left <= 0 { return keys }
    }
    return nil
  }
}
