// SPDX-License-Identifier: Apache-2.0
import TerminalScreen
import TestSupport
import Vocabulary

/// Draws texts that mean harm to a terminal, makes them harmless as the program does, and holds what
/// comes out against the grammar.
package struct HostileText {
  /// What came of some strings.
  package struct Outcome: Sendable {
    /// How many were drawn.
    package let strings: Int
    /// How many of every sixteenth would have left the grammar as they were.
    package let rawOffences: Int
    /// The first that left it although it was made harmless; nil for none.
    package let firstOffence: [UInt8]?
  }

  private var random: SeededGenerator

  /// Starts at a seed; the same seed draws the same strings.
  package init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// Draws so many strings, or fewer where one is not made harmless.
  package mutating func run(strings: Int) -> Outcome {
    var bytes: [UInt8] = []
    var rawOffences = 0
    for index in 0..<strings {
      bytes.removeAll(keepingCapacity: true)
      draw(&bytes)
      if index.isMultiple(of: 16), !Self.isInGrammar(bytes) { rawOffences += 1 }
      let text = String(decoding: bytes, as: UTF8.self)
      let isHarmless =
        Self.isInGrammar(Array(DisplayText.line(text, limit: 12).utf8))
        && Self.isInGrammar(Array(DisplayText.sentence(text, keepsLines: true).utf8))
      if !isHarmless {
        return Outcome(strings: index + 1, rawOffences: rawOffences, firstOffence: bytes)
      }
    }
    return Outcome(strings: strings, rawOffences: rawOffences, firstOffence: nil)
  }

  private static func isInGrammar(_ bytes: [UInt8]) -> Bool {
    var checker = OutputGrammar.Checker()
    return checker.check(bytes) == nil && checker.isWhole
  }

  private mutating func draw(_ bytes: inout [UInt8]) {
    let pieces = 1 + Int(random.next() & 7)
    for _ in 0..<pieces {
      let word = random.next()
      let low = UInt8(truncatingIfNeeded: word >> 8)
      switch word & 15 {
      case 0, 1: bytes.append(0x1B)
      case 2: bytes.append(low & 0x1F)
      case 3:
        bytes.append(0xC2)
        bytes.append(0x80 | low & 0x1F)
      case 4: bytes.append(0x80 | low & 0x1F)
      case 5: bytes.append(low)
      case 6, 7: bytes.append(contentsOf: Self.edges[Int(low) % Self.edges.count])
      case 8, 9: bytes.append(contentsOf: Self.starts[Int(low) % Self.starts.count])
      case 10: Self.encode(UInt32(truncatingIfNeeded: word >> 8) % 0x11_0000, &bytes)
      case 11: Self.encode(UInt32(truncatingIfNeeded: word >> 8) % 0x3000, &bytes)
      default: bytes.append(0x20 + low % 0x5F)
      }
    }
  }

  /// The bytes of any number that UTF-8's scheme can hold, surrogates too.
  private static func encode(_ value: UInt32, _ bytes: inout [UInt8]) {
    func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(value >> shift & 0x3F) }
    switch value {
    case ..<0x80: bytes.append(UInt8(value))
    case ..<0x800: bytes += [0xC0 | UInt8(value >> 6), tail(0)]
    case ..<0x1_0000: bytes += [0xE0 | UInt8(value >> 12), tail(6), tail(0)]
    default: bytes += [0xF0 | UInt8(value >> 18), tail(12), tail(6), tail(0)]
    }
  }

  /// Beginnings of sequences that a terminal acts on.
  private static let starts = [
    "\u{1B}[", "\u{1B}]", "\u{1B}]52;c;", "\u{1B}]0;", "\u{1B}P", "\u{1B}_G", "\u{1B}^", "\u{1B}X",
    "\u{1B}[5i", "\u{1B}[2J", "\u{1B}c", "\u{1B}\\", "\u{7}", "\u{1B}[?1000h", "\u{1B}[21t",
    "\u{1B}Pq", "\u{1B}k", "\u{9B}", "\u{9D}52;", "\u{90}q", "\r\n",
  ].map { Array($0.utf8) }

  /// Overlong, cut, surrogate and too large forms, and characters that hide, pile up, reorder or
  /// take no or two cells.
  private static let edges: [[UInt8]] =
    [
      [0xC0, 0x9B], [0xC1, 0x9B], [0xE0, 0x80, 0x9B], [0xE0, 0x82, 0x9B], [0xF0, 0x80, 0x80, 0x9B],
      [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
      [0xF8, 0x88, 0x80, 0x80, 0x9B],
      [0xE2, 0x96], [0xE2], [0xF0, 0x9F, 0x98], [0xC2], [0xFE], [0xFF], [0xEF, 0xBF, 0xBE],
    ]
    + [
      "\u{202E}", "\u{2066}", "\u{200B}", "\u{200D}", "\u{FEFF}", "\u{2028}", "\u{2029}", "\u{AD}",
      "\u{301}\u{301}\u{301}\u{301}", "\u{20DD}", "\u{FE0F}", "\u{E0041}",
      "\u{1F469}\u{200D}\u{1F4BB}",
      "\u{3000}", "\u{115F}", "\u{5D0}\u{5D1}", "\u{64A}", "\u{E9}", "日本", "\u{2584}", "\u{FFFD}",
      "\u{F8FF}", "\u{10FFFF}", "\u{85}", "\u{A0}", "\u{180E}", "\u{61C}",
    ].map { Array($0.utf8) }
}
