// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// A query at work: takes block after block, counts the hits, and gives a page of them.
///
/// A page far down takes the blocks more than once, since it keeps few hits at a time.
struct WorklistSearch {
  /// Asks of a clip's place in the block whether it stays.
  private typealias Test = (Int) -> Bool

  /// How many clips the query leaves of the blocks that came.
  private(set) var total = 0
  private let query: WorklistQuery
  private let offset: Int
  private let now: Int64
  private let threshold: Int32
  /// The state that the list holds; nil for every clip.
  private let state: UInt8?
  private let order: HitOrder
  private var nearest: NearestHits
  /// Finds a page that is too far down for `nearest`.
  private var deep: DeepPage?
  /// The names that hits are ordered by.
  private var names: NameOrder
  /// For each name its place in the order, once all are known.
  private var places: [UInt32] = []

  /// Looks for at most `limit` hits behind the first `offset`, and keeps about `capacity` at most.
  init(
    _ filter: WorklistFilter, _ query: WorklistQuery, offset: Int, limit: Int,
    thresholdPercent: Int, nowMilliseconds now: Int64, capacity: Int = 65_536
  ) {
    self.query = query
    // Positions have 32 bits, and so many hits there are at most.
    self.offset = min(max(0, offset), Int(UInt32.max))
    self.now = now
    threshold = Int32(100 * thresholdPercent)
    state = Self.code(filter.rawValue)
    names = NameOrder(isEmptyFirst: query.isReversed)
    order = HitOrder(isTurned: query.isReversed != (query.sort == .newest))
    let end = self.offset + min(max(0, limit), Int(UInt32.max))
    nearest = NearestHits(count: end)
    if 2 * end > capacity { deep = DeepPage(ranks: self.offset..<end, capacity: capacity) }
  }

  /// Takes a block, in order of the clips' positions.
  mutating func add(_ block: WorklistBlock) {
    let tests = query.terms.map { term in
      let test = test(term.test, block)
      return term.isNegated ? { !test($0) } : test
    }
    let isFirstPass = deep?.isFirstPass ?? true
    var numbers = [UInt32](repeating: .max, count: block.nameCount)
    for clip in 0..<WorklistBlock.length {
      let found = block.state(clip)
      guard state.map({ $0 == found }) ?? (found > 0), tests.allSatisfy({ $0(clip) }) else {
        continue
      }
      if isFirstPass { total += 1 }
      take(order.hit(key(block, clip, &numbers), UInt32(block.first) + UInt32(clip)))
    }
    // Where nearly every hit has a name of its own, ordering names again and again costs more than
    // keeping hits.
    if nearest.isFull, nearest.kept > 4 * names.count { drop() }
  }

  /// Ends a pass over all blocks: the positions of the hits asked for, in the query's order; nil where
  /// it needs another.
  mutating func endPass() -> [Int64]? {
    if names.count > 0, places.isEmpty { usePlaces() }
    let hits = deep == nil ? nearest.hits(behind: offset) : deep?.endPass()
    return hits?.map { Int64(order.position($0)) }
  }

  private mutating func take(_ hit: UInt64) {
    if deep == nil { nearest.add(hit) } else { deep?.add(hit) }
  }

  /// Orders hits by their names' places from now on.
  private mutating func usePlaces() {
    let table = names.places()
    let change = { [order] in order.hit($0, withKeyFrom: table) }
    if deep == nil { nearest.change(change) } else { deep?.change(change) }
    places = table
  }

  /// Drops the hits that are on none of the pages up to the one asked for.
  private mutating func drop() {
    guard names.count > 0 else { return nearest.drop() }
    let (places, numbers) = (names.places(), names.numbers())
    nearest.change { [order] in order.hit($0, withKeyFrom: places) }
    nearest.drop()
    nearest.change { [order] in order.hit($0, withKeyFrom: numbers) }
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

  /// A hit's place in the order, from 1; a name's is its number until all are known.
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
      let number = names.number(block.name(name), block.nameHash(name))
      numbers[name] = places.isEmpty ? number : places[Int(number)]
    }
    return numbers[name]
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
