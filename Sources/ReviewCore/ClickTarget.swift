// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// What a mouse can do on the review screen.
package enum PointerTarget: Hashable, Sendable {
  /// What the key of that label does.
  case label(Character)
  case time(MediaTime)
  /// Steps by so many seconds.
  case seconds(Int)
}

/// A part of the screen that can be clicked on.
package struct ClickTarget: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case label(Character)
    /// The time line of a clip that long.
    case timeline(MediaTime)
  }

  let rect: CellRect
  let kind: Kind

  private func contains(_ column: Int, _ row: Int) -> Bool {
    (rect.column..<rect.column + max(0, rect.size.columns)).contains(column)
      && (rect.row..<rect.row + max(0, rect.size.rows)).contains(row)
  }

  private func target(_ column: Int) -> PointerTarget {
    switch kind {
    case .label(let key): return .label(key)
    case .timeline(let duration):
      // The last column is the end.
      let share = Double(column - rect.column) / Double(max(1, rect.size.columns - 1))
      return .time(MediaTime(microseconds: Int64(share * Double(duration.microseconds))))
    }
  }
}

extension ScreenView {
  /// What an act with the mouse on this screen means; nil where it means nothing.
  package func target(_ act: PointerAct) -> PointerTarget? {
    switch act {
    case .wheelUp: .seconds(-1)
    case .wheelDown: .seconds(1)
    case .click(let column, let row): ClickTarget.target(column, row, among: targets)
    }
  }
}

extension ClickTarget {
  fileprivate static func target(
    _ column: Int, _ row: Int, among targets: [ClickTarget]
  ) -> PointerTarget? {
    targets.first { $0.contains(column, row) }?.target(column)
  }
}
