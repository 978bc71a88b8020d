// SPDX-License-Identifier: Apache-2.0

/// Why memory could not be shared with another process.
package enum MemoryError: Error, Hashable, Sendable {
  /// The kernel refused a call.
  case system(SystemError)
  /// The file is not sealed as it must be.
  case notSealed
  /// The file's size is not one that is allowed, in bytes.
  case wrongSize(Int)
  /// What is to be copied has more bytes than allowed.
  case tooLarge(limit: Int)
  /// What is to be copied is not a regular file.
  case notAFile

  /// One plain sentence part.
  package var sentence: String {
    switch self {
    case .system(let error): error.sentence
    case .notSealed: "shared memory is not sealed"
    case .wrongSize(let count): "shared memory has an impossible size of \(count) bytes"
    case .tooLarge(let limit): "is over \(limit >> 20) MiB"
    case .notAFile: "is not a file"
    }
  }
}
