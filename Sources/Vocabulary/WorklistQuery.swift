// SPDX-License-Identifier: Apache-2.0

/// What a worklist is narrowed to and how it is ordered: `state:due camera:porch -alert:cat score<0.5
/// level>=2 age>2d sort:danger`.
///
/// All terms must hold. Words match parts of names, in any case.
package struct WorklistQuery: Hashable, Sendable {
  /// What has a name.
  package enum Field: String, CaseIterable, Sendable {
    case state, camera, source, alert, predicted, label, reviewer, reason
  }

  /// What has a size.
  package enum Measure: String, CaseIterable, Sendable {
    /// The camera's score of its alert, else the highest of what was predicted to move; in ten
    /// thousandths, 0 to 10,000.
    case score
    /// The alarm level from 0: the verdict's, else the one predicted with the highest score.
    case level
    /// How long ago it was recorded, or else taken in; in minutes.
    case age
  }

  /// How a size is compared.
  package enum Comparison: String, CaseIterable, Sendable {
    case less = "<"
    case atMost = "<="
    case more = ">"
    case atLeast = ">="
    case equal = "="
  }

  /// What one term asks of a clip.
  package enum Test: Hashable, Sendable {
    case name(Field, String)
    case size(Measure, Comparison, Int)
    /// A word in the name of camera, alert or prediction.
    case word(String)
  }

  /// One term, perhaps turned round by a minus.
  package struct Term: Hashable, Sendable {
    package let isNegated: Bool
    package let test: Test

    /// Makes a term.
    package init(_ test: Test, isNegated: Bool = false) {
      self.isNegated = isNegated
      self.test = test
    }
  }

  /// Which clip comes first.
  package enum Sort: String, CaseIterable, Sendable {
    /// As the policy's order of that name.
    case danger, uncertain
    /// By ingest.
    case oldest, newest
    /// By name.
    case camera, source, alert, predicted
    /// In the order of `states`.
    case state
    /// The highest first.
    case level, score
    /// By when it was recorded, or else taken in; what waits longest comes first.
    case age
    case random
  }

  /// The states that `state:` knows.
  package static let states = [
    "due", "second", "deferred", "skipped", "done", "disputed", "flagged", "unreadable",
  ]

  package var terms: [Term]
  /// Nil leaves the order of ingest.
  package var sort: Sort?
  /// Whether that is turned round; what has no place in it comes last all the same.
  package var isReversed: Bool

  /// Every clip in order of ingest, or what the terms leave of them.
  package init(_ terms: [Term] = [], sort: Sort? = nil, isReversed: Bool = false) {
    self.terms = terms
    self.sort = sort
    self.isReversed = isReversed
  }

  /// Whether it leaves every clip where it is.
  package var isEmpty: Bool { terms.isEmpty && sort == nil }

  /// The query as a person types it; reading it gives the same query.
  package var text: String {
    let order = sort.map { ["sort:\(isReversed ? "-" : "")\($0.rawValue)"] } ?? []
    return (terms.map(\.text) + order).joined(separator: " ")
  }
}

extension WorklistQuery.Term {
  fileprivate var text: String {
    let sign = isNegated ? "-" : ""
    return switch test {
    case .name(let field, let word): "\(sign)\(field.rawValue):\(Self.quoted(word))"
    case .word(let word): sign + Self.quoted(word)
    case .size(let measure, let comparison, let size):
      "\(sign)\(measure.rawValue)\(comparison.rawValue)\(Self.text(size, measure))"
    }
  }

  private static func quoted(_ word: String) -> String {
    let scalars = word.unicodeScalars
    let isPlain = scalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_", ".", "-": true
      default: false
      }
    }
    if isPlain, !word.isEmpty, scalars.first != "-" { return word }
    let escaped = scalars.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
    return "\"" + String(String.UnicodeScalarView(escaped)) + "\""
  }

  private static func text(_ size: Int, _ measure: WorklistQuery.Measure) -> String {
    switch measure {
    case .level: return String(size)
    case .age:
      if size % 1440 == 0 { return "\(size / 1440)d" }
      return size % 60 == 0 ? "\(size / 60)h" : "\(size)m"
    case .score:
      var digits = String(size % 10_000 + 10_000).dropFirst()
      while digits.count > 1, digits.last == "0" { digits.removeLast() }
      return "\(size / 10_000).\(digits)"
    }
  }
}
