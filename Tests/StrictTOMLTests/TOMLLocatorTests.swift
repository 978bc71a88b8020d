// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import StrictTOML

@Suite struct TOMLLocatorTests {
  private func place(_ path: TOMLPath, in text: String) -> TextPosition? {
    TOMLLocator(text).positions[path]
  }

  @Test func findsKeysTablesAndElements() {
    let text = """
      # title
      name = "x" # not = here

      [a.b]
        key   =   [ 1, [2, 3],
         "]", # ]
         { in = 4 } ]
      [[list]]
      id = 1
      [[list]]
      id = 2
      [list.sub]
      deep = 3
      """
    #expect(place([.key("name")], in: text) == TextPosition(line: 2, column: 1))
    #expect(place([.key("a"), .key("b")], in: text) == TextPosition(line: 4, column: 1))
    let key: TOMLPath = [.key("a"), .key("b"), .key("key")]
    #expect(place(key, in: text) == TextPosition(line: 5, column: 3))
    #expect(place(key + [.index(1), .index(1)], in: text) == TextPosition(line: 5, column: 22))
    #expect(place(key + [.index(2)], in: text) == TextPosition(line: 6, column: 4))
    #expect(place(key + [.index(3), .key("in")], in: text) == TextPosition(line: 7, column: 6))
    let second: TOMLPath = [.key("list"), .index(1)]
    #expect(place(second, in: text) == TextPosition(line: 10, column: 1))
    #expect(place(second + [.key("id")], in: text) == TextPosition(line: 11, column: 1))
    #expect(
      place(second + [.key("sub"), .key("deep")], in: text) == TextPosition(line: 13, column: 1))
  }

  @Test func findsDottedAndQuotedKeys() {
    let text = #"""
      a . "b.c" . 'd' = { x.y = 1, z = "}" }
      "\u00e4\"" = 1
      """#
    let root: TOMLPath = [.key("a"), .key("b.c"), .key("d")]
    #expect(place(root, in: text) == TextPosition(line: 1, column: 13))
    #expect(
      place(root + [.key("x"), .key("y")], in: text) == TextPosition(line: 1, column: 23))
    #expect(place(root + [.key("z")], in: text) == TextPosition(line: 1, column: 30))
    #expect(place([.key("ä\"")], in: text) == TextPosition(line: 2, column: 1))
  }

  @Test func passesOverLongStrings() {
    let quotes = "\"\"\""
    let text = """
      a = \(quotes)
      fake = 1
      [[fake]]
      "" \\\(quotes) end\(quotes)""
      b = '''
      c = 1 \\'''
      d = 2
      """
    let locator = TOMLLocator(text)
    #expect(
      Set(locator.positions.keys) == [[.key("a")], [.key("b")], [.key("d")]])
    #expect(locator.positions[[.key("d")]] == TextPosition(line: 7, column: 1))
  }

  @Test func countsColumnsInCharacters() {
    let text = "x = { ä = 1, \"ö€\" = \"😀\", y = 2 }"
    #expect(
      place([.key("x"), .key("y")], in: text)
        == TextPosition(line: 1, column: 26))
  }

  @Test(arguments: 0..<60) func findsEveryKeyOfRandomDocuments(seed: Int) throws {
    var writer = TOMLWriter(seed: UInt64(seed))
    writer.write()
    // The control: TOMLKit accepts what was written, so the places are those of a real document.
    _ = try TOMLDocument(writer.text, fileName: "random.toml")
    let positions = TOMLLocator(writer.text).positions
    #expect(writer.expected.count > 5)
    for (path, place) in writer.expected {
      #expect(positions[path] == place, "\(path) in\n\(writer.text)")
    }
  }

  @Test func endsOnAnyText() {
    var random = SeededGenerator(seed: 7)
    let alphabet = Array("[]{}=.,\"'\\#\n\ta1é\u{0}u")
    for _ in 0..<2000 {
      let text = String(
        (0..<Int.random(in: 0..<60, using: &random)).map { _ in
          alphabet.randomElement(using: &random) ?? " "
        })
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
      for place in TOMLLocator(text).positions.values {
        #expect((1...lines).contains(place.line))
      }
    }
    _ = TOMLLocator("a = " + String(repeating: "[", count: 100_000))
  }
}

/// Writes random TOML documents and notes where it put each key.
private struct TOMLWriter {
  private(set) var text = ""
  private(set) var expected: [TOMLPath: TextPosition] = [:]
  private var random: SeededGenerator
  private var serial = 0

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  private var here: TextPosition {
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    return TextPosition(line: lines.count, column: (lines.last?.count ?? 0) + 1)
  }

  mutating func write() {
    for _ in 0..<4 { assignment(in: []) }
    var arrays: [(path: TOMLPath, written: String, count: Int)] = []
    for _ in 0..<6 {
      filler()
      if Bool.random(using: &random), let index = arrays.indices.randomElement(using: &random) {
        arrays[index].count += 1
        header(
          arrays[index].path + [.index(arrays[index].count - 1)], "[[\(arrays[index].written)]]")
      } else {
        let (name, written) = name()
        let isArray = Bool.random(using: &random)
        if isArray { arrays.append(([.key(name)], written, 1)) }
        header(
          [.key(name)] + (isArray ? [.index(0)] : []), isArray ? "[[\(written)]]" : "[\(written)]")
      }
    }
  }

  private mutating func header(_ path: TOMLPath, _ written: String) {
    expected[path] = here
    text += written + "\n"
    for _ in 0..<Int.random(in: 1...3, using: &random) { assignment(in: path) }
  }

  private mutating func assignment(in table: TOMLPath) {
    filler()
    text += String(repeating: " ", count: Int.random(in: 0...3, using: &random))
    let path = key(in: table)
    text += " = "
    value(path, depth: 0)
    text += ["\n", "  # [x] = 1\n", "\r\n"].randomElement(using: &random) ?? "\n"
  }

  private mutating func key(in table: TOMLPath) -> TOMLPath {
    var path = table
    for number in 0..<Int.random(in: 1...2, using: &random) {
      if number > 0 { text += Bool.random(using: &random) ? "." : " . " }
      let (name, written) = name()
      path.append(.key(name))
      expected[path] = here
      text += written
    }
    return path
  }

  private mutating func name() -> (String, String) {
    serial += 1
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return ("a.b\(serial)", "\"a.b\(serial)\"")
    case 1: return ("# é\(serial)", "'# é\(serial)'")
    case 2: return ("\"\(serial)", "\"\\\"\(serial)\"")
    default: return ("key-\(serial)", "key-\(serial)")
    }
  }

  private mutating func value(_ path: TOMLPath, depth: Int) {
    let kinds = depth < 3 ? 7 : 5
    switch Int.random(in: 0..<kinds, using: &random) {
    case 0: text += "-12_000"
    case 1: text += "1979-05-27T07:32:00Z"
    case 2: text += "\"] } # € \\\\ \\\" \""
    case 3: text += "'''\n[no] = \"\n'''"
    case 4: text += "1.5e3"
    case 5:
      text += "[ "
      for index in 0..<Int.random(in: 0...3, using: &random) {
        if index > 0 { text += ",\n # ]\n " }
        expected[path + [.index(index)]] = here
        value(path + [.index(index)], depth: depth + 1)
      }
      text += " ]"
    default:
      text += "{ "
      for number in 0..<Int.random(in: 1...2, using: &random) {
        if number > 0 { text += ", " }
        let key = key(in: path)
        text += "="
        value(key, depth: depth + 1)
      }
      text += " }"
    }
  }

  private mutating func filler() {
    text += ["", "\n", "# comment \" ' [\n", "  \t\n"].randomElement(using: &random) ?? ""
  }
}
