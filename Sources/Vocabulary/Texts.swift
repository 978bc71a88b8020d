// SPDX-License-Identifier: Apache-2.0

/// All texts of the screen in one language.
///
/// Two of the same language are equal: a program has one catalogue a language.
package struct Texts: Sendable {
  package let language: Language
  private let tables: [String: [String: String]]

  /// Takes the texts of each table by their names; complete ones come from `Words`.
  package init(_ language: Language, tables: [String: [String: String]]) {
    self.language = language
    self.tables = tables
  }

  /// A text with its values filled in; the name of the text where there is none.
  ///
  /// `{1}` stands for the first value, `{2}` for the second; `{1|clip|clips}` for the one word where
  /// the first value is 1, and else for the other.
  package func callAsFunction<Key: PhraseKey>(
    _ key: Key, _ values: any CustomStringConvertible...
  ) -> String {
    self(key, values: values.map(\.description))
  }

  /// A text with a list of values filled in.
  package func callAsFunction<Key: PhraseKey>(_ key: Key, values: [String]) -> String {
    guard let text = tables[Key.table]?[key.rawValue] else { return key.rawValue }
    return values.isEmpty ? text : Self.filled(text, values)
  }

  /// A text as it stands in the catalogue, its places open; nil where there is none.
  package func text(_ table: String, _ name: String) -> String? { tables[table]?[name] }

  private static func filled(_ text: String, _ values: [String]) -> String {
    var filled = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      filled += rest[..<open]
      filled += value(rest[rest.index(after: open)..<close], values) ?? String(rest[open...close])
      rest = rest[rest.index(after: close)...]
    }
    return filled + rest
  }

  /// What stands for a place such as `1` or `1|clip|clips`; nil where it is none.
  private static func value(_ place: Substring, _ values: [String]) -> String? {
    let parts = place.split(separator: "|", omittingEmptySubsequences: false)
    guard let number = parts.first.flatMap({ Int($0) }), values.indices.contains(number - 1) else {
      return nil
    }
    let value = values[number - 1]
    switch parts.count {
    case 1: return value
    case 3: return String(value == "1" ? parts[1] : parts[2])
    default: return nil
    }
  }
}

extension Texts: Hashable {
  package static func == (left: Texts, right: Texts) -> Bool { left.language == right.language }

  package func hash(into hasher: inout Hasher) { hasher.combine(language) }
}
