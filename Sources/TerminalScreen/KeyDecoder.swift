// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Turns the terminal's bytes into keys, after ECMA-48 and xterm's control sequences.
///
/// ncurses' own reader is not used because it gives an unknown sequence back character by
/// character, where digits and letters are labels. Here whatever begins like a sequence is taken
/// whole: what has no name becomes one `.unknown`. `ESC` and a character come out as escape and
/// that character.
package struct KeyDecoder: Sendable {
  /// How long a lone `ESC` may still become a sequence.
  package static let escapeDelayMilliseconds: Int64 = 25
  /// How long an unfinished sequence is waited for, and how long after a lone `ESC` a `[` or `O`
  /// still counts as its continuation (a slow line may tear them apart).
  package static let sequenceDelayMilliseconds: Int64 = 1000

  /// Whether answers with strings may still come, so that a lone `ESC` may be the torn beginning of
  /// one.
  package var isAnswerOwed = false

  /// Whether reports of a mouse count; else they are unknown keys.
  package var hearsMouse = false

  private enum State {
    case ground, escape, control, single, string, stringEscape, mouse(Int), consoleKey, scalar
  }

  private var state = State.ground
  private var since: Int64 = 0
  private var tornUntil: Int64 = .min
  private var isPasting = false
  private var parameters: [UInt8] = []
  private var scalar: [UInt8] = []
  private var scalarLength = 0

  /// Starts between keys.
  package init() {}

  /// When `expire` will have something to say; nil while nothing is unfinished.
  package var deadlineMilliseconds: Int64? {
    switch state {
    case .ground: isPasting ? since + Self.sequenceDelayMilliseconds : nil
    case .escape: since + Self.escapeDelayMilliseconds
    default: since + sequenceDelay
    }
  }

  /// While answers are owed, half of one is no key, however late the rest of it comes.
  private var sequenceDelay: Int64 {
    isAnswerOwed ? TerminalProbe.lateMilliseconds : Self.sequenceDelayMilliseconds
  }

  /// Forgets what is unfinished; answers that are owed stay so, and so does the mouse.
  package mutating func restart() {
    let (isAnswerOwed, hearsMouse) = (isAnswerOwed, hearsMouse)
    self = KeyDecoder()
    self.hearsMouse = hearsMouse
    self.isAnswerOwed = isAnswerOwed
  }

  /// Ends what has waited too long: a lone `ESC` is the escape key, a torn sequence is unknown.
  package mutating func expire(nowMilliseconds now: Int64) -> [InputEvent] {
    guard let deadline = deadlineMilliseconds, now >= deadline else { return [] }
    defer { state = .ground }
    switch state {
    case .escape:
      tornUntil = now + sequenceDelay
      return isPasting ? [] : [.key(.escape)]
    case .ground:
      isPasting = false
      return []
    default:
      isPasting = false
      return [.key(.unknown)]
    }
  }

  /// Decodes bytes that were read at one time; what is unfinished waits for the next ones.
  package mutating func feed(_ bytes: some Sequence<UInt8>, nowMilliseconds now: Int64)
    -> [InputEvent]
  {
    var events = expire(nowMilliseconds: now)
    for byte in bytes { take(byte, now, &events) }
    return events
  }

  private mutating func take(_ byte: UInt8, _ now: Int64, _ events: inout [InputEvent]) {
    switch state {
    case .ground: ground(byte, now, &events)
    case .escape: afterEscape(byte, now, &events)
    case .control: control(byte, now, &events)
    case .single:
      state = .ground
      if (0x20...0x7E).contains(byte) {
        give(KeyNames.single(byte), &events)
      } else {
        ground(byte, now, &events)
      }
    case .string:
      if byte == 0x07 { finish(&events) }
      if byte == 0x1B { begin(.stringEscape, now) }
    case .stringEscape:
      if byte == UInt8(ascii: "\\") {
        finish(&events)
      } else {
        afterEscape(byte, now, &events)
      }
    case .mouse(let left):
      if left == 1 { finish(&events) } else { state = .mouse(left - 1) }
    case .consoleKey:
      state = .ground
      give(KeyNames.console(byte), &events)
    case .scalar: continueScalar(byte, now, &events)
    }
  }

  private mutating func ground(_ byte: UInt8, _ now: Int64, _ events: inout [InputEvent]) {
    let isTorn = now < tornUntil
    tornUntil = .min
    if isPasting { since = now }
    switch byte {
    case 0x1B: begin(.escape, now)
    case 0x9B: begin(.control, now)
    case 0x8F: begin(.single, now)
    case UInt8(ascii: "[") where isTorn: begin(.control, now)
    case UInt8(ascii: "O") where isTorn: begin(.single, now)
    case UInt8(ascii: "P") where isTorn && isAnswerOwed: begin(.string, now)
    case UInt8(ascii: "_") where isTorn && isAnswerOwed: begin(.string, now)
    case 0x20...0x7E: give(.character(Character(Unicode.Scalar(byte))), &events)
    case 0x00...0x1F, 0x7F: give(KeyNames.control(byte), &events)
    case 0xC2...0xDF: beginScalar(byte, length: 2, now)
    case 0xE0...0xEF: beginScalar(byte, length: 3, now)
    case 0xF0...0xF4: beginScalar(byte, length: 4, now)
    default: give(.unknown, &events)
    }
  }

  private mutating func afterEscape(_ byte: UInt8, _ now: Int64, _ events: inout [InputEvent]) {
    switch byte {
    case UInt8(ascii: "["): begin(.control, now)
    case UInt8(ascii: "O"): begin(.single, now)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
      begin(.string, now)
    default:
      state = .ground
      give(.escape, &events)
      ground(byte, now, &events)
    }
  }

  private mutating func control(_ byte: UInt8, _ now: Int64, _ events: inout [InputEvent]) {
    switch byte {
    case 0x20...0x3F:
      if parameters.count < 64 { parameters.append(byte) }
    case UInt8(ascii: "[") where parameters.isEmpty:
      state = .consoleKey
    case UInt8(ascii: "M") where parameters.isEmpty:
      state = .mouse(3)
    case 0x40...0x7E:
      state = .ground
      finishControl(byte, now, &events)
    default:
      finish(&events)
      ground(byte, now, &events)
    }
  }

  private mutating func finishControl(
    _ final: UInt8, _ now: Int64, _ events: inout [InputEvent]
  ) {
    switch (final, String(decoding: parameters, as: UTF8.self)) {
    case (UInt8(ascii: "n"), "0"):
      events.append(.frameAcknowledged)
    case (UInt8(ascii: "c"), let text) where text.hasPrefix("?"):
      events.append(.lastAnswer)
      isAnswerOwed = false
    case (UInt8(ascii: "I"), ""):
      events.append(.focusGained)
    case (UInt8(ascii: "O"), ""):
      events.append(.focusLost)
    case (UInt8(ascii: "~"), "200"):
      isPasting = true
      since = now
    case (UInt8(ascii: "~"), "201"):
      isPasting = false
    case (UInt8(ascii: "M"), let text) where hearsMouse && text.hasPrefix("<"):
      if let act = PointerAct(report: text.dropFirst()) { give(.pointer(act), &events) }
    case (UInt8(ascii: "m"), let text) where hearsMouse && text.hasPrefix("<"): break
    case (_, let text):
      give(KeyNames.control(final: final, parameters: text), &events)
    }
  }

  private mutating func beginScalar(_ byte: UInt8, length: Int, _ now: Int64) {
    begin(.scalar, now)
    scalarLength = length
    scalar.removeAll(keepingCapacity: true)
    scalar.append(byte)
  }

  private mutating func continueScalar(
    _ byte: UInt8, _ now: Int64, _ events: inout [InputEvent]
  ) {
    guard (0x80...0xBF).contains(byte) else {
      finish(&events)
      return ground(byte, now, &events)
    }
    scalar.append(byte)
    guard scalar.count == scalarLength else { return }
    state = .ground
    let text = String(decoding: scalar, as: UTF8.self)
    give(text.unicodeScalars.count == 1 ? KeyNames.text(text) : .unknown, &events)
  }

  private mutating func begin(_ next: State, _ now: Int64) {
    state = next
    since = now
    parameters.removeAll(keepingCapacity: true)
  }

  private mutating func finish(_ events: inout [InputEvent]) {
    state = .ground
    give(.unknown, &events)
  }

  private func give(_ key: KeyPress, _ events: inout [InputEvent]) {
    if !isPasting { events.append(.key(key)) }
  }
}
