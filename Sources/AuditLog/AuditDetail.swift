// SPDX-License-Identifier: Apache-2.0

/// A value in an event's detail: one short word or one whole number, never free text.
package enum AuditValue: Hashable, Sendable {
  /// 1–64 printable ASCII characters without a space.
  case word(String)
  /// Any whole number; its unit is in its name (`ms`).
  case number(Int64)

  /// Whether a text is a word: 1–64 printable ASCII characters without a space.
  package static func isWord(_ text: String) -> Bool {
    (1...wordLimit).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }

  static let wordLimit = 64
}

/// What an event tells beyond who, when and which clip: at most 16 named values.
///
/// The order is that of the canonical encoding: shorter names first, then by bytes.
package struct AuditDetail: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  /// One named value.
  package struct Entry: Hashable, Sendable {
    /// 1–24 of `a`–`z` and `_`.
    package let name: String
    package let value: AuditValue
  }

  /// The values in canonical order.
  package let entries: [Entry]

  static let countLimit = 16
  static let nameLimit = 24

  /// Takes the values in any order; a name that is none, or twice, is found when it is encoded.
  package init(dictionaryLiteral elements: (String, AuditValue)...) { self.init(elements) }

  /// Takes the values in any order; a name that is none, or twice, is found when it is encoded.
  package init(_ values: [(String, AuditValue)]) {
    entries = values.map { Entry(name: $0.0, value: $0.1) }.sorted {
      Self.isBefore($0.name, $1.name)
    }
  }

  init(inOrder entries: [Entry]) { self.entries = entries }

  /// The value of that name; nil where there is none.
  package subscript(name: String) -> AuditValue? { entries.first { $0.name == name }?.value }

  /// The number of that name; nil where there is none or it is a word.
  package func number(_ name: String) -> Int64? {
    if case .number(let number) = self[name] { number } else { nil }
  }

  static func isBefore(_ left: String, _ right: String) -> Bool {
    let (left, right) = (left.utf8, right.utf8)
    return left.count == right.count
      ? left.lexicographicallyPrecedes(right) : left.count < right.count
  }

  static func isName(_ text: String) -> Bool {
    (1...nameLimit).contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F }
  }
}
