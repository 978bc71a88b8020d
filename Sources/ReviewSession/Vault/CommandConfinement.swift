// SPDX-License-Identifier: Apache-2.0

package import ClipVault
package import Lockdown

/// What each command may still reach once it has locked itself: one table, command by place.
///
/// A place that is not in a command's row is out of its reach, for reading too.
package enum CommandConfinement {
  /// A part of the file system that commands need.
  package enum Place: String, CaseIterable, Sendable {
    /// The vault's whole folder, while it is made.
    case vault
    /// The demo's whole folder, while it is made.
    case demo
    case clips, keys
    /// The people's sealed identities, which lie in `keys`.
    case people
    case policy, store
    /// The vault's own part of the state folder; until its id is known, the state folder.
    case state
    /// The file that everybody holds who changes clips, keys or policy.
    case lock
    /// The administrator's pins, `/etc/milkglass/trust`.
    case trust
    /// Files that the command line names to be read.
    case inputs
    /// The folders in which the command line names files to be made or removed.
    case outputs
    /// The descriptions of terminals.
    case terminfo
    /// The process's own terminal, to ask for a passphrase.
    case terminal
    /// The kernel's random numbers, which SQLite reads.
    case random
  }

  /// Places with how far each may be used.
  package typealias Row = [Place: FileRight.Access]

  /// What a command has from its start on, before anybody is asked for a passphrase.
  package static func row(_ command: VaultCommand) -> Row {
    switch command {
    case .initialise:
      [.vault: .arrange, .state: .arrange, .trust: .read, .terminal: .write, .random: .read]
    case .trust: [.policy: .read, .trust: .read, .state: .arrange]
    case .manifestNew: [.outputs: .change]
    case .demo, .review:
      // What is due is erased by a process of its own, with the rights of `housekeeping`.
      entering + logging + [.clips: .read, .keys: .read, .terminfo: .read, .inputs: .read]
    case .desk:
      // What a lead orders erased is erased by a process of its own, likewise.
      entering + logging + [.keys: .read, .terminfo: .read, .inputs: .read]
    case .personList, .policyShow, .policyVerify: entering
    case .personAdd, .personRemove, .personReset, .personPassphrase, .policyEdit, .policySign,
      .rekey:
      entering + logging + [
        .policy: .arrange, .keys: .arrange, .state: .change, .lock: .write, .inputs: .read,
      ]
    case .consentCheck: entering + [.keys: .read, .inputs: .read]
    case .consentSign, .noticesNew: entering + [.outputs: .change]
    case .consentWithdraw: entering + logging + [.keys: .arrange, .lock: .write]
    case .ingest:
      entering + logging + [
        .clips: .change, .keys: .arrange, .inputs: .read, .outputs: .change,
      ]
    case .labelsExport: entering + logging + [.outputs: .change]
    case .flaggedList, .auditShow, .auditCheckpoint, .auditReceipts: entering + logging
    case .flaggedRestore, .hold: entering + logging + [.keys: .read]
    case .erase: entering + erasing + [.keys: .arrange]
    case .housekeeping: believing + erasing
    case .noticesApply: believing + erasing + [.keys: .arrange, .inputs: .read]
    case .doctor: believing + logging + [.keys: .read]
    case .auditVerify: believing + logging + [.inputs: .read]
    }
  }

  /// What the process has that makes the demo, before the one that shows it begins.
  package static let makingDemo: Row = [.demo: .arrange, .trust: .read, .random: .read]

  /// Believing a vault: what is signed, and the pin that says by whom.
  private static let believing: Row = [.policy: .read, .trust: .read, .state: .read]
  /// Finding out that somebody is who they say.
  private static let entering: Row = believing + [.people: .read, .terminal: .write]
  /// Acting in the store, each act with its event of the log.
  private static let logging: Row = [.store: .change, .random: .read]
  /// Removing clips with their keys, and writing receipts, whose folder the first one makes.
  private static let erasing: Row =
    logging + [.clips: .change, .keys: .change, .store: .arrange, .state: .change]

  // MARK: - The manual

  /// The table as the manual shows it, in Markdown.
  package static var markdown: String {
    var text = "| Command | Reads | Writes |\n|---|---|---|\n"
    text += line("`demo`, while it is made", makingDemo)
    for command in VaultCommand.allCases where command != .demo {
      let also = command == .review ? ", `demo`" : ""
      text += line("`\(command.rawValue)`\(also)", row(command))
    }
    return text
  }

  private static func line(_ name: String, _ row: Row) -> String {
    // The terminal and SQLite's random numbers are no secret and no way out.
    let places = Place.allCases.filter { $0 != .random && $0 != .terminal }
    let read = places.filter { row[$0] == .read }.map(\.words)
    let written = places.filter { row[$0].map { $0 != .read } ?? false }.map { place in
      place.words + (row[place] == .arrange ? " with folders" : "")
    }
    func words(_ list: [String]) -> String { list.isEmpty ? "–" : list.joined(separator: ", ") }
    return "| \(name) | \(words(read)) | \(words(written)) |\n"
  }
}

extension CommandConfinement.Place {
  /// What the manual calls it.
  fileprivate var words: String {
    switch self {
    case .vault: "the new vault"
    case .demo: "the demo's folder"
    case .lock: "the vault's lock"
    case .inputs: "the files named"
    case .outputs: "the folders of the files named"
    case .terminfo: "terminfo"
    default: "`\(rawValue)`"
    }
  }
}

/// The wider of two rows at each place.
private func + (
  left: CommandConfinement.Row, right: CommandConfinement.Row
) -> CommandConfinement.Row {
  left.merging(right) { $0.rawValue >= $1.rawValue ? $0 : $1 }
}
