// SPDX-License-Identifier: Apache-2.0

/// A language that the screen speaks; the raw value is its code in ISO 639.
package enum Language: String, CaseIterable, Hashable, Sendable {
  case english = "en"
  case german = "de"

  /// The language of a locale's name as POSIX has it (`de_AT.UTF-8`); nil where there are no texts in it.
  package init?(locale: String) {
    let code = locale.prefix { $0 != "_" && $0 != "." && $0 != "@" && $0 != "-" }
    self.init(rawValue: code.lowercased())
  }

  /// The language that an environment asks for, by `LC_ALL`, `LC_MESSAGES` or `LANG`, the first that
  /// is set; English where it asks for none, or for one that there are no texts in.
  package init(environment: [String: String]) {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
    let locale = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    self = locale.flatMap { Language(locale: $0) } ?? .english
  }
}
