// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// What happens at a desk: keys, time, and what the store answers.
package enum DeskMessage: Hashable, Sendable {
  case key(KeyPress)
  /// The monotonic clock and the vault's own time since 1970.
  case tick(nowMilliseconds: Int64, wallMilliseconds: Int64)
  /// The disputed clips, and how many the store has in all.
  case disputes([DisputeItem], waiting: Int)
  /// A decision is on disk; nil where it was taken back.
  case decided(ClipID, OpinionChoice?)
  case flags([FlagItem])
  case restored(ClipID)
  case erasureOrdered(ClipID)
  /// Of these clips, whose erasure was ordered here, nothing is left.
  case erased([ClipID])
  /// The rows of each window, in order of its cases.
  case team([[TeamRow]])
  case log(LogPage)
  /// The log is in order up to that event so far.
  case verifying(Int64)
  case verified(LogVerdict)
  case receipts([ReceiptItem])
  case receipt(ReceiptText)
  /// Something was refused or failed, in a sentence.
  case failed(String)
}
