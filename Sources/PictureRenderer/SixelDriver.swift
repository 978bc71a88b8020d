// SPDX-License-Identifier: Apache-2.0
internal import Veil
package import Vocabulary

/// Draws pixels by DEC's sixel pictures, in colours chosen for the clip.
///
/// What of a picture is sent depends on what the terminal keeps of the one before (`SixelDelta`). A
/// settling picture is whole, opaque and exact.
package struct SixelDriver: PictureDriver {
  /// Where the colours come from.
  package enum Colours: Hashable, Sendable {
    /// The driver chooses them, on the spot, from the picture that needs them.
    case own
    /// `adopt` brings better ones, for what `takeSample` gave; meanwhile they are chosen on the spot,
    /// with less care. A picture of few colours has its own at once.
    case adopted
    /// A fixed grid of colours.
    case fixed
  }

  private let delta: SixelDelta
  private let source: Colours
  private let colourCount: Int
  private let largest: PixelSize
  private let mostPixels: Int
  private var dither: OrderedDither?
  private var canvas: VeiledCanvas
  private var shape: PanePlace?
  private var frost: Frost?
  private var palette: ClipPalette?
  /// The mean squared error a channel that the palette had when it was new.
  private var errorWhenNew: Int?
  private var isSampleWanted = false
  /// So many poorly shown pixels are let pass before other colours are asked for.
  private var poorLimit = 0
  /// How many of the next pictures are chosen whole, as the last ones nearly were.
  private var busyFor = 0
  private var pixels = SixelPixels()
  private var writer = SixelWriter()

  private static let threshold = 4

  /// Makes a driver that has drawn nothing.
  ///
  /// - Parameters:
  ///   - delta: What the terminal keeps.
  ///   - registers: How many colours a picture may have; at most 255 are used.
  ///   - largest: How large a picture may be, in pixels.
  ///   - surround: The colour around the picture; nil is black.
  ///   - colours: Where the colours come from.
  ///   - ditherDepth: By how much an ordered pattern may change a channel, so that few colours show
  ///     no bands; 0 is not at all.
  ///   - mostPixels: What is larger is sent as several pictures; what is sent of one then stays well
  ///     below what the output grammar lets through.
  package init(
    delta: SixelDelta, registers: Int, largest: PixelSize, surround: RGB? = nil,
    colours: Colours = .own, ditherDepth: Int = 0, mostPixels: Int = 1 << 20
  ) {
    self.delta = delta
    source = colours
    self.mostPixels = max(1, mostPixels)
    colourCount = min(max(2, registers), ClipPalette.most)
    self.largest = largest
    dither = ditherDepth > 0 ? OrderedDither(depth: ditherDepth) : nil
    canvas = VeiledCanvas(
      surround: surround.map(NearestColours.fixed) ?? 0, marking: .inked)
  }

  /// A cell's own pixels.
  package func samples(in cell: PixelSize) -> PixelSize { cell }

  /// Forgets what was drawn.
  package mutating func invalidate() { shape = nil }

  /// Appends the difference to the picture drawn last, as `PictureDriver` says.
  package mutating func encode(
    _ picture: ShownPicture, in place: PanePlace, _ terms: DrawingTerms, into output: inout [UInt8]
  ) {
    let pane = fitted(place)
    guard !pane.rect.isEmpty else { return }
    canvas.lay(picture, in: pane, samples: pane.cell, divisor: terms.quality.divisor)
    dropPaletteOfOther(picture.frame.frost)
    if shape != pane || terms.isSettling || delta == .whole || busyFor > 0 {
      let mustBeSent = shape != pane || terms.isSettling
      shape = pane
      busyFor = max(0, busyFor - 1)
      guard chooseAll() || mustBeSent else { return }
      return writeAll(pane, onlyChanged: false, &output)
    }
    let allowed = terms.tolerance(Self.threshold, for: picture)
    guard chooseChanged(allowed) else { return }
    if isPalettePoor() { return writeAll(pane, onlyChanged: false, &output) }
    if delta == .changedPixels { return writeAll(pane, onlyChanged: true, &output) }
    writeStrips(pane, &output)
  }

  /// The part of a pane that a picture may be large enough for, in its middle.
  private func fitted(_ place: PanePlace) -> PanePlace {
    let rect = place.rect
    let columns = min(rect.size.columns, largest.width / place.cell.width)
    let rows = min(rect.size.rows, largest.height / place.cell.height)
    return PanePlace(
      rect: CellRect(
        column: rect.column + (rect.size.columns - columns) / 2,
        row: rect.row + (rect.size.rows - rows) / 2, columns: columns, rows: rows),
      cell: place.cell)
  }
}

