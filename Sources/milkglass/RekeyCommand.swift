// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ClipVault
import ReviewSession

/// New keys for a vault.
struct RekeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rekey", abstract: "Begin a new epoch and a new vault identity.",
    discussion: """
      Every clip's header is wrapped anew, the clips themselves are not touched. Do it after \
      somebody left who may have kept a copy of the vault's keys.
      """)

  @OptionGroup var options: VaultOptions

  func run() throws {
    var count = 0
    try Leaving.onError { () throws(SessionError) in
      try options.entrance.open(for: .rekey).rekey { count = $0 }
    }
    Leaving.tell("New epoch, new vault identity; \(count) headers wrapped anew.")
  }
}
