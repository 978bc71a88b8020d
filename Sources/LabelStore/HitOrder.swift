// SPDX-License-Identifier: Apache-2.0

/// Hits of a search as numbers, which are the lower the earlier the hit comes: by its key in the order,
/// and among those of one key by its position.
struct HitOrder {
  /// All bits where the last are the first.
  private let turn: UInt64

  /// Orders hits as they are, or the other way round.
  init(isTurned: Bool) { turn = isTurned ? .max : 0 }

  /// The number of a hit.
  func hit(_ key: UInt32, _ position: UInt32) -> UInt64 {
    (UInt64(key) << 32 | UInt64(position)) ^ turn
  }

  /// The position of a hit.
  func position(_ hit: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hit ^ turn) }

  /// The same hit with the key that stands in the table at the place of its own.
  func hit(_ number: UInt64, withKeyFrom table: [UInt32]) -> UInt64 {
    hit(table[Int((number ^ turn) >> 32)], position(number))
  }
}
