// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// Reads a clip back from the vault.
package enum ClipFile {
  /// The greatest clip that is taken in or opened, in bytes.
  package static let byteLimit = 100 << 20

  /// The clip's bytes, once their size and SHA-256 were found to be those of its key file.
  ///
  /// The bytes that were checked are the ones given: nothing is read a second time.
  package static func read(
    _ id: ClipID, in layout: VaultLayout
  ) throws(VaultError) -> [UInt8] {
    let key = try KeyFile.read(id, in: layout)
    let path = layout.clip(id)
    guard case .file(let byteCount, _) = VaultDisk.kind(path) else { throw .clipMissing(id) }
    guard byteCount == key.byteCount, byteCount <= byteLimit else { throw .clipChanged(id) }
    let bytes = try VaultDisk.read(path, limit: byteLimit)
    guard bytes.count == key.byteCount, KeyFile.digest(bytes) == key.sha256 else {
      throw .clipChanged(id)
    }
    return bytes
  }
}
