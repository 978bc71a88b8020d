// SPDX-License-Identifier: Apache-2.0

import Lockdown
import Sealing

/// A source file's bytes, wiped when nobody needs them any more.
final class IngestSource {
  let path: String
  /// The clip's own bytes; lent to the decoder's probe and to the sealer.
  private(set) var bytes: [UInt8]
  /// SHA-256, 32 bytes.
  let sha256: [UInt8]

  /// Reads a file of at most the greatest clip's size.
  init(_ path: String) throws(VaultError) {
    self.path = path
    bytes = try VaultDisk.read(path, limit: KeyRow.clipByteLimit)
    sha256 = Digest.sha256(bytes)
  }

  deinit { SecretBytes.wipe(&bytes) }

  /// Removes the file, durably, if its bytes are still those that were read.
  ///
  /// Where the path is a link, what it leads to goes, and then the link.
  func remove() throws(VaultError) {
    let now = try IngestSource(path)
    guard now.sha256 == sha256 else { throw .ingest(.sourceChanged(path)) }
    let own = try VaultDisk.resolved(path)
    let links = VaultDisk.linkCount(own)
    for name in Set([own, path]) { try VaultDisk.remove(name) }
    for name in Set([own, path]) { try VaultDisk.syncFolder(Self.folder(name)) }
    guard links == 1 else { throw .ingest(.sourceHasOtherNames(path)) }
  }

  private static func folder(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
