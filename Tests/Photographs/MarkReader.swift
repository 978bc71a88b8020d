// SPDX-License-Identifier: Apache-2.0
package import PictureRenderer
import Vocabulary
import Veil

#if canImport(Glibc)
  import Glibc
#endif

/// What was read of a mark.
package struct MarkReading: Hashable, Sendable {
  package let seat: String
  package let reviewer: String
  /// `11-29 06:45`.
  package let time: String

  /// All of it in one line.
  package var text: String { "\(seat) \(reviewer) \(time)" }
}

/// Reads marks off a screen laid flat, knowing the font, the format, every minute of a year and lists of
/// seats and reviewers to choose from, and nothing of where a mark is or what it says.
///
/// How likely it is that a cell holds a letter is judged by a simple model: its pixels are the letter's
/// blurred ink, lighter or darker by what marks are, and noise as strong as what that leaves
/// unexplained. What is the same along a cell's rows, or along its columns, has noise of its own: that is
/// how edges of things look. Places whose cells are most likely `dd-dd dd:dd` are copies; their likelihoods are
/// added up, cell by cell and letter by letter.
package struct MarkReader: Sendable {
  private typealias Place = (x: Int, y: Int)

  private let cell: PixelSize
  /// Those that it chooses among, by their lengths.
  private let seats: [Int: [String]]
  private let reviewers: [Int: [String]]
  private let letters: [UInt8]
  /// Where in `letters` the digits begin.
  private let zero: Int
  private let dash: Int
  private let colon: Int
  /// Per letter what a camera makes of it, and its plain ink.
  private let shapes: [LetterShape]
  private let rough: [LetterShape]

  /// What lens, tilt and laying flat blur together, in pixels of the screen.
  private static let blur: Float = 0.95
  /// How much lighter or darker than its ground a letter is, in a photograph, and with its ink taken
  /// unblurred.
  private static let strength: Float = 28
  private static let roughStrength: Float = 15
  /// The least logarithm of a likelihood, of a time's ten letters in all copies, that is taken for a
  /// mark.
  private static let least: Float = 150

  /// Makes a reader of a font that chooses among seats and reviewers; each list has one at least.
  package init(font: MarkFont, seats: [String], reviewers: [String]) {
    self.seats = Self.byLength(seats)
    self.reviewers = Self.byLength(reviewers)
    cell = font.cell
    letters = ReviewerMark.letters
    zero = letters.firstIndex(of: UInt8(ascii: "0")) ?? 0
    dash = letters.firstIndex(of: UInt8(ascii: "-")) ?? 0
    colon = letters.firstIndex(of: UInt8(ascii: ":")) ?? 0
    let cell = font.cell
    shapes = letters.map { LetterShape(Self.blurred(font.ink(of: $0), cell), cell) }
    rough = letters.map { letter in
      var values = [Float](repeating: 0, count: cell.area)
      for pixel in font.ink(of: letter) { values[Int(pixel)] = 1 }
      return LetterShape(values, cell)
    }
  }

  private static func byLength(_ words: [String]) -> [Int: [String]] {
    Dictionary(grouping: words) { $0.utf8.count }
  }

  private static func blurred(_ ink: [Int32], _ cell: PixelSize) -> [Float] {
    var shape = [Float](repeating: 0, count: cell.area)
    for place in 0..<cell.area {
      for pixel in ink {
        let right = Float(place % cell.width - Int(pixel) % cell.width)
        let down = Float(place / cell.width - Int(pixel) / cell.width)
        let share = expf(-(right * right + down * down) / (2 * blur * blur))
        shape[place] += share / (2 * .pi * blur * blur)
      }
    }
    return shape
  }

  /// Reads a flat screen, or a part of it; nil where no mark is found.
  ///
  /// At most `copies` places are looked at together.
  package func read(_ image: GreyImage, copies: Int) -> MarkReading? {
    let view = LocalContrast(image, cell: cell)
    let places = places(view, copies)
    let (time, likelihood) = time(view, places)
    guard likelihood >= Self.least, let (seat, reviewer) = names(view, places) else { return nil }
    return MarkReading(seat: seat, reviewer: reviewer, time: time)
  }

  // MARK: likelihoods

  /// The logarithms of the likelihoods of letters at a pixel, against that of none; nil outside.
  private func likelihoods(
    _ view: LocalContrast, _ x: Int, _ y: Int, _ range: Range<Int>
  ) -> [Float]? {
    guard view.holds(x, y) else { return nil }
    let at = y * view.size.width + x
    let noise = view.noise(at, strength: Self.strength)
    return range.map { shapes[$0].likelihood(view, at, noise, strength: Self.strength) }
  }

  /// The same sums over copies; 0 for those whose cell lies outside.
  private func likelihoods(
    _ view: LocalContrast, _ places: [Place], column: Int, row: Int
  ) -> [Float] {
    var sums = [Float](repeating: 0, count: letters.count)
    for place in places {
      let (x, y) = (place.x + column * cell.width, place.y + row * cell.height)
      guard let found = likelihoods(view, x, y, letters.indices) else { continue }
      for (letter, likelihood) in found.enumerated() { sums[letter] += likelihood }
    }
    return sums
  }

  // MARK: finding

  /// The places of letters in `dd-dd dd:dd`: nil for a digit's.
  private static let format: [(offset: Int, letter: UInt8?)] =
    Array("dd-dd dd:dd".utf8).enumerated().compactMap { offset, byte in
      byte == UInt8(ascii: " ") ? nil : (offset, byte == UInt8(ascii: "d") ? nil : byte)
    }

  private func places(_ view: LocalContrast, _ most: Int) -> [Place] {
    let maps = roughMaps(view)
    let (width, height) = (view.size.width, view.size.height)
    var found: [(score: Float, place: Place)] = []
    for y in 0...max(0, height - cell.height) {
      for x in 0..<max(0, width - 11 * cell.width + 1) {
        var score: Float = 0
        for (offset, letter) in Self.format {
          let at = y * width + x + offset * cell.width
          score +=
            letter == nil
            ? maps.digit[at] : letter == UInt8(ascii: "-") ? maps.dash[at] : maps.colon[at]
        }
        if score > 8 { found.append((score, (x, y))) }
      }
    }
    found.sort { $0.score > $1.score }
    var kept: [Place] = []
    for (_, place) in found where kept.count < 3 * most {
      let isApart = kept.allSatisfy {
        abs($0.x - place.x) > 8 * cell.width || abs($0.y - place.y) > cell.height
      }
      if isApart { kept.append(place) }
    }
    return kept.map { refined($0, view) }.sorted { $0.score > $1.score }.prefix(most)
      .filter { $0.score > 0 }.map(\.place)
  }

  /// The likelihoods of the best digit, of `-` and of `:` at every pixel, by unblurred ink: quick and
  /// less exact.
  private func roughMaps(_ view: LocalContrast) -> (digit: [Float], dash: [Float], colon: [Float]) {
    let width = view.size.width
    let none = [Float](repeating: 0, count: view.size.area)
    var maps = (digit: none, dash: none, colon: none)
    for y in 0...max(0, view.size.height - cell.height) {
      for x in 0...max(0, width - cell.width) where view.holds(x, y) {
        let at = y * width + x
        let noise = view.noise(at, strength: Self.roughStrength)
        func likelihood(_ letter: Int) -> Float {
          rough[letter].likelihood(view, at, noise, strength: Self.roughStrength)
        }
        var best = -Float.infinity
        for digit in zero..<zero + 10 { best = max(best, likelihood(digit)) }
        maps.digit[at] = best
        maps.dash[at] = likelihood(dash)
        maps.colon[at] = likelihood(colon)
      }
    }
    return maps
  }

  /// The place within a pixel of one where a time is most likely.
  private func refined(_ place: Place, _ view: LocalContrast) -> (score: Float, place: Place) {
    var best = (score: -Float.infinity, place: place)
    for y in place.y - 1...place.y + 1 {
      for x in place.x - 1...place.x + 1 {
        var score: Float = 0
        for (offset, letter) in Self.format {
          let range =
            letter == nil
            ? zero..<zero + 10 : letter == UInt8(ascii: "-") ? dash..<dash + 1 : colon..<colon + 1
          score += likelihoods(view, x + offset * cell.width, y, range)?.max() ?? 0
        }
        if score > best.score { best = (score, (x, y)) }
      }
    }
    return best
  }

  // MARK: reading

  private func time(_ view: LocalContrast, _ places: [Place]) -> (String, Float) {
    var text = ""
    var likelihood: Float = 0
    for (offset, range, end) in [
      (0, 1...12, "-"), (3, 1...31, " "), (6, 0...23, ":"), (9, 0...59, ""),
    ] {
      let tens = likelihoods(view, places, column: offset, row: 0)
      let ones = likelihoods(view, places, column: offset + 1, row: 0)
      let best = range.map { (tens[zero + $0 / 10] + ones[zero + $0 % 10], $0) }.max { $0.0 < $1.0 }
      guard let best else { continue }
      likelihood += best.0
      text += (best.1 < 10 ? "0\(best.1)" : "\(best.1)") + end
    }
    likelihood += likelihoods(view, places, column: 2, row: 0)[dash]
    likelihood += likelihoods(view, places, column: 8, row: 0)[colon]
    return (text, likelihood)
  }

  /// The most likely two words, to the left of the time or in the line above it.
  private func names(_ view: LocalContrast, _ places: [Place]) -> (String, String)? {
    let columns = -40..<40
    let lines = [0, -1].map { row in
      columns.map { likelihoods(view, places, column: $0, row: row) }
    }
    var best = (score: -Float.infinity, seat: "", reviewer: "")
    for (seatLength, seats) in seats {
      for (reviewerLength, reviewers) in reviewers {
        let length = seatLength + 1 + reviewerLength
        // To the left of the time, or centred above it, where half a cell may be rounded either way.
        let starts = [(0, -1 - length)] + [11 - length, 12 - length].map { (1, $0 >> 1) }
        for (line, start) in starts {
          let first = start - columns.lowerBound
          guard first >= 0 else { continue }
          let seat = likeliest(seats, lines[line][first...])
          let reviewer = likeliest(reviewers, lines[line][(first + seatLength + 1)...])
          if seat.score + reviewer.score > best.score {
            best = (seat.score + reviewer.score, seat.word, reviewer.word)
          }
        }
      }
    }
    return best.score > 0 ? (best.seat, best.reviewer) : nil
  }

  /// The word that cells most likely hold, from the first on.
  private func likeliest(
    _ words: [String], _ cells: ArraySlice<[Float]>
  ) -> (score: Float, word: String) {
    var best = (score: -Float.infinity, word: "")
    for word in words {
      var score: Float = 0
      for (cell, letter) in zip(cells, word.utf8) {
        score += letters.firstIndex(of: letter).map { cell[$0] } ?? 0
      }
      if score > best.score { best = (score, word) }
    }
    return best
  }
}

