// SPDX-License-Identifier: Apache-2.0

import ClipVault
import StrictTOML
import Testing
import Vocabulary

@Suite struct TaxonomyFileTests {
  @Test func theDefaultHasSixteenTermsWithTheirKeys() throws {
    let taxonomy = try TaxonomyFile.parse(DefaultTaxonomy.text)
    #expect(taxonomy.version == "2026.1")
    let keys = Axis.allCases.map { axis in String(taxonomy.terms(axis).map(\.key)) }
    #expect(keys == ["pvabn", "tdoisf", "01234"])
    #expect(
      taxonomy.terms.map(\.id.text) == [
        "person", "vehicle", "animal", "package", "nothing", "transit", "expected_activity",
        "loitering", "intrusion", "stealing_or_damage", "fighting_or_assault", "level_0",
        "level_1", "level_2", "level_3", "level_4",
      ])
    #expect(taxonomy.terms.filter(\.isExclusive).map(\.id.text) == ["nothing"])
    #expect(taxonomy.cannotJudgeKey == "c")
    #expect(
      taxonomy.cannotJudgeReasons.map(\.id) == ["dark", "frosted", "short", "broken", "other"])
    #expect(taxonomy.cannotJudgeReasons.map(\.key) == ["1", "2", "3", "4", "5"])
    #expect(taxonomy.skipReasons.last?.id == "other")
  }

  private func complaint(_ text: String) -> String {
    do {
      _ = try TaxonomyFile.parse(text)
      return "accepted"
    } catch {
      return error.description
    }
  }

  private func complaint(replacing old: String, with new: String) throws -> String {
    let text = DefaultTaxonomy.text
    let range = try #require(text.firstRange(of: old), "the default has no \(old)")
    return complaint(text.replacingCharacters(range, with: new))
  }

  private func line(of part: String) throws -> Int {
    let range = try #require(DefaultTaxonomy.text.firstRange(of: part))
    return DefaultTaxonomy.text[..<range.lowerBound].count { $0 == "\n" } + 1
  }

  @Test func clashingKeysAreRefusedWithBothLines() throws {
    let person = try line(of: "key = \"p\"")
    let vehicle = try line(of: "key = \"v\"")
    #expect(
      try complaint(replacing: "key = \"v\"", with: "key = \"p\"")
        == "taxonomy.toml:\(vehicle):1: key \"p\" of term \"vehicle\" (line \(vehicle)) "
        + "is taken by term \"person\" (line \(person))")
    #expect(
      try complaint(replacing: "key = \"c\"", with: "key = \"p\"")
        .contains("key \"p\" of cannot judge (line "))
    #expect(
      try complaint(replacing: "key = \"v\"", with: "key = \"y\"")
        .contains("belongs to the action \"confirm\""))
    #expect(
      try complaint(replacing: "key = \"v\"", with: "key = \"x\"")
        .contains("is in capitals the action \"sensitive\""))
    #expect(try complaint(replacing: "key = \"v\"", with: "key = \"5\"") == "accepted")
    #expect(try complaint(replacing: "key = \"v\"", with: "key = \"$\"") == "accepted")
  }

  @Test(arguments: ["", "ab", "V", " ", "é", "\\t", "\\u007f", "👍"])
  func keysThatNoKeyboardHasAreRefused(key: String) throws {
    let message = try complaint(replacing: "key = \"v\"", with: "key = \"\(key)\"")
    let line = try line(of: "key = \"v\"")
    #expect(message.hasPrefix("taxonomy.toml:\(line):1: \"key\" must be one lower-case letter"))
  }

  @Test func everyOtherMistakeIsNamedWithItsPlace() throws {
    let cases = [
      ("id = \"vehicle\"", "id = \"person\"", "term \"person\" is on line "),
      ("id = \"vehicle\"", "id = \"Vehicle\"", "must be lower-case letters"),
      ("id = \"vehicle\"", "id = \"\"", "must be lower-case letters"),
      (
        "axis = \"moved\"", "axis = \"move\"",
        "unknown axis \"move\" (known: moved, happened, level)"
      ),
      ("version = \"2026.1\"", "", "\"version\" is missing"),
      ("version = \"2026.1\"", "version = 2026.1", "must be a text in quotes"),
      ("version = \"2026.1\"", "version = \"\"", "must be 1 to 32 printable"),
      ("version = \"2026.1\"", "version = \"1\"\nauthor = \"x\"", "unknown field \"author\""),
      ("name = \"person\"", "name = \"\"", "must be 1 to 32 printable"),
      ("name = \"person\"", "nam = \"person\"", "\"name\" is missing"),
      ("exclusive = true", "exclusive = 1", "must be true or false"),
      ("axis = \"level\"", "axis = \"level\"\nexclusive = true", "exclude each other anyway"),
      ("[[term]]", "[[terms]]", "unknown field \"terms\""),
      ("[cannot_judge]\nkey = \"c\"", "", "\"key\" is missing"),
      ("id = \"dark\"\nkey = \"1\"", "id = \"dark\"\nkey = \"x\"", "must be one digit"),
      ("id = \"dark\"\nkey = \"1\"", "id = \"dark\"\nkey = \"2\"", "is taken by the one on line"),
      ("id = \"frosted\"", "id = \"dark\"", "is taken by the one on line"),
      ("[[term]]", "[[term]", ":"),
    ]
    for (old, new, message) in cases {
      let complaint = try complaint(replacing: old, with: new)
      #expect(complaint.hasPrefix("taxonomy.toml:") && complaint.contains(message), "\(complaint)")
      let place = complaint.split(separator: ":").dropFirst().prefix(2).compactMap { Int($0) }
      #expect(place.count == 2, "no line and column: \(complaint)")
    }
    let few = DefaultTaxonomy.text.replacing("axis = \"level\"", with: "axis = \"moved\"")
    #expect(complaint(few).contains("axis \"level\" needs at least 3 terms"))
    #expect(complaint("version = \"1\"\n").contains("needs at least"))
  }
}

extension String {
  /// The text with one range replaced.
  func replacingCharacters(_ range: Range<Index>, with new: String) -> String {
    self[..<range.lowerBound] + new + self[range.upperBound...]
  }
}
