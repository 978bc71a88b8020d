// SPDX-License-Identifier: Apache-2.0

/// What a reviewer changes about how a picture looks, all of it after the frost: no setting gives a
/// finer sample than the frosted grid holds.
package struct PictureAdjustment: Hashable, Sendable {
  /// How much larger than the pane the picture is laid out.
  package enum Zoom: Int, CaseIterable, Hashable, Sendable {
    case whole = 1
    case double = 2
    case fourfold = 4

    /// As the screen names it.
    package var name: String { "\(rawValue)×" }
  }

  /// What is drawn of the picture.
  package enum Drawing: String, CaseIterable, Hashable, Sendable {
    case plain
    case grey
    /// Light lines where the picture changes, on black.
    case edges
  }

  package var zoom: Zoom
  /// The middle of what is seen, in 1/1024 of the picture's width and height from its top left
  /// corner; what would lie beyond the picture's edge is moved back in.
  package var centreX: Int
  package var centreY: Int
  /// Steps of −5…5; 0 changes nothing.
  package var brightness: Int { didSet { brightness = Self.bounded(brightness) } }
  package var contrast: Int { didSet { contrast = Self.bounded(contrast) } }
  /// Above 0 the dark parts are lighter.
  package var gamma: Int { didSet { gamma = Self.bounded(gamma) } }
  package var drawing: Drawing

  /// The steps of brightness, contrast and gamma.
  package static let steps = -5...5
  /// The parts of a side that `centreX` and `centreY` count in.
  package static let side = 1024

  /// The picture as it is.
  package static let none = PictureAdjustment()

  /// Makes the adjustment that changes nothing.
  package init() {
    (zoom, drawing) = (.whole, .plain)
    (centreX, centreY) = (Self.side / 2, Self.side / 2)
    (brightness, contrast, gamma) = (0, 0, 0)
  }

  /// Whether colours are left as they are.
  package var keepsColours: Bool {
    brightness == 0 && contrast == 0 && gamma == 0 && drawing == .plain
  }

  /// Moves the middle by parts of what is seen, at most to where its edge meets the picture's.
  package mutating func pan(right: Int, down: Int) {
    let half = Self.side / zoom.rawValue / 2
    centreX = min(max(half, centreX + right / zoom.rawValue), Self.side - half)
    centreY = min(max(half, centreY + down / zoom.rawValue), Self.side - half)
  }

  private static func bounded(_ step: Int) -> Int {
    min(max(steps.lowerBound, step), steps.upperBound)
  }
}
