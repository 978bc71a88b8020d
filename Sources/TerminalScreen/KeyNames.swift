// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// The keys that bytes and sequences stand for, over the terminals in use (xterm, foot, VTE, rxvt,
/// PuTTY, tmux, screen, the Linux console), in normal and application mode.
enum KeyNames {
  /// The key of a C0 control or DEL.
  static func control(_ byte: UInt8) -> KeyPress {
    switch byte {
    case 0x0A, 0x0D: .enter
    case 0x09: .tab
    case 0x08, 0x7F: .backspace
    case 0x0C: .redraw
    case 0x15: .eraseLine
    case 0x17: .eraseWord
    default: .unknown
    }
  }

  /// The key of `CSI parameters final`; with a modifier it is unknown.
  static func control(final: UInt8, parameters: String) -> KeyPress {
    switch (final, parameters) {
    case (UInt8(ascii: "A"), ""), (UInt8(ascii: "A"), "1"): .up
    case (UInt8(ascii: "B"), ""), (UInt8(ascii: "B"), "1"): .down
    case (UInt8(ascii: "C"), ""), (UInt8(ascii: "C"), "1"): .right
    case (UInt8(ascii: "D"), ""), (UInt8(ascii: "D"), "1"): .left
    case (UInt8(ascii: "H"), ""), (UInt8(ascii: "~"), "1"), (UInt8(ascii: "~"), "7"): .home
    case (UInt8(ascii: "F"), ""), (UInt8(ascii: "~"), "4"), (UInt8(ascii: "~"), "8"): .end
    case (UInt8(ascii: "~"), "2"): .insert
    case (UInt8(ascii: "~"), "3"): .delete
    case (UInt8(ascii: "~"), "5"): .pageUp
    case (UInt8(ascii: "~"), "6"): .pageDown
    case (UInt8(ascii: "~"), let number): functions[number] ?? .unknown
    default: .unknown
    }
  }

  /// The numbers of the function keys, as the VT220 has them; rxvt and old xterms number the first four
  /// as well.
  private static let functions: [String: KeyPress] = Dictionary(
    uniqueKeysWithValues: zip(
      ["11", "12", "13", "14", "15", "17", "18", "19", "20", "21", "23", "24"],
      KeyPress.functionKeys.map(KeyPress.function)))

  /// The key of `CSI [ byte`, as the Linux console sends `F1` to `F5`.
  static func console(_ byte: UInt8) -> KeyPress {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "E"): .function(Int(byte - UInt8(ascii: "A")) + 1)
    default: .unknown
    }
  }

  /// The key of `SS3 byte`: arrows, `F1` to `F4`, and the number pad in application mode.
  static func single(_ byte: UInt8) -> KeyPress {
    switch byte {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): .right
    case UInt8(ascii: "D"): .left
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "M"): .enter
    case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(byte - UInt8(ascii: "P")) + 1)
    case UInt8(ascii: "j")...UInt8(ascii: "o"), UInt8(ascii: "p")...UInt8(ascii: "y"):
      .character(Character(Unicode.Scalar(byte - 0x40)))
    default: .unknown
    }
  }

  /// The key of one scalar beyond ASCII; controls (C1) and what was not UTF-8 are unknown.
  static func text(_ text: String) -> KeyPress {
    guard let scalar = text.unicodeScalars.first, scalar.value >= 0xA0, scalar != "\u{FFFD}" else {
      return .unknown
    }
    return .character(Character(scalar))
  }
}
