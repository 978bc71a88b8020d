// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// One copy of a mark: its lines.
struct MarkBlock: Hashable, Sendable {
  /// In ASCII, from the top.
  let lines: [[UInt8]]

  /// How many cells have letters.
  var cells: Int { lines.reduce(0) { $0 + $1.count { $0 != UInt8(ascii: " ") } } }

  /// A name that is shortened keeps so many letters, or all it has.
  private static let leastName = 3

  /// With full names, in as few lines as there is room for; nil where there is none.
  init?(_ mark: ReviewerMark, fitting room: CellSize) {
    let all = Self.arrangements(mark, mark.seat, mark.reviewer)
    guard let lines = all.first(where: { Self.fits($0, room) }) else { return nil }
    self.lines = lines
  }

  /// With names cut in their middle, where `.` stands then, of which as much is left as can be; nil
  /// where too little would.
  init?(shortening mark: ReviewerMark, to room: CellSize) {
    let time = mark.day.utf8.count + 1 + mark.time.utf8.count
    let own = (room.columns, room.columns)
    let above = Self.shared(room.columns - 1, mark)
    let rooms = [Self.shared(room.columns - time - 2, mark), above, own, above, own]
    var best: (lines: [[UInt8]], kept: Int)?
    for (index, (seatRoom, reviewerRoom)) in rooms.enumerated() {
      guard let seat = Self.shortened(mark.seat, to: seatRoom),
        let reviewer = Self.shortened(mark.reviewer, to: reviewerRoom)
      else { continue }
      let lines = Self.arrangements(mark, seat, reviewer)[index]
      let kept = seat.utf8.count + reviewer.utf8.count
      if Self.fits(lines, room), kept > best?.kept ?? 0 { best = (lines, kept) }
    }
    guard let best else { return nil }
    lines = best.lines
  }

  /// The words in one line, in two, in three with either the names or the time apart, and in four.
  private static func arrangements(
    _ mark: ReviewerMark, _ seat: String, _ reviewer: String
  ) -> [[[UInt8]]] {
    let (names, time) = ("\(seat) \(reviewer)", "\(mark.day) \(mark.time)")
    return [
      ["\(names) \(time)"], [names, time], [seat, reviewer, time], [names, mark.day, mark.time],
      [seat, reviewer, mark.day, mark.time],
    ].map { $0.map { Array($0.utf8) } }
  }

  private static func fits(_ lines: [[UInt8]], _ room: CellSize) -> Bool {
    lines.count <= room.rows && lines.allSatisfy { $0.count <= room.columns }
  }

  /// How many letters of `room` each name gets on a line that they share: the shorter all it needs, up
  /// to half.
  private static func shared(_ room: Int, _ mark: ReviewerMark) -> (Int, Int) {
    let (seat, reviewer) = (mark.seat.utf8.count, mark.reviewer.utf8.count)
    let seatRoom = max(min(seat, room / 2), room - reviewer)
    return (min(seat, seatRoom), room - min(seat, seatRoom))
  }

  /// A name's beginning and end; nil where less than `leastName` of it would be left.
  private static func shortened(_ name: String, to room: Int) -> String? {
    let count = name.utf8.count
    guard count > room else { return name }
    guard room >= leastName else { return nil }
    // Names that belong together mostly differ in their ends.
    let head = (room - 1) / 2
    return "\(name.prefix(head)).\(name.suffix(room - 1 - head))"
  }
}
