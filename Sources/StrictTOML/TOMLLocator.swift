// SPDX-License-Identifier: Apache-2.0

/// Finds where each key and each array element of a TOML text stands.
///
/// TOMLKit's values carry no positions. This only walks over a text; of one that is not TOML it may
/// know nothing or something wrong, but it always ends, and up to the first fault it reads as TOMLKit
/// does.
struct TOMLLocator {
  /// The place of each key, table header and array element.
  private(set) var positions: [TOMLPath: TextPosition] = [:]
  /// Whether a quoted text has an escaped NUL, which TOMLKit cuts values at.
  private(set) var nulEscape: TextPosition?
  /// Where a table's name should begin and something else stands, which ends TOMLKit's parser, and
  /// with it the program, by an assertion.
  private(set) var namelessHeader: TextPosition?
  /// Where a key or a value lies deeper than in any file of ours; nothing behind it is looked at.
  ///
  /// TOMLKit makes a table for each part of a key, and frees them one inside the other until the
  /// stack is used up.
  private(set) var deepKey: TextPosition?

  private let bytes: [UInt8]
  private var at = 0
  private var line = 1
  private var column = 1
  /// The number of elements so far of each array of tables.
  private var tableCounts: [TOMLPath: Int] = [:]
  private var depth = 0

  /// The most parts of a place, which bounds the time too: that grows with their number.
  private static let pathLimit = 64
  /// TOMLKit's own limit is 256.
  private static let depthLimit = 300

  /// Walks over the text.
  init(_ text: String) {
    bytes = Array(text.utf8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    walk()
  }

  private var position: TextPosition { TextPosition(line: line, column: column) }

  private var byte: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func advance() {
    guard let byte else { return }
    at += 1
    if byte == UInt8(ascii: "\n") {
      line += 1
      column = 1
    } else if at >= bytes.count || bytes[at] & 0xC0 != 0x80 {
      column += 1
    }
  }

  private mutating func accept(_ character: Unicode.Scalar) -> Bool {
    guard byte == UInt8(ascii: character) else { return false }
    advance()
    return true
  }

  private mutating func walk() {
    var table: TOMLPath = []
    while skipBlank(), byte != nil {
      let before = at
      if byte == UInt8(ascii: "[") {
        table = header()
      } else {
        keyAndValue(in: table)
      }
      if at == before { advance() }
    }
  }

  /// Skips space, line ends and comments; always true.
  private mutating func skipBlank() -> Bool {
    while let byte {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): advance()
      case UInt8(ascii: "#"): while self.byte != nil, self.byte != UInt8(ascii: "\n") { advance() }
      default: return true
      }
    }
    return true
  }

  private mutating func skipSpace() {
    while byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { advance() }
  }

  /// Reads `[a.b]` or `[[a.b]]`; gives the path of the table that follows.
  private mutating func header() -> TOMLPath {
    let start = position
    advance()
    let isArray = accept("[")
    skipSpace()
    if let byte, !Self.startsName(byte), namelessHeader == nil { namelessHeader = position }
    let keys = dottedKey()
    _ = accept("]")
    if isArray { _ = accept("]") }
    var path: TOMLPath = []
    for (number, key) in keys.enumerated() {
      path.append(.key(key.name))
      note(path, start)
      let isLast = number == keys.count - 1
      if isLast, isArray { tableCounts[path, default: 0] += 1 }
      if let count = tableCounts[path] {
        path.append(.index(count - 1))
        note(path, start)
      }
    }
    return path
  }

  private mutating func keyAndValue(in table: TOMLPath) {
    var path = table
    for key in dottedKey() {
      path.append(.key(key.name))
      note(path, key.position)
    }
    skipSpace()
    guard accept("=") else { return }
    skipSpace()
    value(at: path)
  }

  /// Keeps the first place a path was met at.
  private mutating func note(_ path: TOMLPath, _ position: TextPosition) {
    guard path.count <= Self.pathLimit else {
      deepKey = deepKey ?? position
      at = bytes.count
      return
    }
    if positions[path] == nil { positions[path] = position }
  }

  private mutating func dottedKey() -> [(name: String, position: TextPosition)] {
    var keys: [(name: String, position: TextPosition)] = []
    repeat {
      skipSpace()
      let start = position
      guard let name = simpleKey() else { break }
      keys.append((name, start))
      skipSpace()
    } while accept(".")
    return keys
  }

  /// Whether a header goes on in a way that TOMLKit's parser judges: a key, or none before `]`.
  private static func startsName(_ byte: UInt8) -> Bool {
    byte < 0x80 && isBare(byte) || "\"']".utf8.contains(byte)
  }

  private mutating func simpleKey() -> String? {
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return quoted() }
    let start = at
    while let byte, Self.isBare(byte) { advance() }
    // Whole characters: a bare key ends before an ASCII byte.
    return at > start ? String(decoding: bytes[start..<at], as: UTF8.self) : nil
  }

  private static func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...:
      true
    default: false
    }
  }

  private mutating func value(at path: TOMLPath) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = quoted()
    case UInt8(ascii: "["): nested { $0.array(at: path) }
    case UInt8(ascii: "{"): nested { $0.inlineTable(at: path) }
    default: bareValue()
    }
  }

  private mutating func nested(_ body: (inout TOMLLocator) -> Void) {
    advance()
    guard depth < Self.depthLimit else {
      at = bytes.count
      return
    }
    depth += 1
    body(&self)
    depth -= 1
  }

  private mutating func array(at path: TOMLPath) {
    var index = 0
    while skipBlank(), byte != nil, !accept("]") {
      let before = at
      note(path + [.index(index)], position)
      value(at: path + [.index(index)])
      index += 1
      _ = skipBlank()
      _ = accept(",")
      if at == before { advance() }
    }
  }

  private mutating func inlineTable(at path: TOMLPath) {
    while skipBlank(), byte != nil, !accept("}") {
      let before = at
      keyAndValue(in: path)
      _ = skipBlank()
      _ = accept(",")
      if at == before { advance() }
    }
  }

  /// Passes a number, date or truth value, which none of these characters can be part of.
  private mutating func bareValue() {
    while let byte, !",]}#\n\r".utf8.contains(byte) { advance() }
  }
}