// MARK: Colours

extension SixelDriver {
  /// Colours of the picture drawn last, where a palette made of them would suit it better: made on
  /// another thread by `ClipPalette(_:count:care:)`, it is brought by `adopt`.
  package mutating func takeSample() -> ColourSample? {
    guard isSampleWanted else { return nil }
    isSampleWanted = false
    return sample()
  }

  /// How many colours a palette may have.
  package var paletteSize: Int { colourCount }

  /// Draws in these colours from now on; the next picture is sent whole.
  package mutating func adopt(_ palette: ClipPalette) {
    use(palette)
    errorWhenNew = nil
    shape = nil
  }

  private mutating func use(_ palette: ClipPalette) {
    self.palette = palette
    writer.use(palette)
  }

  /// Greys near enough in a clear picture's colours are tinted all the same: another frost has its own.
  private mutating func dropPaletteOfOther(_ frost: Frost) {
    guard frost != self.frost else { return }
    self.frost = frost
    guard source != .fixed else { return }
    palette = nil
    errorWhenNew = nil
    shape = nil
  }

  /// Chooses each pixel's colour, from a new palette where the one at hand does not fit; whether any is
  /// another than before.
  private mutating func chooseAll() -> Bool {
    let colours = dithered()
    let isNew = palette == nil || isPaletteWorn()
    if isNew { choosePalette() }
    guard var palette else { return false }
    // Taken out meanwhile, so that its table is not copied.
    self.palette = nil
    defer { self.palette = palette }
    if errorWhenNew == nil { errorWhenNew = meanError(&palette) }
    return pixels.choose(colours, &palette) || isNew
  }

  /// Whether the palette fits much worse than when it was new.
  private mutating func isPaletteWorn() -> Bool {
    guard source != .fixed, let first = errorWhenNew, var palette else { return false }
    self.palette = nil
    defer { self.palette = palette }
    return meanError(&palette) > 2 * first + 8
  }

  /// Chooses the colours of pixels that look different now; false where none does.
  private mutating func chooseChanged(_ allowed: Int) -> Bool {
    let colours = dithered()
    guard var palette else { return false }
    self.palette = nil
    defer { self.palette = palette }
    return pixels.update(colours, width: canvas.size.width, &palette, threshold: allowed)
  }

  /// Whether something came into view that the palette has no colours for and the driver chose others
  /// for it; others are asked for where they are to be brought.
  private mutating func isPalettePoor() -> Bool {
    let poor = pixels.poorCount
    guard source != .fixed, poor > max(poorLimit, canvas.colours.count / 256) else { return false }
    poorLimit = 2 * poor
    guard source == .own else {
      isSampleWanted = true
      return false
    }
    choosePalette()
    _ = chooseAll()
    return true
  }

  private mutating func dithered() -> [UInt32] {
    dither?.apply(to: canvas.colours, width: canvas.size.width) ?? canvas.colours
  }

  /// Takes colours that suit the picture, found in a few milliseconds; better ones are wanted where
  /// they are to be brought, and there are more than a palette holds.
  private mutating func choosePalette() {
    errorWhenNew = nil
    if source == .fixed { return use(ClipPalette(fixed: colourCount)) }
    let sample = sample()
    isSampleWanted = source == .adopted && sample.distinct(atMost: colourCount) == nil
    use(ClipPalette(sample, count: colourCount))
  }

