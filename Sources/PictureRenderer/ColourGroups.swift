// SPDX-License-Identifier: Apache-2.0

/// Colours, sixteen beside each other, and the nearest of them to any.
struct ColourGroups: Sendable {
  private struct Group {
    // Infinitely far where a lane has no colour.
    var red = SIMD16<Float>(repeating: .infinity)
    var green = SIMD16<Float>(repeating: .infinity)
    var blue = SIMD16<Float>(repeating: .infinity)
  }

  private var groups: [Group]

  /// Takes colours: red, green and blue, then anything.
  init(_ colours: [SIMD4<Float>]) {
    groups = [Group](repeating: Group(), count: (colours.count + 15) / 16)
    for (index, colour) in colours.enumerated() {
      groups[index / 16].red[index % 16] = colour[0]
      groups[index / 16].green[index % 16] = colour[1]
      groups[index / 16].blue[index % 16] = colour[2]
    }
  }

  /// The index of the nearest by squared distance; 0 where there is none.
  func nearest(to colour: SIMD4<Float>) -> Int {
    var least = SIMD16<Float>(repeating: .infinity)
    var places = SIMD16<Int32>.zero
    for place in groups.indices {
      let red = groups[place].red - colour[0]
      let green = groups[place].green - colour[1]
      let blue = groups[place].blue - colour[2]
      let distance = red * red + green * green + blue * blue
      let isNearer = distance .< least
      least.replace(with: distance, where: isNearer)
      places.replace(with: Int32(truncatingIfNeeded: place), where: isNearer)
    }
    var best = (lane: 0, distance: Float.infinity)
    for lane in 0..<16 where least[lane] < best.distance { best = (lane, least[lane]) }
    return Int(places[best.lane]) * 16 + best.lane
  }
}
