// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// What one way to draw took for the footage.
struct Measured {
  let name: String
  /// CPU milliseconds a picture, the median; nil where a program does more than draw.
  var milliseconds: Double?
  /// Bytes a picture, the mean of all but the first.
  var bytes: Double
  /// nil where it cannot be seen as pixels.
  var likeness: Likeness?
}

/// Collects what pictures take, one after the other.
struct Takes {
  private var times: [Double] = []
  private var bytes: [Int] = []
  private var likenesses: [Likeness] = []
  private var count = 0

  /// Whether this picture is one that is compared; not each, since that takes long.
  var isCompared: Bool { count % 8 == 7 }

  /// Takes a picture in; the first, which is whole and has no peer, is left out.
  mutating func add(milliseconds: Double, bytes: Int, _ likeness: Likeness?) {
    if count > 0 {
      times.append(milliseconds)
      self.bytes.append(bytes)
      if let likeness { likenesses.append(likeness) }
    }
    count += 1
  }

  /// All of them under a name.
  func measured(_ name: String) -> Measured {
    let sorted = times.sorted()
    return Measured(
      name: name, milliseconds: sorted.isEmpty ? nil : sorted[sorted.count / 2],
      bytes: Double(bytes.reduce(0, +)) / Double(max(1, bytes.count)),
      likeness: likenesses.isEmpty ? nil : Likeness(likenesses))
  }
}
