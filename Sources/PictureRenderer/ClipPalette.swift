// SPDX-License-Identifier: Apache-2.0

/// The colours that a clip's pictures are made of where a terminal shows only so many: chosen from the
/// pictures themselves, and the nearest of them to any colour.
struct ClipPalette: Sendable {
  /// The colours, `0xRRGGBB`, as sixel can say them: each channel a whole percentage.
  let colours: [UInt32]
  /// Per colour of 6 bits a channel the nearest's index; `unknown` before that was asked for.
  private var table = [UInt16](repeating: unknown, count: 1 << 18)

  private static let unknown = UInt16.max

  /// Chooses at most `count` colours, at least one.
  init(_ sample: ColourSample, count: Int) {
    var cut = MedianCut(sample)
    let means = cut.means(count: max(1, count))
    var seen: Set<UInt32> = []
    colours = means.map(Self.percented).filter { seen.insert($0).inserted }
  }

  /// The index of the nearest colour.
  mutating func index(of rgb: UInt32) -> Int {
    let red = rgb >> 18 & 63
    let green = rgb >> 10 & 63
    let place = Int(red << 12 | green << 6 | rgb >> 2 & 63)
    let found = table[place]
    if found != Self.unknown { return Int(found) }
    let nearest = search(red * 255 / 63, green * 255 / 63, (rgb >> 2 & 63) * 255 / 63)
    table[place] = UInt16(nearest)
    return nearest
  }

  private func search(_ red: UInt32, _ green: UInt32, _ blue: UInt32) -> Int {
    let wanted = SIMD4<Int32>(Int32(red), Int32(green), Int32(blue), 0)
    var best = (index: 0, distance: Int32.max)
    for (index, colour) in colours.enumerated() {
      let off = SIMD4<Int32>(channelsOf: colour) &- wanted
      let distance = (off &* off).wrappedSum()
      if distance < best.distance { best = (index, distance) }
    }
    return best.index
  }

  /// A colour as sixel's percentages give it back.
  private static func percented(_ rgb: UInt32) -> UInt32 {
    [16 as UInt32, 8, 0].reduce(0) { shown, shift in
      let channel = (percent(rgb >> shift & 0xFF) * 255 + 50) / 100
      return shown | channel << shift
    }
  }

  /// A channel's nearest whole percentage.
  static func percent(_ channel: UInt32) -> UInt32 { (channel * 100 + 127) / 255 }
}

extension SIMD4<Int32> {
  /// Red, green, blue of `0xRRGGBB`, and 0.
  init(channelsOf rgb: UInt32) {
    self.init(Int32(rgb >> 16 & 0xFF), Int32(rgb >> 8 & 0xFF), Int32(rgb & 0xFF), 0)
  }
}
