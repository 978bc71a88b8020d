// SPDX-License-Identifier: Apache-2.0

/// Names numbered as they come, and their places in the alphabet.
struct NameOrder {
  /// Whether the empty name stands before all others, not behind them.
  private let isEmptyFirst: Bool
  private var names: [[UInt8]] = []
  /// For each name's hash the numbers of those that have it, one as a rule.
  private var numbersByHash: [UInt64: [UInt32]] = [:]
  /// The names' numbers in the order of the alphabet, as long as no other came.
  private var sorted: [Int] = []

  init(isEmptyFirst: Bool) { self.isEmptyFirst = isEmptyFirst }

  /// How many there are.
  var count: Int { names.count }

  /// The number of a name, from 0.
  mutating func number(_ name: ArraySlice<UInt8>, _ hash: UInt64) -> UInt32 {
    if let known = numbersByHash[hash]?.first(where: { names[Int($0)].elementsEqual(name) }) {
      return known
    }
    let number = UInt32(names.count)
    numbersByHash[hash, default: []].append(number)
    names.append(Array(name))
    return number
  }

  /// For each number the name's place.
  mutating func places() -> [UInt32] {
    var places = [UInt32](repeating: 0, count: names.count)
    for (place, number) in order().enumerated() { places[number] = UInt32(place) }
    return places
  }

  /// For each place the name's number.
  mutating func numbers() -> [UInt32] { order().map(UInt32.init) }

  private mutating func order() -> [Int] {
    guard sorted.count != names.count else { return sorted }
    sorted = names.indices.sorted { first, second in
      let (one, other) = (names[first], names[second])
      if one.isEmpty != other.isEmpty { return one.isEmpty == isEmptyFirst }
      return one.lexicographicallyPrecedes(other)
    }
    return sorted
  }
}
