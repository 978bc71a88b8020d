// SPDX-License-Identifier: Apache-2.0

/// What a look at a terminal found: facts of processes, and no judgement of them.
package struct TerminalFinding: Hashable, Sendable {
  package var kind: TerminalDevice.Kind
  /// The pseudo-terminal's number; zero for others.
  package var index: UInt32
  /// Whether every process was seen within the time; false counts as not knowing.
  package var isComplete: Bool
  /// Whether processes were passed over whose descriptors may not be read.
  package var hasUnreadable: Bool
  /// Whether a debugger or system-call tracer is attached to the program itself.
  package var isTraced: Bool
  /// Whether the environment says that it runs in tmux (`TMUX`) or screen (`STY`).
  package var isInTmux: Bool
  package var isInScreen: Bool
  /// The processes that matter; at most `partyLimit`.
  package var parties: [TerminalParty]
  /// How long the look took, in milliseconds.
  package var milliseconds: UInt32

  /// No finding names more processes.
  package static let partyLimit = 24

  /// Puts facts together.
  package init(
    kind: TerminalDevice.Kind, index: UInt32 = 0, isComplete: Bool = true,
    hasUnreadable: Bool = false, isTraced: Bool = false, isInTmux: Bool = false,
    isInScreen: Bool = false, parties: [TerminalParty] = [], milliseconds: UInt32 = 0
  ) {
    self.kind = kind
    self.index = index
    self.isComplete = isComplete
    self.hasUnreadable = hasUnreadable
    self.isTraced = isTraced
    self.isInTmux = isInTmux
    self.isInScreen = isInScreen
    self.parties = parties
    self.milliseconds = milliseconds
  }

  /// Nobody looked, or nobody answered in time: nothing is known.
  package static let noLook = TerminalFinding(kind: .line, isComplete: false)
}

/// A process that has to do with a terminal, by what the kernel says of it.
package struct TerminalParty: Hashable, Sendable {
  /// What it has to do with it.
  package enum Role: UInt8, Hashable, Sendable, CaseIterable {
    /// It holds the other end of pseudo-terminal `index`.
    case holder = 1
    /// It belongs to a holder of `index`: the same program, at a terminal of its own.
    case client = 2
    /// Nobody readable holds `index`, and it is an ancestor of the session there.
    case ancestor = 3
    /// Nobody readable holds `index`, and it is the remote login (sshd) that root runs for it.
    case login = 4
    /// It reads the Linux consoles' screen memory.
    case screenReader = 5
    /// It is known to record whole screens.
    case screenRecorder = 6
  }

  package var role: Role
  package var process: UInt32
  package var user: UInt32
  /// The pseudo-terminal that this is about; zero for the roles of the whole screen.
  package var index: UInt32
  /// Its own controlling pseudo-terminal; nil where it has none.
  package var ownIndex: UInt32?
  /// Its name, at most 15 bytes; any process chooses its own.
  package var name: [UInt8]
  /// The path of its program, at most `pathLimit` bytes; empty where it may not be read.
  package var path: [UInt8]
  /// Whether that path leads to the very file that runs.
  package var isFileAtPath: Bool
  /// Whether that file is root's and nobody else may write to it.
  package var isFileRoots: Bool
  /// Whether a debugger or tracer is attached to it.
  package var isTraced: Bool

  package static let nameLimit = 16
  package static let pathLimit = 256

  /// Puts facts together; a longer name or path is cut.
  package init(
    role: Role, process: UInt32, user: UInt32 = 0, index: UInt32 = 0, ownIndex: UInt32? = nil,
    name: [UInt8], path: [UInt8] = [], isFileAtPath: Bool = false, isFileRoots: Bool = false,
    isTraced: Bool = false
  ) {
    self.role = role
    self.process = process
    self.user = user
    self.index = index
    self.ownIndex = ownIndex
    self.name = Array(name.prefix(Self.nameLimit))
    self.path = Array(path.prefix(Self.pathLimit))
    self.isFileAtPath = isFileAtPath
    self.isFileRoots = isFileRoots
    self.isTraced = isTraced
  }

  /// The last part of the program's path, else its name.
  package var program: [UInt8] {
    guard let slash = path.lastIndex(of: UInt8(ascii: "/")), slash + 1 < path.count else {
      return name
    }
    return Array(path[(slash + 1)...])
  }
}
