// SPDX-License-Identifier: Apache-2.0

/// Reads one JSON value after RFC 8259, strictly: no duplicate fields, no lone surrogates, numbers
/// that a double can hold, and nothing after the value.
///
/// One pass over the bytes, with bounded depth: it always ends, whatever it is given.
struct JSONScanner {
  /// The deepest nesting that is read.
  static let depthLimit = 16

  private let bytes: ArraySlice<UInt8>
  private var at: Int
  private var depth = 0

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    at = bytes.startIndex
  }

  /// Reads a text that holds one value and white space around it.
  static func parse(_ bytes: ArraySlice<UInt8>) throws(JSONSyntaxError) -> JSONNode {
    var scanner = JSONScanner(bytes)
    scanner.skipSpace()
    let node = try scanner.node()
    scanner.skipSpace()
    guard scanner.byte == nil else { throw scanner.error("something stands after the value") }
    return node
  }

  private var byte: UInt8? { at < bytes.endIndex ? bytes[at] : nil }

  private var offset: Int { at - bytes.startIndex }

  private func error(_ message: String, at offset: Int? = nil) -> JSONSyntaxError {
    JSONSyntaxError(offset: offset ?? self.offset, message: message)
  }

  private mutating func skipSpace() {
    while let byte, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { at += 1 }
  }

  private mutating func accept(_ character: Unicode.Scalar) -> Bool {
    guard byte == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private mutating func node() throws(JSONSyntaxError) -> JSONNode {
    let start = offset
    return JSONNode(value: try value(), offset: start)
  }

  private mutating func value() throws(JSONSyntaxError) -> JSONValue {
    switch byte {
    case UInt8(ascii: "{"): return .object(try object())
    case UInt8(ascii: "["): return .array(try array())
    case UInt8(ascii: "\""): return .string(try string())
    case let byte? where byte == UInt8(ascii: "-") || Self.isDigit(byte):
      return .number(try number())
    case nil: throw error("the line ends where a value must stand")
    default: break
    }
    for (word, value) in [("true", JSONValue.bool(true)), ("false", .bool(false)), ("null", .null)]
    where bytes[at...].starts(with: word.utf8) {
      at += word.utf8.count
      return value
    }
    throw error("a value must stand here")
  }

  private mutating func enter() throws(JSONSyntaxError) {
    guard depth < Self.depthLimit else {
      throw error("values are nested more than \(Self.depthLimit) deep")
    }
    depth += 1
    at += 1
    skipSpace()
  }

  private mutating func object() throws(JSONSyntaxError) -> [JSONMember] {
    try enter()
    defer { depth -= 1 }
    var members: [JSONMember] = []
    var names: Set<String> = []
    if accept("}") { return [] }
    while true {
      let start = offset
      guard byte == UInt8(ascii: "\"") else {
        throw error("a field's name in quotes must stand here")
      }
      let name = try string()
      guard names.insert(name).inserted else {
        throw error("field \"\(name)\" stands here a second time", at: start)
      }
      skipSpace()
      guard accept(":") else { throw error("\":\" must stand here") }
      skipSpace()
      members.append(JSONMember(name: name, offset: start, node: try node()))
      skipSpace()
      if accept("}") { return members }
      guard accept(",") else { throw error("\",\" or \"}\" must stand here") }
      skipSpace()
    }
  }

  private mutating func array() throws(JSONSyntaxError) -> [JSONNode] {
    try enter()
    defer { depth -= 1 }
    var nodes: [JSONNode] = []
    if accept("]") { return [] }
    while true {
      nodes.append(try node())
      skipSpace()
      if accept("]") { return nodes }
      guard accept(",") else { throw error("\",\" or \"]\" must stand here") }
      skipSpace()
    }
  }

  private mutating func number() throws(JSONSyntaxError) -> Double {
    let start = at
    _ = accept("-")
    if !accept("0") { try digits() }
    if accept(".") { try digits() }
    if accept("e") || accept("E") {
      if !accept("+") { _ = accept("-") }
      try digits()
    }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    guard let number = Double(text), number.isFinite else {
      throw error("the number is out of range", at: start - bytes.startIndex)
    }
    return number
  }

  private mutating func digits() throws(JSONSyntaxError) {
    let start = at
    while let byte, Self.isDigit(byte) { at += 1 }
    guard at > start else { throw error("a digit must stand here") }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

extension JSONScanner {
  private mutating func string() throws(JSONSyntaxError) -> String {
    let start = offset
    at += 1
    var text: [UInt8] = []
    while let byte {
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        guard let string = String(validating: text, as: UTF8.self) else {
          throw error("the text is not UTF-8", at: start)
        }
        return string
      case UInt8(ascii: "\\"):
        text.append(contentsOf: String(Character(try escape())).utf8)
      case 0..<0x20:
        throw error("a control character must be written as an escape")
      default:
        text.append(byte)
        at += 1
      }
    }
    throw error("the text that begins here has no closing quote", at: start)
  }

  private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
    let start = offset
    at += 1
    guard let kind = byte else { throw error("the line ends within an escape") }
    at += 1
    switch kind {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(kind)
    case UInt8(ascii: "b"): return "\u{08}"
    case UInt8(ascii: "f"): return "\u{0C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): break
    default: throw error("there is no such escape", at: start)
    }
    let high = try fourDigits()
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard high < 0xDC00, accept("\\"), accept("u") else {
      throw error("half of a surrogate pair stands alone", at: start)
    }
    let low = try fourDigits()
    guard (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    else { throw error("half of a surrogate pair stands alone", at: start) }
    return scalar
  }

  private mutating func fourDigits() throws(JSONSyntaxError) -> UInt32 {
    var word: UInt32 = 0
    for _ in 0..<4 {
      guard let byte, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error("four hexadecimal digits must stand after \\u")
      }
      word = word << 4 | UInt32(digit)
      at += 1
    }
    return word
  }
}
