// SPDX-License-Identifier: Apache-2.0

/// How many clips stand where; each clip counts in one of the first eight, all at least zero.
package struct WorklistCounts: Hashable, Sendable {
  package var due = 0
  package var deferred = 0
  package var skipped = 0
  package var done = 0
  package var flagged = 0
  package var unreadable = 0
  /// Clips that wait for a second opinion.
  package var secondOpinion = 0
  /// Clips with two verdicts that differ, which wait for a lead.
  package var disputed = 0
  /// Those that wait for a second opinion and may not come to this reviewer, who gave the first.
  package var ownFirstOpinions = 0
  /// Clips that other live sessions have, whatever their state.
  package var leasedByOthers = 0

  /// Clips that wait for a verdict which this reviewer may give.
  package var toJudge: Int { due + secondOpinion - ownFirstOpinions }

  /// All zero.
  package init() {}
}
