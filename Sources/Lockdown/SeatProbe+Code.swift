// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// Whose code is loaded into this program.
extension SeatProbe {
  /// So many names are told; more say nothing more.
  private static let mostNames = 4
  /// The variables that make the loader take other files; the others of its own do not.
  private static let loading: Set<String> = ["LD_PRELOAD", "LD_AUDIT", "LD_LIBRARY_PATH"]

  /// By the environment that the program was started with, and the files that are mapped to be
  /// executed (`proc(5)`, environ and maps).
  var loadedCode: LoadedCode {
    guard let environment = SmallFile.read("\(proc)/self/environ"),
      let maps = SmallFile.read("\(proc)/self/maps", mostBytes: 1 << 20)
    else { return .unknown }
    let own = Self.folder(of: "\(proc)/self/exe")
    let variables = environment.split(separator: "\0").compactMap { entry in
      entry.split(separator: "=", maxSplits: 1).first.map(String.init)
    }
    var names = variables.filter { Self.loading.contains($0) }.sorted()
    for path in Self.executed(maps) where !names.contains(path) {
      if !Self.isOwn(path, folder: own) { names.append(path) }
    }
    return names.isEmpty ? .own : .foreign(Array(names.prefix(Self.mostNames)))
  }

  /// The files that are mapped to be executed; the kernel's own mappings have no path.
  static func executed(_ maps: String) -> [String] {
    maps.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
      guard fields.count == 6, fields[1].contains("x") else { return nil }
      // The path is set off by more blanks, and may hold some itself.
      let path = fields[5].drop { $0 == " " }
      return path.hasPrefix("/") ? String(path) : nil
    }
  }

  /// Whether a file is the system's (root's, and nobody else may write to it) or lies beside our own
  /// program; one that was removed is neither.
  ///
  /// Unsafe use: `stat` fills the structure it is given.
  private static func isOwn(_ path: String, folder: String?) -> Bool {
    if let folder, path.hasPrefix(folder), !path.dropFirst(folder.count).contains("/") {
      return !path.hasSuffix(" (deleted)")
    }
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return false }
    return status.st_uid == 0 && status.st_mode & 0o022 == 0
  }

  /// The folder of the program that a link names, with its last slash.
  ///
  /// Unsafe use: `readlink` fills at most the buffer's own count.
  private static func folder(of link: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = unsafe readlink(link, &buffer, buffer.count)
    guard count > 0 else { return nil }
    let path = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return path.lastIndex(of: "/").map { String(path[...$0]) }
  }
}
