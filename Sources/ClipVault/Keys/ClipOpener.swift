// SPDX-License-Identifier: Apache-2.0

package import Sealing
package import Vocabulary

/// Opens clips with the vault identity and their rows.
package struct ClipOpener: Sendable {
  private let layout: VaultLayout
  private let identities: [AgeIdentity]

  /// Takes the identities that `VaultIdentityFile.open` gave: usually one.
  package init(_ layout: VaultLayout, _ identities: [AgeIdentity]) {
    self.layout = layout
    self.identities = identities
  }

  /// Opens a clip, and hands its bytes on chunk by chunk, each lent for the call only.
  ///
  /// What was handed on before an error must not be used: not played, not sealed, but dropped.
  /// - Throws: `keyDamaged` where the row holds no header, `clipSealedToOther`, `clipMissing`,
  ///   `clipChanged`, `system`, or what `receive` throws.
  package func open(
    _ row: KeyRow, _ receive: (Span<UInt8>) throws(VaultError) -> Void
  ) throws(VaultError) {
    guard let header = try? AgeHeader(parsing: row.header.span),
      header.bytes.count == row.header.count
    else { throw .keyDamaged(row.id) }
    let key: AgeFileKey
    do { key = try header.key(identities) } catch {
      throw error == .noMatch ? .clipSealedToOther(row.id) : .keyDamaged(row.id)
    }
    try ClipOpener.open(row.id, key, byteCount: row.byteCount, in: layout.clip(row.id), receive)
  }

  /// Opens the payload in a file with its key; ingest reads a clip back so.
  ///
  /// `byteCount` is the clip's own size. Throws as the other `open`, and hands on as it does.
  package static func open(
    _ id: ClipID, _ key: AgeFileKey, byteCount: Int, in path: String,
    _ receive: (Span<UInt8>) throws(VaultError) -> Void
  ) throws(VaultError) {
    guard case .file(let size, _) = VaultDisk.kind(path) else { throw .clipMissing(id) }
    let expected = AgePayload.sealedByteCount(byteCount)
    guard size == expected, byteCount <= KeyRow.clipByteLimit else { throw .clipChanged(id) }
    let sealed = try VaultDisk.read(path, limit: expected)
    guard sealed.count == expected else { throw .clipChanged(id) }
    var failure: VaultError?
    do {
      try AgePayload.open(sealed.span, key) { (chunk) throws(SealingError) in
        do throws(VaultError) { try receive(chunk) } catch {
          failure = error
          throw .io
        }
      }
    } catch { throw failure ?? .clipChanged(id) }
  }
}
