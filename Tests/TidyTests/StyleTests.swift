// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Holds what the formatter cannot: lengths, documentation of `package` declarations, plain text.
@Suite struct StyleTests {
  @Test func filesAreShort() {
    for file in SourceTree.files {
      #expect(file.lines.count <= 400, "\(file.path): \(file.lines.count) lines")
    }
  }

  @Test func functionsFitAScreen() {
    for file in SourceTree.files {
      for function in Self.functions(in: file.lines) where function.length > 60 {
        Issue.record("\(file.path):\(function.line): \(function.length) lines")
      }
    }
  }

  @Test func everyFileNamesItsLicence() {
    for file in SourceTree.files + SourceTree.testFiles {
      #expect(file.lines.first == "// SPDX-License-Identifier: Apache-2.0", "\(file.path)")
    }
  }

  @Test func packageDeclarationsAreDocumented() {
    let declaration =
      /^ *(?:@\w+(?:\([^)]*\))? )*package (?:static |final |indirect |mutating |convenience |private\(set\) |nonisolated )*(func|class|struct|enum|protocol|init|actor|typealias)\b/
    var seen = 0
    for file in SourceTree.files {
      for (index, line) in file.lines.enumerated() where line.contains(declaration) {
        seen += 1
        if Self.conformanceWords.contains(where: line.contains) { continue }
        var above = index - 1
        while above >= 0, file.lines[above].contains(/^ *@/) { above -= 1 }
        let documented = above >= 0 && file.lines[above].contains(/^ *\/\/\//)
        #expect(documented, "\(file.path):\(index + 1): \(line) has no documentation")
      }
    }
    #expect(seen > 100, "the test must see the declarations it judges")
  }

  /// Requirements of protocols, which document them: the standard library's and `PictureDriver`.
  static let conformanceWords = [
    "init(from decoder:", "func encode(to encoder:", "static func <", "static func ==",
    "func hash(into", "mutating func invalidate()", "mutating func encode(", "init?(codingKey:",
    "static func +", "static func -",
  ]

  @Test func nothingIsLeftOpen() {
    let marks = ["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]
    for file in SourceTree.files + SourceTree.testFiles {
      for (index, line) in file.lines.enumerated() {
        #expect(
          !marks.contains { mark in line.contains(mark) }, "\(file.path):\(index + 1): \(line)")
      }
    }
  }

  @Test func lengthsAreMeasuredRight() {
    let lines = ["func a() {", "  b()", "}", "  init() {", "    if x {", "    }", "  }"]
    #expect(Self.functions(in: lines).map(\.length) == [3, 4])
  }

  struct Function {
    let line: Int
    let length: Int
  }

  /// The functions of a formatted file: from the declaration to the brace at its indent.
  static func functions(in lines: [String]) -> [Function] {
    let start = /^( *)(?:[@\w()]+ )*(?:func |init[?(<]|deinit )/
    var found: [Function] = []
    for (index, line) in lines.enumerated() {
      guard let match = line.firstMatch(of: start) else { continue }
      if line.hasSuffix("}") { continue }
      let closing = match.1 + "}"
      guard let end = lines[index...].firstIndex(where: { $0 == closing }) else { continue }
      found.append(Function(line: index + 1, length: end - index + 1))
    }
    return found
  }
}
