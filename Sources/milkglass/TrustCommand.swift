// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ClipVault
import ReviewSession

/// Pins the founding lead's fingerprint on this seat.
struct TrustCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trust", abstract: "Confirm on this seat whose vault it is.",
    discussion: """
      init prints the founding lead's fingerprint and pins it on the seat where it ran. On every \
      other seat a person compares it, over the phone say, and gives it here. An administrator \
      can pin it for all accounts in /etc/milkglass/trust, a line `VAULT-ID FINGERPRINT`.
      """)

  @Option(help: "The vault's folder.", completion: .directory)
  var vault: String

  @Option(help: "The fingerprint that the founding lead gave you.")
  var fingerprint: String

  @Option(help: "The state folder (default: ~/.local/state/milkglass).")
  var state: String?

  func run() throws {
    try Leaving.onError { () throws(SessionError) in
      try Entrance(path: vault, stateRoot: state, seat: "").pin(fingerprint)
    }
    Leaving.tell("Pinned: \(fingerprint)")
  }
}
