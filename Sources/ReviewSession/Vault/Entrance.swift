// SPDX-License-Identifier: Apache-2.0

package import ClipVault
package import Lockdown
package import Vocabulary
internal import Words

/// How a command gets into a vault: where it lies, who acts, and where their passphrase comes from.
package struct Entrance: Sendable {
  /// Where a passphrase comes from.
  package enum PassphraseSource: Hashable, Sendable {
    /// Asked at the terminal, without echo.
    case terminal
    /// The first line that a descriptor gives.
    case descriptor(Int)
  }

  /// The vault's folder.
  package var path: String
  /// The folder of what belongs to vaults but lies outside of them; nil is the account's own.
  package var stateRoot: String?
  /// Who acts; nil is the login name, or the only person there is.
  package var name: String?
  package var passphrase: PassphraseSource
  /// What this terminal is called.
  package var seat: String
  /// What whoever is at the terminal is told in; commands speak English.
  package var language: Language

  /// Names a way in.
  package init(
    path: String, stateRoot: String? = nil, name: String? = nil,
    passphrase: PassphraseSource = .terminal, seat: String, language: Language = .english
  ) {
    self.path = path
    self.stateRoot = stateRoot
    self.name = name
    self.passphrase = passphrase
    self.seat = seat
    self.language = language
  }

  var texts: Texts { Words.texts(language) }

  /// Where this seat keeps its trust and state.
  package func places() throws(SessionError) -> TrustPlaces {
    guard
      let root = stateRoot ?? VaultState.defaultRoot(environment: ProgramStart.environment.values)
    else {
      throw .start(.noStateFolder, exitCode: 78)
    }
    return TrustPlaces(stateRoot: root)
  }

  /// Locks this process to what a command needs, for good.
  ///
  /// Every way to a key passes here: an unlocked identity, a new one, a passphrase that is typed.
  /// `files` are those that the command line names besides the vault; `decoders` is what a command
  /// has started that decodes, since it can start nothing from here on.
  package func lock(
    for command: VaultCommand, with files: CommandPlaces = CommandPlaces(),
    decoders: Decoders? = nil
  ) throws(SessionError) -> Locked {
    let places = try places()
    var all = files
    (all.vault, all.state, all.trust) = (path, places.stateRoot, places.systemFile)
    let row = CommandConfinement.row(command)
    // Under the lock neither the system's files nor the list of accounts can be read.
    let report = SeatProbe().report(vault: path)
    if row[.terminfo] != nil {
      ProgramStart.loadLocale()
      SessionClock.loadTimeZone()
    }
    return try Locked(to: row, at: all, decoders: decoders, seatReport: report)
  }

  /// Locks this process, opens the vault and, where the command needs somebody, finds out that it is
  /// they.
  ///
  /// - Throws: why the vault is not believed, the name and passphrase do not open it, or the person
  ///   may not run the command.
  package func open(
    for command: VaultCommand, with files: CommandPlaces = CommandPlaces(),
    decoders: Decoders? = nil
  ) throws(SessionError) -> VaultEntry {
    try open(for: command, try lock(for: command, with: files, decoders: decoders))
  }

  /// As `open`, in a process that is locked already.
  package func open(
    for command: VaultCommand, _ locked: Locked
  ) throws(SessionError) -> VaultEntry {
    let places = try places()
    let vault = try inVault { () throws(VaultError) in try Vault.open(path, places) }
    let locked = try locked.narrowed(to: vault.state)
    if Rights.entry(command).needsNobody {
      return VaultEntry(
        vault: vault, identity: nil, seat: seat, language: language, locked: locked)
    }
    let name = personName(in: vault.people)
    let identity = try unlock(name, of: vault, locked)
    try inVault { () throws(VaultError) in
      try Rights.demand(command, of: identity.person, in: vault.people)
    }
    return VaultEntry(
      vault: vault, identity: identity, seat: seat, language: language, locked: locked)
  }

  /// Pins the founding lead's fingerprint, which a person has compared, on this seat.
  package func pin(_ fingerprint: String) throws(SessionError) {
    let places = try places()
    try inVault { () throws(VaultError) in try places.makeStateRoot() }
    _ = try lock(for: .trust)
    try inVault { () throws(VaultError) in
      try TrustPin.set(fingerprint, for: path, places)
    }
  }

  /// The name to unlock: as given, else the login name where it is listed, else the only one.
  func personName(in people: People) -> String {
    if let name { return name }
    let environment = ProgramStart.environment
    let login = environment["USER"] ?? environment["LOGNAME"] ?? ""
    if people[login] == nil, people.persons.count == 1, let only = people.persons.first {
      return only.name
    }
    return login
  }

  private func unlock(
    _ name: String, of vault: Vault, _ locked: Locked
  ) throws(SessionError) -> Identity {
    if let person = vault.people[name], !person.hasPassphrase {
      return try inVault { () throws(VaultError) in try vault.unlockOpen(name) }
    }
    let passphrase = try askPassphrase(of: name, locked)
    return try inVault { () throws(VaultError) in try vault.unlock(name, passphrase) }
  }

  /// The passphrase that somebody has.
  package func askPassphrase(
    of name: String, _: Locked
  ) throws(SessionError) -> SecretBytes {
    do throws(PassphraseError) {
      switch passphrase {
      case .descriptor(let number): return try Passphrase.read(fromDescriptor: number)
      case .terminal:
        let who = DisplayText.line(name, limit: 40)
        return try PassphrasePrompt().read(prompt: texts(StartPhrase.passphraseOf, who))
      }
    } catch { throw .passphrase(error) }
  }

  /// A passphrase that somebody is to have from now on; `descriptor` in place of the terminal.
  static func newPassphrase(
    of name: String, descriptor: Int?
  ) throws(SessionError) -> SecretBytes {
    do throws(PassphraseError) {
      guard let descriptor else {
        let who = DisplayText.line(name, limit: 40)
        return try PassphrasePrompt().readTwice(prompt: "New passphrase of \(who)")
      }
      let passphrase = try Passphrase.read(fromDescriptor: descriptor)
      try Passphrase.checkNew(passphrase)
      return passphrase
    } catch { throw .passphrase(error) }
  }
}

