// SPDX-License-Identifier: Apache-2.0

/// One figure, measured several times.
struct Samples {
  /// Below so many values a 99th percentile is but the greatest, and not printed.
  static let leastForP99 = 20

  private(set) var values: [Double]

  init(_ values: [Double] = []) { self.values = values }

  /// Takes a value in; does nothing without one.
  mutating func add(_ value: Double?) { values += [value].compactMap { $0 } }

  var isEmpty: Bool { values.isEmpty }
  var count: Int { values.count }
  var median: Double { quantile(0.5) }
  var p90: Double { quantile(0.9) }
  var p99: Double { quantile(0.99) }
  var least: Double { values.min() ?? .nan }
  var greatest: Double { values.max() ?? .nan }

  /// The quantile of a share from 0 to 1, interpolated; not a number without values.
  private func quantile(_ share: Double) -> Double {
    guard !values.isEmpty else { return .nan }
    let ordered = values.sorted()
    let place = share * Double(ordered.count - 1)
    let low = Int(place)
    let high = min(low + 1, ordered.count - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - Double(low))
  }
}

extension Duration {
  var inMilliseconds: Double { self / .milliseconds(1) }
  var inSeconds: Double { self / .seconds(1) }
}
