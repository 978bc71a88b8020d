// SPDX-License-Identifier: Apache-2.0

package import ReviewCore
package import StrictTOML
package import Vocabulary

/// A keymap's TOML: a table `[keys]` of actions with a key or a list of keys each, the first of which
/// the screen names, and `preset`, the built-in keymap that has the keys of all other actions.
///
/// A key of two actions is refused, whichever file gave it first, and so is a keymap that takes one of
/// `Keymap.fixed` away.
package struct KeymapFile: Hashable, Sendable {
  /// Where a key was given to an action.
  fileprivate struct Origin: Hashable, Sendable {
    let action: Action
    let file: String
    let position: TextPosition
  }

  private var keys: [Action: [KeyPress]] = [:]
  private var origins: [KeyPress: Origin] = [:]

  /// The keys that the file gives to actions.
  package var keymap: Keymap { Keymap(keys) }

  private init() {}

  /// Reads a keymap's text; complaints call the file `fileName`.
  package static func parse(
    _ text: String, fileName: String
  ) throws(PolicyFileError) -> KeymapFile {
    try parse(text, fileName: fileName, isFirst: false)
  }

  /// Reads the keymap that all others start from.
  static func parseDefault(_ text: String) throws(PolicyFileError) -> KeymapFile {
    try parse(text, fileName: "default.toml", isFirst: true)
  }

  private static func parse(
    _ text: String, fileName: String, isFirst: Bool
  ) throws(PolicyFileError) -> KeymapFile {
    let root = try TOMLDocument(text, fileName: fileName).table
    var file = KeymapFile()
    if !isFirst {
      let preset = try root.optionalString("preset") ?? "default"
      guard let base = try Keymaps.named(preset) else {
        let known = Keymaps.names.joined(separator: ", ")
        throw root.complaint(
          "preset",
          "there is no preset \"\(DisplayText.line(preset, limit: 20))\" (known: \(known))")
      }
      file = base
    }
    if let table = try root.optionalTable("keys") { try file.take(table, fileName) }
    try root.finish()
    return file
  }

  private mutating func take(
    _ table: TOMLReader, _ fileName: String
  ) throws(PolicyFileError) {
    var own: [(action: Action, keys: [KeyPress])] = []
    for action in Action.allCases {
      guard let names = try table.optionalStringOrStrings(action.rawValue) else { continue }
      own.append((action, try Self.keys(names, action, table)))
    }
    try table.finish()
    for (action, _) in own { drop(action) }
    // In the file's order, so that the second of two lines is the one that is complained of.
    own.sort { table.position($0.action.rawValue) < table.position($1.action.rawValue) }
    for (action, keys) in own {
      self.keys[action] = keys
      for (index, key) in keys.enumerated() {
        let place = table.position(action.rawValue, element: index)
        try give(key, Origin(action: action, file: fileName, position: place))
      }
      for (key, fixed) in Keymap.fixed where fixed == action && !keys.contains(key) {
        throw table.complaint(
          action.rawValue, "\"\(action.rawValue)\" keeps its key \"\(key.name)\": list it too")
      }
    }
  }

  private static func keys(
    _ names: [String], _ action: Action, _ table: TOMLReader
  ) throws(PolicyFileError) -> [KeyPress] {
    guard (1...4).contains(names.count) else {
      throw table.complaint(action.rawValue, "\"\(action.rawValue)\" must have one to four keys")
    }
    var keys: [KeyPress] = []
    for (index, name) in names.enumerated() {
      guard let key = KeyPress(name: name) else {
        let shown = DisplayText.line(name, limit: 20)
        let words = KeyPress.words.map(\.name).joined(separator: ", ")
        throw table.complaint(
          action.rawValue, element: index,
          "there is no key \"\(shown)\": a key is one character, f1 to f12, \(words)")
      }
      guard !keys.contains(key) else {
        throw table.complaint(
          action.rawValue, element: index, "\"\(action.rawValue)\" has the key \"\(name)\" twice")
      }
      keys.append(key)
    }
    return keys
  }

  private mutating func drop(_ action: Action) {
    for key in keys[action] ?? [] { origins[key] = nil }
    keys[action] = nil
  }

  private mutating func give(_ key: KeyPress, _ origin: Origin) throws(PolicyFileError) {
    if let other = origins[key] {
      let isFixed = Keymap.fixed.contains { $0.key == key && $0.action == other.action }
      throw origin.complaint(
        "key \"\(key.name)\" of \(origin.action.rawValue) is\(isFixed ? " always" : "") the key of "
          + "\(other.action.rawValue) (\(other.place))")
    }
    origins[key] = origin
  }

  /// Refuses a keymap that takes a label's key, or its capital: with Caps Lock on, a label would be an
  /// action.
  ///
  /// `file` is what the taxonomy's file is called.
  package func check(
    against taxonomy: Taxonomy, file: String = "taxonomy.toml"
  ) throws(PolicyFileError) {
    let labels =
      taxonomy.terms.map { (key: $0.key, name: $0.name) }
      + [(key: taxonomy.cannotJudgeKey, name: "cannot judge")]
    for label in labels {
      let line = taxonomy.keyLines[label.key]
      let place = line.map { "\(file):\($0)" } ?? file
      if let origin = origins[.character(label.key)] {
        throw origin.complaint(
          "key \"\(label.key)\" of \(origin.action.rawValue) is the key of the label "
            + "\"\(label.name)\" (\(place))")
      }
      guard let capital = label.key.uppercased().first, capital != label.key,
        let origin = origins[.character(capital)]
      else { continue }
      throw origin.complaint(
        "key \"\(capital)\" of \(origin.action.rawValue) is in capitals the key of the label "
          + "\"\(label.name)\" (\(place))")
    }
  }
}

extension KeymapFile.Origin {
  fileprivate var place: String { "\(file):\(position.line)" }

  fileprivate func complaint(_ message: String) -> PolicyFileError {
    PolicyFileError(file: file, at: position, message: message)
  }
}
