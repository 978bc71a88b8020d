// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary
internal import Words

extension Taxonomy {
  /// The same with the catalogue's names where a vault kept those of the default taxonomy; names that
  /// were changed stay as they are.
  ///
  /// Ids, keys and version stay: names are on the screen alone.
  func spoken(_ texts: Texts) -> Taxonomy {
    guard texts.language != .english else { return self }
    let english = Words.texts(.english)
    func name(_ id: String, _ name: String) -> String {
      guard let phrase = TaxonomyPhrase(rawValue: id), english(phrase) == name else { return name }
      return texts(phrase)
    }
    func reasons(_ reasons: [Reason], _ list: String) -> [Reason] {
      reasons.map { Reason(id: $0.id, key: $0.key, name: name("\(list)_\($0.id)", $0.name)) }
    }
    return Taxonomy(
      version: version,
      terms: terms.map { term in
        Term(
          id: term.id, axis: term.axis, key: term.key, name: name(term.id.text, term.name),
          standard: term.standard, isExclusive: term.isExclusive)
      },
      cannotJudgeKey: cannotJudgeKey, cannotJudgeReasons: reasons(cannotJudgeReasons, "cannot"),
      skipReasons: reasons(skipReasons, "skip"), keyLines: keyLines)
  }
}
