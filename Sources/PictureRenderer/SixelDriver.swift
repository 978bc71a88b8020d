// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// Draws pixels by DEC's sixel pictures, in colours chosen for the clip.
///
/// What of a picture is sent depends on what the terminal keeps of the one before (`SixelDelta`). A
/// settling picture is whole, opaque and exact.
package struct SixelDriver: PictureDriver {
  private let delta: SixelDelta
  private let colourCount: Int
  private let largest: PixelSize
  private let mostPixels: Int
  private var canvas: VeiledCanvas
  private var shape: PanePlace?
  private var palette: ClipPalette?
  private var band = SixelBand()
  /// What is on the screen: each pixel's index, and the colour that it was chosen for.
  private var indices: [UInt8] = []
  private var sources: [UInt32] = []
  private var isChanged: [Bool] = []
  private var isDefined: [Bool] = []

  /// A palette whose mean squared error a channel is beyond this is chosen anew.
  private static let greatestError = 40
  private static let threshold = 4

  /// Makes a driver that has drawn nothing.
  ///
  /// - Parameters:
  ///   - delta: What the terminal keeps.
  ///   - registers: How many colours a picture may have; at most 256 are used.
  ///   - largest: How large a picture may be, in pixels.
  ///   - surround: The colour around the picture; nil is black.
  ///   - mostPixels: What is larger is sent as several pictures; what is sent of one then stays well
  ///     below what the output grammar lets through.
  package init(
    delta: SixelDelta, registers: Int, largest: PixelSize, surround: RGB? = nil,
    mostPixels: Int = 1 << 20
  ) {
    self.delta = delta
    self.mostPixels = max(1, mostPixels)
    colourCount = min(max(2, registers), 256)
    self.largest = largest
    canvas = VeiledCanvas(surround: surround.map(NearestColours.fixed) ?? 0)
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
    let isNew = shape != pane || terms.isSettling || delta == .whole
    shape = pane
    if isNew {
      mapAll()
      return writeAll(pane, onlyChanged: false, &output)
    }
    let allowed = VisibleDifference.threshold(
      Self.threshold, terms.isSettling, isFull: terms.quality == .full)
    guard mapChanged(allowed) else { return }
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

  // MARK: Colours

  /// Chooses each pixel's colour, from a new palette where the one at hand does not fit.
  private mutating func mapAll() {
    let count = canvas.colours.count
    if indices.count != count {
      indices = [UInt8](repeating: 0, count: count)
      isChanged = [Bool](repeating: false, count: count)
    }
    // Taken out meanwhile, so that its table is not copied.
    let old = self.palette
    self.palette = nil
    var palette = old ?? makePalette()
    if old != nil, meanError(&palette) > Self.greatestError { palette = makePalette() }
    var last: (colour: UInt32, index: UInt8) = (.max, 0)
    for place in 0..<count {
      let colour = canvas.colours[place]
      if colour != last.colour { last = (colour, UInt8(palette.index(of: colour))) }
      indices[place] = last.index
    }
    sources = canvas.colours
    self.palette = palette
  }

  /// Chooses the colours of pixels that look different now; false where none does.
  private mutating func mapChanged(_ allowed: Int) -> Bool {
    guard var palette else { return false }
    self.palette = nil
    var isAny = false
    for place in indices.indices {
      let colour = canvas.colours[place]
      let source = sources[place]
      isChanged[place] = false
      if colour == source { continue }
      guard VisibleDifference.isSeen(colour, source, threshold: allowed) else { continue }
      sources[place] = colour
      let index = UInt8(palette.index(of: colour))
      guard index != indices[place] else { continue }
      indices[place] = index
      isChanged[place] = true
      isAny = true
    }
    self.palette = palette
    return isAny
  }

  private func makePalette() -> ClipPalette {
    var sample = ColourSample()
    sample.add(canvas.colours, stride: max(1, canvas.colours.count / 60_000))
    return ClipPalette(sample, count: colourCount)
  }

  /// The mean squared error of a channel over some hundred pixels.
  private func meanError(_ palette: inout ClipPalette) -> Int {
    var sum = 0
    var count = 0
    for place in stride(from: 0, to: canvas.colours.count, by: 997) {
      let colour = canvas.colours[place]
      let shown = palette.colours[palette.index(of: colour)]
      let off = SIMD4<Int32>(channelsOf: colour) &- SIMD4<Int32>(channelsOf: shown)
      sum += Int((off &* off).wrappedSum())
      count += 3
    }
    return sum / max(1, count)
  }

  // MARK: Bytes

  private mutating func writeStrips(_ pane: PanePlace, _ output: inout [UInt8]) {
    let rows = pane.rect.size.rows
    let length = canvas.size.width * pane.cell.height
    let changed = (0..<rows).filter { row in
      isChanged[row * length..<(row + 1) * length].contains(true)
    }
    if changed.count * 5 > rows * 3 {
      return writeAll(pane, onlyChanged: false, &output)
    }
    var first = 0
    while first < changed.count {
      var last = first
      while last + 1 < changed.count, changed[last + 1] == changed[last] + 1 { last += 1 }
      write(rows: changed[first]..<changed[last] + 1, pane, onlyChanged: false, &output)
      first = last + 1
    }
  }

  /// Writes all rows, as several pictures one below the other where one might grow too long to be
  /// sent: noise takes up to seven bytes a pixel.
  private mutating func writeAll(
    _ pane: PanePlace, onlyChanged: Bool, _ output: inout [UInt8]
  ) {
    let rows = pane.rect.size.rows
    let most = max(1, mostPixels / (canvas.size.width * pane.cell.height))
    for first in stride(from: 0, to: rows, by: most) {
      write(rows: first..<min(first + most, rows), pane, onlyChanged: onlyChanged, &output)
    }
  }

  /// Writes some rows of cells as a picture of their own.
  private mutating func write(
    rows: Range<Int>, _ pane: PanePlace, onlyChanged: Bool, _ output: inout [UInt8]
  ) {
    guard let palette else { return }
    let size = PixelSize(width: canvas.size.width, height: rows.count * pane.cell.height)
    begin(size, row: pane.rect.row + rows.lowerBound, column: pane.rect.column, &output)
    band.begin(colourCount: palette.colours.count, width: size.width)
    isDefined = [Bool](repeating: false, count: palette.colours.count)
    var skipped = 0
    for top in stride(from: 0, to: size.height, by: 6) {
      let start = (rows.lowerBound * pane.cell.height + top) * size.width
      let isAny = band.gather(
        indices, isSent: onlyChanged ? isChanged : nil, start: start, width: size.width,
        rows: min(6, size.height - top))
      if isAny {
        for _ in 0..<skipped { output.append(UInt8(ascii: "-")) }
        skipped = 0
        band.write(into: &output) { index, output in
          Self.select(index, palette.colours[index], &isDefined, &output)
        }
      }
      skipped += 1
    }
    output.append(0x1B)
    output.append(UInt8(ascii: "\\"))
  }

  private func begin(_ size: PixelSize, row: Int, column: Int, _ output: inout [UInt8]) {
    output.append(contentsOf: [0x1B, UInt8(ascii: "[")])
    Decimal.append(row + 1, to: &output)
    output.append(UInt8(ascii: ";"))
    Decimal.append(column + 1, to: &output)
    // What a picture leaves open stays as it is (1), and its pixels are square.
    output.append(contentsOf: Array("H\u{1B}P0;1;0q\"1;1;".utf8))
    Decimal.append(size.width, to: &output)
    output.append(UInt8(ascii: ";"))
    Decimal.append(size.height, to: &output)
  }

  /// Selects a colour, and defines it before where the picture has not yet: a definition alone does
  /// not select everywhere.
  private static func select(
    _ index: Int, _ colour: UInt32, _ isDefined: inout [Bool], _ output: inout [UInt8]
  ) {
    output.append(UInt8(ascii: "#"))
    Decimal.append(index, to: &output)
    guard !isDefined[index] else { return }
    isDefined[index] = true
    output.append(contentsOf: [UInt8(ascii: ";"), UInt8(ascii: "2")])
    for shift in [16 as UInt32, 8, 0] {
      output.append(UInt8(ascii: ";"))
      Decimal.append(Int(ClipPalette.percent(colour >> shift & 0xFF)), to: &output)
    }
    output.append(UInt8(ascii: "#"))
    Decimal.append(index, to: &output)
  }
}
