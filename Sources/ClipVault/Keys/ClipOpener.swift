// SPDX-License-Identifier: Apache-2.0

package import Lockdown
package import Sealing
internal import Synchronization
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
    try ClipOpener.open(
      row.id, try key(of: row), byteCount: row.byteCount, in: layout.clip(row.id), receive)
  }

  /// Opens a clip into sealed memory; nothing is sealed unless all of it is authentic.
  ///
  /// - Throws: what `open` throws, and `memory` where the system gives none.
  package func seal(_ row: KeyRow) throws(VaultError) -> SealedClip {
    let key = try key(of: row)
    let file = try ClipOpener.file(row.id, byteCount: row.byteCount, in: layout.clip(row.id))
    let canvas: SealedClipCanvas
    do { canvas = try SealedClipCanvas(byteCount: row.byteCount) } catch { throw .memory(row.id) }
    let failure = FirstFailure()
    do {
      try AgePayload.openInHalves(
        sealedByteCount: file.byteCount, key,
        read: { (offset, target) throws(SealingError) in
          do throws(VaultError) {
            guard try file.read(offset, into: &target) else { throw .clipChanged(row.id) }
          } catch { throw failure.note(error) }
        }
      ) { (offset, chunk) throws(SealingError) in
        do { try canvas.write(chunk, at: offset) } catch { throw failure.note(.memory(row.id)) }
      }
    } catch { throw failure.error ?? .clipChanged(row.id) }
    do { return try canvas.finish() } catch { throw .memory(row.id) }
  }

  /// What opens a clip's payload.
  private func key(of row: KeyRow) throws(VaultError) -> AgeFileKey {
    guard let header = try? AgeHeader(parsing: row.header.span),
      header.bytes.count == row.header.count
    else { throw .keyDamaged(row.id) }
    do { return try header.key(identities) } catch {
      throw error == .noMatch ? .clipSealedToOther(row.id) : .keyDamaged(row.id)
    }
  }

  private static func file(
    _ id: ClipID, byteCount: Int, in path: String
  ) throws(VaultError) -> OpenFile {
    guard case .file = VaultDisk.kind(path) else { throw .clipMissing(id) }
    let file = try OpenFile(path)
    guard byteCount <= KeyRow.clipByteLimit,
      file.byteCount == AgePayload.sealedByteCount(byteCount)
    else { throw .clipChanged(id) }
    return file
  }

  /// Opens the payload in a file with its key; ingest reads a clip back so.
  ///
  /// `byteCount` is the clip's own size. Throws as the other `open`, and hands on as it does.
  package static func open(
    _ id: ClipID, _ key: AgeFileKey, byteCount: Int, in path: String,
    _ receive: (Span<UInt8>) throws(VaultError) -> Void
  ) throws(VaultError) {
    let file = try file(id, byteCount: byteCount, in: path)
    let failure = FirstFailure()
    do {
      try AgePayload.open(
        sealedByteCount: file.byteCount, key,
        read: { (offset, target) throws(SealingError) in
          do throws(VaultError) {
            guard try file.read(offset, into: &target) else { throw .clipChanged(id) }
          } catch { throw failure.note(error) }
        }
      ) { (chunk) throws(SealingError) in
        do throws(VaultError) { try receive(chunk) } catch { throw failure.note(error) }
      }
    } catch { throw failure.error ?? .clipChanged(id) }
  }
}

/// Why reading or receiving stopped, while the layer below only knows that it did.
private final class FirstFailure: Sendable {
  private let first = Mutex<VaultError?>(nil)

  /// The first error that was noted; nil where none was.
  var error: VaultError? { first.withLock { $0 } }

  /// Notes an error; what to throw in its place.
  func note(_ error: VaultError) -> SealingError {
    first.withLock { $0 = $0 ?? error }
    return .io
  }
}
