// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// Landlock: which files, networks and processes this process may still reach (`landlock(7)`).
///
/// It binds the calling thread and what that starts later, so the caller must be the only thread.
/// Layers add up: a later one can only take more away.
enum Landlock {
  /// What a version of it can forbid.
  struct Reach: Hashable {
    /// All rights to files.
    let files: UInt64
    /// All rights to networks: binding and connecting TCP.
    let net: UInt64
    /// What ends at the lock's edge: abstract sockets and signals.
    let scoped: UInt64

    /// Versions up to 7 are used; later ones forbid at least as much.
    init(version: Int) {
      // Version 1 has rights 0 to 12; 2 adds renaming between folders, 3 truncating, 5 devices.
      let fileRights = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13
      files = version >= 1 ? (1 << fileRights) - 1 : 0
      net = version >= 4 ? 0b11 : 0
      scoped = version >= 6 ? 0b11 : 0
    }
  }

  /// The running kernel's version; 0 where it has none.
  static var kernelVersion: Int { Int(max(0, cl_landlock_version())) }

  /// Forbids all but these; gives the version that is now in force, 0 where the kernel has none.
  ///
  /// A path that is not there, or out of this account's reach, gives no right.
  static func restrict(to files: [FileRight]) throws(SystemError) -> Int {
    let version = kernelVersion
    guard version > 0 else { return 0 }
    let reach = Reach(version: version)
    let number = try SystemError.check(
      "landlock_create_ruleset", cl_landlock_create(reach.files, reach.net, reach.scoped))
    let rules = OwnedDescriptor(number)
    for right in files { try allow(right, in: rules, reach) }
    try SystemError.check("landlock_restrict_self", cl_landlock_restrict(rules.number))
    return version
  }

  /// Unsafe use: `open` reads the path, which lives through the call.
  private static func allow(
    _ right: FileRight, in rules: OwnedDescriptor, _ reach: Reach
  ) throws(SystemError) {
    let opened = unsafe cl_open_path(right.path)
    if [ENOENT, ENOTDIR, EACCES, ELOOP].contains(-opened) { return }
    let file = OwnedDescriptor(try SystemError.check("open \(right.path)", opened))
    let isFolder = try SystemError.check("fstat", cl_is_folder(file.number)) != 0
    let bits = bits(of: right, isFolder: isFolder) & reach.files
    try SystemError.check(
      "landlock_add_rule \(right.path)", cl_landlock_allow(rules.number, bits, file.number))
  }

  /// The kernel's bits for a right; those that only folders have are refused for files.
  static func bits(of right: FileRight, isFolder: Bool) -> UInt64 {
    var bits = CL_LANDLOCK_READ_FILE | CL_LANDLOCK_READ_DIR
    switch right.access {
    case .arrange:
      bits |= CL_LANDLOCK_MAKE_DIR | CL_LANDLOCK_REMOVE_DIR | CL_LANDLOCK_REFER
      fallthrough
    case .change:
      bits |= CL_LANDLOCK_MAKE_REG | CL_LANDLOCK_REMOVE_FILE | CL_LANDLOCK_TRUNCATE
      fallthrough
    case .write: bits |= CL_LANDLOCK_WRITE_FILE
    case .read: break
    }
    if right.isTerminal { bits |= CL_LANDLOCK_IOCTL_DEV }
    let ofFiles =
      CL_LANDLOCK_EXECUTE | CL_LANDLOCK_WRITE_FILE | CL_LANDLOCK_READ_FILE
      | CL_LANDLOCK_TRUNCATE | CL_LANDLOCK_IOCTL_DEV
    return isFolder ? bits : bits & ofFiles
  }
}
