// SPDX-License-Identifier: Apache-2.0

/// How many colours the terminal shows.
package enum ColourDepth: Hashable, Sendable {
  /// None, or too few for a picture; also where `NO_COLOR` is set.
  case none
  /// The 16 named colours, whose shades are the terminal's own; never promised by terminfo alone.
  case named16
  /// xterm's 256 colours.
  case indexed256
  /// 24 bits by semicolon SGR.
  case trueColour

  /// The depth that the environment and terminfo's `colors` promise; nothing is asked of the
  /// terminal.
  ///
  /// `NO_COLOR` counts when it is set and not empty (no-color.org).
  package init(environment: [String: String], terminfoColours: Int) {
    let promised = environment["COLORTERM"]?.lowercased()
    let isDirect = environment["TERM"]?.hasSuffix("-direct") ?? false
    if let wish = environment["NO_COLOR"], !wish.isEmpty {
      self = .none
    } else if terminfoColours < 8 {
      self = .none
    } else if promised == "truecolor" || promised == "24bit" || isDirect
      || Self.isDirectXterm(environment)
    {
      self = .trueColour
    } else if terminfoColours >= 256 {
      self = .indexed256
    } else {
      self = .none
    }
  }

  /// Whether it is an xterm of patch 331 or later, which has 24 bits and unsets `COLORTERM`.
  private static func isDirectXterm(_ environment: [String: String]) -> Bool {
    guard environment["TERM"]?.hasPrefix("xterm") == true,
      let version = environment["XTERM_VERSION"], version.hasPrefix("XTerm("),
      let patch = Int(version.dropFirst(6).prefix { $0.isNumber })
    else { return false }
    return patch >= 331
  }
}
