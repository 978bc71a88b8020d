// SPDX-License-Identifier: Apache-2.0

/// What a byte typed into a passphrase's field does.
package enum SecretKey: Hashable, Sendable {
  /// A byte of the passphrase: ASCII, or part of a longer character of UTF-8.
  case byte(UInt8)
  /// Takes the last character back.
  case erase
  /// Takes everything back.
  case clear
  case enter
  /// The end of the input, `^D`.
  case end
  /// Not typed: the answer `CSI 0 n` to a frame's `CSI 5 n`.
  case frameAcknowledged
}

/// Tells a passphrase's bytes from keys and from the terminal's own sequences, byte by byte, and
/// keeps none of them.
///
/// Sequences are taken whole, as by `KeyDecoder`; what is pasted counts as typed.
package struct SecretKeyDecoder: Sendable {
  private enum State { case ground, escape, control, single, string, stringEscape }

  private var state = State.ground
  private var since: Int64 = 0
  private var tornUntil: Int64 = .min
  /// Whether the sequence is `CSI 0` so far; whether it begins with `CSI ?`.
  private var isAnswer = false
  private var isPrivate = false
  private var isFirst = true

  /// Whether answers to what was asked before the screen may still come, so that a lone `ESC` may be
  /// the torn beginning of one; the last answer ends it.
  package var isAnswerOwed = false

  /// Starts between keys.
  package init() {}

  /// Ends what has waited too long: a lone `ESC` clears the field, a torn sequence is nothing.
  package mutating func expire(nowMilliseconds now: Int64) -> SecretKey? {
    guard state != .ground else { return nil }
    let isEscape = state == .escape
    let delay = isEscape ? KeyDecoder.escapeDelayMilliseconds : sequenceDelay
    guard now - since >= delay else { return nil }
    state = .ground
    if isEscape { tornUntil = since + delay + sequenceDelay }
    return isEscape ? .clear : nil
  }

  private var sequenceDelay: Int64 {
    isAnswerOwed ? TerminalProbe.lateMilliseconds : KeyDecoder.sequenceDelayMilliseconds
  }

  /// Takes a byte that was read at a time, and gives what it does, if anything.
  package mutating func take(
    _ byte: UInt8, nowMilliseconds now: Int64, give: (SecretKey) -> Void
  ) {
    if let key = expire(nowMilliseconds: now) { give(key) }
    switch state {
    case .ground: ground(byte, now, give)
    case .escape: afterEscape(byte, now, give)
    case .single: state = .ground
    case .control: control(byte, give)
    case .string:
      if byte == 0x07 { state = .ground }
      if byte == 0x1B { state = .stringEscape }
    case .stringEscape: state = byte == UInt8(ascii: "\\") ? .ground : .string
    }
  }

  private mutating func ground(_ byte: UInt8, _ now: Int64, _ give: (SecretKey) -> Void) {
    // A slow line may have torn a sequence after its first byte.
    let isTorn = now < tornUntil
    tornUntil = .min
    switch byte {
    case 0x1B: begin(.escape, now)
    case UInt8(ascii: "[") where isTorn: begin(.control, now)
    case UInt8(ascii: "O") where isTorn: begin(.single, now)
    case UInt8(ascii: "P") where isTorn && isAnswerOwed: begin(.string, now)
    case UInt8(ascii: "_") where isTorn && isAnswerOwed: begin(.string, now)
    case 0x0A, 0x0D: give(.enter)
    case 0x04: give(.end)
    case 0x08, 0x7F: give(.erase)
    case 0x15: give(.clear)
    case 0x20...0x7E, 0x80...0xFF: give(.byte(byte))
    default: break
    }
  }

  private mutating func afterEscape(_ byte: UInt8, _ now: Int64, _ give: (SecretKey) -> Void) {
    switch byte {
    case UInt8(ascii: "["): begin(.control, now)
    case UInt8(ascii: "O"): begin(.single, now)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
      begin(.string, now)
    default:
      state = .ground
      give(.clear)
      ground(byte, now, give)
    }
  }

  private mutating func control(_ byte: UInt8, _ give: (SecretKey) -> Void) {
    switch byte {
    case 0x20...0x3F:
      isAnswer = isFirst && byte == UInt8(ascii: "0")
      isPrivate = isFirst ? byte == UInt8(ascii: "?") : isPrivate
      isFirst = false
    default:
      state = .ground
      if isAnswer, byte == UInt8(ascii: "n") { give(.frameAcknowledged) }
      if isPrivate, byte == UInt8(ascii: "c") { isAnswerOwed = false }
    }
  }

  private mutating func begin(_ next: State, _ now: Int64) {
    state = next
    since = now
    (isAnswer, isPrivate, isFirst) = (false, false, true)
  }
}
