// SPDX-License-Identifier: Apache-2.0

/// Leaves out what stands between `ESC _` and `ESC \\`, which libvterm 0.1 shows as text and a
/// terminal does not.
struct GraphicsCut {
  private enum State { case text, escape, string, stringEscape }
  private var state = State.text

  /// The bytes without such strings, however they are cut.
  mutating func pass(_ bytes: [UInt8]) -> [UInt8] {
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    for byte in bytes {
      switch state {
      case .text:
        if byte == 0x1B { state = .escape } else { kept.append(byte) }
      case .escape:
        if byte == UInt8(ascii: "_") {
          state = .string
        } else {
          kept.append(0x1B)
          if byte != 0x1B {
            kept.append(byte)
            state = .text
          }
        }
      case .string:
        if byte == 0x1B { state = .stringEscape }
        if byte == 0x18 { state = .text }
      case .stringEscape: state = byte == UInt8(ascii: "\\") ? .text : .string
      }
    }
    return kept
  }
}
