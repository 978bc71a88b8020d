// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing
import Vocabulary

@Suite struct WorklistQueryTests {
  private func fault(_ text: String) -> WorklistQueryError? {
    do { _ = try WorklistQuery(text: text) } catch { return error }
    return nil
  }

  @Test func readsEveryKindOfTerm() throws {
    let query = try WorklistQuery(
      text: #"state:due camera:porch -alert:"cat \"x\"" score<0.5 level>=2 age>3h sort:danger Dog"#)
    #expect(
      query
        == WorklistQuery(
          [
            .init(.name(.state, "due")), .init(.name(.camera, "porch")),
            .init(.name(.alert, #"cat "x""#), isNegated: true), .init(.size(.score, .less, 5000)),
            .init(.size(.level, .atLeast, 2)), .init(.size(.age, .more, 180)), .init(.word("Dog")),
          ], sort: .danger))
    #expect(try WorklistQuery(text: "  ").isEmpty)
    #expect(try WorklistQuery(text: "score=.25").terms == [.init(.size(.score, .equal, 2500))])
    #expect(try WorklistQuery(text: "Camera:a:b").terms == [.init(.name(.camera, "a:b"))])
  }

  @Test(arguments: [
    ("foo:bar", 1, WorklistQueryError.Fault.unknownName("foo")),
    ("due foo<3", 5, .unknownName("foo")), ("camera:", 8, .missingValue), ("a -", 3, .missingValue),
    ("score<", 7, .missingValue), ("score<<3", 8, .missingValue), ("state:gone", 7, .unknownState),
    ("sort:best", 6, .unknownSort), ("sort:danger sort:danger", 13, .misplacedSort),
    ("-sort:danger", 1, .misplacedSort), ("score<1.1", 7, .noScore), ("score<0.12345", 7, .noScore),
    ("score<1e-3", 7, .noScore), ("level=12", 7, .noLevel), ("level=٣", 7, .noLevel),
    ("age>3", 5, .noAge), ("age>h", 5, .noAge), ("age>99999999999999999999d", 5, .noAge),
    ("camera:\"x", 8, .openQuote), ("\"x\\", 1, .openQuote), (":", 1, .unknownName("")),
  ])
  func saysWhatIsWrongAndWhere(text: String, position: Int, fault: WorklistQueryError.Fault) {
    let found = self.fault(text)
    #expect(
      found?.position == position && found?.fault == fault, "\(text): \(String(describing: found))")
  }

  @Test(arguments: 0..<200)
  func anyTextIsReadOrRefused(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "camera", "score", "level", "age", "state", "sort", ":", "<", "<=", "=", ">", "\"", "\\", "-",
      " ", "0.5", "2d", "due", "danger", "ü", "\u{0}", "\u{200D}", "x", "9999999999",
    ]
    for _ in 0..<50 {
      let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }.joined()
      do {
        let query = try WorklistQuery(text: text)
        #expect(try WorklistQuery(text: query.text) == query, "\(text) → \(query.text)")
      } catch {
        #expect((1...text.unicodeScalars.count + 1).contains(error.position), "\(text)")
      }
    }
  }

  @Test(arguments: 0..<200)
  func whatIsPrintedIsReadBack(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let words = [
      "porch-2", "front door", "-x", "a\"b", "\\", "Ü", "sort:danger", "x<3", "", "é\u{301}",
    ]
    for _ in 0..<20 {
      var query = WorklistQuery()
      for _ in 0..<Int.random(in: 0...5, using: &random) {
        let word = words.randomElement(using: &random) ?? "x"
        let test: WorklistQuery.Test
        switch Int.random(in: 0..<4, using: &random) {
        case 0: test = .word(word)
        case 1: test = .name(.state, WorklistQuery.states.randomElement(using: &random) ?? "due")
        case 2: test = .name(.label, word.isEmpty ? "x" : word)
        default:
          let measure = WorklistQuery.Measure.allCases.randomElement(using: &random) ?? .age
          let most = [.score: 10_000, .level: 9, .age: 999_999][measure] ?? 0
          test = .size(
            measure, WorklistQuery.Comparison.allCases.randomElement(using: &random) ?? .less,
            Int.random(in: 0...most, using: &random))
        }
        query.terms.append(.init(test, isNegated: .random(using: &random)))
      }
      query.sort = Bool.random(using: &random) ? .random : nil
      #expect(try WorklistQuery(text: query.text) == query, "\(query.text)")
    }
  }
}
