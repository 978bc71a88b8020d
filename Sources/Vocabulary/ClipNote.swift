// SPDX-License-Identifier: Apache-2.0

/// A line that a reviewer wrote to a clip: at most 200 characters, each of one cell, none a control.
package struct ClipNote: Hashable, Sendable {
  /// Empty for no note.
  package let text: String

  /// The most characters of a note.
  package static let longest = 200
  /// No note.
  package static let none = ClipNote()

  private init() { text = "" }

  /// Takes a text as it is; nil where it is too long, or has a character that no note may have.
  package init?(_ text: String) {
    guard text.unicodeScalars.count <= Self.longest,
      text.unicodeScalars.allSatisfy({ DisplayText.isOneCell($0.value) })
    else { return nil }
    self.text = text
  }

  /// Whether there is none.
  package var isEmpty: Bool { text.isEmpty }

  /// Whether a key's character may stand in a note.
  package static func takes(_ character: Character) -> Bool {
    character.unicodeScalars.count == 1
      && character.unicodeScalars.allSatisfy { DisplayText.isOneCell($0.value) }
  }
}

extension ClipNote: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let note = ClipNote(text) else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no note"))
    }
    self = note
  }

  package func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    try value.encode(text)
  }
}
