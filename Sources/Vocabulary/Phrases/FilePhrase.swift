// SPDX-License-Identifier: Apache-2.0

/// What could not be done to a file, and why.
package enum FilePhrase: String, PhraseKey {
  package static let table = "file"

  /// What was to be done, as an infinitive.
  case read
  case write
  case create
  case remove
  case lock
  case list
  /// Takes what was to be done, and the path.
  case diskFull = "disk_full"
  /// Takes what was to be done, and the path.
  case notPermitted = "not_permitted"
  /// Takes what was to be done, and the path.
  case readOnly = "read_only"
  /// Takes the path.
  case missing
  /// Takes the path.
  case isFolder = "is_folder"
  /// Takes what was to be done, the path, and the system's words.
  case otherwise
}
