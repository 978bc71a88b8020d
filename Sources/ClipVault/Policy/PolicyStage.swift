// SPDX-License-Identifier: Apache-2.0

/// A point in changing signed files, just before which a crash must do no harm.
enum PolicyStep: Hashable {
  case makeStage, write(String), syncStage, commit, syncCommit, place(String), syncPlaces
  case removeStage, done
}

/// A file that a change puts in place.
enum StagedFile: Hashable {
  case policy(PolicyFileName)
  case peopleSignature, policySignature
  case vaultIdentity
  /// The identity of the person of that name.
  case identity(String)
  /// The identity of the person of that name goes.
  case noIdentity(String)

  /// The name in the stage.
  var name: String {
    switch self {
    case .policy(let file): file.rawValue
    case .peopleSignature: "people.sig"
    case .policySignature: "policy.sig"
    case .vaultIdentity: "vault.age"
    case .identity(let name): "\(Self.identityPrefix)\(name)"
    case .noIdentity(let name): "\(Self.noIdentityPrefix)\(name)"
    }
  }

  /// The file of a name in the stage; nil for a name that is none of ours.
  init?(name: String) {
    if let file = PolicyFileName(rawValue: name) {
      self = .policy(file)
    } else if name.hasPrefix(Self.identityPrefix) {
      self = .identity(String(name.dropFirst(Self.identityPrefix.count)))
    } else if name.hasPrefix(Self.noIdentityPrefix) {
      self = .noIdentity(String(name.dropFirst(Self.noIdentityPrefix.count)))
    } else {
      switch name {
      case "people.sig": self = .peopleSignature
      case "policy.sig": self = .policySignature
      case "vault.age": self = .vaultIdentity
      default: return nil
      }
    }
  }

  /// Where the file belongs.
  func path(in layout: VaultLayout) -> String {
    switch self {
    case .policy(let file): layout.policyFile(file)
    case .peopleSignature: layout.peopleSignature
    case .policySignature: layout.policySignature
    case .vaultIdentity: layout.vaultIdentity
    case .identity(let name), .noIdentity(let name): layout.identity(name)
    }
  }

  private static let identityPrefix = "identity-"
  private static let noIdentityPrefix = "no-identity-"
}

/// Puts several signed files in place as one change.
///
/// All of them are written into a folder `policy/.next`, whose renaming into that name is the commit
/// point. From then on the change has happened: whoever reads looks into `.next` first, and whoever
/// may write moves its files to their places. The caller holds the vault's lock.
struct PolicyStage {
  let layout: VaultLayout
  /// Called before each step; tests crash here.
  var willDo: (PolicyStep) throws(VaultError) -> Void = { _ throws(VaultError) in }

  /// Puts the files in place; `noIdentity` needs no bytes.
  func put(_ files: [(file: StagedFile, bytes: [UInt8])]) throws(VaultError) {
    try willDo(.makeStage)
    try discardIncoming()
    try VaultDisk.makeFolder(layout.incomingStage)
    for (file, bytes) in files {
      try willDo(.write(file.name))
      try VaultDisk.writeNew("\(layout.incomingStage)/\(file.name)", bytes)
    }
    try willDo(.syncStage)
    try VaultDisk.syncFolder(layout.incomingStage)
    try willDo(.commit)
    try VaultDisk.move(layout.incomingStage, to: layout.stage)
    try willDo(.syncCommit)
    try VaultDisk.syncFolder(layout.policy)
    try finish()
    try willDo(.done)
  }

  /// Settles what a crash left: a change that was committed is finished, any other is forgotten.
  func recover() throws(VaultError) {
    if case .folder = VaultDisk.kind(layout.stage) { try finish() }
    if case .folder = VaultDisk.kind(layout.incomingStage) { try discardIncoming() }
  }

  /// As `recover`, where there is something to settle and nobody else holds the lock; a vault that
  /// cannot be written to stays as it is, since readers look into the stage.
  static func recoverIfFree(_ layout: VaultLayout) {
    let leftovers = [layout.stage, layout.incomingStage].filter {
      if case .folder = VaultDisk.kind($0) { true } else { false }
    }
    guard !leftovers.isEmpty,
      let lock = try? VaultLock(layout.lockFile, vault: layout.root)
    else { return }
    withExtendedLifetime(lock) { try? PolicyStage(layout: layout).recover() }
  }

  /// A file's bytes as they are in force; nil where there is none.
  static func read(
    _ file: StagedFile, in layout: VaultLayout, limit: Int
  ) throws(VaultError) -> [UInt8]? {
    // A file that is moved between the two looks is found at the second.
    for path in ["\(layout.stage)/\(file.name)", file.path(in: layout)] {
      do throws(VaultError) { return try VaultDisk.read(path, limit: limit) } catch {
        guard case .system(let failure) = error, failure.isMissing else { throw error }
      }
    }
    return nil
  }

  private func finish() throws(VaultError) {
    try VaultDisk.makeFolder(layout.people)
    for name in try VaultDisk.names(layout.stage) {
      let staged = "\(layout.stage)/\(name)"
      try willDo(.place(name))
      switch StagedFile(name: name) {
      case .noIdentity(let person):
        try VaultDisk.remove(layout.identity(person))
        try VaultDisk.remove(staged)
      case let file?: try VaultDisk.move(staged, to: file.path(in: layout))
      case nil: try VaultDisk.remove(staged)
      }
    }
    try willDo(.syncPlaces)
    for folder in [layout.people, layout.keys, layout.policy] { try VaultDisk.syncFolder(folder) }
    try willDo(.removeStage)
    try VaultDisk.removeFolder(layout.stage)
    try VaultDisk.syncFolder(layout.policy)
  }

  private func discardIncoming() throws(VaultError) {
    guard case .folder = VaultDisk.kind(layout.incomingStage) else { return }
    for name in try VaultDisk.names(layout.incomingStage) {
      try VaultDisk.remove("\(layout.incomingStage)/\(name)")
    }
    try VaultDisk.removeFolder(layout.incomingStage)
  }
}
