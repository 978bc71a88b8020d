// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
package import StrictTOML
import Vocabulary

/// What a kiosk opens: `/etc/milkglass/kiosk.toml`, which only root may write.
package struct KioskSettings: Hashable, Sendable {
  /// The vault's folder, an absolute path.
  package let vault: String
  /// The state folder, an absolute path; nil is the account's own.
  package let state: String?
  /// What the terminal is called; nil is the host's name.
  package let seat: String?

  /// Makes settings.
  package init(vault: String, state: String? = nil, seat: String? = nil) {
    self.vault = vault
    self.state = state
    self.seat = seat
  }
}

/// Why a kiosk's settings are not believed, in words for whoever set it up.
package struct KioskFileError: Error, Hashable, Sendable {
  /// What is wrong with the file, or with its folder.
  package enum Fault: Hashable, Sendable {
    case missing, unreadable
    /// It is too large, or no text.
    case noText
    case noFolder, noFile
    /// It is somebody else's who could put there what they want.
    case notRoots, notTheAccounts
    case writable
    /// What it says is wrong.
    case wrong(PolicyFileError)
  }

  /// Where it lies.
  package let path: String
  package let fault: Fault

  /// One sentence: what is wrong, and what to do about it.
  package var sentence: String {
    switch fault {
    case .wrong(let error):
      "The kiosk's settings are wrong: \(error.description); root can set that right."
    case .missing: refusal("is not there")
    case .unreadable: refusal("cannot be read")
    case .noText: refusal("is no text of at most 64 KiB")
    case .noFolder: refusal("is no folder")
    case .noFile: refusal("is no plain file")
    case .notRoots: refusal("is not root's")
    case .notTheAccounts: refusal("is not the right account's")
    case .writable: refusal("may be written by others")
    }
  }

  private func refusal(_ what: String) -> String {
    "The kiosk's settings are not believed: \(DisplayText.line(path, limit: 200)) \(what);"
      + " root can set that right."
  }
}

/// Reads a kiosk's settings.
package enum KioskFile {
  /// Where they lie.
  ///
  /// No option and no variable names another place: whoever starts the kiosk must not choose what it
  /// opens.
  package static let path = "/etc/milkglass/kiosk.toml"
  private static let byteLimit = 65_536

  /// Reads a text with the fields `vault`, `state` and `seat`; the last two may be missing.
  package static func parse(
    _ text: String, fileName: String = "kiosk.toml"
  ) throws(PolicyFileError) -> KioskSettings {
    let table = try TOMLDocument(text, fileName: fileName).table
    let vault = try table.string("vault")
    let state = try table.optionalString("state")
    let seat = try table.optionalString("seat")
    try table.finish()
    for (field, path) in [("vault", vault), ("state", state ?? "/")]
    where !path.hasPrefix("/") || path.utf8.count > 4000 {
      throw table.complaint(field, "\"\(field)\" must be an absolute path")
    }
    if let seat, !(1...20).contains(seat.count) || DisplayText.line(seat, limit: 20) != seat {
      throw table.complaint("seat", "\"seat\" must be 1 to 20 plain characters")
    }
    return KioskSettings(vault: vault, state: state, seat: seat)
  }

  /// Reads the file: it and its folder must be `owner`'s, and nobody else's to write.
  package static func read(
    _ path: String = path, owner: UInt32 = 0
  ) throws(KioskFileError) -> KioskSettings {
    let file = try open(path)
    defer { close(file) }
    let folder = String(path.prefix { $0 != "\0" }.reversed().drop { $0 != "/" }.reversed())
    try check(folder, status(of: folder), owner, S_IFDIR)
    var facts = stat()
    // The structure is a local that outlives the call.
    guard unsafe fstat(file, &facts) == 0 else {
      throw KioskFileError(path: path, fault: .unreadable)
    }
    try check(path, facts, owner, S_IFREG)
    guard facts.st_size <= byteLimit, let text = contents(file) else {
      throw KioskFileError(path: path, fault: .noText)
    }
    do throws(PolicyFileError) { return try parse(text, fileName: path) } catch {
      throw KioskFileError(path: path, fault: .wrong(error))
    }
  }

  /// Unsafe use: a C string across one call.
  private static func open(_ path: String) throws(KioskFileError) -> Int32 {
    let file = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
    if file >= 0 { return file }
    throw KioskFileError(path: path, fault: errno == ENOENT ? .missing : .unreadable)
  }

  private static func status(of folder: String) throws(KioskFileError) -> stat {
    var facts = stat()
    // The structure is a local that outlives the call, the path is copied for it.
    guard unsafe lstat(folder, &facts) == 0 else {
      throw KioskFileError(path: folder, fault: .unreadable)
    }
    return facts
  }

  private static func check(
    _ path: String, _ facts: stat, _ owner: UInt32, _ kind: mode_t
  ) throws(KioskFileError) {
    guard facts.st_mode & S_IFMT == kind else {
      throw KioskFileError(path: path, fault: kind == S_IFDIR ? .noFolder : .noFile)
    }
    guard facts.st_uid == owner else {
      throw KioskFileError(path: path, fault: owner == 0 ? .notRoots : .notTheAccounts)
    }
    guard facts.st_mode & (S_IWGRP | S_IWOTH) == 0 else {
      throw KioskFileError(path: path, fault: .writable)
    }
  }

  /// Unsafe use: `read` fills a buffer of the length that it is told.
  private static func contents(_ file: Int32) -> String? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while bytes.count <= byteLimit {
      let count = unsafe Glibc.read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { return nil }
      if count == 0 { return String(validating: bytes, as: UTF8.self) }
      bytes += buffer.prefix(count)
    }
    return nil
  }
}
