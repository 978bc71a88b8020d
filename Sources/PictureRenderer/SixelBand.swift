// SPDX-License-Identifier: Apache-2.0

/// Writes one band of a sixel picture: six rows of pixels, a colour at a time.
///
/// The columns are walked once. Each colour's runs of equal sixels are linked as they are found, so
/// that a colour is then written without a look at the columns it is not in; colours whose columns
/// do not overlap share one pass over the band. All buffers are kept.
struct SixelBand: Sendable {
  /// The band's runs.
  ///
  /// Each has the column after it in the lowest 16 bits, then 8 of the sixel, 16 of its length and 24 of
  /// the place of the colour's next run. The first stands for no run and equals none.
  private var runs: [UInt64] = []
  /// Each colour's first and last run of the band; 0 where it has none.
  private var heads = [UInt32](repeating: 0, count: 256)
  private var tails = [UInt32](repeating: 0, count: 256)
  /// The band's colours by their first columns.
  private var used = [UInt8](repeating: 0, count: 256)
  private var usedCount = 0
  private var bytes: [UInt8] = []

  /// Each byte's lowest bit.
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  /// Each byte's lower seven bits.
  private static let sevens: UInt64 = 0x7F7F_7F7F_7F7F_7F7F

  /// Prepares for a picture of so many columns.
  mutating func begin(width: Int) {
    // Each column has at most six colours. A run, and a gap before it, take at most six bytes each.
    let most = 6 * width + 1
    guard runs.count < most else { return }
    runs = [UInt64](repeating: 0, count: most)
    bytes = [UInt8](repeating: 0, count: 12 * most + 256 * 32)
  }

  /// Where a band lies in the pixels.
  struct Place {
    /// The pixels' columns.
    let stride: Int
    /// The band's first row.
    let top: Int
    /// Its rows, six or fewer at the picture's foot.
    let rows: Int
    /// What of it is looked at.
    let columns: Range<Int>
  }

  /// Gathers a band.
  ///
  /// - Parameters:
  ///   - indices: The pixels' colours, each 0 to 254.
  ///   - sent: 255 where a pixel is sent, else 0; nil for all of them.
  ///   - place: Where the band lies.
  /// - Returns: Whether anything is to be sent.
  mutating func gather(_ indices: [UInt8], sent: [UInt8]?, _ place: Place) -> Bool {
    usedCount = 0
    let all: UInt64 = (1 << UInt64(8 * place.rows) - 1) & 0x8080_8080_8080_8080
    let width = place.columns.count
    // Six rows, as nearly all bands have, are a loop that can be unrolled.
    if place.rows == 6 {
      gather(indices.span, sent, place, rows: 6, width, all)
    } else {
      gather(indices.span, sent, place, rows: place.rows, width, all)
    }
    return usedCount > 0
  }

  @inline(__always)
  private mutating func gather(
    _ indices: Span<UInt8>, _ sent: [UInt8]?, _ place: Place, rows: Int, _ width: Int, _ all: UInt64
  ) {
    if let sent {
      let sent = sent.span
      gather(width, all) { column in
        (Self.word(indices, place, rows, column), Self.word(sent, place, rows, column))
      }
    } else {
      gather(width, all) { column in (Self.word(indices, place, rows, column), .max) }
    }
  }

  /// A column's bytes, the topmost lowest.
  @inline(__always)
  private static func word(
    _ bytes: Span<UInt8>, _ place: Place, _ rows: Int, _ column: Int
  ) -> UInt64 {
    var word: UInt64 = 0
    var at = place.top * place.stride + place.columns.lowerBound + column
    for row in 0..<rows {
      word |= UInt64(bytes[at]) << UInt64(8 * row)
      at += place.stride
    }
    return word
  }

