// SPDX-License-Identifier: Apache-2.0

/// What becomes of customers' clips at a terminal of some kind; staff test clips are shown with a
/// notice where these would be refused.
package enum TerminalRule: String, Sendable, CaseIterable {
  case allow
  /// They are shown, and one notice says what is amiss.
  case notice
  case refuse
}

/// What a policy says of terminals.
package struct TerminalRules: Hashable, Sendable {
  /// Programs that may hold the terminal: names, or absolute paths.
  package var terminals: [String]
  package var recorders: TerminalRule
  package var multiplexers: TerminalRule
  package var otherTerminals: TerminalRule
  package var unknownTerminals: TerminalRule

  /// Makes rules.
  package init(
    terminals: [String], recorders: TerminalRule, multiplexers: TerminalRule,
    otherTerminals: TerminalRule, unknownTerminals: TerminalRule
  ) {
    self.terminals = terminals
    self.recorders = recorders
    self.multiplexers = multiplexers
    self.otherTerminals = otherTerminals
    self.unknownTerminals = unknownTerminals
  }

  /// The terminals of a new policy.
  package static let knownTerminals = [
    "/usr/bin/xterm", "/usr/bin/foot", "/usr/bin/kitty", "/usr/bin/alacritty", "/usr/bin/konsole",
    "/usr/bin/wezterm-gui", "/usr/libexec/gnome-terminal-server", "/usr/bin/xfce4-terminal",
  ]

  /// Whether a text names a program: a name or an absolute path of 1 to 255 printable characters.
  package static func isProgram(_ text: String) -> Bool {
    guard (1...255).contains(text.utf8.count),
      text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return false }
    return text.hasPrefix("/") ? !text.hasSuffix("/") : !text.contains("/")
  }
}
