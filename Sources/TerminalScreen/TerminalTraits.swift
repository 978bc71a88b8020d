// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// What the terminal at hand is and can show, judged by its answers, the environment and
/// `KnownTerminals`.
package struct TerminalTraits: Hashable, Sendable {
  /// What it does with sixel pictures.
  package struct Sixel: Hashable, Sendable {
    /// How many colours a picture may have.
    package let colours: Int
    /// How large a picture may be.
    package let largest: PixelSize
    /// What a picture may leave to the one before.
    package let delta: SixelDelta
  }

  /// Whether a way to draw can be used; and one sentence that says why, or why not.
  package struct Offer: Hashable, Sendable {
    /// Whether it can be used.
    package let isUsable: Bool
    /// Why, or why not.
    package let reason: String
  }

  /// Its own name and version, or else `TERM`.
  package let name: String
  /// What it was recognised as; nil for none that is known.
  package let recognised: String?
  /// Its colours.
  package let colourDepth: ColourDepth
  /// A cell's size in pixels; nil where nobody knows.
  package let cellPixels: PixelSize?
  /// Its sixel pictures; nil where it has none.
  package let sixel: Sixel?
  /// Whether it has kitty's graphics.
  package let hasKitty: Bool
  /// Whether it knows synchronized update; nil where it did not say.
  package let isSynchronized: Bool?
  /// Whether it is tmux or screen.
  package let isMultiplexer: Bool
  /// Whether it answered in time; nil where it was not asked.
  package let hasAnswered: Bool?
  /// How long the answers took.
  package let milliseconds: Int64
  private let glyphs: Set<PictureKind>
  private let isConsole: Bool
  private let isColourUnwanted: Bool

  /// Judges the answers; nil for a terminal that was not asked.
  package init(
    replies: TerminalReplies?, environment: [String: String], terminfoColours: Int,
    cells: CellSize, windowPixels: PixelSize, milliseconds: Int64 = 0
  ) {
    let answers = replies ?? TerminalReplies()
    let known = KnownTerminals.find(version: answers.name, environment: environment)
    let shown = environment["TERM"] ?? ""
    name =
      answers.name
      ?? String(
        String.UnicodeScalarView(
          shown.unicodeScalars.filter { (0x20...0x7E).contains($0.value) }.prefix(64)))
    recognised = known?.name
    isColourUnwanted = !(environment["NO_COLOR"] ?? "").isEmpty
    isConsole = known?.name == "Linux console"
    isMultiplexer = known?.isMultiplexer ?? false
    colourDepth = Self.depth(environment, terminfoColours, known)
    let cellPixels = Self.cell(answers, cells, windowPixels)
    self.cellPixels = cellPixels
    hasKitty = answers.hasKitty && !isMultiplexer
    isSynchronized = answers.isSynchronized
    hasAnswered = replies.map { $0.attributes != nil }
    self.milliseconds = milliseconds
    glyphs = known?.glyphs ?? [.half, .half256, .half16]
    sixel = Self.sixel(answers, known)
  }

  private static func depth(
    _ environment: [String: String], _ colours: Int, _ known: KnownTerminal?
  ) -> ColourDepth {
    let promised = ColourDepth(environment: environment, terminfoColours: colours)
    guard (environment["NO_COLOR"] ?? "").isEmpty, colours >= 8 else { return .none }
    if known?.depth == .named16 { return .named16 }
    if promised == .trueColour || known?.depth == .trueColour { return .trueColour }
    return promised == .none ? .named16 : promised
  }

  private static func cell(
    _ answers: TerminalReplies, _ cells: CellSize, _ window: PixelSize
  ) -> PixelSize? {
    if let cell = answers.cellPixels, cell.isCell { return cell }
    return answers.pixels.flatMap { PixelSize.cell(of: $0, in: cells) }
      ?? PixelSize.cell(of: window, in: cells)
  }

  private static func sixel(_ answers: TerminalReplies, _ known: KnownTerminal?) -> Sixel? {
    guard answers.attributes?.dropFirst().contains(4) == true else { return nil }
    if known?.name == "screen" { return nil }
    if known?.name == "tmux", KnownTerminals.isOlder(answers.name ?? "", than: [3, 4]) {
      return nil
    }
    // xterm cuts at 1000 × 1000 unless it is told otherwise, so no more is trusted unasked.
    let largest = answers.sixelSize ?? known?.largest ?? PixelSize(width: 1000, height: 1000)
    let side = OutputGrammar.Sixel.longestSide
    return Sixel(
      colours: min(answers.sixelColours ?? 256, Int(OutputGrammar.Sixel.lastColour) + 1),
      largest: PixelSize(width: min(largest.width, side), height: min(largest.height, side)),
      delta: known?.delta ?? .whole)
  }

  /// Whether a way to draw can be used, and why or why not.
  package func offer(_ kind: PictureKind) -> Offer {
    if let reason = refusal(kind) { return Offer(isUsable: false, reason: reason) }
    return Offer(isUsable: true, reason: grounds(kind))
  }

  private func refusal(_ kind: PictureKind) -> String? {
    if kind == .ascii { return nil }
    if isColourUnwanted { return "NO_COLOR asks for no colour." }
    if colourDepth == .none { return "The terminal has no colours." }
    switch kind {
    case .sixel where sixel == nil:
      return isMultiplexer
        ? "\(name) shows no sixel pictures."
        : "The terminal did not say that it shows sixel pictures."
    case .kitty where !hasKitty:
      return isMultiplexer
        ? "\(name) shows no kitty graphics."
        : "The terminal did not say that it knows kitty graphics."
    case .sixel where cellPixels == nil, .kitty where cellPixels == nil:
      return "Nobody knows the size of a cell in pixels."
    case .half256 where colourDepth == .named16: return "The terminal has fewer than 256 colours."
    case .half where isConsole, .half256 where isConsole, .half16 where isConsole,
      .quadrant where isConsole, .sextant where isConsole, .octant where isConsole,
      .braille where isConsole:
      return "The Linux console's fonts do not hold the glyphs."
    case .octant where !glyphs.contains(.octant) && recognised != nil:
      return "\(name) is not known to draw octants, and may shift the row."
    default: return nil
    }
  }

  private func grounds(_ kind: PictureKind) -> String {
    switch kind {
    case .sixel: "It said so (DA1), and a cell's size in pixels is known."
    case .kitty: "It said so when it was asked, and a cell's size in pixels is known."
    case .ascii, .letters: "Every terminal shows letters."
    case .console: "Every font of the Linux console holds its glyphs."
    case _ where glyphs.contains(kind): "It is known to show these glyphs."
    default: "Its font may lack these glyphs."
    }
  }

  /// The best way to draw.
  package var best: PictureKind {
    if isColourUnwanted || colourDepth == .none { return .ascii }
    if isConsole { return .console }
    // Those that have both have come to kitty's graphics later, and know less of them.
    if offer(.sixel).isUsable { return .sixel }
    if offer(.kitty).isUsable { return .kitty }
    if colourDepth == .named16 { return .half16 }
    if recognised != nil, glyphs.contains(.quadrant) { return .quadrant }
    return colourDepth == .trueColour ? .half : .half256
  }

  /// The ways that can be used, in the menu's order.
  package var offered: [PictureKind] { PictureKind.allCases.filter { offer($0).isUsable } }

  /// What was found and why the best way was chosen, for `milkglass doctor`.
  package var findings: [(name: String, text: String)] {
    let answered = hasAnswered.map { $0 ? "yes, in \(milliseconds) ms" : "no, not within 1 s" }
    let pictures = sixel.map {
      "\($0.colours) colours, at most \($0.largest.width)×\($0.largest.height), \($0.delta)"
    }
    return [
      ("terminal", name), ("recognised as", recognised ?? "none that is known"),
      ("answered", answered ?? "not asked"), ("colours", "\(colourDepth)"),
      ("cell", cellPixels.map { "\($0.width)×\($0.height) pixels" } ?? "size unknown"),
      ("sixel", pictures ?? "no"), ("kitty graphics", hasKitty ? "yes" : "no"),
      ("synchronized update", isSynchronized.map { $0 ? "yes" : "no" } ?? "did not say"),
      ("picture", "\(best.rawValue): \(offer(best).reason)"),
    ]
  }
}
