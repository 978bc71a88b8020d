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
  /// The clip's key file cannot be understood.
  case keyDamaged(ClipID)
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
      "The key file of clip \(id.short) is damaged; bring it back from a copy."
    case .system(let failure): failure.sentence
    }
  }

  /// The exit code after `sysexits.h`.
  package var exitCode: Int32 {
    switch self {
    case .policy, .strangers, .clipChanged, .keyDamaged: 65
    case .notAVault, .clipMissing: 66
    case .notEmpty, .alreadyAVault: 73
    case .store: 74
    case .busy: 75
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
