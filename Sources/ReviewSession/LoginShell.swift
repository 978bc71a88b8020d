// SPDX-License-Identifier: Apache-2.0

/// Milkglass as an account's login shell: whatever it is asked to run, it reviews.
package enum LoginShell {
  /// The name of a link to the program that is nothing but a login shell.
  package static let name = "milkglass-kiosk"

  /// What to do in place of the words that the program was started with.
  package struct Start: Hashable, Sendable {
    /// The arguments that count.
    package let arguments: [String]
    /// Whether another command was asked for.
    package let ignoresCommand: Bool
  }

  /// Tells a start as a login shell from a command by its words, program name first; nil where it is
  /// a command.
  ///
  /// Login programs put `-` before the name, and sshd and su give `-c` and a command; the name
  /// `milkglass-kiosk` means a login shell always.
  package static func start(_ words: [String]) -> Start? {
    guard let first = words.first else { return nil }
    let program = first.split(separator: "/").last.map(String.init) ?? ""
    let rest = words.dropFirst()
    let isShell =
      program.hasPrefix("-") || program == name || rest.first?.hasPrefix("-c") == true
    guard isShell else { return nil }
    return Start(
      arguments: ["review", "--kiosk"], ignoresCommand: !rest.isEmpty && !isOurs(Array(rest)))
  }

  /// Whether it is what sshd's ForceCommand starts through the login shell: no news for anybody.
  private static func isOurs(_ rest: [String]) -> Bool {
    guard rest.first == "-c", rest.count == 2 else { return false }
    let words = rest[1].split(separator: " ")
    let program = words.first?.split(separator: "/").last
    return (program == "milkglass" || program == Substring(name)) && words.contains("--kiosk")
  }
}
