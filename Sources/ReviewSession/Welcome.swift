// SPDX-License-Identifier: Apache-2.0

internal import Lockdown
package import Vocabulary
internal import Words

/// What `milkglass` says for itself where no command is named.
package struct Welcome {
  /// What one key starts.
  package enum Start: String, CaseIterable, Sendable {
    case demo, tour

    fileprivate var key: Character {
      switch self {
      case .demo: "d"
      case .tour: "t"
      }
    }
  }

  private let texts: Texts

  /// Speaks a language.
  package init(_ language: Language) { texts = Words.texts(language) }

  /// What it is, and three ways on; plain lines.
  package var text: String {
    let ways: [(String, WelcomePhrase)] = [
      ("milkglass demo", .demo), ("milkglass tour", .tour), ("milkglass init DIR", .own),
    ]
    let width = ways.map(\.0.count).max() ?? 0
    let lines = ways.map { way in
      "  " + way.0 + String(repeating: " ", count: width - way.0.count + 2) + texts(way.1)
    }
    return
      ([texts(WelcomePhrase.what), texts(WelcomePhrase.whatMore), ""] + lines + [
        "", texts(WelcomePhrase.manual),
      ]).joined(separator: "\n")
  }

  /// Offers demo and tour at the terminal, for one key without `Enter`; nil for any other key, and
  /// where the terminal goes.
  package func offer() -> Start? {
    let key = try? KeyPrompt().read(prompt: texts(WelcomePhrase.offer))
    return Start.allCases.first { $0.key == key }
  }
}
