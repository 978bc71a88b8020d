// SPDX-License-Identifier: Apache-2.0

/// The grey values that a clip's frosted cells may take, placed once a clip by its own histogram.
///
/// Shape: for each grid frost, exactly its `greyCount` values, strictly rising, 0 (black) to 255.
package struct GreyScale: Hashable, Sendable, Codable {
  package let soft: [UInt8]
  package let frosted: [UInt8]
  package let strict: [UInt8]

  /// Takes the values; nil unless each list has its frost's count and rises strictly.
  package init?(soft: [UInt8], frosted: [UInt8], strict: [UInt8]) {
    for (greys, frost) in [(soft, Frost.soft), (frosted, .frosted), (strict, .strict)] {
      guard greys.count == frost.greyCount, zip(greys, greys.dropFirst()).allSatisfy({ $0 < $1 })
      else { return nil }
    }
    self.soft = soft
    self.frosted = frosted
    self.strict = strict
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let scale = GreyScale(
      soft: try container.decode([UInt8].self, forKey: .soft),
      frosted: Self.thinned(try container.decode([UInt8].self, forKey: .frosted)),
      strict: try container.decode([UInt8].self, forKey: .strict))
    guard let scale else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a rising grey scale"))
    }
    self = scale
  }

  /// The greys of a clip that was taken in when *frosted* had eight: six of them, the outermost among
  /// them.
  private static func thinned(_ greys: [UInt8]) -> [UInt8] {
    guard greys.count == 8 else { return greys }
    return [0, 1, 3, 4, 6, 7].map { greys[$0] }
  }

  /// The values of a frost, darkest first; empty where the frost has no grid.
  package subscript(frost: Frost) -> [UInt8] {
    switch frost {
    case .soft: soft
    case .frosted: frosted
    case .strict: strict
    case .clear, .solid: []
    }
  }

  /// Evenly spaced greys, for a clip that was never measured.
  package static let even: GreyScale = {
    func spaced(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(16 + $0 * 219 / (count - 1)) } }
    // Evenly spaced whole numbers over 219 steps rise strictly for 4, 6 and 32 values.
    return GreyScale(soft: spaced(32), frosted: spaced(6), strict: spaced(4))
      ?? { preconditionFailure("even greys rise strictly") }()
  }()
}
