// SPDX-License-Identifier: Apache-2.0

import StrictTOML
import Testing

@Suite struct TOMLReaderTests {
  private func message(_ text: String, _ read: (TOMLReader) throws -> Void) -> String {
    do {
      try read(try TOMLDocument(text, fileName: "f.toml").table)
      return "accepted"
    } catch let error as PolicyFileError {
      return error.description
    } catch {
      return "another error: \(error)"
    }
  }

  @Test func readsEveryKind() throws {
    let root = try TOMLDocument(
      """
      text = "x"
      whole = 3
      number = 2.5
      flag = true
      [inner]
      key = "y"
      [[rows]]
      n = 1
      [[rows]]
      n = 2
      """, fileName: "f.toml"
    ).table
    #expect(try root.string("text") == "x")
    #expect(try root.int("whole") == 3)
    #expect(try root.double("whole") == 3)
    #expect(try root.double("number") == 2.5)
    #expect(try root.bool("flag"))
    let inner = try root.table("inner")
    #expect(try inner.string("key") == "y")
    try inner.finish()
    let rows = try root.tables("rows")
    #expect(try rows.map { row in try row.int("n") } == [1, 2])
    #expect(rows.map(\.position.line) == [7, 9])
    #expect(try root.optionalString("none") == nil)
    #expect(try root.tables("none").isEmpty)
    try root.finish()
  }

  @Test func whatTheParserWouldDieOfIsRefusedBefore() {
    let nameless = #"a table's name was expected after "[""#
    for header in ["[=", "[\n", "[[\n]]", "[ !a]", "[é]", "[[=]]", "a = 1\n[,"] {
      #expect(message(header) { _ in }.hasSuffix(nameless), "\(header)")
    }
    #expect(message("[\n") { _ in } == "f.toml:1:2: \(nameless)")
    for text in ["[]", "[", "[[", "[[]]", "[a\n", "[a.]"] {
      let words = message(text) { _ in }
      #expect(words != "accepted" && !words.hasSuffix(nameless), "\(text): \(words)")
    }
    for text in ["[a]", "[ \"a\" . 'b' ]", "[[a]]", "a = [\n[1],\n[2]]", "a = \"\"\"\n[=\n\"\"\""] {
      #expect((try? TOMLDocument(text, fileName: "f.toml")) != nil, "\(text)")
    }
  }

  @Test func whatLiesTooDeepIsRefused() {
    func key(_ count: Int) -> String {
      Array(repeating: "a", count: count).joined(separator: ".")
    }
    let many = key(400_000)
    let brackets = String(repeating: "[", count: 100_000)
    for text in [
      "\(many) = 1", "[\(many)]", "[[\(many)]]", "x = { \(many) = 1 }", "x = \(brackets)",
      "[\(key(40))]\n\(key(40)) = 1",
    ] {
      #expect(message(text) { _ in }.hasSuffix("this lies too deep"))
    }
    for text in ["\(key(60)) = 1", "[\(key(30))]\n\(key(30)) = 1"] {
      #expect((try? TOMLDocument(text, fileName: "f.toml")) != nil)
    }
  }

  @Test func readsListsOfTexts() throws {
    let root = try TOMLDocument("a = [\n  \"x\", 'y', ]\nb = []\n", fileName: "f.toml").table
    #expect(try root.optionalStrings("a") == ["x", "y"])
    #expect(try root.optionalStrings("b") == [])
    #expect(try root.optionalStrings("none") == nil)
    #expect(root.complaint("a", element: 1, "no").description == "f.toml:2:8: no")
    try root.finish()
    #expect(
      message("a = 1") { _ = try $0.optionalStrings("a") }
        == #"f.toml:1:1: "a" must be a list of texts"#)
    #expect(
      message("a = [\"x\", 2]") { _ = try $0.optionalStrings("a") }
        == #"f.toml:1:11: element 2 of "a" must be a text in quotes"#)
  }

  @Test func refusesWrongTypesWhereTheyStand() {
    #expect(
      message("\na = 1") { _ = try $0.string("a") } == #"f.toml:2:1: "a" must be a text in quotes"#)
    #expect(
      message(" a = \"1\"") { _ = try $0.int("a") } == #"f.toml:1:2: "a" must be a whole number"#)
    #expect(message("a = 1.0") { _ = try $0.int("a") }.contains("whole number"))
    #expect(message("a = inf") { _ = try $0.double("a") }.contains("must be a number"))
    #expect(message("a = 1e308") { _ = try $0.double("a") } == "accepted")
    #expect(message("a = 1") { _ = try $0.bool("a") }.contains("true or false"))
    #expect(message("a = 1") { _ = try $0.table("a") }.contains("must be a table"))
    #expect(message("a = { b = 1 }") { _ = try $0.tables("a") }.contains("[[a]]"))
    #expect(
      message("a = [\n { b = 1 },\n 2 ]") { _ = try $0.tables("a") }
        == #"f.toml:3:2: element 2 of "a" must be a table"#)
  }

  @Test func namesWhatIsMissingAndWhatIsUnknown() {
    #expect(
      message("\n[t]\n") { _ = try $0.table("t").string("a") } == #"f.toml:2:1: "a" is missing"#)
    #expect(message("") { _ = try $0.string("a") } == #"f.toml:1:1: "a" is missing"#)
    let unknown = message("a = 1\nz = 2\nb = 3") { table in
      _ = try table.int("a")
      try table.finish()
    }
    #expect(unknown == #"f.toml:2:1: unknown field "z" (known here: a)"#)
    #expect(
      message("a = 1") {
        _ = try $0.int("a"); try $0.finish()
      } == "accepted")
  }

  @Test func passesOnTheParsersPlace() {
    #expect(message("a = 1\nb = = 2") { _ in }.hasPrefix("f.toml:2:"))
    #expect(message("a = 1\na = 2") { _ in }.hasPrefix("f.toml:2:"))
    #expect(message("[t]\nk = \"open\n") { _ in }.hasPrefix("f.toml:2:"))
    #expect(message("a = " + String(repeating: "[", count: 5000)) { _ in }.hasPrefix("f.toml:1:"))
  }

  @Test func refusesNULAndGreatFiles() {
    #expect(message("a = 1\n#\0\nb = 1") { _ in } == "f.toml:2:2: a NUL character is not allowed")
    #expect(message(#"a = "x\u0000y""#) { _ in } == "f.toml:1:7: a NUL character is not allowed")
    #expect(message(#"a = 'x\u0000y'"#) { _ in } == "accepted")
    let large = String(repeating: "#", count: TOMLDocument.byteLimit)
    #expect(message(large) { _ in } == "accepted")
    #expect(message(large + "#") { _ in } == "f.toml: is larger than 1 MiB")
  }
}
