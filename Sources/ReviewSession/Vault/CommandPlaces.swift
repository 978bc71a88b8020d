// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import Glibc
package import Lockdown
internal import Vocabulary

/// Where the places of a command lie: in its vault, and as its command line names them.
package struct CommandPlaces: Hashable, Sendable {
  /// The vault's folder; nil for a command without one.
  package var vault: String?
  /// The demo's folder; nil but for the demo.
  package var demo: String?
  /// The state folder, or the vault's own part of it; nil for a command without one.
  package var state: String?
  /// The administrator's pins.
  package var trust: String?
  /// Files and folders to read.
  package var inputs: [String]
  /// Files to make or to remove; the right goes to their folders.
  package var outputs: [String]

  /// Names places.
  package init(
    vault: String? = nil, state: String? = nil, trust: String? = nil, inputs: [String] = [],
    outputs: [String] = []
  ) {
    self.vault = vault
    self.state = state
    self.trust = trust
    self.inputs = inputs
    self.outputs = outputs
  }

  /// Where descriptions of terminals lie (`terminfo(5)`); not in anybody's own folder, since they
  /// say what is written to the terminal.
  private static let terminfo = [
    "/etc/terminfo", "/lib/terminfo", "/usr/lib/terminfo", "/usr/share/terminfo",
  ]

  /// The rights of a row.
  ///
  /// - Throws: where a whole file system would be given: nothing is made in its root.
  package func rights(_ row: CommandConfinement.Row) throws(SessionError) -> [FileRight] {
    var rights: [FileRight] = []
    for place in CommandConfinement.Place.allCases {
      guard let access = row[place] else { continue }
      for path in paths(place) {
        if access.rawValue >= FileRight.Access.change.rawValue, Self.isRoot(path) {
          throw .start(.rootFolder, exitCode: 73)
        }
        rights.append(FileRight(path, access, isTerminal: place == .terminal))
      }
    }
    return rights
  }

  private func paths(_ place: CommandConfinement.Place) -> [String] {
    let layout = vault.map { VaultLayout(root: $0) }
    switch place {
    case .vault: return [layout?.root].compactMap(\.self)
    case .demo: return [demo].compactMap(\.self)
    case .clips: return [layout?.clips].compactMap(\.self)
    case .keys: return [layout?.keys].compactMap(\.self)
    case .people: return [layout?.people].compactMap(\.self)
    case .policy: return [layout?.policy].compactMap(\.self)
    case .store: return [layout?.store].compactMap(\.self)
    case .lock: return [layout?.lockFile].compactMap(\.self)
    case .state: return [state].compactMap(\.self)
    case .trust: return [trust].compactMap(\.self)
    case .inputs: return inputs
    case .outputs: return Set(outputs.flatMap(Self.folders)).sorted()
    case .terminfo: return Self.terminfo
    case .terminal: return ["/dev/tty"]
    case .random: return ["/dev/urandom"]
    }
  }

  /// The folders that hold a file's name: where it lies, and where what it leads to lies.
  private static func folders(_ path: String) -> [String] {
    var folders = [folder(path)]
    if let own = resolved(path) { folders.append(folder(own)) }
    return folders
  }

  private static func folder(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func isRoot(_ path: String) -> Bool { resolved(path) == "/" }

  /// The path a path leads to; nil where it leads nowhere.
  ///
  /// Unsafe uses: the path is read during the call, and the answer copied before it is freed.
  private static func resolved(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}