  private func sample() -> ColourSample {
    var sample = ColourSample()
    sample.add(canvas.colours, stride: max(1, canvas.colours.count / 60_000))
    // Few pixels, which a step over some might miss: the mark must not be drawn in others' colours.
    sample.add(canvas.mark.inkColours(canvas.colours, stride: canvas.size.width), stride: 1)
    return sample
  }

  /// The mean squared error of a channel over some hundred pixels.
  private func meanError(_ palette: inout ClipPalette) -> Int {
    var sum = 0
    var count = 0
    for place in stride(from: 0, to: canvas.colours.count, by: 997) {
      let colour = canvas.colours[place]
      let shown = palette.colours[Int(palette.index(of: colour))]
      sum += Int(VisibleDifference.squared(colour, shown))
      count += 3
    }
    return sum / max(1, count)
  }
}

// MARK: Bytes

extension SixelDriver {
  private var sheet: SixelWriter.Sheet? {
    shape.map { SixelWriter.Sheet(pane: $0, width: canvas.size.width, pixels: pixels) }
  }

  /// Writes the rows of cells that changed, each run of them as one opaque picture of the columns
  /// in which it did; all where that is most of the pane.
  private mutating func writeStrips(_ pane: PanePlace, _ output: inout [UInt8]) {
    guard let sheet else { return }
    var strips: [CellRect] = []
    for row in 0..<pane.rect.size.rows {
      guard let columns = changed(row, pane) else { continue }
      if let last = strips.last, last.row + last.size.rows == row,
        let joined = Self.joined(last, columns)
      {
        strips[strips.count - 1] = joined
      } else {
        strips.append(
          CellRect(column: columns.lowerBound, row: row, columns: columns.count, rows: 1))
      }
    }
    let area = strips.reduce(0) { $0 + $1.size.columns * $1.size.rows }
    if area * 5 > pane.rect.size.columns * pane.rect.size.rows * 3 {
      busyFor = Self.busyPictures
      return writeAll(pane, onlyChanged: false, &output)
    }
    for strip in strips { writer.write(strip, of: sheet, onlyChanged: false, into: &output) }
  }

  private static let busyPictures = 8

  /// A strip and the next row's columns as one, unless that adds more than half as much again.
  private static func joined(_ strip: CellRect, _ columns: Range<Int>) -> CellRect? {
    let left = min(strip.column, columns.lowerBound)
    let right = max(strip.column + strip.size.columns, columns.upperBound)
    let apart = strip.size.columns * strip.size.rows + columns.count
    let joined = (right - left) * (strip.size.rows + 1)
    guard joined * 2 <= apart * 3 else { return nil }
    return CellRect(column: left, row: strip.row, columns: right - left, rows: strip.size.rows + 1)
  }

  /// The columns of cells in which a row of them changed.
  private func changed(_ row: Int, _ pane: PanePlace) -> Range<Int>? {
    let rows = pixels.changed[row * pane.cell.height..<(row + 1) * pane.cell.height]
    guard let left = rows.lazy.filter({ !$0.isEmpty }).map(\.lowerBound).min(),
      let right = rows.lazy.filter({ !$0.isEmpty }).map(\.upperBound).max()
    else { return nil }
    return left / pane.cell.width..<(right - 1) / pane.cell.width + 1
  }

  /// Writes all rows, as several pictures one below the other where one might grow too long to be
  /// sent: noise takes up to seven bytes a pixel.
  private mutating func writeAll(
    _ pane: PanePlace, onlyChanged: Bool, _ output: inout [UInt8]
  ) {
    guard let sheet else { return }
    let rows = pane.rect.size.rows
    let most = max(1, mostPixels / (canvas.size.width * pane.cell.height))
    for first in stride(from: 0, to: rows, by: most) {
      let part = CellRect(
        column: 0, row: first, columns: pane.rect.size.columns, rows: min(most, rows - first))
      writer.write(part, of: sheet, onlyChanged: onlyChanged, into: &output)
    }
  }
}