  /// Links the runs of columns that `column` gives: six indices and which of them are sent.
  @inline(__always)
  private mutating func gather(
    _ width: Int, _ all: UInt64, _ column: (Int) -> (indices: UInt64, mask: UInt64)
  ) {
    var count: UInt64 = 1
    // Taken out meanwhile: one array at a time can be changed in place.
    var (links, firsts, lasts) = (self.runs, self.heads, self.tails)
    (self.runs, self.heads, self.tails) = ([], [], [])
    defer { (self.runs, self.heads, self.tails) = (links, firsts, lasts) }
    var runs = links.mutableSpan
    var heads = firsts.mutableSpan
    var tails = lasts.mutableSpan
    for place in 0..<width {
      let (word, mask) = column(place)
      // A byte's highest bit says that its pixel is not gathered yet.
      var left = all & mask
      while left != 0 {
        let shift = UInt64(left.trailingZeroBitCount - 7)
        let index = Int(word >> shift & 0xFF)
        let sixel = Self.sixel(of: word ^ UInt64(index) &* Self.ones, &left)
        let tail = Int(tails[index])
        let isFirst = heads[index] == 0
        let run = runs[isFirst ? 0 : tail]
        let here = UInt64(place) | sixel << 16
        if run & 0xFF_FFFF == here {
          runs[tail] = run &+ 1 &+ 1 << 24
          continue
        }
        if isFirst {
          heads[index] = UInt32(truncatingIfNeeded: count)
          used[usedCount] = UInt8(truncatingIfNeeded: index)
          usedCount += 1
        } else {
          runs[tail] = run | count << 40
        }
        tails[index] = UInt32(truncatingIfNeeded: count)
        runs[Int(count)] = (here &+ 1) | 1 << 24
        count &+= 1
      }
    }
  }

  /// The rows whose byte is zero and that are left, as a sixel; they are left no longer.
  @inline(__always)
  private static func sixel(of word: UInt64, _ left: inout UInt64) -> UInt64 {
    let zeros = ~((word & sevens &+ sevens) | word | sevens) & left
    left &= ~zeros
    // Byte k's bit is moved to bit k of the topmost byte; nothing carries.
    return ((zeros >> 7) &* 0x0102_0408_1020_4080) >> 56
  }

  /// Appends the gathered band.
  ///
  /// That is for each colour `#n`, with its definition where it has none yet, and
  /// its sixels. The columns that were looked at begin at `first` of the picture's.
  mutating func write(
    _ registers: inout SixelRegisters, from first: Int, into output: inout [UInt8]
  ) {
    var buffer = self.bytes
    self.bytes = []
    var bytes = buffer.mutableSpan
    var at = 0
    var waiting = usedCount
    while waiting > 0 {
      if at > 0 { Self.put(UInt8(ascii: "$"), &bytes, &at) }
      var column = -first
      var kept = 0
      for place in 0..<waiting {
        let index = Int(used[place])
        let head = runs[Int(heads[index])]
        guard Self.start(head) >= column else {
          used[kept] = UInt8(index)
          kept += 1
          continue
        }
        registers.select(index, &bytes, &at)
        column = write(head, from: column, &bytes, &at)
        heads[index] = 0
      }
      waiting = kept
    }
    output.append(contentsOf: buffer[0..<at])
    self.bytes = buffer
  }

  /// Writes a colour's runs from a column on; the column after the last.
  private func write(_ head: UInt64, from: Int, _ bytes: inout MutableSpan<UInt8>, _ at: inout Int)
    -> Int
  {
    let runs = self.runs.span
    var column = from
    var run = head
    while true {
      let gap = Self.start(run) - column
      if gap > 0 { Self.repeated(0x3F, gap, &bytes, &at) }
      let sixel = UInt8(truncatingIfNeeded: run >> 16)
      Self.repeated(0x3F &+ sixel, Int(run >> 24 & 0xFFFF), &bytes, &at)
      column = Int(run & 0xFFFF)
      if run >> 40 == 0 { return column }
      run = runs[Int(run >> 40)]
    }
  }

  @inline(__always)
  private static func start(_ run: UInt64) -> Int { Int(run & 0xFFFF) - Int(run >> 24 & 0xFFFF) }

  @inline(__always)
  private static func put(_ byte: UInt8, _ bytes: inout MutableSpan<UInt8>, _ at: inout Int) {
    bytes[at] = byte
    at += 1
  }

  /// Writes a sixel so many times.
  @inline(__always)
  private static func repeated(
    _ byte: UInt8, _ count: Int, _ bytes: inout MutableSpan<UInt8>, _ at: inout Int
  ) {
    if count < 4 {
      for _ in 0..<count { put(byte, &bytes, &at) }
    } else {
      put(UInt8(ascii: "!"), &bytes, &at)
      SixelRegisters.put(count, &bytes, &at)
      put(byte, &bytes, &at)
    }
  }
}
