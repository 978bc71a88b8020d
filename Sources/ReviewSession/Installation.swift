// SPDX-License-Identifier: Apache-2.0

internal import DecoderLink
internal import Foundation
internal import Vocabulary

/// Where the programs that belong together lie.
package enum Installation {
  /// The path of the program that runs.
  private static var own: URL { URL(filePath: "/proc/self/exe").resolvingSymlinksInPath() }

  /// Runs one of our programs to its end, with this one's standard streams, and gives its exit code.
  ///
  /// A nil name is this program's own. Only before this process is locked.
  static func run(_ name: String?, _ arguments: [String]) throws(SessionError) -> Int32 {
    let path = if let name { try program(name) } else { own.path(percentEncoded: false) }
    do { return try ChildProgram.run(path, arguments) } catch {
      throw .start(.programNotStarted, [name ?? "milkglass"], exitCode: 70)
    }
  }

  /// The path of one of our programs: beside this one, or in `../libexec/milkglass`.
  package static func program(_ name: String) throws(SessionError) -> String {
    let folder = own.deletingLastPathComponent()
    let candidates = [
      folder.appending(path: name),
      folder.deletingLastPathComponent().appending(path: "libexec/milkglass/\(name)"),
    ]
    for candidate in candidates
    where FileManager.default.isExecutableFile(atPath: candidate.path(percentEncoded: false)) {
      return candidate.path(percentEncoded: false)
    }
    throw .start(.programMissing, [name], exitCode: 70)
  }
}
