// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ClipVault
import Foundation
import ReviewSession

/// Shows, changes, signs and verifies a vault's policy.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Show, change, sign and verify the vault's rules.",
    subcommands: [Show.self, Edit.self, Sign.self, Verify.self])

  /// Prints the policy.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Print version, signer, digests and every value.")

    @OptionGroup var options: VaultOptions

    func run() throws {
      let entry = try Leaving.onError { () throws(SessionError) in
        try options.entrance.open(for: .policyShow)
      }
      for line in PolicySummary(entry.vault).lines { Leaving.tell(line) }
    }
  }

  /// Changes values or files, and signs.
  struct Edit: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "edit", abstract: "Change values of policy.toml, or put in a file, and sign.",
      discussion: """
        milkglass policy edit --vault DIR daily_goal=120 quick_levels=true
        milkglass policy edit --vault DIR --file cameras.toml --from my-cameras.toml

        All values are checked before any is written. To edit by hand, change the files in \
        policy/ and run policy sign.
        """)

    @Argument(help: "NAME=VALUE, any number of them.")
    var changes: [PolicyChange] = []

    @Option(help: "The file to put in: policy.toml, cameras.toml or taxonomy.toml.")
    var file: EditableFile?

    @Option(help: "Where the file's new text lies.")
    var from: String?

    @OptionGroup var options: VaultOptions

    enum EditableFile: String, ExpressibleByArgument, CaseIterable {
      case policy = "policy.toml"
      case cameras = "cameras.toml"
      case taxonomy = "taxonomy.toml"

      var name: PolicyFileName {
        switch self {
        case .policy: .policy
        case .cameras: .cameras
        case .taxonomy: .taxonomy
        }
      }
    }

    func validate() throws {
      guard changes.isEmpty == (file != nil), (file == nil) == (from == nil) else {
        throw ValidationError("Give either NAME=VALUE, or --file with --from.")
      }
    }

    func run() throws {
      let version = try Leaving.onError { () throws(SessionError) in
        let entry = try options.entrance.open(
          for: .policyEdit, with: CommandPlaces(inputs: [from].compactMap(\.self)))
        if let file, let from { return try entry.replacePolicyFile(file.name, from: from) }
        return try entry.editPolicy(changes.map { ($0.field, $0.value) })
      }
      Leaving.tell("Policy version \(version) is signed.")
    }
  }

  /// Signs the files as they lie there.
  struct Sign: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "sign", abstract: "Check the files that were edited by hand, and sign them.")

    @OptionGroup var options: VaultOptions

    func run() throws {
      let version = try Leaving.onError { () throws(SessionError) in
        try VaultEntry.signPolicy(through: options.entrance)
      }
      Leaving.tell("Policy version \(version) is signed.")
    }
  }

  /// Verifies all signatures.
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: "Verify pin, signatures, digests and version.")

    @OptionGroup var options: VaultOptions

    func run() throws {
      let vault = try Leaving.onError { () throws(SessionError) in
        try options.entrance.open(for: .policyVerify).vault
      }
      Leaving.tell(
        "Policy version \(vault.statement.version), signed by \(vault.signer), is in order.")
    }
  }
}

/// `NAME=VALUE` on the command line.
struct PolicyChange: ExpressibleByArgument {
  let field: PolicyField
  let value: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let field = PolicyField(rawValue: String(parts[0])) else { return nil }
    self.field = field
    value = String(parts[1])
  }

  static var allValueStrings: [String] { PolicyField.allCases.map { $0.rawValue + "=…" } }
}
