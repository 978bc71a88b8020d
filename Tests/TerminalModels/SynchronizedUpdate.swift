// SPDX-License-Identifier: Apache-2.0

/// Holds back what comes inside a synchronized update (mode 2026) until the update ends, as a
/// terminal does that knows the mode.
struct SynchronizedUpdate {
  private static let begin = Array("\u{1B}[?2026h".utf8)
  private var isInside = false
  private var matched = 0
  private var held: [UInt8] = []

  /// The bytes to show now: those before an update, and those of every update that has ended.
  mutating func pass(_ bytes: [UInt8]) -> [UInt8] {
    held += bytes
    var shown = 0
    for (index, byte) in bytes.enumerated() {
      let place = held.count - bytes.count + index + 1
      if matched == Self.begin.count - 1, byte == 0x68 || byte == 0x6C {
        isInside = byte == 0x68
        matched = 0
      } else if byte == Self.begin[matched] {
        matched += 1
      } else {
        matched = byte == Self.begin[0] ? 1 : 0
      }
      if !isInside { shown = place }
    }
    defer { held.removeFirst(shown) }
    return Array(held.prefix(shown))
  }

  /// What is held back still, of a program that ended inside an update.
  mutating func end() -> [UInt8] {
    isInside = false
    defer { held = [] }
    return held
  }
}
