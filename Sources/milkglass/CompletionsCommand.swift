// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// Writes what a shell needs to complete Milkglass's words.
struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions", abstract: "Write a shell's completion script.",
    discussion: """
      `make install` puts all three where the shells look for them. By hand:
      milkglass completions bash > ~/.local/share/bash-completion/completions/milkglass
      """)

  /// The shells that there are scripts for.
  enum Shell: String, ExpressibleByArgument, CaseIterable {
    case bash, zsh, fish
  }

  @Argument(help: "bash, zsh or fish.")
  var shell: Shell

  func run() throws {
    let kind: CompletionShell =
      switch shell {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    // Made of our own words alone: nothing in it is a stranger's.
    FileHandle.standardOutput.write(Data((Milkglass.completionScript(for: kind) + "\n").utf8))
  }
}
