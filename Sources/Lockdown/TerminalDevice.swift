// SPDX-License-Identifier: Apache-2.0

/// A terminal, as the kernel numbers it.
package struct TerminalDevice: Hashable, Sendable {
  package let major: UInt32
  package let minor: UInt32

  /// What stands behind a terminal.
  package enum Kind: UInt8, Hashable, Sendable {
    /// A program: the terminal is a pseudo-terminal.
    case pseudo = 1
    /// The machine's own screen: a Linux virtual console.
    case console = 2
    /// A line or a device of which the kernel knows nothing more.
    case line = 3
    /// No terminal at all.
    case none = 4
  }

  /// Names one.
  package init(major: UInt32, minor: UInt32) {
    self.major = major
    self.minor = minor
  }

  /// One of `stat(2)`'s `st_rdev`, as glibc packs it.
  package init(device: UInt64) {
    major = UInt32((device >> 8) & 0xFFF) | UInt32(truncatingIfNeeded: (device >> 32) & ~0xFFF)
    minor = UInt32(device & 0xFF) | UInt32(truncatingIfNeeded: (device >> 12) & ~0xFF)
  }

  /// One of the seventh field of `/proc/PID/stat`; zero is no terminal.
  package init(statField: Int64) {
    let device = UInt64(bitPattern: statField) & 0xFFFF_FFFF
    major = UInt32((device >> 8) & 0xFFF)
    minor = UInt32(device & 0xFF) | UInt32((device >> 12) & 0xFFF00)
  }

  /// What stands behind it (`Documentation/admin-guide/devices.txt` of the kernel).
  package var kind: Kind {
    switch (major, minor) {
    case (0, _): .none
    case (136...143, _): .pseudo
    case (4, 1...63): .console
    default: .line
    }
  }

  /// The pseudo-terminal's number, as in `/dev/pts/7`; nil for other terminals.
  package var pseudoIndex: UInt32? {
    kind == .pseudo ? (major - 136) << 8 | minor : nil
  }
}
