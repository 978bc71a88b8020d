// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// One line of text that is being typed, and where the next character goes.
package struct LineEditor: Hashable, Sendable {
  private var characters: [Character]
  /// How many characters stand before the cursor.
  package private(set) var cursor: Int
  /// The most characters it takes.
  package let limit: Int

  /// Starts behind a text, cut at `limit` characters.
  package init(_ text: String = "", limit: Int) {
    characters = Array(text.prefix(limit))
    cursor = characters.count
    self.limit = limit
  }

  /// What stands in it.
  package var text: String { String(characters) }

  /// How many characters it has.
  package var count: Int { characters.count }

  /// Follows a key; false for one that means nothing in a line of text.
  ///
  /// A character that is not surely one cell wide, or one too many, is left out.
  mutating func press(_ key: KeyPress) -> Bool {
    switch key {
    case .character(let character): insert(character)
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(characters.count, cursor + 1)
    case .home: cursor = 0
    case .end: cursor = characters.count
    case .backspace: erase(from: max(0, cursor - 1))
    case .delete:
      if cursor < characters.count { characters.remove(at: cursor) }
    case .eraseLine: erase(from: 0)
    case .eraseWord: erase(from: wordStart)
    default: return false
    }
    return true
  }

  private mutating func insert(_ character: Character) {
    guard characters.count < limit, ClipNote.takes(character) else { return }
    characters.insert(character, at: cursor)
    cursor += 1
  }

  /// Erases what stands between a place and the cursor.
  private mutating func erase(from start: Int) {
    characters.removeSubrange(start..<cursor)
    cursor = start
  }

  /// Where the word before the cursor begins, blanks behind it passed over.
  private var wordStart: Int {
    var start = cursor
    while start > 0, characters[start - 1] == " " { start -= 1 }
    while start > 0, characters[start - 1] != " " { start -= 1 }
    return start
  }

  /// The part to show in so many columns, in which the cursor is, and the cursor's column there.
  func window(_ columns: Int) -> (text: String, cursor: Int) {
    let room = max(1, columns)
    // A cell is kept for the cursor behind the last character.
    let start = max(0, min(cursor - room * 3 / 4, characters.count + 1 - room))
    return (String(characters[start...].prefix(room)), cursor - start)
  }
}
