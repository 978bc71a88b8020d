// SPDX-License-Identifier: Apache-2.0

import Testing

/// What the core puts on the screen comes from the catalogues: its sources hold no words of their own.
@Suite struct PhraseTidyTests {
  /// Keys' names, the program's, ids of answers, and words at which names are not cut.
  private static let allowed: Set<String> = [
    "esc", "enter", "tab", "space", "pgup pgdn", "home end", "enter esc", "milkglass", "tomorrow",
    "later_today", "and", "for", "of", "or", "the", "to", "und", "für", "von", "oder", "der", "die",
    "das", "mit",
    // What the desk's filters are typed as, which `audit show` names alike, faults' names, a zone.
    "pgdn pgup", "housekeeping", "kind", "clip", "who", "who:", "clip:", "removed", "swapped",
    "inserted", "changed", "rewritten", "tail cut", "checkpoint", " UTC",
  ]

  @Test func theCoreHoldsNoWords() {
    // The raw values of actions are their names in keymap files.
    let files = SourceTree.files.filter {
      $0.target == "ReviewCore" && !$0.path.hasSuffix("/Action.swift")
    }
    #expect(files.count > 50, "the test must see the files it judges")
    for file in files {
      for (index, line) in file.lines.enumerated() {
        let words = Self.words(in: line).filter { !Self.allowed.contains($0) }
        #expect(words.isEmpty, "\(file.path):\(index + 1) belongs into a catalogue: \(words)")
      }
    }
  }

  @Test func wordsAreFound() {
    #expect(Self.words(in: #"remark("Taken back: \(words(open, 3))")"#) == ["Taken back: "])
    #expect(Self.words(in: #"Line("draft", .text) // "not this""#) == ["draft"])
    #expect(Self.words(in: #"/// `a "quoted word"` in a comment"#).isEmpty)
    #expect(Self.words(in: #"Span("\(name) 5 s", .text)"#).isEmpty)
  }

  /// The texts of a line's literals, without what is interpolated, that hold two letters in a row.
  private static func words(in line: String) -> [String] {
    var code = line
    // The innermost parentheses first: an interpolation may hold calls.
    while let match = code.firstMatch(of: /\\\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/) {
      code.removeSubrange(match.range)
    }
    if let comment = code.firstRange(of: "//") { code.removeSubrange(comment.lowerBound...) }
    return code.matches(of: /"([^"]*)"/).map { String($0.output.1) }
      .filter { $0.contains(/\p{L}{2}/) }
  }
}
