// SPDX-License-Identifier: Apache-2.0
import Vocabulary

extension OutputGrammar {
  /// The first byte that is not in the grammar.
  package struct Offence: Error, Hashable, Sendable {
    /// Its place among all bytes that the checker has seen, from 0.
    package let position: Int
    /// Why it is none.
    package let reason: Reason
  }

  /// Why a byte is not in the grammar.
  package enum Reason: Hashable, Sendable {
    /// A C0 control or DEL that is never sent.
    case control(UInt8)
    /// Not UTF-8, which raw C1 controls are not either.
    case notText(UInt8)
    /// A character that may not be shown, which C1 controls in UTF-8 are.
    case character(UInt32)
    /// `ESC` and this.
    case escape(UInt8)
    /// A control sequence with this final byte, or with this byte where none belongs.
    case controlSequence(UInt8)
    /// A control sequence with this final byte, and numbers that it may not have.
    case numbers(UInt8)
    /// A picture that is no sixel picture, or one beyond its limits.
    case picture(UInt8)
    /// A kitty graphics command that is none of ours, or one beyond its limits.
    case graphics(UInt8)
  }

  /// Says for bytes as they come whether they are in the grammar; cut anywhere, they get the same
  /// answer.
  ///
  /// Once it has refused a byte it refuses all that follow.
  package struct Checker: Sendable {
    private enum State: UInt8, Sendable {
      case text, tail, escape, charset, control, modeQuestion
      case pictureHead, picture, graphics
    }

    /// How many bytes were found in the grammar so far.
    package private(set) var position = 0
    private(set) var offence: Offence?
    private var state = State.text
    private var scalar: UInt32 = 0
    private var tailLength = 0
    private var least: UInt32 = 0
    private var introducer: UInt8 = 0
    private var numbers = NumberList()
    private var picture = SixelChecker()
    private var graphics = KittyChecker()

    /// Starts between sequences.
    package init() {}

    /// Whether the bytes so far end between sequences: no character, sequence or picture is cut.
    package var isWhole: Bool { state == .text && offence == nil }

    /// Takes the next bytes; the first offence, or nil where all are in the grammar.
    package mutating func check(_ bytes: [UInt8]) -> Offence? {
      if let offence { return offence }
      let start = position
      var index = 0
      let end = bytes.count
      while index < end {
        let byte = bytes[index]
        // Most bytes are plain text or digits of a sequence: those two first.
        if state == .text, byte &- 0x20 < 0x5F {
          index &+= 1
          continue
        }
        if state == .control, numbers.take(byte) {
          index &+= 1
          continue
        }
        if state == .graphics, graphics.takePayload(byte) {
          index &+= 1
          continue
        }
        if let reason = step(byte) {
          position = start + index
          offence = Offence(position: position, reason: reason)
          return offence
        }
        index &+= 1
      }
      position = start + end
      return nil
    }

    private mutating func step(_ byte: UInt8) -> Reason? {
      if byte == OutputGrammar.cancel {
        state = .text
        return nil
      }
      switch state {
      case .text: return text(byte)
      case .tail: return tail(byte)
      case .escape: return escape(byte)
      case .charset:
        state = .text
        return Tables.isCharset[Int(byte & 0x7F)] && byte < 0x80 ? nil : .escape(byte)
      case .control: return control(byte)
      case .modeQuestion:
        state = .text
        let isOurs = numbers.obey(.exactly(OutputGrammar.askedModes))
        return byte == UInt8(ascii: "p") && isOurs ? nil : .numbers(byte)
      case .pictureHead:
        if numbers.take(byte) { return nil }
        guard byte == UInt8(ascii: "q"), picture.begin(numbers) else { return .picture(byte) }
        state = .picture
        return nil
      case .picture: return pictureByte(byte)
      case .graphics: return graphicsByte(byte)
      }
    }

    private mutating func text(_ byte: UInt8) -> Reason? {
      switch byte {
      case 0x1B:
        state = .escape
        return nil
      case 0x20...0x7E: return nil
      case 0x00...0x1F, 0x7F: return Tables.isControl[Int(byte)] ? nil : .control(byte)
      case 0xC2...0xDF: begin(scalar: byte & 0x1F, tail: 1, least: 0x80)
      case 0xE0...0xEF: begin(scalar: byte & 0x0F, tail: 2, least: 0x800)
      case 0xF0: begin(scalar: byte & 0x07, tail: 3, least: 0x1_0000)
      default: return .notText(byte)
      }
      return nil
    }

    private mutating func begin(scalar: UInt8, tail: Int, least: UInt32) {
      state = .tail
      (self.scalar, tailLength, self.least) = (UInt32(scalar), tail, least)
    }

    private mutating func tail(_ byte: UInt8) -> Reason? {
      guard byte & 0xC0 == 0x80 else { return .notText(byte) }
      scalar = scalar << 6 | UInt32(byte & 0x3F)
      tailLength -= 1
      guard tailLength == 0 else { return nil }
      state = .text
      if scalar < least { return .notText(byte) }
      let isShown =
        DisplayText.isOneCell(scalar) || DisplayText.isTwoCells(scalar)
        || DisplayText.isPicturePart(scalar)
      return isShown ? nil : .character(scalar)
    }

    private mutating func escape(_ byte: UInt8) -> Reason? {
      guard byte < 0x80 else { return .escape(byte) }
      switch byte {
      case UInt8(ascii: "["):
        state = .control
        introducer = 0
        numbers.clear()
      case UInt8(ascii: "P"):
        state = .pictureHead
        numbers.clear()
      case UInt8(ascii: "_"):
        state = .graphics
        graphics.begin()
      case UInt8(ascii: "("), UInt8(ascii: ")"):
        state = .charset
      default:
        state = .text
        return Tables.isEscape[Int(byte)] ? nil : .escape(byte)
      }
      return nil
    }

    private mutating func control(_ byte: UInt8) -> Reason? {
      if byte == UInt8(ascii: "?") || byte == UInt8(ascii: ">"), introducer == 0,
        numbers.isUntouched
      {
        introducer = byte
        return nil
      }
      if byte == UInt8(ascii: "$"), introducer == UInt8(ascii: "?") {
        state = .modeQuestion
        return nil
      }
      guard (0x40...0x7E).contains(byte) else { return .controlSequence(byte) }
      let rules =
        introducer == 0
        ? Tables.plain : introducer == UInt8(ascii: "?") ? Tables.questioned : Tables.secondary
      guard let rule = rules[Int(byte - 0x40)] else { return .controlSequence(byte) }
      state = .text
      return numbers.obey(rule) ? nil : .numbers(byte)
    }

    private mutating func pictureByte(_ byte: UInt8) -> Reason? {
      switch picture.take(byte) {
      case .more: return nil
      case .done:
        state = .text
        return nil
      case .refused: return .picture(byte)
      }
    }

    private mutating func graphicsByte(_ byte: UInt8) -> Reason? {
      switch graphics.take(byte) {
      case .more: return nil
      case .done:
        state = .text
        return nil
      case .refused: return .graphics(byte)
      }
    }
  }

  /// The grammar's tables, laid out by byte.
  enum Tables {
    static let isControl = (0...0x7F as ClosedRange<UInt8>).map { controls.contains($0) }
    static let isEscape = (0...0x7F as ClosedRange<UInt8>).map { byte in
      escapes.contains { Array($0.text.utf8) == [byte] }
    }
    static let isCharset = (0...0x7F as ClosedRange<UInt8>).map { byte in
      escapes.contains { $0.text.utf8.count == 2 && $0.text.utf8.last == byte }
    }
    /// The rule of each final byte, from `@`; nil where there is none.
    static let plain = rules(nil)
    static let questioned = rules("?")
    static let secondary = rules(">")

    private static func rules(_ introducer: Unicode.Scalar?) -> [Numbers?] {
      (0x40...0x7E as ClosedRange<UInt8>).map { final in
        controlSequences.first {
          $0.introducer == introducer && $0.finals.utf8.contains(final)
        }?.numbers
      }
    }
  }
}
