// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// The part of an erasure that is on the disk: rows first, then what they opened.
///
/// Payloads are not overwritten: without their rows nobody opens them.
package struct ClipErasure {
  private let store: KeyStore

  /// Takes the key store; the caller holds the vault's lock.
  package init(_ store: KeyStore) { self.store = store }

  /// What was removed.
  package struct Result: Hashable, Sendable {
    /// Rows of the key store.
    package let rows: Int
    /// Files in `clips`.
    package let payloads: Int
    /// The size of those files together.
    package let payloadBytes: Int
  }

  /// Erases clips; those that are gone already will do, so that it can be done again after a crash.
  ///
  /// Once the rows are gone the clips are erased, whatever fails after that. `progress` is told how
  /// many files are gone.
  package func run(
    _ ids: Set<ClipID>, entomb: Bool, progress: (Int) -> Void = { _ in }
  ) throws(VaultError) -> Result {
    let rows = try store.drop(ids, entomb: entomb)
    var payloads = 0
    var bytes = 0
    for id in ids.sorted() {
      let path = store.layout.clip(id)
      guard case .file(let size, _) = VaultDisk.kind(path) else { continue }
      try VaultDisk.remove(path)
      payloads += 1
      bytes += size
      progress(payloads)
    }
    if !ids.isEmpty { try VaultDisk.syncFolder(store.layout.clips) }
    return Result(rows: rows, payloads: payloads, payloadBytes: bytes)
  }
}
