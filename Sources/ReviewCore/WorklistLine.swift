// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The line that is typed in the worklist.
package struct WorklistLine: Hashable, Sendable {
  /// What it is for.
  package enum Kind: Hashable, Sendable {
    /// What the list is narrowed to; read at every key.
    case query
    /// The number of a row to go to.
    case row
  }

  package let kind: Kind
  package private(set) var editor: LineEditor

  /// Starts with a query, to be changed.
  init(_ query: WorklistQuery) { self.init(.query, LineEditor(query.text, limit: Self.longest)) }

  private init(_ kind: Kind, _ editor: LineEditor) { (self.kind, self.editor) = (kind, editor) }

  /// Asks for a row.
  static let row = WorklistLine(.row, LineEditor(limit: 9))

  /// Longer queries than this are not typed.
  static let longest = 200

  /// What stands in it.
  var text: String { editor.text }

  /// Follows a key; a row's number takes digits alone.
  mutating func press(_ key: KeyPress) {
    if kind == .row, case .character(let character) = key, !("0"..."9" ~= character) { return }
    _ = editor.press(key)
  }

  /// Why it cannot be read; nil where it can.
  var error: WorklistQueryError? {
    guard kind == .query else { return nil }
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
