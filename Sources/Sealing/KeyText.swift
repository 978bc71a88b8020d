// SPDX-License-Identifier: Apache-2.0

/// Finds a key's line in the text of a key file, in place.
enum KeyText {
  /// Where the only line stands that is neither empty nor a comment (`#`), without white space
  /// around it; nil where there is none or more than one.
  static func onlyLine(of text: Span<UInt8>) -> Range<Int>? {
    var found: Range<Int>?
    var start = 0
    while start < text.count {
      var end = start
      while end < text.count, text[end] != UInt8(ascii: "\n") { end += 1 }
      let next = end + 1
      while start < end, isSpace(text[start]) { start += 1 }
      while start < end, isSpace(text[end - 1]) { end -= 1 }
      if start < end, text[start] != UInt8(ascii: "#") {
        guard found == nil else { return nil }
        found = start..<end
      }
      start = next
    }
    return found
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}
