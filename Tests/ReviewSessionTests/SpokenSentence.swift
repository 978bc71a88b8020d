// SPDX-License-Identifier: Apache-2.0

import Testing

/// What every test of a sentence in two languages asks of it.
enum SpokenSentence {
  /// Words that English alone has.
  private static let foreign: Set<String> = [
    "the", "is", "of", "not", "this", "and", "with", "cannot", "there", "has", "no", "be",
  ]

  /// That the English is what commands say, and the German is none of it.
  ///
  /// `names` are what the sentence quotes: commands, paths, words of a file.
  static func expect(
    _ spoken: String, _ translated: String, as sentence: String, quoting names: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(spoken == sentence, sourceLocation: sourceLocation)
    expectGerman(translated, not: spoken, quoting: names, sourceLocation: sourceLocation)
  }

  /// That a sentence is German, whole, and another than the English one.
  static func expectGerman(
    _ translated: String, not spoken: String, quoting names: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(translated != spoken, sourceLocation: sourceLocation)
    #expect(!translated.contains("{"), "every place is filled", sourceLocation: sourceLocation)
    let own = names.reduce(translated.replacing(/`[^`]*`/, with: "")) { $0.replacing($1, with: "") }
    let words = Set(own.lowercased().split { !$0.isLetter }.map(String.init))
    #expect(words.isDisjoint(with: foreign), "\(translated)", sourceLocation: sourceLocation)
  }
}
