// SPDX-License-Identifier: Apache-2.0

extension UInt32 {
  /// The luma of a colour `0xRRGGBB`'s coded values after BT.709, 0 to 255.
  var luma: UInt32 {
    // The weights are in 1/256 and sum to 256.
    ((self >> 16 & 0xFF) * 54 + (self >> 8 & 0xFF) * 183 + (self & 0xFF) * 19) >> 8
  }

  /// The place of a colour `0xRRGGBB` in a table of 32 steps a channel.
  var stepPlace: Int {
    let red = self >> 19 & 31
    let green = self >> 11 & 31
    return Int(red << 10 | green << 5 | self >> 3 & 31)
  }

  /// The middle of the step at a place of such a table, `0xRRGGBB`.
  init(stepPlace place: Int) {
    let channels = [place >> 10, place >> 5 & 31, place & 31].map { UInt32($0 << 3 | $0 >> 2) }
    self = channels[0] << 16 | channels[1] << 8 | channels[2]
  }
}
