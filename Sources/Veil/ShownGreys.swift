// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// The values in which a frost's greys are shown: its own, spread out where the clip has little
/// contrast.
///
/// A night clip whose greys lie between 16 and 60 would be a black pane. The map is linear, rises
/// strictly and is one a clip, so that it shows nothing that the indices do not hold.
enum ShownGreys {
  /// The span that greys are spread to, where `greatestGain` allows.
  private static let span = 200
  /// Beyond this gain, compression noise would look like things.
  private static let greatestGain = 4

  /// The values to show for a frost's greys, strictly rising.
  static func values(_ greys: [UInt8]) -> [UInt8] {
    guard let low = greys.first.map(Int.init), let high = greys.last.map(Int.init),
      high > low, high - low < span
    else { return greys }
    let spread = min(span, (high - low) * greatestGain)
    let floor = min(low, 255 - spread)
    return greys.map { UInt8(floor + (Int($0) - low) * spread / (high - low)) }
  }
}
