// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// Where the programs that belong together lie.
package enum Installation {
  /// The path of one of our programs: beside this one, or in `../libexec/milkglass`.
  package static func program(_ name: String) throws(SessionError) -> String {
    let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    let folder = own.deletingLastPathComponent()
    let candidates = [
      folder.appending(path: name),
      folder.deletingLastPathComponent().appending(path: "libexec/milkglass/\(name)"),
    ]
    for candidate in candidates
    where FileManager.default.isExecutableFile(atPath: candidate.path(percentEncoded: false)) {
      return candidate.path(percentEncoded: false)
    }
    throw .decoder(
      "The program \(name) is missing beside milkglass; build or install Milkglass again.")
  }
}
