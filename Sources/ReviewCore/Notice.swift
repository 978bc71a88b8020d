// SPDX-License-Identifier: Apache-2.0

/// One sentence on the line above the hints.
package struct Notice: Hashable, Sendable {
  /// How much it matters.
  package enum Kind: Hashable, Sendable {
    /// It answers a key.
    case remark
    /// Something failed; it stays for a second whatever is typed.
    case error
  }

  package let text: String
  package let kind: Kind

  /// Makes a notice of one sentence.
  package init(_ text: String, kind: Kind = .remark) {
    self.text = text
    self.kind = kind
  }
}