/// A letter in three parts: what is the same along rows, what is along columns, and the rest.
struct LetterShape: Sendable {
  /// Where it has ink, in a row and a column of the cell, and how much.
  private let ink: [(row: Int, column: Int, value: Float)]
  private let rows: [Float]
  private let columns: [Float]
  /// Its means: of all, and of each row and column.
  private let mean: Float
  /// The sum of squares of each part.
  private let norms: SIMD3<Float>

  init(_ values: [Float], _ cell: PixelSize) {
    let (width, height) = (cell.width, cell.height)
    let mean = values.reduce(0, +) / Float(cell.area)
    let rows = (0..<height).map { row in
      values[row * width..<(row + 1) * width].reduce(0, +) / Float(width) - mean
    }
    let columns = (0..<width).map { column in
      (0..<height).reduce(Float(0)) { $0 + values[$1 * width + column] } / Float(height) - mean
    }
    ink = values.enumerated().filter { $0.element > 0.02 }.map {
      ($0.offset / width, $0.offset % width, $0.element)
    }
    let all = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let byRow = rows.reduce(0) { $0 + $1 * $1 } * Float(width)
    let byColumn = columns.reduce(0) { $0 + $1 * $1 } * Float(height)
    norms = SIMD3(byRow, byColumn, all - byRow - byColumn)
    (self.mean, self.rows, self.columns) = (mean, rows, columns)
  }

