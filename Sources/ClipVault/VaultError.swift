// SPDX-License-Identifier: Apache-2.0

import Glibc
package import StrictTOML
package import Vocabulary

/// Why something could not be done with a vault.
package enum VaultError: Error, Hashable, Sendable {
  /// A policy file is wrong.
  case policy(PolicyFileError)
  /// There is no vault at that path.
  case notAVault(String)
  /// The folder holds other things, so no vault is made there.
  case notEmpty(String)
  /// There is a vault already.
  case alreadyAVault(String)
  /// Another process is taking clips in.
  case busy(String)
  /// The store knows fewer clips than lie in the vault: that many of them.
  case strangers(Int)
  /// The label store refused, in its own words.
  case store(String)
  /// The vault has no such clip.
  case clipMissing(ClipID)
  /// The clip's bytes are no longer those that were taken in.
  case clipChanged(ClipID)
  /// The clip's row outside of the key store cannot be opened.
  case keyDamaged(ClipID)
  /// The vault's epoch identity is not in the state folder at that path.
  case epochMissing(String)
  /// A key in the state folder, at that path, is none.
  case stateDamaged(String)
  /// No epoch identity here opens the key store at that path: a copy of another day, or another vault's.
  case keyStoreForeign(String)
  /// The key store at that path is damaged.
  case keyStoreDamaged(String)
  /// The key store at that path was written by a newer Milkglass.
  case keyStoreNewer(String)
  /// The file of the vault identity, at that path, is damaged or not for who asks.
  case vaultIdentity(String)
  /// The clip is sealed to another vault identity than the one that was unlocked.
  case clipSealedToOther(ClipID)
  /// The key store has a row of that id already.
  case clipKnown(ClipID)
  /// The vault's policy is not believed.
  case trust(TrustDefect)
  /// A name and a passphrase do not open the vault.
  case unlock(UnlockDefect)
  /// People, or the policy, cannot be changed that way.
  case people(PeopleDefect)
  /// The person may not do that.
  case rights(RightsDefect)
  /// Ingest or a consent record is at fault.
  case ingest(IngestDefect)
  /// The system gave no memory to open the clip into.
  case memory(ClipID)
  /// A system call failed.
  case system(SystemFailure)

  /// What to tell a person: what is wrong, and what to do next.
  package var sentence: String {
    switch self {
    case .policy(let error): "\(error)."
    case .notAVault(let path):
      "\(path) is not a vault; make one with `milkglass init \(path)`."
    case .notEmpty(let path):
      "\(path) is not empty and not a vault; name a new or an empty folder."
    case .alreadyAVault(let path):
      "\(path) is a vault already; go on with `milkglass review \(path)`."
    case .busy(let path):
      "Another process is taking clips into \(path); wait until it is done."
    case .strangers(let count):
      "\(count) clips in the vault are unknown to its label store, so nothing was touched; "
        + "bring the store back before taking clips in."
    case .store(let sentence): sentence
    case .clipMissing(let id): "Clip \(id.short) is not in the vault."
    case .clipChanged(let id):
      "Clip \(id.short) has changed since it was taken in, so it is not opened."
    case .keyDamaged(let id):
      "The key row of clip \(id.short) is damaged, so it does not open; erase it and take it in again."
    case .epochMissing(let path):
      "The key to this vault's clips is not in \(path); run Milkglass as the account that holds it."
    case .stateDamaged(let path):
      "\(path) is damaged; bring the state folder back from a copy of today."
    case .keyStoreForeign(let path):
      "\(path) does not belong to the key on this machine, so no clip opens; "
        + "put back the key store of today, not an older copy."
    case .keyStoreDamaged(let path):
      "The key store \(path) is damaged, so no clip opens; bring it back from a copy of today."
    case .keyStoreNewer(let path):
      "\(path) was written by a newer Milkglass; open the vault with that one."
    case .vaultIdentity(let path):
      "\(path) does not open with your key; ask the founding lead to add you again."
    case .clipSealedToOther(let id):
      "Clip \(id.short) is sealed to another key of this vault; leave and start Milkglass again."
    case .clipKnown(let id): "Clip \(id.short) is in the key store already; nothing was changed."
    case .trust(let defect): defect.sentence
    case .unlock(let defect): defect.sentence
    case .people(let defect): defect.sentence
    case .rights(let defect): defect.sentence
    case .ingest(let defect): defect.sentence
    case .memory(let id):
      "There is no memory to open clip \(id.short) into; close other programs and open it again."
    case .system(let failure): failure.sentence
    }
  }

  /// The exit code after `sysexits.h`.
  package var exitCode: Int32 {
    switch self {
    case .policy, .strangers, .clipChanged, .keyDamaged, .stateDamaged, .keyStoreForeign,
      .keyStoreDamaged, .keyStoreNewer, .clipSealedToOther:
      65
    case .notAVault, .clipMissing, .epochMissing: 66
    case .notEmpty, .alreadyAVault, .clipKnown: 73
    case .store: 74
    case .memory: 71
    case .busy: 75
    case .vaultIdentity: 77
    case .trust(let defect): defect.exitCode
    case .unlock, .rights, .people(.notLead), .people(.notFounder): 77
    case .people: 65
    case .ingest(let defect): defect.exitCode
    case .system(let failure): failure.exitCode
    }
  }
}

/// A system call that failed: what it was for, where, and why.
package struct SystemFailure: Hashable, Sendable {
  /// What was being done to the file.
  package enum Purpose: String, Sendable { case read, write, create, remove, lock, list }

  package let purpose: Purpose
  package let path: String
  /// The `errno` value.
  package let code: Int32

  /// Makes a record of a failure.
  package init(_ purpose: Purpose, _ path: String, code: Int32) {
    self.purpose = purpose
    self.path = path
    self.code = code
  }

  /// Whether there was nothing at the path.
  var isMissing: Bool { code == ENOENT || code == ENOTDIR }

  /// Whether what lies there is no file, or one that is too large.
  var isNoSmallFile: Bool { code == EFBIG || code == EISDIR || code == ENODEV }

  /// What to tell a person.
  package var sentence: String {
    switch code {
    case ENOSPC, EDQUOT: "The disk is full: cannot \(purpose) \(path); make room and try again."
    case EACCES, EPERM: "You have no permission to \(purpose) \(path)."
    case EROFS: "Cannot \(purpose) \(path): the disk is read-only."
    case ENOENT: "There is no \(path)."
    case EISDIR: "\(path) is a folder."
    default: "Cannot \(purpose) \(path): \(reason)."
    }
  }

  /// The exit code after `sysexits.h`.
  package var exitCode: Int32 {
    switch (code, purpose) {
    case (EACCES, _), (EPERM, _), (EROFS, _): 77
    case (ENOENT, .read), (ENOENT, .list): 66
    case (ENOSPC, _), (EDQUOT, _): 74
    case (_, .create): 73
    default: 74
    }
  }

  /// The system's words.
  private var reason: String {
    var buffer = [CChar](repeating: 0, count: 128)
    // The C function writes no more than the buffer's length, with a NUL at the end.
    guard unsafe strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    let words = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: words, as: UTF8.self)
  }
}
