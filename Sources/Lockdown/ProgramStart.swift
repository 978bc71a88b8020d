// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import Synchronization

/// The first steps of a program that will hold keys: what it was handed by whoever started it goes.
package enum ProgramStart {
  private static let taken = Mutex<StartEnvironment?>(nil)

  /// The environment as the program was started with it; where nothing was cleaned, as it is now.
  package static var environment: StartEnvironment { taken.withLock { $0 } ?? now }

  /// Clears the environment but for the names that are kept, and closes all descriptors but the
  /// standard three and those named.
  ///
  /// A standard descriptor that is closed becomes /dev/null, so that no file takes its place. Called
  /// first thing, while there is one thread.
  package static func clean(keeping descriptors: Set<Int32> = []) {
    let environment = now
    taken.withLock { $0 = environment }
    cl_empty_environment()
    // The strings live through the calls, which copy them.
    for (name, value) in environment.keptEntries { unsafe setenv(name, value, 1) }
    while true {
      let number = cl_open_null()
      guard (0...STDERR_FILENO).contains(number) else {
        if number >= 0 { close(number) }
        break
      }
    }
    var first: UInt32 = 3
    for descriptor in descriptors.sorted() where descriptor >= 3 {
      let kept = UInt32(descriptor)
      if kept > first { closeAll(from: first, through: kept - 1) }
      first = kept + 1
    }
    closeAll(from: first, through: .max)
  }

  /// The descriptors from which a command line lets passphrases be read (`--passphrase-fd 5`).
  package static func passphraseDescriptors(_ arguments: [String]) -> Set<Int32> {
    var found: Set<Int32> = []
    for (index, argument) in arguments.enumerated() where argument.hasPrefix("--") {
      let parts = argument.split(separator: "=", maxSplits: 1)
      guard parts.first?.hasSuffix("passphrase-fd") == true else { continue }
      let value = parts.count == 2 ? String(parts[1]) : arguments.dropFirst(index + 1).first
      if let number = value.flatMap(Int32.init), number >= 0 { found.insert(number) }
    }
    return found
  }

  /// Loads what the locale's letters need, which is files that a locked process cannot read.
  ///
  /// The user's own locale where it is UTF-8, else C.UTF-8, as the screen will ask for it.
  package static func loadLocale() {
    // The strings are constants; the answer is read before the next call.
    unsafe setlocale(LC_CTYPE, "")
    let codeset = unsafe nl_langinfo(nl_item(CODESET)).map { unsafe String(cString: $0) }
    if codeset != "UTF-8" { unsafe setlocale(LC_CTYPE, "C.UTF-8") }
  }

  /// Ends the looking up of accounts' names beyond the system's own files: what does it would load
  /// libraries, which a locked process cannot.
  package static func endNameServices() { cl_look_names_up_in_files() }

  /// The host's name; empty where the system does not tell.
  package static var hostName: String {
    // `gethostname` fills at most the room that it is told of; the last byte stays zero.
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 257) { room in
      unsafe room.initialize(repeating: 0)
      guard let start = room.baseAddress, unsafe gethostname(start, room.count - 1) == 0 else {
        return ""
      }
      return unsafe String(cString: start)
    }
  }

  /// The environment's entries as they stand, those that are no UTF-8 left out.
  private static var now: StartEnvironment {
    var entries: [String] = []
    var index: Int32 = 0
    // Each entry is a C string that stays while nothing changes the environment.
    while let entry = unsafe cl_environment_entry(index) {
      if let text = unsafe String(validatingCString: entry) { entries.append(text) }
      index += 1
    }
    return StartEnvironment(entries)
  }

  private static func closeAll(from first: UInt32, through last: UInt32) {
    guard cl_close_range(first, last) != 0 else { return }
    // A kernel without the call: a process has no more descriptors than its limit.
    let most = UInt32(clamping: sysconf(Int32(_SC_OPEN_MAX)))
    for number in first...max(first, min(last, most)) { close(Int32(number)) }
  }
}
