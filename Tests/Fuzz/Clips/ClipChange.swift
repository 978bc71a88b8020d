// SPDX-License-Identifier: Apache-2.0

import TestSupport

/// One mutation at work on a clip's bytes.
struct ClipChange {
  let seed: ClipSeed
  let seeds: [ClipSeed]
  var bytes: [UInt8]
  var random: SeededGenerator

  mutating func apply(_ mutation: Mutation) {
    guard bytes.count > 16 else { return }
    switch mutation {
    case .flipBits, .plantNumbers, .truncate, .dropPart, .repeatPart, .swapParts, .insertNoise,
      .splice:
      changeBytes(mutation)
    case .swapUnits, .repeatUnit, .dropUnit, .damageUnit, .claimUnitLength: changeUnits(mutation)
    default: changeElements(mutation)
    }
  }

  mutating func roll(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &random) == 0 }

  // MARK: Bytes

  private mutating func changeBytes(_ mutation: Mutation) {
    let (first, second) = (part(), part())
    switch mutation {
    case .flipBits:
      Self.flip(&bytes, in: place(), count: Int.random(in: 1...24, using: &random), &random)
    case .plantNumbers:
      for _ in 0..<Int.random(in: 1...4, using: &random) { plant(in: place()) }
    case .truncate: bytes = Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &random)))
    case .dropPart: bytes.removeSubrange(first)
    case .repeatPart: bytes.insert(contentsOf: bytes[first], at: second.lowerBound)
    case .swapParts: bytes = Self.swapped(bytes, first, second)
    case .insertNoise:
      let noise = (0..<Int.random(in: 1...300, using: &random)).map { _ in
        UInt8(truncatingIfNeeded: random.next())
      }
      bytes.insert(contentsOf: noise, at: first.lowerBound)
    default:
      guard let other = seeds.randomElement(using: &random) else { return }
      let from = Int.random(in: 0..<other.bytes.count, using: &random)
      let step = other.form.step
      let cut = first.lowerBound / step * step
      bytes = Array(bytes.prefix(cut)) + other.bytes[(from / step * step)...]
    }
  }

  /// The whole clip, or more often its head or its tail, where the headers and indices lie.
  private mutating func place() -> Range<Int> {
    let count = bytes.count
    return switch Int.random(in: 0..<4, using: &random) {
    case 0: 0..<min(count, 600)
    case 1: max(0, count - 900)..<count
    default: 0..<count
    }
  }

  private mutating func part() -> Range<Int> {
    let start = Int.random(in: 0..<bytes.count, using: &random)
    let most = min(bytes.count - start, roll(3) ? 4000 : 64)
    return start..<start + Int.random(in: 1...most, using: &random)
  }

  private mutating func plant(in range: Range<Int>) {
    let count = [1, 2, 4, 8].randomElement(using: &random) ?? 4
    let number = ClipForm.number(ExtremeNumbers.any(&random), count: count)
    let start = Int.random(in: range, using: &random)
    for (index, byte) in (seed.form == .riff ? number.reversed() : number).enumerated()
    where start + index < bytes.count {
      bytes[start + index] = byte
    }
  }

  static func flip(
    _ bytes: inout [UInt8], in range: Range<Int>, count: Int, _ random: inout SeededGenerator
  ) {
    guard !range.isEmpty else { return }
    for _ in 0..<count {
      let place = Int.random(in: range, using: &random)
      bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
    }
  }

  /// Two parts in each other's places; where they overlap nothing changes.
  static func swapped(_ bytes: [UInt8], _ one: Range<Int>, _ other: Range<Int>) -> [UInt8] {
    let (first, second) = one.lowerBound < other.lowerBound ? (one, other) : (other, one)
    guard first.upperBound <= second.lowerBound else { return bytes }
    return Array(
      bytes[..<first.lowerBound] + bytes[second] + bytes[first.upperBound..<second.lowerBound]
        + bytes[first] + bytes[second.upperBound...])
  }

  // MARK: Units

  private mutating func changeUnits(_ mutation: Mutation) {
    guard seed.form.step == 1, seed.units != .startCodes else {
      bytes = changed(bytes, mutation)
      return
    }
    var tree = ClipTree(bytes, form: seed.form)
    // Pictures lie in the largest leaves; a block of Matroska has four bytes before them.
    let head = seed.form == .ebml ? 4 : 0
    let leaves = tree.paths.filter { (tree[$0]?.leaf?.count ?? 0) > 64 }
    let best = leaves.filter {
      seed.units.units(Array((tree[$0]?.leaf ?? []).dropFirst(head))).count > 1
    }
    guard let path = (best.isEmpty ? leaves : best).randomElement(using: &random),
      var element = tree[path], let leaf = element.leaf
    else { return }
    let new = changed(Array(leaf.dropFirst(head)), mutation)
    element.content = .bytes(Array(leaf.prefix(head)) + new)
    tree.replace(path, with: [element])
    bytes = tree.bytes
  }

  private mutating func changed(_ old: [UInt8], _ mutation: Mutation) -> [UInt8] {
    let units = seed.units.units(old)
    guard let one = units.randomElement(using: &random),
      let other = units.randomElement(using: &random)
    else {
      var new = old
      Self.flip(&new, in: 0..<new.count, count: 4, &random)
      return new
    }
    var new = old
    switch mutation {
    case .swapUnits: return Self.swapped(old, one, other)
    case .repeatUnit: new.insert(contentsOf: old[one], at: other.lowerBound)
    case .dropUnit: new.removeSubrange(one)
    case .claimUnitLength:
      let number = ClipForm.number(ExtremeNumbers.any(&random), count: 4)
      for (index, byte) in number.enumerated() where one.lowerBound + index < new.count {
        new[one.lowerBound + index] = byte
      }
    default:
      // The first bytes of a unit say what it is and hold the size of the picture.
      let head = one.lowerBound..<min(one.upperBound, one.lowerBound + (roll(2) ? 24 : 5))
      Self.flip(&new, in: head, count: Int.random(in: 1...4, using: &random), &random)
    }
    return new
  }
}
