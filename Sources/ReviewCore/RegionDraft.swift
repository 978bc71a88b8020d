// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// A region that is being placed: a box on the picture, and then the question what it is.
package struct RegionDraft: Hashable, Sendable {
  package private(set) var box: RegionBox
  /// Whether the box is placed and the question stands.
  package internal(set) var isAsking = false

  /// What a key moves or resizes by: 2.5 % of the picture.
  package static let step = 250

  /// The answers, by their keys.
  static let kinds: [(key: Character, kind: RegionKind)] = Array(zip("1234", RegionKind.allCases))

  /// A box in the middle of the picture.
  package init() {
    let side = RegionBox.side / 5
    let corner = (RegionBox.side - side) / 2
    box = RegionBox(x: corner, y: corner, width: side, height: side) ?? .whole
  }

  /// Moves the box by steps, at most to the picture's edge.
  mutating func move(right: Int = 0, down: Int = 0) {
    place(
      x: box.x + right * Self.step, y: box.y + down * Self.step, width: box.width,
      height: box.height)
  }

  /// Resizes the box by steps: at the picture's edge it grows to the other side.
  mutating func resize(wider: Int = 0, taller: Int = 0) {
    place(
      x: box.x, y: box.y, width: box.width + wider * Self.step,
      height: box.height + taller * Self.step)
  }

  private mutating func place(x: Int, y: Int, width: Int, height: Int) {
    let width = min(max(Self.step, width), RegionBox.side)
    let height = min(max(Self.step, height), RegionBox.side)
    let wanted = RegionBox(
      x: min(max(0, x), RegionBox.side - width), y: min(max(0, y), RegionBox.side - height),
      width: width, height: height)
    box = wanted ?? box
  }
}
