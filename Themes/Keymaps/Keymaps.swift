// SPDX-License-Identifier: Apache-2.0

package import StrictTOML

/// The keymaps that come with the program, and those of a user's own.
package enum Keymaps {
  /// The names of the built-in keymaps.
  package static let names = ["default", "mpv-like", "numpad", "left-handed"]

  /// A built-in keymap; nil where there is none of that name.
  package static func named(_ name: String) throws(PolicyFileError) -> KeymapFile? {
    guard let text = text(name) else { return nil }
    return name == "default"
      ? try KeymapFile.parseDefault(text)
      : try KeymapFile.parse(text, fileName: "\(name).toml")
  }

  /// A built-in keymap by its name, or a keymap file by its path.
  ///
  /// A path has a slash in it or ends in `.toml`.
  package static func find(_ nameOrPath: String) throws(PolicyFileError) -> KeymapFile {
    if let keymap = try named(nameOrPath) { return keymap }
    guard OwnFile.isPath(nameOrPath) else {
      let known = names.joined(separator: ", ")
      throw PolicyFileError(
        file: nameOrPath, message: "there is no such keymap (known: \(known), or a file's path)")
    }
    return try KeymapFile.parse(
      try OwnFile.text(nameOrPath), fileName: OwnFile.name(nameOrPath))
  }

  private static func text(_ name: String) -> String? {
    let bytes: [UInt8]
    switch name {
    case "default": bytes = PackageResources.default_toml
    case "mpv-like": bytes = PackageResources.mpv_like_toml
    case "numpad": bytes = PackageResources.numpad_toml
    case "left-handed": bytes = PackageResources.left_handed_toml
    default: return nil
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
