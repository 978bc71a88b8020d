// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// What one reviewer did within a time, counted.
package struct TeamRow: Hashable, Sendable {
  package let reviewer: ReviewerID
  package let seen: Int
  package let committed: Int
  package let skipped: Int
  package let flagged: Int
  /// How long clips were shown clear, in seconds.
  package let clearSeconds: Int
  /// Second verdicts that they gave.
  package let secondOpinions: Int
  /// Their verdicts on clips that have two.
  package let compared: Int
  /// Those of them that a lead decided or has to decide about.
  package let disputed: Int

  /// Makes one.
  package init(
    reviewer: ReviewerID, seen: Int, committed: Int, skipped: Int, flagged: Int, clearSeconds: Int,
    secondOpinions: Int, compared: Int, disputed: Int
  ) {
    self.reviewer = reviewer
    self.seen = seen
    self.committed = committed
    self.skipped = skipped
    self.flagged = flagged
    self.clearSeconds = clearSeconds
    self.secondOpinions = secondOpinions
    self.compared = compared
    self.disputed = disputed
  }
}

/// The team's totals, by name and never by rank.
package struct TeamBoard: Hashable, Sendable {
  /// The time that is counted.
  package enum Window: Int, CaseIterable, Hashable, Sendable {
    /// Since midnight.
    case today
    /// Since the midnight before six days ago.
    case week
    /// Since the log begins.
    case all

    var title: DeskPhrase {
      switch self {
      case .today: .windowToday
      case .week: .windowWeek
      case .all: .windowAll
      }
    }
  }

  package var window = Window.today
  /// The rows of each window in order of its cases; nil until the store told.
  package var rows: [[TeamRow]]?
  package var top = 0

  var shown: [TeamRow]? {
    rows.map { $0.indices.contains(window.rawValue) ? $0[window.rawValue] : [] }
  }
}
