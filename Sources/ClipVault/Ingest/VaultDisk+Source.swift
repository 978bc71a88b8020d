// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What removing a source file needs beyond the vault's own files.
///
/// `unsafe` here is the passing of a path, read during the call, and the freeing of the string that
/// `realpath` gave.
extension VaultDisk {
  /// The path a path leads to once all links are followed.
  static func resolved(_ path: String) throws(VaultError) -> String {
    guard let resolved = unsafe realpath(path, nil) else {
      throw .system(SystemFailure(.read, path, code: errno))
    }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// How many names a file has on its disk; 0 where it cannot be seen.
  static func linkCount(_ path: String) -> Int {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return 0 }
    return Int(status.st_nlink)
  }
}
