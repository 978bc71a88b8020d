// SPDX-License-Identifier: Apache-2.0

/// Finds the questions a program asks its terminal, however the bytes are cut.
struct QueryScanner {
  private enum State { case ground, escape, control, string, stringEscape }

  private var state = State.ground
  private var body = ""

  /// The questions in these bytes, in order: what follows `ESC`; of a graphics command `_G` alone.
  mutating func scan(_ bytes: [UInt8]) -> [String] {
    var found: [String] = []
    for byte in bytes {
      switch state {
      case .ground: if byte == 0x1B { state = .escape }
      case .escape: begin(byte)
      case .control: control(byte, &found)
      case .string:
        if byte == 0x1B { state = .stringEscape }
        if byte == 0x18 { state = .ground }
        if body.count < 256 { body.unicodeScalars.append(Unicode.Scalar(byte)) }
      case .stringEscape:
        if byte == UInt8(ascii: "\\"), body.contains("a=q") { found.append("_G") }
        if byte == UInt8(ascii: "\\") { state = .ground } else { begin(byte) }
      }
    }
    return found
  }

  private mutating func begin(_ byte: UInt8) {
    body = String(Unicode.Scalar(byte))
    switch byte {
    case UInt8(ascii: "["): state = .control
    case UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "]"): state = .string
    case 0x1B: state = .escape
    default: state = .ground
    }
  }

  private mutating func control(_ byte: UInt8, _ found: inout [String]) {
    guard (0x20...0x7E).contains(byte), body.utf8.count < 64 else {
      state = byte == 0x1B ? .escape : .ground
      return
    }
    body.unicodeScalars.append(Unicode.Scalar(byte))
    guard byte >= 0x40 else { return }
    state = .ground
    if "cnqtSp".utf8.contains(byte) { found.append(body) }
  }
}
