// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ClipVault
import ReviewSession

/// Says what is right and what is not about a seat and a vault.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Say how well this seat protects a vault, and what is amiss.")

  @OptionGroup var options: VaultOptions

  func run() throws {
    let lines = try Leaving.onError { () throws(SessionError) in
      try options.entrance.open(for: .doctor).doctorLines()
    }
    for line in lines { Leaving.tell(line) }
  }
}
