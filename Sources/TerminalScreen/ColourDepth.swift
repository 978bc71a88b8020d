// SPDX-License-Identifier: Apache-2.0

/// How many colours the terminal shows.
package enum ColourDepth: Hashable, Sendable {
  /// None, or too few for a picture; also where `NO_COLOR` is set.
  case none
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
    } else if promised == "truecolor" || promised == "24bit" || isDirect {
      self = .trueColour
    } else if terminfoColours >= 256 {
      self = .indexed256
    } else {
      self = .none
    }
  }
}