  /// The logarithm of its likelihood at a place, against no letter's.
  func likelihood(
    _ view: LocalContrast, _ at: Int, _ noise: SIMD3<Float>, strength: Float
  ) -> Float {
    let width = view.size.width
    var all = -mean * view.sums[at]
    for pixel in ink { all += pixel.value * view.values[at + pixel.row * width + pixel.column] }
    var (byRow, byColumn) = (Float(0), Float(0))
    for row in rows.indices { byRow += rows[row] * view.rows[at + row * width] }
    for column in columns.indices { byColumn += columns[column] * view.columns[at + column] }
    let product = SIMD3(byRow, byColumn, all - byRow - byColumn)
    return strength * abs((product / noise).sum()) - strength * strength / 2 * (norms / noise).sum()
  }
}

/// An image without what is larger than letters, and its cells' sums and energies.
struct LocalContrast: Sendable {
  let size: PixelSize
  private(set) var values: [Float]
  private let cell: PixelSize
  /// The sums of the cell, of a row of it and of a column of it at each pixel.
  private(set) var sums: [Float] = []
  private(set) var rows: [Float] = []
  private(set) var columns: [Float] = []
  /// The sums of squares of the cell's three parts.
  private var energies: [SIMD3<Float>] = []

  /// The least noise, σ.
  private static let calm: Float = 5
  /// Edges of things are let count no more than this.
  private static let most: Float = 40

