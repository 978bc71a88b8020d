// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Looks for bytes in files, as a person with the disk in hand would.
enum Trace {
  /// The files below a folder that hold some bytes, as paths relative to it.
  ///
  /// Files that go meanwhile are passed over.
  static func files(below folder: String, holding needle: [UInt8]) throws -> [String] {
    let wanted = Data(needle)
    return try FileManager.default.subpathsOfDirectory(atPath: folder).filter { name in
      guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
        return false
      }
      return bytes.range(of: wanted) != nil
    }
  }

  static func files(below folder: String, holding text: String) throws -> [String] {
    try files(below: folder, holding: Array(text.utf8))
  }
}
