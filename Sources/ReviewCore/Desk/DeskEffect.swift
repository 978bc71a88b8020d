// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// What a desk's state asks the session to do; each is checked against the person's rights there.
package enum DeskEffect: Hashable, Sendable {
  case loadDisputes
  /// Takes one of a clip's two verdicts.
  case decide(ClipID, OpinionChoice)
  /// Takes the decision on a clip back.
  case takeBack(ClipID)
  case loadFlags
  /// Gives a flagged clip back.
  case restore(ClipID)
  /// Orders a flagged clip erased, and has it done.
  case erase(ClipID)
  case loadTeam
  case loadLog(LogRequest)
  /// Checks the log's chain and its checkpoints.
  case verify
  case loadReceipts
  /// Reads the text of the receipt of that number.
  case readReceipt(Int64)
  case leave
}
