// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// A query at work: takes block after block, keeps a number a hit, and gives any page of the hits.
struct WorklistSearch {
  /// Asks of a clip's place in the block whether it stays.
  private typealias Test = (Int) -> Bool

  private let query: WorklistQuery
  private let now: Int64
  private let threshold: Int32
  /// The state that the list holds; nil for every clip.
  private let state: UInt8?
  /// Each hit's place in the order above its position, both of 32 bits.
  private var hits: [UInt64] = []
  /// The names that hits are ordered by, numbered as they came.
  private var names: [[UInt8]] = []
  /// For each name's hash the numbers of those that have it, one as a rule.
  private var numbersByHash: [UInt64: [UInt32]] = [:]

  init(
    _ filter: WorklistFilter, _ query: WorklistQuery, thresholdPercent: Int,
    nowMilliseconds now: Int64
  ) {
    self.query = query
    self.now = now
    threshold = Int32(100 * thresholdPercent)
    state = Self.code(filter.rawValue)
  }

  /// How many clips the query leaves of the blocks that came.
  var total: Int { hits.count }

  /// Takes a block, in order of the clips' positions.
  mutating func add(_ block: WorklistBlock) {
    let tests = query.terms.map { term in
      let test = test(term.test, block)
      return term.isNegated ? { !test($0) } : test
    }
    var numbers = [UInt32](repeating: .max, count: block.nameCount)
    for clip in 0..<WorklistBlock.length {
      let found = block.state(clip)
      guard state.map({ $0 == found }) ?? (found > 0), tests.allSatisfy({ $0(clip) }) else {
        continue
      }
      hits.append(UInt64(key(block, clip, &numbers)) << 32 | UInt64(block.first) + UInt64(clip))
    }
  }

  /// The positions of at most `limit` hits behind the first `offset`, in the query's order.
  mutating func page(offset: Int, limit: Int) -> [Int64] {
    if !names.isEmpty { orderNames() }
    let isTurned = query.isReversed != (query.sort == .newest)
    let end = min(total, offset + min(limit, total))
    guard offset < end else { return [] }
    let range = isTurned ? total - end..<total - offset : offset..<end
    // Without an order they came as they are to be shown.
    if ![nil, .oldest, .newest].contains(query.sort) { hits.settle(range) }
    let page = hits[range].map { Int64($0 & 0xFFFF_FFFF) }
    return isTurned ? page.reversed() : page
  }

  private static func code(_ state: String) -> UInt8? {
    WorklistBlock.states.firstIndex(of: state).map { UInt8($0 + 1) }
  }
}

// MARK: what is asked

extension WorklistSearch {
  private func test(_ test: WorklistQuery.Test, _ block: WorklistBlock) -> Test {
    switch test {
    case .name(.state, let state):
      let code = Self.code(state)
      return { block.state($0) == code }
    case .name(let field, let word): return contains(word, [field.column], block)
    case .word(let word): return contains(word, [.camera, .alert, .predicted], block)
    case .size(.level, let comparison, let size):
      return { clip in
        let level = block.level(clip)
        return level != WorklistBlock.noLevel && comparison.holds(Int64(level), Int64(size))
      }
    case .size(.score, let comparison, let size):
      return { clip in
        let score = block.score(clip)
        return score != WorklistBlock.noScore && comparison.holds(Int64(score), Int64(size))
      }
    case .size(.age, let comparison, let size):
      return { comparison.holds((now - block.time($0)) / 60_000, Int64(size)) }
    }
  }

  /// Looks for the word in each name of the block once.
  private func contains(
    _ word: String, _ columns: [WorklistBlock.Name], _ block: WorklistBlock
  ) -> Test {
    let wanted = WorklistBlock.folded(word)
    let has = (0..<block.nameCount).map { block.name($0, contains: wanted) }
    return { clip in columns.contains { has[block.name($0, clip)] } }
  }
}

// MARK: order

extension WorklistSearch {
  /// Stands for what a clip has none of: it comes last, whichever way the order goes.
  private var none: UInt32 { query.isReversed ? 0 : .max }

  /// A hit's place in the order, from 1; a name's is its number so far.
  private mutating func key(
    _ block: WorklistBlock, _ clip: Int, _ numbers: inout [UInt32]
  ) -> UInt32 {
    let score = block.score(clip)
    switch query.sort {
    case nil, .oldest, .newest: return 0
    case .random: return block.lot(clip)
    case .state: return UInt32(block.state(clip))
    case .level:
      let level = block.level(clip)
      return level == WorklistBlock.noLevel ? none : 1000 - UInt32(level)
    case .score:
      return score == WorklistBlock.noScore ? none : UInt32(Int64(1 << 31) - Int64(score))
    case .age: return UInt32(clamping: block.time(clip) / 1000)
    case .danger:
      let level = block.predictedLevel(clip)
      let steps = level == WorklistBlock.noLevel ? 0 : UInt32(level) + 1
      return 10_000_000 - steps * 10_001 - UInt32(min(10_000, max(0, score)))
    case .uncertain:
      let distance = abs(Int64(score) - Int64(threshold))
      return score == WorklistBlock.noScore ? none : UInt32(clamping: distance + 1)
    case .camera: return number(block.name(.camera, clip), block, &numbers)
    case .source: return number(block.name(.source, clip), block, &numbers)
    case .alert: return number(block.name(.alert, clip), block, &numbers)
    case .predicted: return number(block.name(.predicted, clip), block, &numbers)
    }
  }

  /// The number of a name, which is looked up once a block.
  private mutating func number(
    _ name: Int, _ block: WorklistBlock, _ numbers: inout [UInt32]
  ) -> UInt32 {
    if numbers[name] == .max {
      let hash = block.nameHash(name)
      let known = numbersByHash[hash]?.first { names[Int($0)].elementsEqual(block.name(name)) }
      numbers[name] = known ?? UInt32(names.count)
      if known == nil {
        numbersByHash[hash, default: []].append(UInt32(names.count))
        names.append(Array(block.name(name)))
      }
    }
    return numbers[name]
  }

  /// Replaces the names' numbers by their places in the alphabet.
  private mutating func orderNames() {
    let sorted = names.indices.sorted { names[$0].lexicographicallyPrecedes(names[$1]) }
    var places = [UInt64](repeating: 0, count: names.count)
    for (place, number) in sorted.enumerated() {
      places[number] = UInt64(names[number].isEmpty ? none : UInt32(place + 1))
    }
    for index in hits.indices {
      hits[index] = places[Int(hits[index] >> 32)] << 32 | hits[index] & 0xFFFF_FFFF
    }
    (names, numbersByHash) = ([], [:])
  }
}

extension WorklistQuery.Comparison {
  fileprivate func holds(_ one: Int64, _ other: Int64) -> Bool {
    switch self {
    case .less: one < other
    case .atMost: one <= other
    case .more: one > other
    case .atLeast: one >= other
    case .equal: one == other
    }
  }
}

extension WorklistQuery.Field {
  /// Where a block has it; a state is no name.
  fileprivate var column: WorklistBlock.Name {
    switch self {
    case .state, .camera: .camera
    case .source: .source
    case .alert: .alert
    case .predicted: .predicted
    case .label: .label
    case .reviewer: .reviewer
    case .reason: .reason
    }
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
