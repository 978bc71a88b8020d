// SPDX-License-Identifier: Apache-2.0

import Sealing

/// Signed notes in files of their own.
package enum NoteFile {
  /// A note's bytes, not believed yet.
  package static func read(_ path: String) throws(VaultError) -> [UInt8] {
    try VaultDisk.read(path, limit: SignedNote.byteLimit)
  }

  /// Writes a note into a new file, durably; an existing file is an error.
  package static func write(_ note: [UInt8], toNew path: String) throws(VaultError) {
    try VaultDisk.writeNew(path, note)
  }
}
