// SPDX-License-Identifier: Apache-2.0

/// The colours that a clip's pictures are made of where a terminal shows only so many: chosen from the
/// pictures themselves, and the nearest of them to any colour.
package struct ClipPalette: Sendable {
  /// How much is made of a palette.
  package enum Care: Sendable {
    /// A few milliseconds' work.
    case quick
    /// The best that many rounds find, and every colour's nearest beforehand: for another thread.
    case thorough
  }

  /// The colours, `0xRRGGBB`, as sixel can say them: each channel a whole percentage.
  let colours: [UInt32]
  private let groups: ColourGroups
  /// Per colour of 6 bits a channel the nearest's index; `unknown` before that was asked for.
  private var table = [UInt8](repeating: unknown, count: 1 << 18)

  private static let unknown = UInt8.max
  /// The most colours; their indices are below `unknown`.
  static let most = 255

  /// Chooses at most `count` colours, at least one and at most 255; all of them where there are not
  /// more.
  package init(_ sample: ColourSample, count: Int, care: Care = .quick) {
    let count = min(max(1, count), Self.most)
    if let few = sample.distinct(atMost: count), !few.isEmpty {
      self.init(few)
    } else {
      var cut = MedianCut(sample.entries(bits: care == .quick ? 5 : 6))
      self.init(cut.means(count: count, rounds: care == .quick ? 2 : 12))
    }
    if care == .thorough { complete() }
  }

  /// Colours that are a grid of at most `count`, whatever the pictures are.
  init(fixed count: Int) {
    var steps = [1, 1, 1]
    // Green first, which the eye tells best.
    for turn in 0..<30 {
      let channel = [1, 0, 2][turn % 3]
      var more = steps
      more[channel] += 1
      guard more.reduce(1, *) <= min(count, Self.most) else { break }
      steps = more
    }
    func levels(_ channel: Int) -> [UInt32] {
      let top = UInt32(steps[channel] - 1)
      return (0...top).map { top == 0 ? 0 : ($0 * 255 + top / 2) / top }
    }
    self.init(
      levels(0).flatMap { red in
        levels(1).flatMap { green in levels(2).map { red << 16 | green << 8 | $0 } }
      })
  }

  private init(_ wanted: [UInt32]) {
    var seen: Set<UInt32> = []
    colours = wanted.map(Self.percented).filter { seen.insert($0).inserted }
    groups = ColourGroups(colours.map { SIMD4<Float>(SIMD4<Int32>(channelsOf: $0)) })
  }

  /// The index of the nearest colour.
  @inline(__always)
  mutating func index(of rgb: UInt32) -> UInt8 {
    let red = rgb >> 6 & 0x3F000
    let green = rgb >> 4 & 0xFC0
    let place = Int(red | green | rgb >> 2 & 0x3F)
    let found = table[place]
    return _fastPath(found != Self.unknown) ? found : search(place)
  }

  @inline(never)
  private mutating func search(_ place: Int) -> UInt8 {
    let steps = SIMD4<Float>(Float(place >> 12), Float(place >> 6 & 63), Float(place & 63), 0)
    // The middle of four values.
    let nearest = UInt8(groups.nearest(to: steps * 4 + SIMD4<Float>(1.5, 1.5, 1.5, 0)))
    table[place] = nearest
    return nearest
  }

  /// Finds the nearest of all that is unknown.
  private mutating func complete() {
    for place in table.indices where table[place] == Self.unknown { _ = search(place) }
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
