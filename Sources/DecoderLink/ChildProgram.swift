// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
package import Lockdown

/// Runs one of our own programs before this process locks itself.
package enum ChildProgram {
  /// Runs a program to its end, with this one's standard streams and the environment's short list;
  /// its exit code, or 128 and the number of the signal that ended it.
  ///
  /// No thread is started for it. `arguments` is without the program's name.
  ///
  /// Unsafe uses: `posix_spawn` reads copies of the strings that are freed after it.
  package static func run(_ path: String, _ arguments: [String]) throws(SystemError) -> Int32 {
    let entries = ProgramStart.environment.keptEntries.map { "\($0.name)=\($0.value)" }
    var words = unsafe ([path] + arguments).map { unsafe strdup($0) }
    var environment = unsafe entries.map { unsafe strdup($0) }
    defer { unsafe (words + environment).forEach { unsafe free($0) } }
    unsafe words.append(nil)
    unsafe environment.append(nil)
    return try SystemError.check(path, unsafe cl_run(path, words, environment))
  }
}
