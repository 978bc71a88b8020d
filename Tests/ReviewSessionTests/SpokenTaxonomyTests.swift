// SPDX-License-Identifier: Apache-2.0

import ClipVault
import Testing
import Vocabulary
import Words

@testable import ReviewSession

/// The default taxonomy's names in the reviewer's language.
@Suite struct SpokenTaxonomyTests {
  @Test func everyNameOfTheDefaultIsTranslated() throws {
    let taxonomy = try TaxonomyFile.parse(DefaultTaxonomy.text)
    let spoken = taxonomy.spoken(Words.texts(.german))
    for (term, other) in zip(taxonomy.terms, spoken.terms) {
      #expect(term.id == other.id && term.key == other.key && term.axis == other.axis)
      #expect(term.name != other.name || ["person"].contains(term.id.text), "\(term.id.text)")
    }
    let reasons = taxonomy.cannotJudgeReasons + taxonomy.skipReasons
    for (reason, other) in zip(reasons, spoken.cannotJudgeReasons + spoken.skipReasons) {
      #expect(reason.id == other.id && reason.name != other.name, "\(reason.id)")
    }
    #expect(taxonomy.spoken(Words.texts(.english)) == taxonomy)
  }

  @Test func namesOfOnesOwnStay() throws {
    let text = DefaultTaxonomy.text.replacing("name = \"vehicle\"", with: "name = \"lorry\"")
    let spoken = try TaxonomyFile.parse(text).spoken(Words.texts(.german))
    #expect(spoken.term(TermID("vehicle"))?.name == "lorry")
    #expect(spoken.term(TermID("animal"))?.name == "Tier")
  }
}
