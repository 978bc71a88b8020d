// SPDX-License-Identifier: Apache-2.0

/// What was done with a mouse; moving it is never reported.
package enum PointerAct: Hashable, Sendable {
  /// The left button went down over that cell, both from 0; a lying terminal may name any.
  case click(column: Int, row: Int)
  case wheelUp, wheelDown

  /// The act of a report as `CSI < code ; column ; row M` tells it, both from 1; nil for other buttons,
  /// for motion, for anything with a modifier, and for what is no such report.
  package init?(report: some StringProtocol) {
    let parts = report.split(separator: ";", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ (1...4).contains($0.utf8.count) }),
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let column = Int(parts[1]), let row = Int(parts[2]), column > 0, row > 0
    else { return nil }
    switch parts[0] {
    case "0": self = .click(column: column - 1, row: row - 1)
    case "64": self = .wheelUp
    case "65": self = .wheelDown
    default: return nil
    }
  }
}
