// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The selected row of a list that fills the screen.
package struct ListCursor: Hashable, Sendable {
  /// From 0; of a list without rows too.
  package private(set) var row: Int
  private static let page = 15

  /// Starts on the last of so many rows.
  init(lastOf count: Int) { row = max(0, count - 1) }

  /// Follows a key that moves in a list of so many rows; false for any other.
  mutating func press(_ key: KeyPress, count: Int) -> Bool {
    switch key {
    case .up, .character("k"): move(to: row - 1, count)
    case .down, .character("j"): move(to: row + 1, count)
    case .pageUp: move(to: row - Self.page, count)
    case .pageDown: move(to: row + Self.page, count)
    case .home: move(to: 0, count)
    case .end: move(to: count - 1, count)
    default: return false
    }
    return true
  }

  private mutating func move(to wanted: Int, _ count: Int) {
    row = max(0, min(wanted, count - 1))
  }
}
