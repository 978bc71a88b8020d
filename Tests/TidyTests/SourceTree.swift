// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The project's Swift files as data.
enum SourceTree {
  struct File {
    /// Path from the project's top.
    let path: String
    /// The target it belongs to.
    let target: String
    let lines: [String]
  }

  static let root: URL = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every file of our targets; `Themes/` is a target of its own.
  static let files: [File] = swiftFiles(below: "Sources") + swiftFiles(below: "Themes")

  /// The files of the tests.
  static let testFiles: [File] = swiftFiles(below: "Tests")

  private static func swiftFiles(below folder: String) -> [File] {
    let base = root.appending(path: folder)
    let walk = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)
    var files: [File] = []
    while let url = walk?.nextObject() as? URL {
      guard url.pathExtension == "swift", let text = try? String(contentsOf: url, encoding: .utf8)
      else { continue }
      let path = folder + url.path().dropFirst(base.path().count)
      let target = folder == "Themes" ? "Themes" : String(path.split(separator: "/")[1])
      files.append(File(path: path, target: target, lines: text.components(separatedBy: "\n")))
    }
    return files.sorted { $0.path < $1.path }
  }
}
