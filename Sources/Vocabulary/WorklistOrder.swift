// SPDX-License-Identifier: Apache-2.0

/// In which order the clips that are due come.
package struct WorklistOrder: Hashable, Sendable {
  /// What decides which clip is next.
  package enum Rule: String, CaseIterable, Sendable {
    /// Order of ingest.
    case oldest
    /// The highest predicted alarm level first, of one level the highest score.
    case danger
    /// The score nearest the camera's threshold first.
    case uncertain
  }

  package let rule: Rule
  /// How many of a hundred clips take a place at random instead, 0 to 100; none in order of ingest.
  package let auditPercent: Int
  /// The score from which the camera raises an alert, in hundredths, 0 to 100.
  package let thresholdPercent: Int

  /// Order of ingest.
  package static let oldest = WorklistOrder(rule: .oldest, auditPercent: 0, thresholdPercent: 50)

  /// Makes an order.
  package init(rule: Rule, auditPercent: Int, thresholdPercent: Int) {
    self.rule = rule
    self.auditPercent = auditPercent
    self.thresholdPercent = thresholdPercent
  }
}

/// Why a clip is next.
package enum TurnReason: Hashable, Sendable {
  /// It waits longest.
  case oldest
  /// Its predicted alarm level, from 0.
  case level(Int)
  /// Its score in hundredths, near the threshold, in hundredths too.
  case score(Int, threshold: Int)
  /// It is one of the random share.
  case audit
}
