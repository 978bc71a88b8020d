// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Veil

@Suite("The reviewer's mark")
struct ReviewerMarkTests {
  @Test("the time is month, day, hour and minute in UTC, for every time")
  func time() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    var random = SeededGenerator(seed: 1)
    let times: [Int64] =
      [0, 59_999, 60_000, -1, 951_782_400_000, 4_107_542_399_999, 1_795_934_700_000]
      + (0..<500).map { _ in Int64.random(in: 0...4_102_444_800_000, using: &random) }
    for time in times {
      let mark = ReviewerMark(seat: "a", reviewer: "b", wallMilliseconds: time)
      let parts = calendar.dateComponents(
        [.month, .day, .hour, .minute],
        from: Date(timeIntervalSince1970: (Double(time) / 1000).rounded(.down)))
      let wanted = String(
        format: "%02d-%02d %02d:%02d", parts.month ?? 0, parts.day ?? 0, parts.hour ?? 0,
        parts.minute ?? 0)
      #expect("\(mark.day) \(mark.time)" == wanted)
    }
    for time in [Int64.min, .max] {
      let mark = ReviewerMark(seat: "", reviewer: "", wallMilliseconds: time)
      #expect(mark.day.utf8.count == 5 && mark.time.utf8.count == 5 && mark.seat == "-")
    }
  }

  @Test("names are spelt with the mark's letters, different ones differently")
  func names() {
    #expect(ReviewerMark.spelt("Seat-3") == "seat-3")
    #expect(ReviewerMark.spelt("a_b c:d") == "a-b-c-d")
    #expect(ReviewerMark.spelt("zoë") == "zoeb")
    #expect(ReviewerMark.spelt("漢") != ReviewerMark.spelt("字"))
    #expect(ReviewerMark.spelt("漢\u{1B}\n").utf8.allSatisfy(ReviewerMark.isLetter))
  }

  /// A picture's rectangle in a pane, in pixels.
  private static func picture(
    _ pane: CellSize, _ cell: PixelSize, _ aspect: Double
  ) -> MarkLayout.Picture {
    let (width, height) = (pane.columns * cell.width, pane.rows * cell.height)
    let high = Int((Double(width) / aspect).rounded())
    let size =
      high <= height
      ? PixelSize(width: width, height: max(1, high))
      : PixelSize(width: max(1, Int(Double(height) * aspect)), height: height)
    return MarkLayout.Picture(
      left: (width - size.width) / 2, top: (height - size.height) / 2, size: size)
  }

  /// The lines that a layout's letters make within a rectangle of pixels, each cell whole inside it.
  private static func lines(
    _ layout: MarkLayout, _ cell: PixelSize, _ columns: Range<Double>, _ rows: Range<Double>
  ) -> [String] {
    let inside = layout.letters.filter { letter in
      Double(letter.column * cell.width) >= columns.lowerBound
        && Double((letter.column + 1) * cell.width) <= columns.upperBound
        && Double(letter.row * cell.height) >= rows.lowerBound
        && Double((letter.row + 1) * cell.height) <= rows.upperBound
    }
    return Dictionary(grouping: inside, by: \.row).sorted { $0.key < $1.key }.map { row in
      let byColumn = Dictionary(row.value.map { ($0.column, $0.letter) }) { max($0, $1) }
      let (first, last) = (byColumn.keys.min() ?? 0, byColumn.keys.max() ?? 0)
      let bytes = (first...last).map { byColumn[$0] ?? UInt8(ascii: "?") }
      return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespaces)
    }
  }

  private static func ninths(_ picture: MarkLayout.Picture) -> [(Range<Double>, Range<Double>)] {
    (0..<9).map { index in
      let (x, y) = (Double(index % 3), Double(index / 3))
      let (wide, high) = (Double(picture.size.width) / 3, Double(picture.size.height) / 3)
      let left = Double(picture.left) + x * wide
      let top = Double(picture.top) + y * high
      return (left..<left + wide, top..<top + high)
    }
  }

  private static let cells: [PixelSize] = [
    PixelSize(width: 1, height: 2), PixelSize(width: 8, height: 16),
    PixelSize(width: 7, height: 13),
    PixelSize(width: 10, height: 20), PixelSize(width: 9, height: 19),
  ]
  private static let aspects: [Double] = [16 / 9, 4 / 3, 1, 3 / 2, 21 / 9, 9 / 16]

  /// Whether a ninth has room for a mark with names of three letters: 19 cells and a gap, or 11 in two
  /// rows, 7 in three, 5 in four.
  private static func hasRoom(_ picture: MarkLayout.Picture, _ cell: PixelSize) -> Bool {
    let rooms = ninths(picture).map { columns, rows in
      (
        across: Int(columns.upperBound / Double(cell.width))
          - Int((columns.lowerBound / Double(cell.width)).rounded(.up)),
        down: Int(rows.upperBound / Double(cell.height))
          - Int((rows.lowerBound / Double(cell.height)).rounded(.up))
      )
    }
    let across = rooms.map(\.across).min() ?? 0
    let down = rooms.map(\.down).min() ?? 0
    return across >= 20 && down >= 1 || across >= 12 && down >= 2 || across >= 8 && down >= 3
      || across >= 6 && down >= 4
  }

  @Test("each ninth of the picture has a whole copy, on panes from 60 × 20 terminals up")
  func everyNinth() {
    var random = SeededGenerator(seed: 2)
    var arrangements: Set<Int> = []
    var shortened = 0
    var small: [Double] = []
    for _ in 0..<4000 {
      let pane = CellSize(
        columns: .random(in: 60...200, using: &random), rows: .random(in: 11...60, using: &random))
      let cell = Self.cells[Int.random(in: 0..<Self.cells.count, using: &random)]
      let aspect = Self.aspects[Int.random(in: 0..<Self.aspects.count, using: &random)]
      let mark = ReviewerMark(
        seat: Self.name(20, &random), reviewer: Self.name(20, &random),
        wallMilliseconds: .random(in: 0...4_000_000_000_000, using: &random))
      let picture = Self.picture(pane, cell, aspect)
      let layout = MarkLayout(mark, over: picture, pane: pane, cell: cell)
      guard Self.hasRoom(picture, cell) else {
        // Square and upright pictures on the lowest panes alone, and they are marked too.
        #expect(layout.copies > 0 && aspect < 4 / 3 && pane.rows < 24, "\(pane) \(aspect)")
        small.append(aspect)
        continue
      }
      #expect(layout.copies == 9 && !layout.coversPane, "\(pane) \(aspect) \(mark)")
      for (columns, rows) in Self.ninths(picture) {
        let words = Self.lines(layout, cell, columns, rows)
        let text = words.joined(separator: " ").split(separator: " ").map(String.init)
        #expect(text.count == 4, "\(words)")
        guard text.count == 4 else { continue }
        #expect(text[2] == mark.day && text[3] == mark.time)
        if text[0] != mark.seat || text[1] != mark.reviewer { shortened += 1 }
        #expect(Self.isShort(text[0], of: mark.seat) && Self.isShort(text[1], of: mark.reviewer))
        arrangements.insert(words.count)
      }
    }
    #expect(small.count * 10 < 4000)
    #expect(arrangements == [1, 2, 3, 4] && shortened > 0 && shortened < 18_000)
  }

  private static func name(_ longest: Int, _ random: inout SeededGenerator) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789-.")
    return String(
      (0..<Int.random(in: 1...longest, using: &random)).compactMap { _ in
        letters.randomElement(using: &random)
      })
  }

  /// Whether a word is a name, or its beginning and end with three letters or more.
  private static func isShort(_ word: String, of name: String) -> Bool {
    if word == name { return true }
    guard word.count >= 3, word.count < name.count else { return false }
    return (0..<word.count).contains { cut in
      let (head, tail) = (word.prefix(cut), word.dropFirst(cut))
      return tail.first == "." && name.hasPrefix(head) && name.hasSuffix(tail.dropFirst())
    }
  }

  @Test("names stay whole where they fit at all")
  func wholeNames() {
    let mark = ReviewerMark(seat: "seat-3", reviewer: "r07", wallMilliseconds: 0)
    // The smallest pane of the review screen, and the worklist's and contact sheet's small pictures.
    for (columns, rows, least) in [(60, 11, 9), (24, 7, 2), (16, 5, 1), (18, 4, 1)] {
      let pane = CellSize(columns: columns, rows: rows)
      let cell = PixelSize(width: 8, height: 16)
      let picture = Self.picture(pane, cell, 16 / 9)
      let layout = MarkLayout(mark, over: picture, pane: pane, cell: cell)
      let letters = layout.letters.filter { $0.letter != UInt8(ascii: " ") }
      #expect(layout.copies >= least && letters.count == layout.copies * 19)
    }
  }

  @Test("any rectangle and any cell leaves letters inside the pane, each cell once")
  func anyPicture() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<3000 {
      let pane = CellSize(
        columns: .random(in: 0...40, using: &random), rows: .random(in: 0...14, using: &random))
      let cell = PixelSize(
        width: .random(in: 1...12, using: &random), height: .random(in: 1...24, using: &random))
      let picture = Self.picture(pane, cell, Double.random(in: 0.02...30, using: &random))
      let mark = ReviewerMark(
        seat: Self.name(20, &random), reviewer: Self.name(20, &random), wallMilliseconds: 0)
      let layout = MarkLayout(mark, over: picture, pane: pane, cell: cell)
      let letters = layout.letters.filter { $0.letter != UInt8(ascii: " ") }
      #expect(Set(letters.map { [$0.column, $0.row] }).count == letters.count)
      for letter in layout.letters {
        #expect((0..<pane.columns).contains(letter.column) && (0..<pane.rows).contains(letter.row))
      }
      #expect(layout.copies > 0 || pane.columns < 11 || pane.rows < 4)
    }
  }
}
