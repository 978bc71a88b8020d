// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// What the terminal answered to the questions, told from the keys that came between the answers.
///
/// Bytes may come cut anywhere. What is no answer is kept as it came, for `KeyDecoder`.
package struct TerminalReplies: Hashable, Sendable {
  private enum State: Hashable, Sendable { case ground, escape, control, string, stringEscape }

  /// The numbers of DA1; nil until it came, which is the last answer of all.
  package private(set) var attributes: [Int]?
  /// Its name and version, `XTerm(379)`.
  package private(set) var name: String?
  /// How many colours a sixel picture may have.
  package private(set) var sixelColours: Int?
  /// How large a sixel picture may be.
  package private(set) var sixelSize: PixelSize?
  /// Its size in pixels.
  package private(set) var pixels: PixelSize?
  /// A cell's size in pixels.
  package private(set) var cellPixels: PixelSize?
  /// Whether it knows kitty's graphics.
  package private(set) var hasKitty = false
  /// Whether it knows synchronized update; nil where it did not say.
  package private(set) var isSynchronized: Bool?
  /// Bytes that are no answer: keys.
  package private(set) var keys: [UInt8] = []

  private var state = State.ground
  private var open: [UInt8] = []

  /// Starts with nothing answered.
  package init() {}

  /// Takes the next bytes.
  package mutating func take(_ bytes: [UInt8]) {
    for byte in bytes { take(byte) }
  }

  /// Gives what is unfinished over to the keys: it may be the escape key, or half an answer that
  /// `KeyDecoder` then swallows whole.
  package mutating func end() {
    keys += open
    open = []
    state = .ground
  }

  private mutating func take(_ byte: UInt8) {
    if state == .ground, byte != 0x1B {
      keys.append(byte)
      return
    }
    open.append(byte)
    switch state {
    case .ground: state = .escape
    case .escape: afterEscape(byte)
    case .control:
      if (0x40...0x7E).contains(byte) {
        close(isAnswer: isControlAnswer(byte))
      } else if !(0x20...0x3F).contains(byte) || open.count > 128 {
        reopen(byte)
      }
    case .string:
      if byte == 0x1B { state = .stringEscape }
      if byte == 0x07 { closeString(tail: 1) }
      if open.count > 4096 { end() }
    case .stringEscape:
      if byte == UInt8(ascii: "\\") { closeString(tail: 2) } else { reopenAfterEscape(byte) }
    }
  }

  private mutating func afterEscape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "["): state = .control
    case UInt8(ascii: "P"), UInt8(ascii: "_"): state = .string
    default: reopen(byte)
    }
  }

  /// What was open is keys; the byte may begin a sequence of its own.
  private mutating func reopen(_ byte: UInt8) {
    open.removeLast()
    end()
    take(byte)
  }

  /// A string was cut off by `ESC` and this.
  private mutating func reopenAfterEscape(_ byte: UInt8) {
    open.removeLast(2)
    end()
    take(0x1B)
    take(byte)
  }

  private mutating func close(isAnswer: Bool) {
    if isAnswer { open = [] }
    end()
  }

  private mutating func closeString(tail: Int) {
    let body = String(decoding: open.dropFirst(2).dropLast(tail), as: UTF8.self)
    if open[1] == UInt8(ascii: "P"), body.hasPrefix(">|") {
      // Shown to a person: plain ASCII of a bounded length.
      let shown = body.dropFirst(2).unicodeScalars.filter { (0x20...0x7E).contains($0.value) }
      name = String(String.UnicodeScalarView(shown.prefix(64)))
    } else if open[1] == UInt8(ascii: "_"), body.hasPrefix("Gi=31;") {
      hasKitty = body == "Gi=31;OK"
    }
    // Nobody types a string: what is none of the answers is dropped too.
    close(isAnswer: true)
  }

  private mutating func isControlAnswer(_ final: UInt8) -> Bool {
    var body = open.dropFirst(2).dropLast()
    let isPrivate = body.first == UInt8(ascii: "?")
    if isPrivate { body.removeFirst() }
    let isMode = body.last == UInt8(ascii: "$")
    if isMode { body.removeLast() }
    guard let numbers = Self.numbers(body) else { return false }
    switch (isPrivate, final) {
    case (true, UInt8(ascii: "c")): attributes = numbers
    case (true, UInt8(ascii: "S")): takeSixel(numbers)
    case (true, UInt8(ascii: "y")) where isMode:
      guard numbers.count == 2, numbers[0] == 2026 else { return true }
      isSynchronized = numbers[1] == 1 || numbers[1] == 2
    case (false, UInt8(ascii: "t")): takeSize(numbers)
    default: return false
    }
    return true
  }

  private mutating func takeSixel(_ numbers: [Int]) {
    guard numbers.count >= 3, numbers[1] == 0 else { return }
    if numbers[0] == 1, numbers[2] >= 2 { sixelColours = min(numbers[2], 65_536) }
    if numbers[0] == 2, numbers.count == 4 { sixelSize = Self.size(numbers[2], numbers[3]) }
  }

  private mutating func takeSize(_ numbers: [Int]) {
    guard numbers.count == 3 else { return }
    if numbers[0] == 4 { pixels = Self.size(numbers[2], numbers[1]) }
    if numbers[0] == 6 { cellPixels = Self.size(numbers[2], numbers[1]) }
  }

  private static func size(_ width: Int, _ height: Int) -> PixelSize? {
    width > 0 && height > 0 ? PixelSize(width: width, height: height) : nil
  }

  /// Numbers with `;` between them, a missing one 0; nil for anything else, or one beyond reason.
  private static func numbers(_ text: ArraySlice<UInt8>) -> [Int]? {
    var numbers: [Int] = []
    for part in text.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
      guard part.count <= 6, part.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      numbers.append(Int(String(decoding: part, as: UTF8.self)) ?? 0)
    }
    return numbers
  }
}
