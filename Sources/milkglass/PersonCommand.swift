// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ClipVault
import ReviewSession
import Vocabulary

/// Says who works in a vault.
struct PersonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person", abstract: "Enrol and remove people, change passphrases.",
    subcommands: [Add.self, Remove.self, List.self, Passphrase.self, Reset.self])

  /// Enrols a person or an intake key.
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Enrol a person, or a key that signs consent records.",
      discussion: """
        The new person types a passphrase twice. A pseudonym will do for a name; it stands in \
        labels and in the log. Only the founding lead can do this.
        """)

    @Argument(help: "The person's name or pseudonym: a to z, 0 to 9, dots, hyphens, underscores.")
    var name: String

    @Option(help: "What the person is: reviewer, lead or auditor; may be given twice.")
    var role: [Role] = []

    @Option(help: "Enrol this Ed25519 public key (base64) as an intake key instead of a person.")
    var intakeKey: String?

    @Option(help: "Read the new person's passphrase from this descriptor.")
    var newPassphraseFd: Int?

    @OptionGroup var options: VaultOptions

    func validate() throws {
      guard role.isEmpty != (intakeKey == nil) else {
        throw ValidationError("Give either --role or --intake-key.")
      }
    }

    func run() throws {
      try Leaving.onError { () throws(SessionError) in
        let entry = try options.entrance.open(for: .personAdd)
        if let intakeKey { return try entry.addIntakeKey(name, base64: intakeKey) }
        let passphrase = try entry.newPassphrase(of: name, descriptor: newPassphraseFd)
        try entry.addPerson(name, roles: Set(role), passphrase: passphrase)
      }
      Leaving.tell("\(name) is enrolled; policy signed.")
    }
  }

  /// Takes a person off the list.
  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Take a person or an intake key off the list.",
      discussion: """
        The name opens nothing any more. If they may have kept copies of the vault and its keys, \
        run rekey too; what was copied before stays open to them. Only the founding lead can do \
        this.
        """)

    @Argument(help: "The name.")
    var name: String

    @OptionGroup var options: VaultOptions

    func run() throws {
      try Leaving.onError { () throws(SessionError) in
        try options.entrance.open(for: .personRemove).removePerson(name)
      }
      Leaving.tell("\(name) is removed; policy signed.")
    }
  }

  /// Lists the people.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List people with fingerprints and roles.")

    @OptionGroup var options: VaultOptions

    func run() throws {
      let lines = try Leaving.onError { () throws(SessionError) in
        try options.entrance.open(for: .personList).peopleLines
      }
      for line in lines { Leaving.tell(line) }
    }
  }

  /// Changes one's own passphrase.
  struct Passphrase: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "passphrase", abstract: "Change your own passphrase.")

    @Option(help: "Read the new passphrase from this descriptor.")
    var newPassphraseFd: Int?

    @OptionGroup var options: VaultOptions

    func run() throws {
      try Leaving.onError { () throws(SessionError) in
        try VaultEntry.changePassphrase(
          through: options.entrance, newDescriptor: newPassphraseFd)
      }
      Leaving.tell("The passphrase is changed.")
    }
  }

  /// Gives a person new keys.
  struct Reset: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reset", abstract: "Give a person who forgot the passphrase new keys.",
      discussion: "The old keys open nothing any more. Only the founding lead can do this.")

    @Argument(help: "The person's name.")
    var name: String

    @Option(help: "Read the person's new passphrase from this descriptor.")
    var newPassphraseFd: Int?

    @OptionGroup var options: VaultOptions

    func run() throws {
      try Leaving.onError { () throws(SessionError) in
        let entry = try options.entrance.open(for: .personReset)
        let passphrase = try entry.newPassphrase(of: name, descriptor: newPassphraseFd)
        try entry.resetPerson(name, passphrase: passphrase)
      }
      Leaving.tell("\(name) has new keys; policy signed.")
    }
  }
}

extension Role: ExpressibleByArgument {}
