// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictTOML

/// Reads a theme or a keymap of a user's own.
enum OwnFile {
  /// A file's name as its owner knows it.
  static func name(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// Whether it is a path, and no built-in's name: it has a slash in it or ends in `.toml`.
  static func isPath(_ nameOrPath: String) -> Bool {
    nameOrPath.contains("/") || nameOrPath.hasSuffix(".toml")
  }

  /// The text of a plain file.
  static func text(_ path: String) throws(PolicyFileError) -> String {
    let name = name(path)
    let type =
      try? FileManager.default.attributesOfItem(
        atPath: URL(filePath: path).resolvingSymlinksInPath().path)[.type] as? FileAttributeType
    guard type == .typeRegular, let file = FileHandle(forReadingAtPath: path),
      let bytes = try? file.read(upToCount: TOMLDocument.byteLimit + 1)
    else { throw .unreadable(name) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw PolicyFileError(file: name, message: "is not UTF-8 text")
    }
    return text
  }
}
