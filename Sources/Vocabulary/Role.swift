// SPDX-License-Identifier: Apache-2.0

/// What a person may do in a vault; who has several may do what any of them may.
package enum Role: String, Hashable, Sendable, CaseIterable, Comparable {
  /// Sees the clips leased to them and labels them.
  case reviewer
  /// Takes clips in and out, decides who works here and under which policy.
  case lead
  /// Checks the log, the receipts and the policy; never sees a clip or a label's content.
  case auditor

  package static func < (left: Role, right: Role) -> Bool { left.rawValue < right.rawValue }
}
