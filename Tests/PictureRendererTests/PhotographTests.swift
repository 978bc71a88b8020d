// SPDX-License-Identifier: Apache-2.0
import Foundation
import Photographs
import Testing
import Vocabulary

/// What a photograph of the screen tells: the mark, read without knowing where it is.
@Suite("Photographs of the mark")
struct PhotographTests {
  private static let isSoak = ProcessInfo.processInfo.environment["MILKGLASS_SOAK"] == "1"
  private static let combinations: [(MarkScreen, Frost)] = MarkScreen.allCases.flatMap { screen in
    [Frost.clear, .soft, .frosted, .strict].map { (screen, $0) }
  }

  @Test(
    "of 100 at least 95 are read, and none where there is no mark", .enabled(if: isSoak),
    arguments: combinations)
  func hundred(_ screen: MarkScreen, _ frost: Frost) throws {
    let count = try MarkTrial(screen, frost, size: CellSize(columns: 80, rows: 23)).run(
      100, seed: 1)
    #expect(count.all == 100 && count.read >= 95 && count.readOfNothing == 0, "\(count)")
  }

  @Test(
    "one of each way to draw is read, and none where there is no mark",
    arguments: MarkScreen.allCases)
  func one(_ screen: MarkScreen) throws {
    let frost: Frost = screen == .half ? .frosted : screen == .quadrant ? .strict : .clear
    let count = try MarkTrial(screen, frost, size: CellSize(columns: 52, rows: 15)).run(1, seed: 2)
    #expect(count.all == 1 && count.read == 1 && count.readOfNothing == 0, "\(count)")
  }
}
