// SPDX-License-Identifier: Apache-2.0
import Foundation
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

@testable import PictureRenderer
@testable import Veil

/// What libsixel reads in our pictures: a second opinion on the strict decoder of these tests, as part
/// of `make xterm`, where its tools are installed.
@Suite(
  "Sixel as libsixel reads it",
  .enabled(if: ProcessInfo.processInfo.environment["MILKGLASS_XTERM"] == "1"), .serialized)
struct SixelPeerTests {
  @Test(
    "sixel2png and the strict decoder see the same pixels",
    arguments: [
      PixelSize(width: 1, height: 1), PixelSize(width: 90, height: 29),
      PixelSize(width: 321, height: 181), PixelSize(width: 640, height: 360),
    ], [false, true])
  func samePixels(size: PixelSize, isDithered: Bool) throws {
    var random = SeededGenerator(seed: UInt64(size.width))
    let place = PanePlace(
      rect: CellRect(column: 0, row: 0, columns: size.width, rows: size.height),
      cell: PixelSize(width: 1, height: 1))
    var driver = SixelDriver(
      delta: .whole, registers: 256, largest: PixelSize(width: 2000, height: 2000),
      ditherDepth: isDithered ? 24 : 0)
    var screen = SixelScreen(
      size: CellSize(columns: size.width, rows: size.height), cell: place.cell)
    for _ in 0..<3 {
      var bytes: [UInt8] = []
      driver.encode(
        Pictures.shown(
          Pictures.colour(size, Self.scene(size, &random)),
          displayAspect: Ratio(size.width, size.height)),
        in: place, DrawingTerms(), into: &bytes)
      #expect(try screen.write(bytes) == 1)
      let start = try #require(bytes.firstIndex(of: UInt8(ascii: "P"))) - 1
      let read = try Self.read(Array(bytes[start...]))
      #expect(read.count == size.area)
      let isSame = zip(read, screen.pixels).allSatisfy { peer, ours in
        guard let ours else { return false }
        return [16 as UInt32, 8, 0].allSatisfy { shift in
          // A whole percentage may be rounded either way.
          abs(Int(peer >> shift & 0xFF) - Int(ours >> shift & 0xFF)) <= 1
        }
      }
      #expect(isSame)
    }
  }

  /// Slopes, an edge and noise: runs of all lengths, more colours than registers.
  private static func scene(_ size: PixelSize, _ random: inout SeededGenerator) -> [UInt8] {
    let edge = Int.random(in: 0...size.width, using: &random)
    return (0..<size.area).flatMap { index -> [UInt8] in
      let (x, y) = (index % size.width, index / size.width)
      if x >= edge, y % 40 < 13 { return [200, UInt8(y % 2 * 60), 20] }
      let noise = UInt8.random(in: 0...20, using: &random)
      return [UInt8(x / 4 % 200) + noise, UInt8(y / 3 % 180), UInt8((x + y) / 8 % 100) + noise]
    }
  }

  /// A picture's pixels by libsixel's own program.
  private static func read(_ sixels: [UInt8]) throws -> [UInt32] {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "milkglass-\(UUID().uuidString).six")
    try Data(sixels).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "sixel2png < \"$0\" | convert png:- -depth 8 rgb:-", file.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let rgb = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "sixel2png or convert is not installed")
    return stride(from: 0, to: rgb.count - 2, by: 3).map {
      UInt32(rgb[$0]) << 16 | UInt32(rgb[$0 + 1]) << 8 | UInt32(rgb[$0 + 2])
    }
  }
}
