// SPDX-License-Identifier: Apache-2.0

import StrictTOML
import Testing
import Vocabulary
import Words

/// The catalogues: whole, and alike in all that is not language.
@Suite struct WordsTests {
  @Test(arguments: Language.allCases) func everyTextIsThere(_ language: Language) throws {
    _ = try Words.read(language)
  }

  @Test func placesAreTheSameInEveryLanguage() {
    let english = Words.texts(.english)
    for language in Language.allCases {
      let texts = Words.texts(language)
      for group in PhraseTables.all {
        for name in group.names {
          let text = texts.text(group.table, name) ?? ""
          #expect(
            Self.places(text) == Self.places(english.text(group.table, name) ?? ""),
            "\(language) \(group.table).\(name)")
          #expect(DisplayText.line(text, limit: 400) == text, "\(language) \(group.table).\(name)")
          #expect(!text.isEmpty)
        }
      }
    }
  }

  /// What stands in backquotes is typed, and stays.
  @Test func noGermanTextHasWordsThatEnglishAloneHas() {
    let foreign: Set<String> = [
      "the", "is", "of", "not", "this", "and", "with", "cannot", "there", "has", "no", "be", "for",
    ]
    func words(_ text: String) -> Set<String> {
      Set(text.replacing(/`[^`]*`/, with: "").lowercased().split { !$0.isLetter }.map(String.init))
    }
    var englishCount = 0
    for group in PhraseTables.all {
      for name in group.names {
        let found = words(Words.texts(.german).text(group.table, name) ?? "")
          .intersection(foreign)
        #expect(found.isEmpty, "\(group.table).\(name): \(found)")
        let own = words(Words.texts(.english).text(group.table, name) ?? "")
        englishCount += own.isDisjoint(with: foreign) ? 0 : 1
      }
    }
    #expect(englishCount > 200, "the control: English texts have them")
  }

  @Test func tablesHaveNamesOfTheirOwn() {
    #expect(Set(PhraseTables.all.map { $0.table }).count == PhraseTables.all.count)
  }

  @Test func aTextThatIsMissingOrUnknownIsRefused() {
    #expect(throws: PolicyFileError.self) {
      _ = try Words.parse("[lock]\nlocked = \"x\"\n", .english, fileName: "x.toml")
    }
    #expect(throws: PolicyFileError.self) {
      _ = try Words.parse("[other]\n", .english, fileName: "x.toml")
    }
  }

  @Test func valuesFillTheirPlaces() {
    let texts = Texts(
      .english,
      tables: [
        "lock": [
          "since": "{2} of {1}, {1|clip|clips}, {3} {x} {", "minutes": "{1} {1|clip|clips}",
        ]
      ])
    #expect(texts(LockPhrase.since, 4, "two") == "two of 4, clips, {3} {x} {")
    #expect(texts(LockPhrase.minutes, 1) == "1 clip")
    #expect(texts(LockPhrase.locked) == "locked")
  }

  @Test(arguments: [
    ("de_DE.UTF-8", Language.german), ("de", .german), ("DE@euro", .german), ("C.UTF-8", nil),
    ("en_GB", .english), ("", nil), ("fr_FR", nil), ("den", nil),
  ]) func localesNameLanguages(_ locale: String, _ language: Language?) {
    #expect(Language(locale: locale) == language)
  }

  @Test func theFirstLocaleThatIsSetCounts() {
    #expect(Language(environment: [:]) == .english)
    #expect(Language(environment: ["LANG": "de_DE.UTF-8"]) == .german)
    #expect(Language(environment: ["LC_ALL": "C", "LANG": "de_DE.UTF-8"]) == .english)
    #expect(Language(environment: ["LC_ALL": "", "LC_MESSAGES": "de_CH"]) == .german)
  }

  /// The places of a text with their counts: `1`, and `1|` for a choice of words.
  private static func places(_ text: String) -> [String] {
    text.matches(of: /\{(\d)(\|[^{}|]*\|[^{}|]*)?\}/).map { "\($0.1)\($0.2 == nil ? "" : "|")" }
      .sorted()
  }
}
