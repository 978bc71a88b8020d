// SPDX-License-Identifier: Apache-2.0

/// How many clips stand where; each clip counts in one of the first six, all at least zero.
package struct WorklistCounts: Hashable, Sendable {
  package var due = 0
  package var deferred = 0
  package var skipped = 0
  package var done = 0
  package var flagged = 0
  package var unreadable = 0
  /// Clips that other live sessions have, whatever their state.
  package var leasedByOthers = 0

  /// All zero.
  package init() {}
}
