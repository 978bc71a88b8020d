// SPDX-License-Identifier: Apache-2.0

/// Writes one band of a sixel picture: six rows of pixels, a colour at a time.
///
/// Each colour's sixels are gathered while the columns are walked once; colours whose columns do not
/// overlap then share one pass over the band. All buffers are kept.
struct SixelBand: Sendable {
  private struct Colour {
    /// The band that it was used in last.
    var band = -1
    var first = 0
    /// The column after its last sixel.
    var end = 0
    /// A run of one sixel that is not written yet.
    var sixel: UInt8 = 0
    var run = 0
    /// How much is written in its part of `bytes`.
    var length = 0
  }

  private var colours: [Colour] = []
  private var bytes: [UInt8] = []
  private var used: [Int] = []
  private var capacity = 0
  private var band = 0

  /// Prepares for a picture of so many colours and columns.
  mutating func begin(colourCount: Int, width: Int) {
    // A gap of n columns takes at most n bytes or six, a run as many; sixels and gaps alternate.
    capacity = 2 * width + 16
    if bytes.count < capacity * colourCount || colours.count < colourCount {
      bytes = [UInt8](repeating: 0, count: capacity * colourCount)
      colours = [Colour](repeating: Colour(), count: colourCount)
    }
    band = 0
    for index in colours.indices { colours[index].band = -1 }
  }

  /// Gathers a band.
  ///
  /// - Parameters:
  ///   - indices: The picture's colours, `width` a row.
  ///   - isSent: Whether a pixel is sent at all, at the same places; nil for all of them.
  ///   - start: The place of the band's first pixel.
  ///   - width: The picture's columns.
  ///   - rows: Its rows, six or fewer at the picture's foot.
  /// - Returns: Whether anything is to be sent.
  mutating func gather(
    _ indices: [UInt8], isSent: [Bool]?, start: Int, width: Int, rows: Int
  ) -> Bool {
    used.removeAll(keepingCapacity: true)
    band += 1
    for column in 0..<width {
      // The colours of a column that are done, as bits of its rows.
      var done: UInt8 = 0
      for row in 0..<rows where done >> row & 1 == 0 {
        let place = start + row * width + column
        if let isSent, !isSent[place] { continue }
        let index = indices[place]
        var sixel: UInt8 = 1 << row
        for other in row + 1..<max(row + 1, rows) {
          let below = start + other * width + column
          guard indices[below] == index, isSent?[below] ?? true else { continue }
          sixel |= 1 << other
        }
        done |= sixel
        add(sixel, Int(index), column)
      }
    }
    for index in used { flush(index) }
    return !used.isEmpty
  }

  /// Appends the gathered band: for each colour `#n`, where `define` adds its definition, and its
  /// sixels.
  mutating func write(
    into output: inout [UInt8], define: (Int, inout [UInt8]) -> Void
  ) {
    used.sort { colours[$0].first < colours[$1].first }
    var isFirstPass = true
    while !used.isEmpty {
      if !isFirstPass { output.append(UInt8(ascii: "$")) }
      isFirstPass = false
      var column = 0
      var kept = 0
      for place in used.indices {
        let index = used[place]
        let colour = colours[index]
        guard colour.first >= column else {
          used[kept] = index
          kept += 1
          continue
        }
        define(index, &output)
        Self.repeated(0x3F, colour.first - column, &output)
        let base = index * capacity
        output.append(contentsOf: bytes[base..<base + colour.length])
        column = colour.end
      }
      used.removeLast(used.count - kept)
    }
  }

  private mutating func add(_ sixel: UInt8, _ index: Int, _ column: Int) {
    if colours[index].band != band {
      colours[index] = Colour(
        band: band, first: column, end: column + 1, sixel: sixel, run: 1, length: 0)
      used.append(index)
      return
    }
    let gap = column - colours[index].end
    if gap == 0, colours[index].sixel == sixel {
      colours[index].run += 1
    } else {
      flush(index)
      if gap > 0 { put(0, gap, index) }
      colours[index].sixel = sixel
      colours[index].run = 1
    }
    colours[index].end = column + 1
  }

  private mutating func flush(_ index: Int) {
    put(colours[index].sixel, colours[index].run, index)
    colours[index].run = 0
  }

  private mutating func put(_ sixel: UInt8, _ count: Int, _ index: Int) {
    var at = index * capacity + colours[index].length
    let byte = sixel + 0x3F
    if count < 4 {
      for _ in 0..<count {
        bytes[at] = byte
        at += 1
      }
    } else {
      bytes[at] = UInt8(ascii: "!")
      at += 1
      var divisor = count >= 1000 ? 1000 : count >= 100 ? 100 : count >= 10 ? 10 : 1
      while divisor > 0 {
        bytes[at] = UInt8(0x30 + count / divisor % 10)
        at += 1
        divisor /= 10
      }
      bytes[at] = byte
      at += 1
    }
    colours[index].length = at - index * capacity
  }

  /// Appends a sixel so many times.
  private static func repeated(_ byte: UInt8, _ count: Int, _ output: inout [UInt8]) {
    if count < 4 {
      for _ in 0..<count { output.append(byte) }
    } else {
      output.append(UInt8(ascii: "!"))
      Decimal.append(count, to: &output)
      output.append(byte)
    }
  }
}
