// SPDX-License-Identifier: Apache-2.0

import StrictTOML

/// The four files that a vault's policy consists of; the raw value is the name in `policy/`.
package enum PolicyFileName: String, CaseIterable, Sendable {
  case people = "people.toml"
  case policy = "policy.toml"
  case cameras = "cameras.toml"
  case taxonomy = "taxonomy.toml"
}

extension PolicyFileName {
  /// The text of a file that is to be put in one of them's place.
  ///
  /// - Throws: `system` where it cannot be read, `policy` where it is not UTF-8.
  package static func text(at path: String) throws(VaultError) -> String {
    let bytes = try VaultDisk.read(path, limit: TOMLDocument.byteLimit)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .policy(PolicyFileError(file: path, message: "is not UTF-8 text"))
    }
    return text
  }
}