extension TOMLLocator {
  /// Reads a basic or literal string, of one line or of many, and its escapes.
  private mutating func quoted() -> String {
    guard let quote = byte else { return "" }
    let isLiteral = quote == UInt8(ascii: "'")
    let isLong = bytes[at...].starts(with: [quote, quote, quote])
    for _ in 0..<(isLong ? 3 : 1) { advance() }
    var text: [UInt8] = []
    while let byte {
      if byte == quote, !isLong || closesLong(quote) {
        for _ in 0..<(isLong ? 3 : 1) { advance() }
        break
      }
      if byte == UInt8(ascii: "\n"), !isLong { break }
      if byte == UInt8(ascii: "\\"), !isLiteral {
        escape(into: &text)
      } else {
        text.append(byte)
        advance()
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Whether the last three of the quotes here are the closing ones: two more may stand before.
  private func closesLong(_ quote: UInt8) -> Bool {
    bytes[at...].starts(with: [quote, quote, quote])
      && !bytes[(at + 1)...].starts(with: [quote, quote, quote])
  }

  private mutating func escape(into text: inout [UInt8]) {
    let start = position
    advance()
    guard let kind = byte else { return }
    advance()
    let simple: [UInt8: UInt8] = [
      UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10, UInt8(ascii: "f"): 12,
      UInt8(ascii: "r"): 13, UInt8(ascii: "e"): 27,
    ]
    let digits = [UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8][kind]
    if let digits {
      let scalar = hexadecimal(digits)
      if scalar == "\0", nulEscape == nil { nulEscape = start }
      text.append(contentsOf: String(Character(scalar)).utf8)
    } else {
      text.append(simple[kind] ?? kind)
    }
  }

  private mutating func hexadecimal(_ count: Int) -> Unicode.Scalar {
    var word: UInt32 = 0
    for _ in 0..<count {
      guard let byte, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { break }
      word = word << 4 | UInt32(digit)
      advance()
    }
    return Unicode.Scalar(word) ?? "\u{FFFD}"
  }
}
