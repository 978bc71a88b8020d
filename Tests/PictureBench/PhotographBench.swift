// SPDX-License-Identifier: Apache-2.0
import Photographs
import Vocabulary

/// Reads the reviewer's mark off photographs, of each way to draw under each frost.
struct PhotographBench {
  /// How many photographs of each.
  let count: Int

  private static let size = CellSize(columns: 80, rows: 23)

  /// Tells how many are read; false where fewer than 95 of 100 are, or one that has no mark is.
  func run() throws -> Bool {
    Table.tell(
      "\(count) photographs each, of a terminal of 80 × 23 cells: tilted by 20°, blurred, noise σ 10, JPEG 50, gamma 0.8–1.2."
    )
    var isGood = true
    for screen in MarkScreen.allCases {
      for frost in [Frost.clear, .soft, .frosted, .strict] {
        let trial = try MarkTrial(screen, frost, size: Self.size).run(count, seed: 1)
        Table.tell(
          "\(screen) \(frost.name): read \(trial.read), misread \(trial.misread), one ninth alone \(trial.readOfNinth), without a mark \(trial.readOfNothing)"
        )
        for fault in trial.faults { Table.tell("  \(fault)") }
        isGood = isGood && trial.read * 100 >= trial.all * 95 && trial.readOfNothing == 0
      }
    }
    return isGood
  }
}