/// Does something with a vault; its errors become the session's.
func inVault<Value>(
  _ body: () throws(VaultError) -> Value
) throws(SessionError) -> Value {
  do { return try body() } catch { throw .vault(error) }
}

extension Entrance {
  /// Refuses a folder that cannot become a vault, and a founder's name that is none, before anybody
  /// is asked anything.
  package func refuseOccupied() throws(SessionError) {
    let founder = founderName
    try inVault { () throws(VaultError) in try Vault.refuseOccupied(path, founder: founder) }
  }

  private var founderName: String {
    let environment = ProgramStart.environment
    return name ?? environment["USER"] ?? environment["LOGNAME"] ?? ""
  }

  /// Makes a new vault with whoever is named as its founding lead.
  package func makeVault(
    policy: Policy, passphraseDescriptor: Int?
  ) throws(SessionError) -> Vault {
    let places = try places()
    let founder = founderName
    try refuseOccupied()
    // Made before the lock, so that nothing above them has to be written to under it.
    try inVault { () throws(VaultError) in
      try Vault.makeFolder(at: path)
      try places.makeStateRoot()
    }
    let locked = try lock(for: .initialise)
    let passphrase =
      policy.openPeople
      ? SecretBytes(count: 0) { _ in }
      : try Entrance.newPassphrase(of: founder, descriptor: passphraseDescriptor)
    let vault = try inVault { () throws(VaultError) in
      try Vault.initialise(
        at: path, places, founder: Founder(name: founder, passphrase: passphrase), policy: policy,
        nowMilliseconds: SessionClock.wallMilliseconds)
    }
    let entry = VaultEntry(vault: vault, identity: nil, seat: seat, locked: locked)
    try entry.logMade(by: founder)
    return vault
  }
}
