// SPDX-License-Identifier: Apache-2.0

package import StrictTOML
package import Vocabulary

/// The themes that come with the program, and those of a user's own.
package enum Themes {
  /// The names of the built-in themes.
  package static let names = [
    "dark", "light", "high-contrast", "colour-blind", "mono", "console",
  ]

  /// A built-in theme; nil where there is none of that name.
  package static func named(_ name: String) throws(PolicyFileError) -> Theme? {
    let bytes: [UInt8]
    switch name {
    case "dark": bytes = PackageResources.dark_toml
    case "light": bytes = PackageResources.light_toml
    case "high-contrast": bytes = PackageResources.high_contrast_toml
    case "colour-blind": bytes = PackageResources.colour_blind_toml
    case "console": bytes = PackageResources.console_toml
    case "mono": bytes = PackageResources.mono_toml
    default: return nil
    }
    return try ThemeFile.parse(String(decoding: bytes, as: UTF8.self), fileName: "\(name).toml")
  }

  /// All built-in themes, in the order of `names`.
  package static func builtIn() throws(PolicyFileError) -> [Theme] {
    var themes: [Theme] = []
    for name in names {
      if let theme = try named(name) { themes.append(theme) }
    }
    return themes
  }

  /// A built-in theme by its name, or a theme file by its path.
  ///
  /// A path has a slash in it or ends in `.toml`.
  package static func find(_ nameOrPath: String) throws(PolicyFileError) -> Theme {
    if let theme = try named(nameOrPath) { return theme }
    guard OwnFile.isPath(nameOrPath) else {
      let known = names.joined(separator: ", ")
      throw PolicyFileError(
        file: nameOrPath, message: "there is no such theme (known: \(known), or a file's path)")
    }
    return try ThemeFile.read(nameOrPath)
  }
}

/// Reads a theme's TOML: `name`, `background`, and for every role a table `[styles.<role>]` with
/// `foreground`, and if need be `background` and `bold`; a colour is `#rrggbb` or `default`.
package enum ThemeFile {
  /// Reads a theme's text; a role without a background has the screen's.
  package static func parse(
    _ text: String, fileName: String
  ) throws(PolicyFileError) -> Theme {
    let root = try TOMLDocument(text, fileName: fileName).table
    let name = try root.string("name")
    let background = try colour("background", in: root)
    let table = try root.table("styles")
    var styles: [StyleRole: RoleStyle] = [:]
    for role in StyleRole.allCases {
      let style = try table.table(role.name)
      let hasOwn = try style.optionalString("background") != nil
      styles[role] = RoleStyle(
        foreground: try colour("foreground", in: style),
        background: hasOwn ? try colour("background", in: style) : background,
        isBold: try style.optionalBool("bold") ?? false)
      try style.finish()
    }
    try table.finish()
    try root.finish()
    return Theme(name: name, background: background, styles: styles)
  }

  /// Reads a theme from a file.
  package static func read(_ path: String) throws(PolicyFileError) -> Theme {
    try parse(try OwnFile.text(path), fileName: OwnFile.name(path))
  }

  /// A colour; nil for `default`.
  private static func colour(
    _ field: String, in table: TOMLReader
  ) throws(PolicyFileError) -> RGB? {
    let text = try table.string(field)
    if text == "default" { return nil }
    let digits = text.dropFirst()
    guard text.hasPrefix("#"), digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
      let word = UInt32(digits, radix: 16)
    else { throw table.complaint(field, "\"\(field)\" must be \"#rrggbb\" or \"default\"") }
    return RGB(
      UInt8(truncatingIfNeeded: word >> 16), UInt8(truncatingIfNeeded: word >> 8),
      UInt8(truncatingIfNeeded: word))
  }
}
