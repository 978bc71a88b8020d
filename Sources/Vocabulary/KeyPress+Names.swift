// SPDX-License-Identifier: Apache-2.0

extension KeyPress {
  /// How many function keys there are.
  package static let functionKeys = 1...12

  /// The key that keymap files call so: a printable character for itself, else one of `words` or `f1` to
  /// `f12`; nil where no key has that name.
  package init?(name: String) {
    if let word = Self.words.first(where: { $0.name == name }) {
      self = word.key
    } else if let number = name.hasPrefix("f") ? Int(name.dropFirst()) : nil,
      Self.functionKeys.contains(number), name == "f\(number)"
    {
      self = .function(number)
    } else if let scalar = name.unicodeScalars.first, name.unicodeScalars.count == 1,
      scalar.properties.generalCategory != .spaceSeparator, DisplayText.isOneCell(scalar.value)
    {
      self = .character(Character(scalar))
    } else {
      return nil
    }
  }

  /// What keymap files call it; empty for what is no key that they can name.
  package var name: String {
    switch self {
    case .character(let character) where character != " ": String(character)
    case .function(let number): "f\(number)"
    default: Self.words.first { $0.key == self }?.name ?? ""
    }
  }

  /// What the screen calls it, in five cells at most.
  package var label: String {
    switch self {
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .backspace: "bksp"
    case .delete: "del"
    case .insert: "ins"
    default: name
    }
  }

  /// The names of keys that are no characters.
  package static let words: [(name: String, key: KeyPress)] = [
    ("space", .character(" ")), ("enter", .enter), ("esc", .escape), ("tab", .tab),
    ("backspace", .backspace), ("delete", .delete), ("insert", .insert), ("up", .up),
    ("down", .down), ("left", .left), ("right", .right), ("pgup", .pageUp), ("pgdn", .pageDown),
    ("home", .home), ("end", .end),
  ]
}
