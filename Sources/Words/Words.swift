// SPDX-License-Identifier: Apache-2.0

import Foundation
package import StrictTOML
package import Vocabulary

/// The catalogues: every text of the screen, in every language.
package enum Words {
  /// All texts in a language.
  package static func texts(_ language: Language) -> Texts {
    switch language {
    case .english: english
    case .german: german
    }
  }

  // Each is read when it is first asked for: reading takes milliseconds.
  private static let english = catalogue(.english)
  private static let german = catalogue(.german)

  /// Without its catalogue the screen names its texts; a test reads all of them.
  private static func catalogue(_ language: Language) -> Texts {
    (try? read(language)) ?? Texts(language, tables: [:])
  }

  /// Reads the catalogue of a language.
  ///
  /// - Throws: `PolicyFileError` where it is no TOML, lacks a text, or has one that nobody asks for.
  package static func read(_ language: Language) throws(PolicyFileError) -> Texts {
    let bytes =
      switch language {
      case .english: PackageResources.en_toml
      case .german: PackageResources.de_toml
      }
    return try parse(
      String(decoding: bytes, as: UTF8.self), language, fileName: "\(language.rawValue).toml")
  }

  /// Reads a catalogue's text: one table for each of `PhraseTables`, with all of its texts.
  package static func parse(
    _ text: String, _ language: Language, fileName: String
  ) throws(PolicyFileError) -> Texts {
    let root = try TOMLDocument(text, fileName: fileName).table
    var tables: [String: [String: String]] = [:]
    for group in PhraseTables.all {
      let reader = try root.table(group.table)
      var texts: [String: String] = [:]
      for name in group.names { texts[name] = try reader.string(name) }
      try reader.finish()
      tables[group.table] = texts
    }
    try root.finish()
    return Texts(language, tables: tables)
  }
}

extension PhraseKey {
  /// The names of all texts of the table.
  package static var names: [String] { allCases.map(\.rawValue) }
}
