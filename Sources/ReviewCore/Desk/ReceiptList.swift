// SPDX-License-Identifier: Apache-2.0

/// A receipt of an erasure in a line.
package struct ReceiptItem: Hashable, Sendable {
  package let number: Int64
  /// What it says; nil where it is not what the log's key signed.
  package let content: Content?

  /// What a receipt says, in short.
  package struct Content: Hashable, Sendable {
    /// Milliseconds since 1970.
    package let atMilliseconds: Int64
    /// One word.
    package let reason: String
    /// Who ordered it.
    package let order: String
    package let clips: Int

    /// Makes one.
    package init(atMilliseconds: Int64, reason: String, order: String, clips: Int) {
      self.atMilliseconds = atMilliseconds
      self.reason = reason
      self.order = order
      self.clips = clips
    }
  }

  /// Makes one.
  package init(number: Int64, content: Content?) {
    self.number = number
    self.content = content
  }
}

/// The receipts, by number.
package struct ReceiptList: Hashable, Sendable {
  /// Nil until the store told.
  package var items: [ReceiptItem]?
  package var selection = 0
  /// The text of the receipt that was read last, with its number; nil before the first.
  package var text: ReceiptText?
  /// The first line of the text that is shown.
  package var top = 0

  var selected: ReceiptItem? {
    guard let items, items.indices.contains(selection) else { return nil }
    return items[selection]
  }

  mutating func move(by step: Int) {
    selection = min(max(0, selection + step), max(0, (items?.count ?? 0) - 1))
    top = 0
  }
}

/// A receipt's text, line by line.
package struct ReceiptText: Hashable, Sendable {
  package let number: Int64
  package let lines: [String]

  /// Makes one.
  package init(number: Int64, lines: [String]) {
    self.number = number
    self.lines = lines
  }
}
