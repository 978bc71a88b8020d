// SPDX-License-Identifier: Apache-2.0

/// A colour of 24 bits; drawn as the nearest the terminal has.
package struct RGB: Hashable, Sendable {
  package let red: UInt8
  package let green: UInt8
  package let blue: UInt8

  /// Makes a colour.
  package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }
}

/// The colours of one role; nil is the terminal's own.
package struct RoleStyle: Hashable, Sendable {
  package let foreground: RGB?
  package let background: RGB?
  package let isBold: Bool

  /// Makes a style.
  package init(foreground: RGB?, background: RGB?, isBold: Bool) {
    self.foreground = foreground
    self.background = background
    self.isBold = isBold
  }
}

/// What every role looks like.
package struct Theme: Hashable, Sendable {
  package let name: String
  /// The screen's own background; nil is the terminal's.
  package let background: RGB?
  package let styles: [StyleRole: RoleStyle]

  /// Makes a theme; roles that are missing show in the terminal's own colours.
  package init(name: String, background: RGB?, styles: [StyleRole: RoleStyle]) {
    self.name = name
    self.background = background
    self.styles = styles
  }

  /// Whether it has no colour of its own anywhere.
  package var isColourless: Bool {
    background == nil && styles.values.allSatisfy { $0.foreground == nil && $0.background == nil }
  }

  /// The style of a role.
  package subscript(role: StyleRole) -> RoleStyle {
    styles[role] ?? RoleStyle(foreground: nil, background: nil, isBold: false)
  }
}
