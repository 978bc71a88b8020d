// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// One part of the lead's and the auditor's screen; which there are, the person's roles say.
package enum DeskTab: String, CaseIterable, Hashable, Sendable {
  /// Clips with two verdicts that differ, for a lead.
  case disputed
  /// Flagged clips, for a lead.
  case flagged
  /// What each reviewer did, for a lead.
  case team
  /// The audit log, for an auditor.
  case log
  /// The receipts of erasures, for both.
  case receipts

  var title: DeskPhrase {
    switch self {
    case .disputed: .tabDisputed
    case .flagged: .tabFlagged
    case .team: .tabTeam
    case .log: .tabLog
    case .receipts: .tabReceipts
    }
  }
}
