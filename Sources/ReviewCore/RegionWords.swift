// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// A clip's regions in words: how many of each kind, and what frost they have.
struct RegionWords {
  private let regions: [Region]

  /// Takes the regions of a clip of that frost, which none of them is below.
  init(_ regions: [Region], finest: Frost) { self.regions = regions.map { $0.raised(to: finest) } }

  /// `2 regions frosted: face, person`; each with its frost where they differ.
  func line(_ texts: Texts, namesKinds: Bool) -> Line {
    guard let first = regions.first else { return Line() }
    let count = texts(ClipPhrase.regions, regions.count)
    let isSame = regions.allSatisfy { $0.frost == first.frost }
    let kinds = RegionKind.allCases.flatMap { kind in
      Frost.allCases.compactMap { frost -> String? in
        let number = regions.count { $0.kind == kind && $0.frost == frost }
        guard number > 0 else { return nil }
        let words = isSame ? kind.name(texts) : "\(kind.name(texts)) \(frost.name(texts))"
        return number == 1 ? words : "\(number) \(words)"
      }
    }
    let head = Line(isSame ? "\(count) \(first.frost.name(texts))" : count, .frost)
    guard namesKinds else { return head }
    return head
      + Line([
        Span(": \(kinds.joined(separator: ", "))", .quiet)
      ])
  }
}
