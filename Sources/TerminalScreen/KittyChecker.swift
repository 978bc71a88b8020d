// SPDX-License-Identifier: Apache-2.0

/// Says for the bytes of kitty graphics commands whether they are among those of
/// `OutputGrammar.Kitty`.
///
/// A picture's chunks follow each other at once; no other byte may stand between them.
struct KittyChecker: Sendable {
  enum Answer { case more, done, refused }
  private enum State: UInt8, Sendable {
    case start, key, equals, value, payload, end, next, nextOpen
  }
  private enum Command { case picture, more, query, other }

  /// A key's value where it has none.
  private static let none: UInt32 = .max

  private var state = State.start
  private var values = [UInt32](repeating: none, count: 128)
  private var key: UInt8 = 0
  private var command = Command.other
  private var chunk = 0
  private var total = 0
  private var wanted = 0
  private var isMoreToCome = false

  /// Begins a command, after its `ESC _`.
  mutating func begin() {
    (wanted, total) = (0, 0)
    restart()
  }

  /// Takes one byte of the payload, of which most bytes are; false where it is none.
  mutating func takePayload(_ byte: UInt8) -> Bool {
    guard state == .payload, Self.isBase64[Int(byte)], chunk < OutputGrammar.Kitty.longestChunk
    else { return false }
    chunk &+= 1
    return true
  }

  /// Takes one byte after `ESC _`, up to the `ESC \` of a picture's last chunk.
  mutating func take(_ byte: UInt8) -> Answer {
    switch state {
    case .start: return expect(byte, "G", then: .key)
    case .key:
      guard byte < 128, OutputGrammar.Kitty.keys.utf8.contains(byte),
        values[Int(byte)] == Self.none
      else { return .refused }
      key = byte
      return go(.equals)
    case .equals:
      values[Int(key)] = 0
      chunk = 0
      return expect(byte, "=", then: .value)
    case .value: return value(byte)
    case .payload:
      if takePayload(byte) { return .more }
      return byte == 0x1B && endChunk() ? go(.end) : .refused
    case .end:
      guard byte == UInt8(ascii: "\\") else { return .refused }
      return isMoreToCome ? go(.next) : .done
    case .next: return byte == 0x1B ? go(.nextOpen) : .refused
    case .nextOpen:
      guard byte == UInt8(ascii: "_") else { return .refused }
      restart()
      return .more
    }
  }

  private mutating func restart() {
    state = .start
    for index in values.indices { values[index] = Self.none }
    chunk = 0
    isMoreToCome = false
  }

  private mutating func go(_ next: State) -> Answer {
    state = next
    return .more
  }

  private mutating func expect(
    _ byte: UInt8, _ wanted: Unicode.Scalar, then next: State
  ) -> Answer {
    UInt32(byte) == wanted.value ? go(next) : .refused
  }

  /// A value is a number without a leading zero, or one letter, kept as its byte.
  private mutating func value(_ byte: UInt8) -> Answer {
    let digit = byte &- 0x30
    switch byte {
    case _ where Self.lettered.contains(key) && chunk == 0:
      values[Int(key)] = UInt32(byte)
    case _ where digit < 10 && !Self.lettered.contains(key):
      let old = values[Int(key)]
      guard chunk == 0 || old > 0, old < 1000 else { return .refused }
      values[Int(key)] = old * 10 + UInt32(digit)
    case UInt8(ascii: ",") where chunk > 0: return go(.key)
    case UInt8(ascii: ";") where chunk > 0:
      chunk = 0
      return isWithPayload() ? go(.payload) : .refused
    case 0x1B where chunk > 0: return isWithoutPayload ? go(.end) : .refused
    default: return .refused
    }
    chunk += 1
    return .more
  }

  private static let lettered = Array("atd".utf8)

  private subscript(_ name: Unicode.Scalar) -> UInt32 { values[Int(name.value)] }

  private func has(_ names: String) -> Bool {
    values.indices.allSatisfy { index in
      (values[index] != Self.none) == names.utf8.contains(UInt8(index))
    }
  }

  /// Whether the keys are those of a command that carries bytes; notes which.
  private mutating func isWithPayload() -> Bool {
    isMoreToCome = self["m"] == 1
    if wanted > 0 {
      command = .more
      return (has("m") || has("mq") && self["q"] == 2) && self["m"] <= 1
    }
    let isRaw = self["f"] == 24 && self["t"] == UInt32(UInt8(ascii: "d"))
    if self["a"] == UInt32(UInt8(ascii: "q")) {
      command = .query
      return has("isvatf") && isRaw && self["i"] == 31 && self["s"] == 1 && self["v"] == 1
    }
    command = .picture
    guard has("aftipqCsvcrm"), isRaw, self["a"] == UInt32(UInt8(ascii: "T")), isPlaced else {
      return false
    }
    wanted = 4 * Int(self["s"]) * Int(self["v"])
    return wanted <= OutputGrammar.Kitty.mostBytes
  }

  private var isPlaced: Bool {
    let sides = 1...OutputGrammar.Kitty.longestSide
    return OutputGrammar.Kitty.identifiers.contains(self["i"]) && self["p"] == 1 && self["q"] == 2
      && self["C"] == 1 && sides.contains(self["s"]) && sides.contains(self["v"])
      && (1...2000).contains(self["c"]) && (1...1000).contains(self["r"]) && self["m"] <= 1
  }

  private var isWithoutPayload: Bool {
    guard wanted == 0, self["q"] == 2 else { return false }
    if self["m"] == 0 { return has("mq") }
    guard self["a"] == UInt32(UInt8(ascii: "d")) else { return false }
    if self["d"] == UInt32(UInt8(ascii: "A")) { return has("adq") }
    let isOne = self["d"] == UInt32(UInt8(ascii: "I")) || self["d"] == UInt32(UInt8(ascii: "i"))
    return isOne && has("adiq") && OutputGrammar.Kitty.identifiers.contains(self["i"])
  }

  /// Whether a chunk may end here: with the last one, the picture has all of its pixels.
  private mutating func endChunk() -> Bool {
    if command == .query { return chunk == 4 }
    total += chunk
    return isMoreToCome ? chunk > 0 && chunk % 4 == 0 && total < wanted : total == wanted
  }

  private static let isBase64 = (0...255 as ClosedRange<UInt8>).map { byte in
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2F: true
    default: false
    }
  }
}
