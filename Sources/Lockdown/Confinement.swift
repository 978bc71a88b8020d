// SPDX-License-Identifier: Apache-2.0

/// What a locked process may still do with a file, or with everything below a folder.
package struct FileRight: Hashable, Sendable {
  /// How far the right goes; each holds what those before it hold.
  package enum Access: Int, Hashable, Sendable, CaseIterable {
    /// Read files and list folders.
    case read
    /// Write to files that are there.
    case write
    /// Make, cut short, rename within their folder and remove files.
    case change
    /// The same with folders, and rename from one folder into another.
    case arrange
  }

  /// The file or folder; one that is not there gives no right.
  package let path: String
  package let access: Access
  /// Whether it is a terminal, whose modes and size may be asked for and set.
  package let isTerminal: Bool

  /// Gives a right.
  package init(_ path: String, _ access: Access, isTerminal: Bool = false) {
    self.path = path
    self.access = access
    self.isTerminal = isTerminal
  }
}

/// All that a process may still do once it has locked itself.
package struct Confinement: Hashable, Sendable {
  /// Files; whatever is not named is out of reach, for reading too.
  package var files: [FileRight]
  /// The sockets to the zygote and the terminal's watch: the only descriptors for messages.
  package var sockets: [Int32]

  /// Names what is left.
  package init(files: [FileRight], sockets: [Int32] = []) {
    self.files = files
    self.sockets = sockets
  }
}
