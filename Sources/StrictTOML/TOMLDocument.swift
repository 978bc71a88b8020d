// SPDX-License-Identifier: Apache-2.0

import TOMLKit

/// A TOML file that people write, read strictly: every complaint has a line and a column.
package struct TOMLDocument {
  /// The greatest file that is read, in bytes.
  package static let byteLimit = 1 << 20

  /// The document's root.
  package let table: TOMLReader

  /// Parses a text after TOML 1.0; `fileName` is what complaints call it.
  package init(_ text: String, fileName: String) throws(PolicyFileError) {
    guard text.utf8.count <= Self.byteLimit else {
      throw PolicyFileError(file: fileName, message: "is larger than 1 MiB")
    }
    if let nul = Self.firstNUL(text) {
      throw PolicyFileError(file: fileName, at: nul, message: "a NUL character is not allowed")
    }
    let locator = TOMLLocator(text)
    if let place = locator.namelessHeader {
      throw PolicyFileError(
        file: fileName, at: place, message: "a table's name was expected after \"[\"")
    }
    if let place = locator.deepKey {
      throw PolicyFileError(file: fileName, at: place, message: "this lies too deep")
    }
    let root = try Self.parse(text, fileName)
    if let nul = locator.nulEscape {
      throw PolicyFileError(file: fileName, at: nul, message: "a NUL character is not allowed")
    }
    table = TOMLReader(root, path: [], in: TOMLSource(file: fileName, positions: locator.positions))
  }

  private static func parse(_ text: String, _ file: String) throws(PolicyFileError) -> TOMLTable {
    do {
      return try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      let begin = error.source.begin
      throw PolicyFileError(
        file: file, at: TextPosition(line: begin.line, column: begin.column),
        message: error.description)
    } catch {
      throw PolicyFileError(file: file, message: "cannot be read as TOML")
    }
  }

  /// TOMLKit hands the text over as a C string, so nothing after a NUL would be read.
  private static func firstNUL(_ text: String) -> TextPosition? {
    guard text.utf8.contains(0) else { return nil }
    var line = 1
    var column = 1
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\0": return TextPosition(line: line, column: column)
      case "\n": (line, column) = (line + 1, 1)
      default: column += 1
      }
    }
    return nil
  }
}

/// What every reader of one document shares.
struct TOMLSource {
  let file: String
  let positions: [TOMLPath: TextPosition]

  /// The place of a path, or of the nearest table around it.
  func position(_ path: TOMLPath) -> TextPosition {
    var path = path
    while !path.isEmpty {
      if let position = positions[path] { return position }
      path.removeLast()
    }
    return .start
  }
}
