// SPDX-License-Identifier: Apache-2.0

/// The first hits of a search in an order, of those that came: a page is found without keeping all.
///
/// A hit is a number: those of lower numbers come first, and no two are the same.
struct NearestHits {
  /// How many are asked for.
  private let count: Int
  private var hits: [UInt64] = []
  /// No hit from here on is among the first.
  private var bound = UInt64.max

  /// Keeps the first `count`.
  init(count: Int) { self.count = count }

  /// How many are kept.
  var kept: Int { hits.count }

  /// Whether so many are kept that it pays to drop some.
  var isFull: Bool { hits.count >= 2 * count + 4096 }

  /// Takes a hit.
  mutating func add(_ hit: UInt64) {
    if hit < bound { hits.append(hit) }
  }

  /// Drops those that are not among the first.
  mutating func drop() {
    guard hits.count > count else { return }
    hits.settle(count..<count + 1)
    bound = hits[count]
    hits.removeSubrange(count...)
  }

  /// Gives each hit another number by the one it has; whatever comes later may be among the first
  /// again.
  mutating func change(_ number: (UInt64) -> UInt64) {
    for index in hits.indices { hits[index] = number(hits[index]) }
    bound = .max
  }

  /// Those asked for behind the first `offset`, in order.
  mutating func hits(behind offset: Int) -> [UInt64] {
    let range = min(offset, hits.count)..<min(count, hits.count)
    hits.settle(range)
    return Array(hits[range])
  }
}

extension [UInt64] {
  /// Puts the numbers into a range that would be there if all were sorted, and in order; the others
  /// stay on their sides of it.
  fileprivate mutating func settle(_ range: Range<Int>) { settle(range, in: 0..<count) }

  private mutating func settle(_ range: Range<Int>, in open: Range<Int>) {
    guard !range.isEmpty else { return }
    guard open.count > 32, open.count > 2 * range.count else { return self[open].sort() }
    let middle = split(open)
    settle(range.clamped(to: open.lowerBound..<middle), in: open.lowerBound..<middle)
    settle(range.clamped(to: middle..<open.upperBound), in: middle..<open.upperBound)
  }

  /// Parts a range of more than two: those before the place that is returned are not above those
  /// behind it, and there are some on both sides.
  private mutating func split(_ range: Range<Int>) -> Int {
    let (first, last) = (range.lowerBound, range.upperBound - 1)
    let samples = [self[first], self[(first + last) / 2], self[last]].sorted()
    let pivot = samples[1]
    var (low, high) = (first, last)
    while true {
      while self[low] < pivot { low += 1 }
      while self[high] > pivot { high -= 1 }
      if low >= high { break }
      swapAt(low, high)
      low += 1
      high -= 1
    }
    // Hits are all different, so that neither side is empty.
    return low == first ? first + 1 : low
  }
}
