// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The line that is typed in the worklist: a query, or the number of a row.
package enum WorklistLine: Hashable, Sendable {
  /// What is typed; read at every key.
  case query(String)
  /// Its digits.
  case row(String)

  /// Longer lines than this are not typed.
  static let longest = 200

  /// What stands in it.
  var text: String {
    switch self {
    case .query(let text), .row(let text): text
    }
  }

  /// The line with a character more, where it takes it.
  func adding(_ character: Character) -> WorklistLine {
    guard text.count < Self.longest else { return self }
    return switch self {
    case .query(let text): .query(text + String(character))
    case .row(let text):
      "0"..."9" ~= character && text.count < 9 ? .row(text + String(character)) : self
    }
  }

  /// The line without its last character.
  var shortened: WorklistLine {
    switch self {
    case .query(let text): .query(String(text.dropLast()))
    case .row(let text): .row(String(text.dropLast()))
    }
  }

  /// Why it cannot be read; nil where it can.
  var error: WorklistQueryError? {
    guard case .query(let text) = self else { return nil }
    do { _ = try WorklistQuery(text: text) } catch { return error }
    return nil
  }
}

extension WorklistQueryError {
  /// What is wrong and where, as one sentence.
  func sentence(_ texts: Texts) -> String {
    let phrase: WorklistPhrase
    switch fault {
    case .unknownName(let name):
      return texts(WorklistPhrase.unknownName, position, DisplayText.line(name, limit: 24))
    case .missingValue: phrase = .missingValue
    case .unknownState: phrase = .unknownState
    case .unknownSort: phrase = .unknownSort
    case .misplacedSort: phrase = .misplacedSort
    case .noScore: phrase = .noScore
    case .noLevel: phrase = .noLevel
    case .noAge: phrase = .noAge
    case .openQuote: phrase = .openQuote
    }
    return texts(phrase, position)
  }
}

extension TurnReason {
  /// Why a clip is next, in words.
  func words(_ texts: Texts) -> String {
    func hundredths(_ number: Int) -> String { String(String(number % 100 + 100).dropFirst()) }
    return switch self {
    case .oldest: texts(WorklistPhrase.turnOldest)
    case .level(let level): texts(WorklistPhrase.turnLevel, level)
    case .score(let score, let threshold):
      texts(WorklistPhrase.turnScore, hundredths(score), hundredths(threshold))
    case .audit: texts(WorklistPhrase.turnAudit)
    }
  }
}
