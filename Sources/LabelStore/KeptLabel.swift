// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
package import Vocabulary

/// A verdict that outlived its clip: nothing in it tells which clip that was.
package struct KeptLabel: Hashable, Sendable {
  /// The terms, and segments in the time of the clip that is gone.
  package let verdict: LabelSheet
  package let taxonomyVersion: String
  /// The month of its commit in UTC, `2026-11`.
  package let month: String
  /// The reviewer, or a random name.
  package let reviewer: ReviewerID
}

struct KeptColumns: Decodable, FetchableRecord {
  static let select = "SELECT verdict, taxonomy, month, reviewer FROM kept_label ORDER BY id"

  var verdict: String
  var taxonomy: String
  var month: String
  var reviewer: String

  func label() throws -> KeptLabel {
    KeptLabel(
      verdict: try JSONDecoder().decode(LabelSheet.self, from: Data(verdict.utf8)),
      taxonomyVersion: taxonomy, month: month, reviewer: ReviewerID(reviewer))
  }
}
