// SPDX-License-Identifier: Apache-2.0

/// Which events of the log somebody wants to see; empty for all.
package struct LogFilter: Hashable, Sendable {
  /// The kinds, in the log's own words; empty for all.
  package var kinds: Set<String> = []
  /// Whose; empty text for housekeeping's, nil for everyone's.
  package var person: String?
  /// The first hexadecimal digits of the clip's name in the log; nil for all.
  package var clip: String?

  /// What leads to housekeeping's events.
  package static let housekeeping = "housekeeping"

  /// Lets everything through.
  package init() {}

  package var isEmpty: Bool { self == LogFilter() }

  /// Reads what somebody typed: kinds, a name, the beginning of a clip's name in the log, in any
  /// order.
  ///
  /// `kind:`, `who:` and `clip:` before a word say which it is. Nil where a kind is unknown.
  init?(_ text: String, kinds known: [String]) {
    for word in text.split(separator: " ") {
      let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let (name, value) =
        parts.count == 2 ? (String(parts[0]), String(parts[1])) : ("", String(word))
      let isKind = known.contains(value.lowercased())
      switch name {
      case "kind" where isKind, "" where isKind: kinds.insert(value.lowercased())
      case "clip",
        "" where Self.isClip(value):
        clip = value.lowercased()
      case "who", "": person = value == Self.housekeeping ? "" : value
      default: return nil
      }
    }
  }

  /// As it is typed.
  var text: String {
    let person = person.map { $0.isEmpty ? Self.housekeeping : $0 }
    return
      (kinds.sorted() + [person.map { "who:\($0)" }, clip.map { "clip:\($0)" }].compactMap(\.self))
      .joined(separator: " ")
  }

  /// Eight digits are what the log's lines show of a clip.
  private static func isClip(_ word: String) -> Bool {
    (8...32).contains(word.utf8.count)
      && word.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x61...0x66).contains($0) || (0x41...0x46).contains($0)
      }
  }
}
