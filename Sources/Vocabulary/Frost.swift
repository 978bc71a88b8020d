// SPDX-License-Identifier: Apache-2.0

/// How much of a picture is left to see: a cap on what crosses from the decoder to the screen.
///
/// Ordered from least to most frost; a detector or a reviewer may only raise it.
package enum Frost: Int, CaseIterable, Comparable, Sendable, Codable {
  /// The picture itself: staff test clips, or a granted look.
  case clear = 0
  /// At most 50 cells a metre, 32 greys, held 0.2 s; comfort, not a privacy control.
  case soft = 1
  /// At most 25 cells a metre, 6 greys, held 0.5 s; the default for customers' clips.
  case frosted = 2
  /// At most 12.5 cells a metre, 4 greys, held 2 s.
  case strict = 3
  /// No picture: only which eighths of the frame moved.
  case solid = 4

  /// The word shown on screen and written in files.
  package var name: String {
    switch self {
    case .clear: "clear"
    case .soft: "soft"
    case .frosted: "frosted"
    case .strict: "strict"
    case .solid: "solid"
    }
  }

  /// The greatest density of cells on the scene, in cells a kilometre at the nearest subject
  /// distance; nil where there is no grid.
  package var cellsPerKilometre: Int? {
    switch self {
    case .clear, .solid: nil
    case .soft: 50_000
    case .frosted: 25_000
    case .strict: 12_500
    }
  }

  /// The number of grey levels of a cell; nil where there is no grid.
  package var greyCount: Int? {
    switch self {
    case .clear, .solid: nil
    case .soft: 32
    case .frosted: 6
    case .strict: 4
    }
  }

  /// How long one picture stands; zero for `clear`, where every frame is its own picture.
  package var hold: MediaTime {
    switch self {
    case .clear: .zero
    case .soft: MediaTime(milliseconds: 200)
    case .frosted, .solid: MediaTime(milliseconds: 500)
    case .strict: MediaTime(milliseconds: 2000)
    }
  }

  /// The index of the picture that stands at `time` (`⌊time / hold⌋`, never negative); 0 for
  /// `clear`, whose pictures are frames.
  package func holdIndex(at time: MediaTime) -> Int {
    guard hold > .zero else { return 0 }
    return Int(max(0, time.microseconds) / hold.microseconds)
  }

  /// The three frosts that show a grid of grey cells.
  package static let grids: [Frost] = [.soft, .frosted, .strict]

  package static func < (left: Frost, right: Frost) -> Bool { left.rawValue < right.rawValue }
}
