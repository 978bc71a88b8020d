// SPDX-License-Identifier: Apache-2.0

/// Inflates zlib data (RFC 1950, RFC 1951) for test vectors; checks no checksum.
struct Inflate {
  enum InflateError: Error { case malformed }

  static func zlib(_ bytes: [UInt8]) throws -> [UInt8] {
    guard bytes.count > 2, bytes[0] & 15 == 8, bytes[1] & 0x20 == 0 else {
      throw InflateError.malformed
    }
    var inflate = Inflate(bytes: bytes, place: 16)
    while try !inflate.block() {}
    return inflate.output
  }

  private let bytes: [UInt8]
  private var place: Int
  private var output: [UInt8] = []

  private init(bytes: [UInt8], place: Int) {
    self.bytes = bytes
    self.place = place
  }

  /// Reads a block; true where it was the last.
  private mutating func block() throws -> Bool {
    let isLast = try bits(1) == 1
    switch try bits(2) {
    case 0: try stored()
    case 1:
      let literals = (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
      try compressed(Code(literals), Code(Array(repeating: 5, count: 30)))
    case 2:
      let (literals, distances) = try codes()
      try compressed(literals, distances)
    default: throw InflateError.malformed
    }
    return isLast
  }

  private mutating func bits(_ count: Int) throws -> Int {
    guard (place + count + 7) / 8 <= bytes.count else { throw InflateError.malformed }
    var value = 0
    for index in 0..<count {
      value |= Int(bytes[(place + index) / 8] >> UInt8((place + index) % 8) & 1) << index
    }
    place += count
    return value
  }

  private mutating func stored() throws {
    place = (place + 7) / 8 * 8
    let count = try bits(16)
    _ = try bits(16)
    guard place / 8 + count <= bytes.count else { throw InflateError.malformed }
    output += bytes[(place / 8)..<(place / 8 + count)]
    place += count * 8
  }

  private mutating func compressed(_ literals: Code, _ distances: Code) throws {
    while true {
      let symbol = try symbol(literals)
      if symbol == 256 { return }
      if symbol < 256 {
        output.append(UInt8(symbol))
        continue
      }
      let length = try extended(symbol - 257, Self.lengths)
      let distance = try extended(try self.symbol(distances), Self.distances)
      guard distance <= output.count else { throw InflateError.malformed }
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
  }

  private mutating func extended(_ symbol: Int, _ table: [(base: Int, bits: Int)]) throws -> Int {
    guard table.indices.contains(symbol) else { throw InflateError.malformed }
    return try table[symbol].base + bits(table[symbol].bits)
  }

  /// The codes that a block brings along.
  private mutating func codes() throws -> (Code, Code) {
    let literalCount = try bits(5) + 257
    let distanceCount = try bits(5) + 1
    var lengths = [Int](repeating: 0, count: 19)
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    for index in 0..<(try bits(4) + 4) { lengths[order[index]] = try bits(3) }
    let code = Code(lengths)
    var all: [Int] = []
    while all.count < literalCount + distanceCount {
      switch try symbol(code) {
      case 16:
        guard let last = all.last else { throw InflateError.malformed }
        all += Array(repeating: last, count: try bits(2) + 3)
      case 17: all += Array(repeating: 0, count: try bits(3) + 3)
      case 18: all += Array(repeating: 0, count: try bits(7) + 11)
      case let length: all.append(length)
      }
    }
    return (
      Code(Array(all[..<literalCount])),
      Code(Array(all[literalCount..<(literalCount + distanceCount)]))
    )
  }

  private mutating func symbol(_ code: Code) throws -> Int {
    var word = 0
    var first = 0
    var index = 0
    for length in 1...15 {
      word |= try bits(1)
      let count = code.counts[length]
      if word - first < count { return code.symbols[index + word - first] }
      index += count
      first = (first + count) << 1
      word <<= 1
    }
    throw InflateError.malformed
  }

  /// A canonical Huffman code: symbols by length, then by value.
  private struct Code {
    var counts = [Int](repeating: 0, count: 16)
    var symbols: [Int] = []

    init(_ lengths: [Int]) {
      for length in 1...15 {
        for (symbol, ownLength) in lengths.enumerated() where ownLength == length {
          symbols.append(symbol)
          counts[length] += 1
        }
      }
    }
  }

  private static let lengths: [(base: Int, bits: Int)] =
    ladder(from: 3, firstPlain: 8, step: 4, count: 28) + [(258, 0)]
  private static let distances = ladder(from: 1, firstPlain: 4, step: 2, count: 30)

  private static func ladder(from base: Int, firstPlain: Int, step: Int, count: Int)
    -> [(base: Int, bits: Int)]
  {
    var next = base
    return (0..<count).map { index in
      let bits = index < firstPlain ? 0 : index / step - 1
      defer { next += 1 << bits }
      return (next, bits)
    }
  }
}
