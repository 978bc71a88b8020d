// SPDX-License-Identifier: Apache-2.0

/// What the environment said when the program started, as far as Milkglass heeds it.
package struct StartEnvironment: Hashable, Sendable {
  /// What stays in the environment for the libraries we link: the terminal, the language, the account.
  package static let kept = [
    "TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "HOME", "USER",
    "LOGNAME",
    "XDG_STATE_HOME", "XDG_DATA_HOME", "TZ",
  ]
  /// What is remembered besides: where the terminal comes from, and which one it is.
  package static let remembered = [
    "TMUX", "STY", "XTERM_VERSION", "TERM_PROGRAM", "VTE_VERSION", "KONSOLE_VERSION", "WT_SESSION",
  ]

  /// What was set, by name.
  package let values: [String: String]
  /// The names of the dynamic linker's variables that were set, sorted: what they asked for has
  /// happened before the program's first step.
  package let linkerNames: [String]

  /// Takes entries `NAME=value`; of a name that comes twice the first counts.
  package init(_ entries: some Sequence<String>) {
    var values: [String: String] = [:]
    var linkerNames: Set<String> = []
    for entry in entries {
      guard let sign = entry.firstIndex(of: "=") else { continue }
      let name = String(entry[..<sign])
      let value = String(entry[entry.index(after: sign)...])
      if name.hasPrefix("LD_") || name == "GLIBC_TUNABLES" { linkerNames.insert(name) }
      guard values[name] == nil, Self.isHeeded(name, value) else { continue }
      values[name] = value
    }
    self.values = values
    self.linkerNames = linkerNames.sorted()
  }

  /// A variable's value; nil where it was not set, or to something that is not heeded.
  package subscript(name: String) -> String? { values[name] }

  /// What the libraries we link may see.
  package var keptEntries: [(name: String, value: String)] {
    Self.kept.compactMap { name in values[name].map { (name, $0) } }
  }

  /// Names lead libraries to files, so each has to be a plain name, and each folder a whole path.
  private static func isHeeded(_ name: String, _ value: String) -> Bool {
    switch name {
    case "TERM", "COLORTERM", "LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "USER", "LOGNAME":
      isPlain(value, besides: "._+-@")
    case "TZ": isPlain(value, besides: "_+-/") && !value.hasPrefix("/")
    case "HOME", "XDG_STATE_HOME", "XDG_DATA_HOME": value.hasPrefix("/")
    default: kept.contains(name) || remembered.contains(name)
    }
  }

  private static func isPlain(_ value: String, besides signs: String) -> Bool {
    value.utf8.count <= 64
      && value.unicodeScalars.allSatisfy {
        $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
          || signs.unicodeScalars.contains($0)
      }
  }
}
