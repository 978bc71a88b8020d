// SPDX-License-Identifier: Apache-2.0
import Foundation
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

@testable import PictureRenderer
@testable import Veil

/// What a real xterm shows, pixel by pixel: `make xterm`, where it is installed.
@Suite(
  "Sixel in xterm",
  .enabled(if: ProcessInfo.processInfo.environment["MILKGLASS_XTERM"] == "1"), .serialized)
struct XtermTests {
  private static let size = CellSize(columns: 60, rows: 24)

  /// A scene that stands still but for a square on its way through it, and noise.
  private static func scene(_ size: PixelSize, _ step: Int, _ random: inout SeededGenerator)
    -> [UInt8]
  {
    (0..<size.area).flatMap { index -> [UInt8] in
      let (x, y) = (index % size.width, index / size.width)
      let left = step * 3 % max(1, size.width - 40)
      if (left..<left + 40).contains(x), (60..<110).contains(y) { return [230, 120, 40] }
      let noise = UInt8.random(in: 0...2, using: &random)
      return [UInt8(x / 4 % 200) + noise, UInt8(y / 3 % 180) + noise, UInt8((x + y) / 8 % 100)]
    }
  }

  /// How many of the pane's pixels differ from the pixels meant by more than rounding.
  private func difference(_ xterm: Xterm, _ screen: SixelScreen, _ pane: CellRect) throws -> Int {
    let shown = try xterm.pixels()
    let cell = xterm.cell
    let rows = pane.row * cell.height..<(pane.row + pane.size.rows) * cell.height
    let columns = pane.column * cell.width..<(pane.column + pane.size.columns) * cell.width
    var count = 0
    for row in rows {
      for column in columns {
        let index = row * screen.size.width + column
        guard let wanted = screen.pixels[index] else { continue }
        let isNear = [16 as UInt32, 8, 0].allSatisfy { shift in
          abs(Int(shown[index] >> shift & 0xFF) - Int(wanted >> shift & 0xFF)) <= 2
        }
        if !isNear { count += 1 }
      }
    }
    return count
  }

  private func settled(_ xterm: Xterm, _ screen: SixelScreen, _ pane: CellRect) throws -> Int {
    // The window is drawn some time after the bytes are read.
    var last = Int.max
    for _ in 0..<50 {
      last = try difference(xterm, screen, pane)
      if last == 0 { return 0 }
      Thread.sleep(forTimeInterval: 0.1)
    }
    return last
  }

  @Test(
    "the pixels meant, after 100 changes, once settled when it was hidden or had another size",
    arguments: SixelDelta.allCases)
  func hundredChanges(delta: SixelDelta) throws {
    guard Xterm.isInstalled else {
      Issue.record("xterm, Xvfb, xdotool or import is not installed")
      return
    }
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "milkglass-xterm-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let xterm = try Xterm(size: Self.size, folder: folder)
    let pane = CellRect(column: 2, row: 1, columns: 50, rows: 20)
    let pixels = PixelSize(
      width: pane.size.columns * xterm.cell.width, height: pane.size.rows * xterm.cell.height)
    var driver = SixelDriver(
      delta: delta, registers: 256, largest: PixelSize(width: 2000, height: 1400))
    var screen = SixelScreen(size: Self.size, cell: xterm.cell)
    var random = SeededGenerator(seed: 7)
    func draw(_ step: Int, isSettling: Bool) throws -> [UInt8] {
      var bytes: [UInt8] = []
      driver.encode(
        Pictures.shown(
          Pictures.colour(pixels, Self.scene(pixels, step, &random)),
          displayAspect: Ratio(pixels.width, pixels.height)),
        in: PanePlace(rect: pane, cell: xterm.cell), DrawingTerms(isSettling: isSettling),
        into: &bytes)
      _ = try screen.write(bytes)
      return bytes
    }
    var bytes: [UInt8] = []
    for step in 0...100 { bytes += try draw(step, isSettling: false) }
    try xterm.write(bytes)
    #expect(try settled(xterm, screen, pane) == 0)
    // It draws only its last few pictures again: the next whole one puts that right, and stays.
    try xterm.expose()
    try xterm.write(try draw(101, isSettling: true))
    #expect(try settled(xterm, screen, pane) == 0)
    try xterm.expose()
    #expect(try settled(xterm, screen, pane) == 0)
    try xterm.resizeAndBack()
    driver.invalidate()
    try xterm.write(try draw(102, isSettling: true))
    #expect(try settled(xterm, screen, pane) == 0)
    // One that is drawn by a driver that believes something else to be there must show.
    screen = SixelScreen(size: Self.size, cell: xterm.cell)
    _ = try draw(160, isSettling: true)
    #expect(try difference(xterm, screen, pane) > 500)
    xterm.close()
  }
}
