// SPDX-License-Identifier: Apache-2.0

/// A point in changing the key store, just before which a crash must do no harm.
enum KeyStoreStep: Int, CaseIterable, Sendable {
  // One row.
  case writeRow, nameRow, syncRow
  // The whole store.
  case writeEpoch, writeStore, nameStore, syncStore, removeLoose, syncLoose, destroyEpoch
  // A new vault identity.
  case writeBothIdentities, publish, rewrap, writeNewIdentity
  case done
}
