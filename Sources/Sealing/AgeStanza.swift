// SPDX-License-Identifier: Apache-2.0

/// One entry of an age header: the file key for one recipient.
struct AgeStanza: Hashable, Sendable {
  /// The first argument: which kind of recipient.
  let type: String
  /// The other arguments: printable ASCII without spaces, never empty.
  let arguments: [String]
  /// The body's bytes.
  let body: [UInt8]

  /// Bodies are wrapped at so many digits; the last line has fewer, perhaps none.
  private static let columns = 64

  init(type: String, arguments: [String], body: [UInt8]) {
    self.type = type
    self.arguments = arguments
    self.body = body
  }

  /// Reads a stanza whose first line, without its line end, stands at `line`; `lines` goes on to the
  /// line behind it.
  init(_ line: Range<Int>, of file: Span<UInt8>, _ lines: inout AgeLines) throws(SealingError) {
    let words = try Self.words(file, line)
    guard words.count >= 2, words[0] == "->" else { throw .header }
    type = words[1]
    arguments = Array(words[2...])
    var digits: [UInt8] = []
    while true {
      let line = try lines.next(file)
      guard line.count <= Self.columns else { throw .header }
      for index in line { digits.append(file[index]) }
      if line.count < Self.columns { break }
    }
    guard let body = Base64.decode(digits.span) else { throw .header }
    self.body = body
  }

  private static func words(_ file: Span<UInt8>, _ line: Range<Int>) throws(SealingError)
    -> [String]
  {
    var words: [String] = []
    var word: [UInt8] = []
    for index in line {
      switch file[index] {
      case UInt8(ascii: " "):
        guard !word.isEmpty else { throw .header }
        words.append(String(decoding: word, as: UTF8.self))
        word = []
      case 33...126: word.append(file[index])
      default: throw .header
      }
    }
    guard !word.isEmpty else { throw .header }
    return words + [String(decoding: word, as: UTF8.self)]
  }

  /// The stanza as it is written.
  var encoded: [UInt8] {
    var text = Array((["->", type] + arguments).joined(separator: " ").utf8)
    let digits = Base64.encode(body.span)
    for start in stride(from: 0, through: digits.count, by: Self.columns) {
      text.append(UInt8(ascii: "\n"))
      text += digits[start..<min(start + Self.columns, digits.count)]
    }
    return text + [UInt8(ascii: "\n")]
  }
}

/// Goes through the lines of a header.
struct AgeLines {
  /// Where the next line begins.
  private(set) var offset = 0

  /// Where the next line stands, without its line end.
  ///
  /// - Throws: `header` where there is no further line end.
  mutating func next(_ file: Span<UInt8>) throws(SealingError) -> Range<Int> {
    var end = offset
    while end < file.count, file[end] != UInt8(ascii: "\n") { end += 1 }
    guard end < file.count else { throw .header }
    defer { offset = end + 1 }
    return offset..<end
  }
}
