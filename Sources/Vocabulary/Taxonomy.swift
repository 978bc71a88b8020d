// SPDX-License-Identifier: Apache-2.0

/// The three questions a reviewer answers about a clip.
package enum Axis: String, CaseIterable, Sendable, Codable, Comparable {
  /// What moved: many terms, or *nothing* alone.
  case moved
  /// What happened: many terms, may stay empty.
  case happened
  /// Alarm level after ANSI/TMA-AVS-01: exactly one term.
  case level

  package static func < (left: Axis, right: Axis) -> Bool {
    (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
  }
}

/// The stable id of a taxonomy term (`person`, `level_2`), as files and the store hold it.
package struct TermID: TextIdentifier, CodingKeyRepresentable {
  package let text: String

  /// Takes an id as it stands.
  package init(_ text: String) { self.text = text }

  package var codingKey: any CodingKey { Key(stringValue: text) }

  package init?(codingKey: some CodingKey) { text = codingKey.stringValue }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

/// One label a reviewer can give.
package struct Term: Hashable, Sendable {
  package let id: TermID
  package let axis: Axis
  /// The key that sets it: one printable ASCII character.
  package let key: Character
  /// The words on screen.
  package let name: String
  /// The standard it comes from, as a person would look it up; may be empty.
  package let standard: String
  /// Whether it excludes every other term of its axis and empties *what happened*.
  package let isExclusive: Bool

  /// Makes a term.
  package init(
    id: TermID, axis: Axis, key: Character, name: String, standard: String, isExclusive: Bool
  ) {
    self.id = id
    self.axis = axis
    self.key = key
    self.name = name
    self.standard = standard
    self.isExclusive = isExclusive
  }
}

/// A reason from a short list, given by one digit: why a clip cannot be judged, why it is skipped.
package struct Reason: Hashable, Sendable {
  package let id: String
  /// One digit.
  package let key: Character
  package let name: String

  /// Makes a reason.
  package init(id: String, key: Character, name: String) {
    self.id = id
    self.key = key
    self.name = name
  }
}

/// The terms of one version of the vault's taxonomy, in the order they are shown.
package struct Taxonomy: Hashable, Sendable {
  /// The version that every label event names.
  package let version: String
  package let terms: [Term]
  /// The key of *cannot judge*.
  package let cannotJudgeKey: Character
  /// Why a clip cannot be judged.
  package let cannotJudgeReasons: [Reason]
  /// Why a clip is skipped.
  package let skipReasons: [Reason]

  /// The line, from 1, of each label's key in the file that it was read from; empty where there is none.
  package let keyLines: [Character: Int]

  /// Makes a taxonomy of parts that were checked by its reader.
  package init(
    version: String, terms: [Term], cannotJudgeKey: Character, cannotJudgeReasons: [Reason],
    skipReasons: [Reason], keyLines: [Character: Int] = [:]
  ) {
    self.keyLines = keyLines
    self.version = version
    self.terms = terms
    self.cannotJudgeKey = cannotJudgeKey
    self.cannotJudgeReasons = cannotJudgeReasons
    self.skipReasons = skipReasons
  }

  /// The term of an id; nil for an id of another version.
  package func term(_ id: TermID) -> Term? { terms.first { $0.id == id } }

  /// A term's name; its id where the taxonomy has no such term.
  package func name(_ id: TermID) -> String { term(id)?.name ?? id.text }

  /// The term a key sets; nil where no term has it.
  package func term(key: Character) -> Term? { terms.first { $0.key == key } }

  /// The terms of one axis, in the order shown.
  package func terms(_ axis: Axis) -> [Term] { terms.filter { $0.axis == axis } }
}

/// Keys that belong to actions, now or in the layout that is laid down for later: no label may
/// take one.
package enum ReservedKeys {
  /// Each reserved printable key with the action it stands for.
  package static let actions: [Character: String] = [
    " ": "pause", ",": "frame back", ".": "frame forward", "h": "1 s back", "l": "1 s forward",
    "r": "normal speed", "e": "loop", "w": "next motion", "W": "previous motion", "j": "next clip",
    "k": "previous clip", "g": "next due", "/": "worklist", "y": "confirm", "-": "skip",
    "z": "defer", "u": "undo", "U": "redo", "=": "copy previous", "*": "second opinion",
    ";": "note", "m": "segment", "R": "region", "H": "history", "+": "more frost", "!": "look",
    "X": "sensitive", "?": "keys", "E": "view", "G": "contact sheet", "M": "messages", "Q": "lock",
    "q": "leave",
  ]
}
