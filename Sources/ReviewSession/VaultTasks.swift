// SPDX-License-Identifier: Apache-2.0

package import ClipVault
internal import LabelStore

/// What leads do with a vault outside a review: take clips in, give labels out.
package enum VaultTasks {
  /// Opens a vault, or says why not.
  package static func open(_ path: String) throws(SessionError) -> Vault {
    do { return try Vault.open(path) } catch {
      throw .vault(error.sentence, exitCode: error.exitCode)
    }
  }

  /// Takes clips in, or only checks whether they could be.
  package static func ingest(
    _ paths: [String], into vault: Vault, provenance: Ingest.Provenance, isCheck: Bool,
    progress: (IngestProgress) -> Void
  ) throws(SessionError) -> IngestSummary {
    let probe = try DecoderProbe()
    // Opening a store makes it, and a check changes nothing.
    let isNew = isCheck && !LabelStore.exists(directory: vault.layout.store)
    let store = isNew ? nil : try ReviewSession.openStore(vault)
    let ingest = Ingest(
      vault: vault, provenance: provenance, probe: probe,
      catalogue: store.map(catalogue) ?? Ingest.Catalogue(knownIDs: { [] }, register: { _ in }),
      nowMilliseconds: { SessionClock.wallMilliseconds })
    let summary =
      isCheck ? ingest.check(paths, progress: progress) : ingest.run(paths, progress: progress)
    do { try store?.close() } catch { throw .store(error.sentence) }
    return summary
  }

  /// Hands over each committed clip's label line, in order of ingest.
  package static func exportLabels(
    of vault: Vault, _ write: (String) throws -> Void
  ) throws {
    let store = try ReviewSession.openStore(vault)
    let taxonomy = vault.taxonomy
    do {
      try store.forEachFolded(taxonomy: taxonomy) { record, history in
        if let line = LabelExport.line(record: record, history: history, taxonomy: taxonomy) {
          try write(line)
        }
      }
      try store.close()
    } catch let error as StoreError {
      throw SessionError.store(error.sentence)
    }
  }

  private static func catalogue(of store: LabelStore) -> Ingest.Catalogue {
    Ingest.Catalogue(
      knownIDs: { () throws(VaultError) in
        do throws(StoreError) { return try store.clipIDs() } catch { throw .store(error.sentence) }
      },
      register: { record throws(VaultError) in
        do throws(StoreError) { try store.add([record]) } catch { throw .store(error.sentence) }
      })
  }
}
