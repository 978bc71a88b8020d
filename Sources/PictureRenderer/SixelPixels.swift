// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// What a sixel picture shows: each pixel's colour of the palette, and which of them changed.
///
/// A changed pixel is worth its bytes only where the shown colour is further off than the new one
/// by more than the eye lets pass, and where enough of its neighbours are too: what is not sent
/// stays as it is, and is judged anew with the next picture.
struct SixelPixels: Sendable {
  /// Each pixel's index, row by row.
  private(set) var indices: [UInt8] = []
  /// 255 where a pixel changed with the last update, else 0.
  private(set) var sent: [UInt8] = []
  /// Each row's columns that hold its changed pixels.
  private(set) var changed: [Range<Int>] = []
  /// The colour that each pixel's index was chosen for.
  private var sources: [UInt32] = []
  /// How many pixels look different now and have no colour that is near.
  private(set) var poorCount = 0
  private var candidates: [Candidate] = []
  private var gains: [Int32] = []
  private var noise = NoiseFloor()

  private struct Candidate {
    let place: Int32
    let block: Int32
    let index: UInt8
  }

  /// The columns of a block that is sent or not as one; it is a band high.
  private static let blockWidth = 8
  private static let blockFactor = 80
  private static let poorError: Int32 = 1000

  /// Chooses all pixels' colours; whether any is another than before.
  mutating func choose(_ colours: [UInt32], _ palette: inout ClipPalette) -> Bool {
    let isNew = indices.count != colours.count
    if isNew {
      indices = [UInt8](repeating: 0, count: colours.count)
      sources = [UInt32](repeating: 0, count: colours.count)
    }
    var differs: UInt8 = isNew ? 1 : 0
    // Taken out meanwhile: one array at a time can be changed in place.
    var indices = self.indices
    var sources = self.sources
    (self.indices, self.sources) = ([], [])
    var shown = indices.mutableSpan
    var chosen = sources.mutableSpan
    let wanted = colours.span
    for place in 0..<min(shown.count, wanted.count) {
      let colour = wanted[place]
      let index = palette.index(of: colour)
      differs |= shown[place] ^ index
      shown[place] = index
      // Copied one by one: an array that is kept would be copied whole when the next is laid out.
      chosen[place] = colour
    }
    (self.indices, self.sources) = (indices, sources)
    return differs != 0
  }

  /// Chooses the colours of pixels that look different now; whether there are any.
  ///
  /// With a threshold of 0 all are taken that have a nearer colour, and nothing counts as noise.
  mutating func update(
    _ colours: [UInt32], width: Int, _ palette: inout ClipPalette, threshold: Int
  ) -> Bool {
    clear(colours.count / max(1, width))
    poorCount = 0
    var isAny = false
    var kept = self.sources
    self.sources = []
    var sources = kept.mutableSpan
    for top in stride(from: 0, to: changed.count, by: 6) {
      let rows = top..<min(top + 6, changed.count)
      for row in rows {
        judge(row, colours, &sources, width, &palette, threshold)
      }
      isAny = take(colours, &sources, width, threshold) || isAny
    }
    self.sources = kept
    noise.settle()
    return isAny
  }

  private mutating func clear(_ rows: Int) {
    if sent.count != indices.count { sent = [UInt8](repeating: 0, count: indices.count) }
    if changed.count != rows { changed = [Range<Int>](repeating: 0..<0, count: rows) }
    let width = indices.count / max(1, rows)
    for row in 0..<rows where !changed[row].isEmpty {
      for column in changed[row] { sent[row * width + column] = 0 }
      changed[row] = 0..<0
    }
  }

  /// Finds a row's pixels that look different, and what each block would gain.
  @inline(__always)
  private mutating func judge(
    _ row: Int, _ colours: [UInt32], _ sources: inout MutableSpan<UInt32>, _ width: Int,
    _ palette: inout ClipPalette, _ threshold: Int
  ) {
    let least = Int32(threshold * threshold)
    let blocks = width / Self.blockWidth + 1
    if gains.count != blocks { gains = [Int32](repeating: 0, count: blocks) }
    let wanted = colours.span
    for column in 0..<width {
      let place = row * width + column
      let colour = wanted[place]
      if colour == sources[place] { continue }
      let index = palette.index(of: colour)
      let old = indices[place]
      if index == old {
        sources[place] = colour
        continue
      }
      let error = VisibleDifference.squared(colour, palette.colours[Int(index)])
      let gain = VisibleDifference.squared(colour, palette.colours[Int(old)]) &- error
      guard gain > least else { continue }
      if error > Self.poorError { poorCount += 1 }
      let block = column / Self.blockWidth
      gains[block] &+= gain
      candidates.append(
        Candidate(
          place: Int32(truncatingIfNeeded: place), block: Int32(truncatingIfNeeded: block),
          index: index))
    }
  }

  /// Takes what is worth its bytes of the band that was judged.
  private mutating func take(
    _ colours: [UInt32], _ sources: inout MutableSpan<UInt32>, _ width: Int, _ threshold: Int
  ) -> Bool {
    let isExact = threshold == 0
    let least =
      isExact ? 0 : Int32(Self.blockFactor * threshold * threshold) + noise.allowance
    var isAny = false
    for candidate in candidates where gains[Int(candidate.block)] > least {
      let place = Int(candidate.place)
      indices[place] = candidate.index
      sources[place] = colours[place]
      sent[place] = 255
      let (row, column) = place.quotientAndRemainder(dividingBy: width)
      let old = changed[row]
      changed[row] =
        old.isEmpty
        ? column..<column + 1 : min(old.lowerBound, column)..<max(old.upperBound, column + 1)
      isAny = true
    }
    candidates.removeAll(keepingCapacity: true)
    for block in gains.indices {
      noise.count(gains[block])
      gains[block] = 0
    }
    return isAny
  }
}
