// SPDX-License-Identifier: Apache-2.0

import TestSupport

/// Mutations of the container's elements.
extension ClipChange {
  /// Indices, headers and counts, by the name of the element.
  private static let tables: Set<String> = [
    "stts", "ctts", "stsc", "stsz", "stco", "co64", "stss", "elst", "mvhd", "mdhd", "tkhd", "hdlr",
    "pasp", "colr", "vmhd", "ftyp", "avih", "strh", "strf", "idx1", "indx", "b0", "ba", "54b0",
    "54ba", "2ad7b1", "4489", "23e383", "d7", "83", "e7", "a3", "a1", "9b", "fb", "53ab", "53ac",
    "b3", "f1", "f7", "9a", "86", "42f2", "42f3", "4282",
  ]
  private static let clocks: Set<String> = [
    "stts", "ctts", "elst", "mvhd", "mdhd", "2ad7b1", "4489", "23e383", "e7", "a3", "a1", "9b",
    "b3", "strh", "avih",
  ]
  private static let configs: Set<String> = [
    "avcC", "hvcC", "esds", "av1C", "vpcC", "glbl", "fiel", "pasp", "63a2", "86", "b0", "ba",
    "strf",
  ]

  mutating func changeElements(_ mutation: Mutation) {
    var tree = ClipTree(bytes, form: seed.form)
    let paths = tree.paths
    guard let path = pick(paths, tree, mutation), let element = tree[path],
      let other = paths.randomElement(using: &random), let second = tree[other]
    else { return }
    switch mutation {
    case .swapElements:
      // One inside the other cannot trade places with it: only equals can.
      guard path.count == other.count else { return apply(.repeatElement) }
      tree.replace(path, with: [second])
      tree.replace(other, with: [element])
    case .repeatElement:
      let count = roll(8) ? 200 : Int.random(in: 2...4, using: &random)
      tree.replace(path, with: Array(repeating: element, count: count))
    case .dropElement: tree.replace(path, with: [])
    case .moveElement:
      tree.replace(other, with: [element, second])
    case .resizeElement: tree.replace(path, with: [resized(element)])
    case .claimSize:
      var liar = element
      let near = UInt64(
        max(0, 8 + (liar.leaf?.count ?? 100) + Int.random(in: -9...9, using: &random)))
      liar.claimedSize = roll(2) ? near : ExtremeNumbers.any(&random)
      tree.replace(path, with: [liar])
    case .transplant: transplant(element, path, &tree)
    default: tree.replace(path, with: [damaged(element, mutation)])
    }
    bytes = tree.bytes
  }

  private mutating func pick(
    _ paths: [ClipTree.Path], _ tree: ClipTree, _ mutation: Mutation
  ) -> ClipTree.Path? {
    let wanted: Set<String> =
      switch mutation {
      case .stamps: Self.clocks
      case .codecConfig: Self.configs
      case .tableNumbers: Self.tables
      default: roll(2) ? Self.tables.union(Self.configs) : []
      }
    let fitting = paths.filter { wanted.contains(tree[$0]?.name ?? "") }
    return (fitting.isEmpty ? paths : fitting).randomElement(using: &random)
  }

  private mutating func resized(_ element: Element) -> Element {
    guard var leaf = element.leaf else { return element }
    let count = [0, 1, leaf.count / 2, leaf.count + 1, leaf.count + 40, leaf.count * 3 + 7]
      .randomElement(using: &random)
    if let count, count < leaf.count {
      leaf = Array(leaf.prefix(count))
    } else {
      let byte = UInt8(truncatingIfNeeded: random.next())
      leaf += Array(repeating: byte, count: (count ?? 0) - leaf.count)
    }
    var new = element
    new.content = .bytes(leaf)
    return new
  }

  /// Puts another clip's element in: the same kind where there is one, else any.
  private mutating func transplant(
    _ element: Element, _ path: ClipTree.Path, _ tree: inout ClipTree
  ) {
    let donors = seeds.filter { $0.form == seed.form }
    guard let donor = donors.randomElement(using: &random) else { return }
    let given = ClipTree(donor.bytes, form: donor.form)
    let same = given.paths.filter { given[$0]?.id == element.id }
    guard let from = (same.isEmpty ? given.paths : same).randomElement(using: &random),
      let new = given[from]
    else { return }
    tree.replace(path, with: roll(3) ? [element, new] : [new])
  }

  /// The element with numbers planted, or with bits of its configuration turned.
  private mutating func damaged(_ element: Element, _ mutation: Mutation) -> Element {
    guard var leaf = element.leaf, !leaf.isEmpty else { return resized(element) }
    var new = element
    if mutation == .codecConfig, roll(2) {
      Self.flip(
        &leaf, in: 0..<min(leaf.count, 64), count: Int.random(in: 1...6, using: &random), &random)
    } else {
      let most = min(leaf.count, seed.form.step > 1 ? 40 : 400)
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        let width = seed.form == .boxes ? 4 : min(leaf.count, roll(2) ? 4 : 2)
        let number = ClipForm.number(ExtremeNumbers.any(&random), count: width)
        let start = Int.random(in: 0..<most, using: &random)
        let at = seed.form == .boxes ? start / 4 * 4 : start
        for (index, byte) in (seed.form == .riff ? number.reversed() : number).enumerated()
        where at + index < leaf.count {
          leaf[at + index] = byte
        }
      }
    }
    new.content = .bytes(leaf)
    return new
  }
}
