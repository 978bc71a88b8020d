// SPDX-License-Identifier: Apache-2.0

/// Why a worklist's query cannot be read, and where.
package struct WorklistQueryError: Error, Hashable, Sendable {
  /// What is wrong.
  package enum Fault: Hashable, Sendable {
    /// There is no such field or measure.
    case unknownName(String)
    /// A field or measure has nothing behind it.
    case missingValue
    /// There is no such state.
    case unknownState
    /// There is no such order.
    case unknownSort
    /// An order stands there twice, or with a minus.
    case misplacedSort
    /// It is no score, 0 to 1 with at most four decimals.
    case noScore
    /// It is no level, 0 to 9.
    case noLevel
    /// It is no age such as 30m, 3h or 2d.
    case noAge
    /// A quotation mark is not closed.
    case openQuote
  }

  /// The Unicode scalar where it begins, counted from 1.
  package let position: Int
  package let fault: Fault
}

extension WorklistQuery {
  /// Reads a query; an empty text is every clip.
  package init(text: String) throws(WorklistQueryError) {
    var reader = WorklistQueryReader(text)
    self = try reader.read()
  }
}

/// Reads a query scalar by scalar: a mark that combines with a quotation mark leaves it one.
private struct WorklistQueryReader {
  private let characters: [Unicode.Scalar]
  private var place = 0
  private var query = WorklistQuery()

  init(_ text: String) { characters = Array(text.unicodeScalars) }

  mutating func read() throws(WorklistQueryError) -> WorklistQuery {
    while skipSpaces() { try readTerm() }
    return query
  }

  private var next: Unicode.Scalar? { place < characters.count ? characters[place] : nil }

  private mutating func skipSpaces() -> Bool {
    while let next, next.properties.isWhitespace { place += 1 }
    return next != nil
  }

  private func fail(_ fault: WorklistQueryError.Fault, at start: Int) -> WorklistQueryError {
    WorklistQueryError(position: start + 1, fault: fault)
  }

  private mutating func readTerm() throws(WorklistQueryError) {
    let start = place
    let isNegated = next == "-"
    if isNegated { place += 1 }
    if next == "\"" { return add(.word(try quoted()), isNegated) }
    let name = run { !$0.properties.isWhitespace && !":<>=\"".unicodeScalars.contains($0) }
    switch next {
    case ":": try readName(name, isNegated, at: start)
    case "<", ">", "=": try readSize(name, isNegated, at: start)
    default:
      guard !name.isEmpty else { throw fail(.missingValue, at: start) }
      add(.word(name), isNegated)
    }
  }

  private mutating func add(_ test: WorklistQuery.Test, _ isNegated: Bool) {
    query.terms.append(WorklistQuery.Term(test, isNegated: isNegated))
  }

  private mutating func readName(
    _ name: String, _ isNegated: Bool, at start: Int
  ) throws(WorklistQueryError) {
    let field = WorklistQuery.Field(rawValue: name.lowercased())
    guard field != nil || name.lowercased() == "sort" else {
      throw fail(.unknownName(name), at: start)
    }
    place += 1
    let valueStart = place
    let value = next == "\"" ? try quoted() : run { !$0.properties.isWhitespace }
    guard !value.isEmpty else { throw fail(.missingValue, at: valueStart) }
    guard let field else { return try readSort(value, isNegated, at: valueStart, start) }
    guard field == .state else { return add(.name(field, value), isNegated) }
    let state = value.lowercased()
    guard WorklistQuery.states.contains(state) else { throw fail(.unknownState, at: valueStart) }
    add(.name(.state, state), isNegated)
  }

  private mutating func readSort(
    _ value: String, _ isNegated: Bool, at valueStart: Int, _ start: Int
  ) throws(WorklistQueryError) {
    let isReversed = value.first == "-"
    let name = value.dropFirst(isReversed ? 1 : 0).lowercased()
    guard let sort = WorklistQuery.Sort(rawValue: name) else {
      throw fail(.unknownSort, at: valueStart)
    }
    guard !isNegated, query.sort == nil else { throw fail(.misplacedSort, at: start) }
    query.sort = sort
    query.isReversed = isReversed
  }

  private mutating func readSize(
    _ name: String, _ isNegated: Bool, at start: Int
  ) throws(WorklistQueryError) {
    guard let measure = WorklistQuery.Measure(rawValue: name.lowercased()) else {
      throw fail(.unknownName(name), at: start)
    }
    let sign = run { "<>=".unicodeScalars.contains($0) }
    guard let comparison = WorklistQuery.Comparison(rawValue: sign) else {
      throw fail(.missingValue, at: place)
    }
    let valueStart = place
    let value = run { !$0.properties.isWhitespace }
    guard !value.isEmpty else { throw fail(.missingValue, at: valueStart) }
    guard let size = Self.size(value, measure) else {
      let faults: [WorklistQuery.Measure: WorklistQueryError.Fault] = [
        .score: .noScore, .level: .noLevel, .age: .noAge,
      ]
      throw fail(faults[measure] ?? .missingValue, at: valueStart)
    }
    add(.size(measure, comparison, size), isNegated)
  }

  private static func size(_ text: String, _ measure: WorklistQuery.Measure) -> Int? {
    switch measure {
    case .level: digits(text, most: 1)
    case .score: score(text)
    case .age: age(text)
    }
  }

  /// A whole number of at most so many decimal digits.
  private static func digits(_ text: some StringProtocol, most: Int) -> Int? {
    guard (1...most).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) })
    else { return nil }
    return Int(text)
  }

  private static func score(_ text: String) -> Int? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count) else { return nil }
    let whole = parts[0].isEmpty && parts.count == 2 ? 0 : digits(parts[0], most: 1)
    guard let whole else { return nil }
    var share = 0
    if parts.count == 2 {
      guard let value = digits(parts[1], most: 4) else { return nil }
      share = (0..<4 - parts[1].utf8.count).reduce(value) { value, _ in value * 10 }
    }
    let score = whole * 10_000 + share
    return score <= 10_000 ? score : nil
  }

  private static func age(_ text: String) -> Int? {
    let units: [Character: Int] = ["m": 1, "h": 60, "d": 1440]
    guard let last = text.last, let unit = units[last], let count = digits(text.dropLast(), most: 6)
    else { return nil }
    return count * unit
  }

  private mutating func run(while isWanted: (Unicode.Scalar) -> Bool) -> String {
    let start = place
    while let next, isWanted(next) { place += 1 }
    return String(String.UnicodeScalarView(characters[start..<place]))
  }

  private mutating func quoted() throws(WorklistQueryError) -> String {
    let start = place
    place += 1
    var word = String.UnicodeScalarView()
    while let next, next != "\"" {
      place += 1
      guard next == "\\" else {
        word.append(next)
        continue
      }
      guard let escaped = self.next else { break }
      word.append(escaped)
      place += 1
    }
    guard next == "\"" else { throw fail(.openQuote, at: start) }
    place += 1
    return String(word)
  }
}
