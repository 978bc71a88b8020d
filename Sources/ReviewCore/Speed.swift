// SPDX-License-Identifier: Apache-2.0

/// How fast a clip plays, in percent of real time; one of a few steps.
package struct Speed: Hashable, Sendable {
  /// 25 to 400; 100 is real time.
  package let percent: Int

  /// Real time.
  package static let normal = Speed(nearest: 100)

  /// The steps `↑` and `↓` go through, in percent.
  package static let steps = [25, 50, 100, 150, 200, 400]

  /// The step nearest to a percentage, the slower one where two are; any number is taken.
  package init(nearest percent: Int) {
    let wanted = min(400, max(25, percent))
    self.percent = Self.steps.min { abs($0 - wanted) < abs($1 - wanted) } ?? 100
  }

  /// The next faster step; the same at the fastest.
  package var faster: Speed { Speed(nearest: Self.steps.first { $0 > percent } ?? percent) }

  /// The next slower step; the same at the slowest.
  package var slower: Speed { Speed(nearest: Self.steps.last { $0 < percent } ?? percent) }

  /// The words on screen: `1×`, `0.5×`, `0.25×`.
  package var name: String {
    let rest = percent % 100
    if rest == 0 { return "\(percent / 100)×" }
    return "\(percent / 100).\(rest % 10 == 0 ? "\(rest / 10)" : "\(rest)")×"
  }
}
