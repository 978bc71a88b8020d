// SPDX-License-Identifier: Apache-2.0

/// The numbers of a sequence, gathered a byte at a time; room is kept for as many as the grammar
/// allows, so that gathering allocates nothing.
struct NumberList: Sendable {
  private var values = [UInt16](repeating: 0, count: OutputGrammar.mostNumbers)
  private var last = 0
  private var value: UInt32 = 0
  private(set) var isUntouched = true

  mutating func clear() {
    last = 0
    value = 0
    isUntouched = true
  }

  /// Takes a digit or `;`; false where it is neither, or the number or the list grows too large.
  mutating func take(_ byte: UInt8) -> Bool {
    let digit = byte &- 0x30
    if digit < 10 {
      let grown = value &* 10 &+ UInt32(digit)
      guard grown <= UInt32(OutputGrammar.largestNumber) else { return false }
      value = grown
      isUntouched = false
      return true
    }
    guard byte == UInt8(ascii: ";"), last < OutputGrammar.mostNumbers - 1 else { return false }
    values[last] = UInt16(truncatingIfNeeded: value)
    last += 1
    value = 0
    isUntouched = false
    return true
  }

  /// How many there are; 0 where nothing came at all.
  var count: Int { isUntouched ? 0 : last + 1 }

  subscript(_ index: Int) -> UInt16 {
    index == last ? UInt16(truncatingIfNeeded: value) : values[index]
  }

  /// Whether they are what the rule allows.
  func obey(_ rule: OutputGrammar.Numbers) -> Bool {
    switch rule {
    case .style: return isStyle
    case .atMost(let most): return count <= most
    case .noneOr(let allowed): return count == 0 || count == 1 && allowed.contains(self[0])
    case .exactly(let allowed): return count == 1 && allowed.contains(self[0])
    case .oneOf(let lists):
      return lists.contains { list in
        list.count == count && list.indices.allSatisfy { list[$0] == self[$0] }
      }
    case .some(let allowed, let lone):
      if count == 1, lone.contains(self[0]) { return true }
      guard count > 0 else { return false }
      for index in 0..<count where !allowed.contains(self[index]) { return false }
      return true
    }
  }

  private var isStyle: Bool {
    var index = 0
    let count = count
    while index < count {
      let code = self[index]
      index += 1
      if code < 128, Self.isStyleCode[Int(code)] { continue }
      guard OutputGrammar.colours.contains(code), index < count else { return false }
      let colours = self[index] == 5 ? 1 : self[index] == 2 ? 3 : 0
      guard colours > 0, index + colours < count else { return false }
      for place in index + 1...index + colours where self[place] > 255 { return false }
      index += 1 + colours
    }
    return true
  }

  private static let isStyleCode = (0..<128 as Range<UInt16>).map { code in
    OutputGrammar.styles.contains { $0.contains(code) }
  }
}
