// SPDX-License-Identifier: Apache-2.0
import PictureRenderer
import TerminalModels
import Vocabulary

/// Our own ways to draw, each over all of the footage.
struct Drivers {
  let footage: Footage
  let shown: [ShownPicture]
  /// The pictures as cells are compared with them, at the places that are compared.
  let scaled: [Int: [UInt8]]

  /// Where pixels are drawn: every picture in its own size.
  static let pixelCell = PixelSize(width: 8, height: 18)
  static let pixelCells = CellSize(columns: 80, rows: 20)

  /// Draws all pictures; `look` makes pixels of what was written, and is given the picture's number.
  private func measure<Driver: PictureDriver>(
    _ name: String, _ driver: Driver, _ place: PanePlace, isSettling: Bool = false,
    prepare: (inout Driver) -> Void = { _ in },
    look: ([UInt8], _ compared: Int?) throws -> Likeness?
  ) rethrows -> Measured {
    var driver = driver
    var takes = Takes()
    var output: [UInt8] = []
    for (number, picture) in shown.enumerated() {
      prepare(&driver)
      output.removeAll(keepingCapacity: true)
      let start = Program.cpuSeconds
      driver.encode(picture, in: place, DrawingTerms(isSettling: isSettling), into: &output)
      let time = (Program.cpuSeconds - start) * 1000
      let likeness = try look(output, takes.isCompared ? number : nil)
      takes.add(milliseconds: time, bytes: output.count, likeness)
    }
    return takes.measured(name)
  }

  /// Sixels; whole pictures are settling ones, which are exact.
  func sixel(
    _ name: String, _ delta: SixelDelta, colours: SixelDriver.Colours = .adopted,
    ditherDepth: Int = 0
  ) throws -> Measured {
    var screen = SixelScreen(size: Self.pixelCells, cell: Self.pixelCell)
    let driver = SixelDriver(
      delta: delta, registers: 256, largest: Footage.size, colours: colours,
      ditherDepth: ditherDepth)
    return try measure(
      name, driver, Self.pixelPlace, isSettling: delta == .whole,
      prepare: { driver in
        // On another thread in the program, so not counted here.
        guard let sample = driver.takeSample() else { return }
        driver.adopt(ClipPalette(sample, count: driver.paletteSize, care: .thorough))
      },
      look: { bytes, number in
        _ = try screen.write(bytes)
        guard let number else { return nil }
        let rgb = screen.pixels.flatMap { pixel in
          let colour = pixel ?? 0
          return [UInt8(colour >> 16 & 0xFF), UInt8(colour >> 8 & 0xFF), UInt8(colour & 0xFF)]
        }
        return Likeness(rgb, footage.frames[number], Footage.size)
      })
  }

  /// Kitty's graphics.
  func kitty() throws -> Measured {
    var screen = KittyScreen(size: Self.pixelCells)
    return try measure(
      "kitty", KittyDriver(), Self.pixelPlace,
      look: { bytes, number in
        try screen.write(bytes)
        guard let number else { return nil }
        return Likeness(Self.pixels(screen), footage.frames[number], Footage.size)
      })
  }

  private static func pixels(_ screen: KittyScreen) -> [UInt8] {
    var rgb = [UInt8](repeating: 0, count: Footage.size.area * 3)
    for image in screen.images.values {
      let left = image.cells.column * pixelCell.width
      let top = image.cells.row * pixelCell.height
      for row in 0..<image.size.height where top + row < Footage.size.height {
        let from = row * image.size.width * 3
        let to = ((top + row) * Footage.size.width + left) * 3
        let width = min(image.size.width, Footage.size.width - left) * 3
        rgb.replaceSubrange(to..<to + width, with: image.rgb[from..<from + width])
      }
    }
    return rgb
  }

  private static let pixelPlace = PanePlace(
    rect: CellRect(column: 0, row: 0, columns: pixelCells.columns, rows: pixelCells.rows),
    cell: pixelCell)

  /// Characters; letters have no geometry of their own and are not compared.
  func cells(
    _ name: String, _ driver: some PictureDriver, isSettling: Bool = false, isCompared: Bool = true
  ) -> Measured {
    let cells = CellRaster.cells
    let screen = TerminalModel(size: cells)
    let place = PanePlace(
      rect: CellRect(column: 0, row: 0, columns: cells.columns, rows: cells.rows),
      cell: CellRaster.cell)
    return measure(
      name, driver, place, isSettling: isSettling,
      look: { bytes, number in
        screen?.write(bytes)
        guard isCompared, let number, let screen, let meant = scaled[number],
          let pixels = CellRaster.pixels(screen)
        else { return nil }
        return Likeness(pixels, meant, CellRaster.size)
      })
  }
}
