// SPDX-License-Identifier: Apache-2.0

/// A complaint about a file that people write, with the place they have to look at.
package struct PolicyFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file's name as the person knows it.
  package let file: String
  /// The line, from 1; 0 where the file as a whole is meant.
  package let line: Int
  /// The column in characters, from 1; 0 where the file as a whole is meant.
  package let column: Int
  /// What is wrong, without a full stop.
  package let message: String

  /// Whether the file could not be read at all.
  package var isUnreadable: Bool { self == .unreadable(file) }

  /// A file that is not there, is no plain file, or may not be read.
  package static func unreadable(_ file: String) -> PolicyFileError {
    PolicyFileError(file: file, message: "cannot be read")
  }

  /// Makes a complaint about one place.
  package init(file: String, at position: TextPosition, message: String) {
    self.file = file
    line = position.line
    column = position.column
    self.message = message
  }

  /// Makes a complaint about the file as a whole.
  package init(file: String, message: String) {
    self.init(file: file, at: TextPosition(line: 0, column: 0), message: message)
  }

  /// One line as compilers write it: `taxonomy.toml:12:1: …`.
  package var description: String {
    line == 0 ? "\(file): \(message)" : "\(file):\(line):\(column): \(message)"
  }
}

/// A place in a text: line and column in characters, both from 1.
package struct TextPosition: Hashable, Comparable, Sendable {
  package let line: Int
  package let column: Int

  /// Makes a place.
  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The first character.
  package static let start = TextPosition(line: 1, column: 1)

  package static func < (left: TextPosition, right: TextPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}
