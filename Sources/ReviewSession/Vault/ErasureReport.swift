// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
package import Vocabulary

/// What is to be erased.
package enum ErasureTarget: Hashable, Sendable {
  /// Clips by name; `isRequested` where the person whose clips they are asked for it.
  case clips([ClipID], isRequested: Bool)
  /// Everything of a pseudonym.
  case subject(String)
  /// Everything whose time is over.
  case expired
}

/// How far an erasure has come.
package struct ErasureProgress: Hashable, Sendable {
  package let done: Int
  package let total: Int
}

/// What an erasure did, in lines for a person.
package struct ErasureReport: Hashable, Sendable {
  /// Clips that are gone.
  package var clipCount = 0
  /// The receipts' files.
  package var receipts: [String] = []
  /// Clips whose erasure waits, with the reason in words.
  package var waiting: [String] = []
  /// Events of the log that were deleted with their segments.
  package var deletedEventCount = 0

  /// The lines to print.
  package var lines: [String] {
    var lines: [String] = []
    if clipCount == 0, waiting.isEmpty, deletedEventCount == 0 { lines.append("Nothing was due.") }
    if clipCount > 0 { lines.append("\(clipCount) clip\(clipCount == 1 ? "" : "s") erased.") }
    lines += receipts.map { "Receipt: \($0)" }
    lines += waiting
    if deletedEventCount > 0 {
      lines.append("\(deletedEventCount) old events of the log deleted.")
    }
    return lines
  }
}