  init(_ image: GreyImage, cell: PixelSize) {
    size = image.size
    self.cell = cell
    values = image.values
    let around = Self.boxMeans(
      image.values, size, PixelSize(width: 2 * cell.width + 1, height: cell.height + 1))
    for index in values.indices {
      values[index] = min(max(-Self.most, image.values[index] - around[index]), Self.most)
    }
    let (row, column) = (
      PixelSize(width: cell.width, height: 1), PixelSize(width: 1, height: cell.height)
    )
    sums = Self.boxSums(values, size, cell)
    rows = Self.boxSums(values, size, row)
    columns = Self.boxSums(values, size, column)
    let all = Self.boxSums(values.map { $0 * $0 }, size, cell)
    let byRow = Self.boxSums(rows.map { $0 * $0 }, size, column)
    let byColumn = Self.boxSums(columns.map { $0 * $0 }, size, row)
    energies = all.indices.map { index in
      let mean = sums[index] * sums[index] / Float(cell.area)
      let (along, down) = (
        byRow[index] / Float(cell.width) - mean, byColumn[index] / Float(cell.height) - mean
      )
      return SIMD3(along, down, all[index] - mean - along - down)
    }
  }

  /// Whether the cell at a pixel lies inside.
  func holds(_ x: Int, _ y: Int) -> Bool {
    x >= 0 && y >= 0 && x + cell.width <= size.width && y + cell.height <= size.height
  }

  /// The noise of the three parts of the cell at a place, as variances, where a letter of some strength
  /// may stand.
  func noise(_ at: Int, strength: Float) -> SIMD3<Float> {
    let letter = SIMD3<Float>(2, 2, 5) * strength * strength
    let count = SIMD3(Float(cell.height - 1), Float(cell.width - 1), Float(cell.area))
    let rest = (energies[at] - letter) / count
    return rest.replacing(with: 0, where: rest .< 0) + Self.calm * Self.calm
  }

  /// The sum of each box to the right and below of a pixel; 0 where it does not fit.
  private static func boxSums(_ values: [Float], _ size: PixelSize, _ box: PixelSize) -> [Float] {
    var across = [Float](repeating: 0, count: values.count)
    for row in 0..<size.height {
      let base = row * size.width
      guard size.width >= box.width else { break }
      var sum: Float = 0
      for column in 0..<size.width {
        sum += values[base + column]
        if column >= box.width { sum -= values[base + column - box.width] }
        if column >= box.width - 1 { across[base + column - box.width + 1] = sum }
      }
    }
    var sums = [Float](repeating: 0, count: values.count)
    guard size.height >= box.height else { return sums }
    for column in 0..<size.width {
      var sum: Float = 0
      for row in 0..<size.height {
        sum += across[row * size.width + column]
        if row >= box.height { sum -= across[(row - box.height) * size.width + column] }
        if row >= box.height - 1 { sums[(row - box.height + 1) * size.width + column] = sum }
      }
    }
    return sums
  }

  /// The mean of each box about a pixel; the pixel's own value near the edges.
  private static func boxMeans(_ values: [Float], _ size: PixelSize, _ box: PixelSize) -> [Float] {
    let sums = boxSums(values, size, box)
    var means = values
    guard size.width > box.width, size.height > box.height else { return means }
    for row in 0..<size.height {
      for column in 0..<size.width {
        let left = min(max(0, column - box.width / 2), size.width - box.width)
        let top = min(max(0, row - box.height / 2), size.height - box.height)
        means[row * size.width + column] = sums[top * size.width + left] / Float(box.area)
      }
    }
    return means
  }
}
