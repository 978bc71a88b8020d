// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Lockdown
import ReviewSession
import Vocabulary

/// Who acts in a vault, and where this account keeps what belongs to vaults.
struct PersonOptions: ParsableArguments {
  @Option(
    name: [.customLong("as"), .customLong("reviewer")],
    help: "Who you are in this vault (default: the login name, or the only person).")
  var name: String?

  @Option(help: "Read your passphrase from this descriptor instead of the terminal.")
  var passphraseFd: Int?

  @Option(
    help: "The state folder, with the vault's keys (default: ~/.local/state/milkglass).",
    completion: .directory)
  var state: String?

  @Option(help: "What this terminal is called on screen and in the log (default: the host's name).")
  var seat: String?

  /// The way into the vault in a folder.
  func entrance(_ vault: String, _ language: Language = .english) -> Entrance {
    Entrance(
      path: vault, stateRoot: state, name: name,
      passphrase: passphraseFd.map { .descriptor($0) } ?? .terminal, seat: seatName,
      language: language)
  }

  /// The terminal's name.
  var seatName: String {
    DisplayText.line(seat ?? ProgramStart.hostName, limit: 20)
  }
}

/// The vault of a command that has it as an option, and who acts.
struct VaultOptions: ParsableArguments {
  @Option(help: "The vault's folder.", completion: .directory)
  var vault: String

  @OptionGroup var person: PersonOptions

  var entrance: Entrance { person.entrance(vault) }
}
