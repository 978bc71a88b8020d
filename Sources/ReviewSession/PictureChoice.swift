// SPDX-License-Identifier: Apache-2.0

internal import PictureRenderer
internal import TerminalScreen
package import Vocabulary

/// How the picture is to be drawn, as `--picture` says it.
package enum PictureChoice: Hashable, Sendable, RawRepresentable {
  /// The best the terminal is known to show.
  case auto
  /// That way, where it is possible at all.
  case kind(PictureKind)

  /// Reads a word; nil where it names no way to draw.
  package init?(rawValue: String) {
    if rawValue == "auto" {
      self = .auto
    } else if let kind = PictureKind(rawValue: rawValue) {
      self = .kind(kind)
    } else {
      return nil
    }
  }

  /// The word.
  package var rawValue: String {
    switch self {
    case .auto: "auto"
    case .kind(let kind): kind.rawValue
    }
  }

  /// Every word, for the help.
  package static let words = ["auto"] + PictureKind.allCases.map(\.rawValue)

  /// The way that was asked for; nil leaves it to the terminal.
  var wanted: PictureKind? {
    if case .kind(let kind) = self { kind } else { nil }
  }
}

/// Makes the driver of a way to draw, for the terminal at hand.
enum PictureDrivers {
  /// The way to draw with: the wish, unless it needs pixels that the terminal does not have.
  static func kind(_ wish: PictureKind?, _ traits: TerminalTraits) -> PictureKind {
    guard let wish else { return traits.best }
    return wish.isGraphics && !traits.offer(wish).isUsable ? traits.best : wish
  }

  /// A driver that has drawn nothing yet.
  ///
  /// - Parameters:
  ///   - kind: The way to draw.
  ///   - traits: The terminal.
  ///   - surround: The colour around the picture; nil is black.
  ///   - pane: Tells apart drivers whose pictures are on the screen together, from 0.
  /// - Returns: One of that pane's own.
  static func driver(
    _ kind: PictureKind, _ traits: TerminalTraits, surround: RGB?, pane: Int = 0
  ) -> any PictureDriver {
    let colours = colours(traits)
    return switch kind {
    case .sixel:
      SixelDriver(
        delta: traits.sixel?.delta ?? .whole, registers: traits.sixel?.colours ?? 256,
        largest: traits.sixel?.largest ?? PixelSize(width: 1000, height: 1000), surround: surround,
        colours: pane == 0 ? .adopted : .own)
    case .kitty: KittyDriver(firstID: 1 + pane * mostRows, surround: surround)
    case .half: HalfBlockDriver(colours: .direct, surround: surround)
    case .half256: HalfBlockDriver(colours: .indexed256, surround: surround)
    case .half16: HalfBlockDriver(colours: .named16, surround: surround)
    case .quadrant: BlockDriver(set: .quadrants, colours: colours, surround: surround)
    case .sextant: BlockDriver(set: .sextants, colours: colours, surround: surround)
    case .octant: BlockDriver(set: .octants, colours: colours, surround: surround)
    case .braille: BlockDriver(set: .braille, colours: colours, surround: surround)
    case .letters: LetterDriver(colours: colours, surround: surround)
    case .ascii: ASCIIDriver()
    case .console: ConsoleDriver(surround: surround)
    }
  }

  /// More rows than a pane has that shares the screen with others.
  private static let mostRows = 400

  private static func colours(_ traits: TerminalTraits) -> CellColours {
    switch traits.colourDepth {
    case .trueColour: .direct
    case .indexed256: .indexed256
    case .named16, .none: .named16
    }
  }
}
