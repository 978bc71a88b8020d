// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Vocabulary

/// What a query asks for of 256 clips, column by column: so a million are searched by reading 40 MB in
/// order, and no query or order needs an index of its own.
///
/// The bytes: how many names, the length of each, the names in small ASCII letters, the first of them
/// empty; then the columns. Numbers are little endian.
struct WorklistBlock {
  /// How many clips a block holds; the table's triggers divide by it.
  static let length = 256
  /// Stands for a score that is not known.
  static let noScore = Int32.min
  /// Stands for a level that there is none of.
  static let noLevel = UInt8.max

  /// The states as a block counts them, from 1; 0 is a clip that is shut, or none.
  static let states = WorklistQuery.states

  /// What is known by a name.
  enum Name: Int, CaseIterable { case camera, source, alert, predicted, label, reviewer, reason }

  let number: Int64
  let bytes: [UInt8]
  /// Where each name begins, and behind the last where the columns do.
  private let nameStarts: [Int]
  private let columns: Int

  /// The position of its first clip.
  var first: Int64 { number * Int64(Self.length) }

  /// How many distinct names it has, one at least.
  var nameCount: Int { nameStarts.count - 1 }

  /// A name's bytes.
  func name(_ index: Int) -> ArraySlice<UInt8> { bytes[nameStarts[index]..<nameStarts[index + 1]] }

  /// Whether a name holds a word, which has no capitals of ASCII.
  func name(_ index: Int, contains word: [UInt8]) -> Bool {
    guard let first = word.first else { return true }
    var start = nameStarts[index]
    let last = nameStarts[index + 1] - word.count
    while start <= last {
      if bytes[start] == first {
        var length = 1
        while length < word.count, bytes[start + length] == word[length] { length += 1 }
        if length == word.count { return true }
      }
      start += 1
    }
    return false
  }

  /// A number that is the same for the same name, and rarely for another (FNV-1a).
  func nameHash(_ index: Int) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for place in nameStarts[index]..<nameStarts[index + 1] {
      hash = (hash ^ UInt64(bytes[place])) &* 0x100_0000_01B3
    }
    return hash
  }

  // Each takes a clip's place in the block.

  func state(_ clip: Int) -> UInt8 { bytes[columns + clip] }
  func level(_ clip: Int) -> UInt8 { bytes[columns + Column.level + clip] }
  func predictedLevel(_ clip: Int) -> UInt8 { bytes[columns + Column.predictedLevel + clip] }

  /// In ten thousandths.
  func score(_ clip: Int) -> Int32 {
    Int32(truncatingIfNeeded: word(Column.score + 4 * clip))
  }

  /// Sixteen bits by chance.
  func lot(_ clip: Int) -> UInt32 { half(Column.lot + 2 * clip) }

  /// Milliseconds since 1970.
  func time(_ clip: Int) -> Int64 {
    Int64(word(Column.time + 8 * clip)) | Int64(word(Column.time + 8 * clip + 4)) << 32
  }

  /// Which name, from 0.
  func name(_ name: Name, _ clip: Int) -> Int {
    let index = Int(half(Column.names + 2 * (name.rawValue * Self.length + clip)))
    return index < nameCount ? index : 0
  }

  private func half(_ offset: Int) -> UInt32 {
    let place = columns + offset
    return UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8
  }

  private func word(_ offset: Int) -> UInt32 { half(offset) | half(offset + 2) << 16 }

  /// Where the columns begin, from the first.
  private enum Column {
    static let level = length
    static let predictedLevel = 2 * length
    static let lot = 3 * length
    static let score = 5 * length
    static let time = 9 * length
    static let names = 17 * length
    static let end = names + 2 * length * Name.allCases.count
  }
}

extension WorklistBlock {
  /// Reads what is kept; nil for what is none.
  init?(_ number: Int64, bytes: [UInt8]) {
    func half(_ place: Int) -> Int {
      place + 1 < bytes.count ? Int(bytes[place]) | Int(bytes[place + 1]) << 8 : 0
    }
    let count = half(0)
    var starts = [2 + 2 * count]
    starts.reserveCapacity(count + 1)
    for index in 0..<count { starts.append(starts[index] + half(2 + 2 * index)) }
    guard count > 0, bytes.count == starts[count] + Column.end else { return nil }
    self.number = number
    self.bytes = bytes
    nameStarts = starts
    columns = starts[count]
  }

  /// Reads the clips' rows.
  init(_ number: Int64, rowsOf database: Database) throws {
    var names = BlockNames()
    var columns = [UInt8](repeating: 0, count: Column.end)
    func put(_ value: some FixedWidthInteger, at offset: Int) {
      for index in 0..<value.bitWidth / 8 {
        columns[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index))
      }
    }
    let first = number * Int64(Self.length)
    let rows = try Row.fetchCursor(
      database.cachedStatement(sql: Self.select),
      arguments: ["first": first, "end": first + Int64(Self.length)])
    while let row = try rows.next() {
      let clip = Int((row[0] as Int64) - first)
      put(UInt8((Self.states.firstIndex(of: row[1]) ?? -1) + 1), at: clip)
      for (index, offset) in [(2, Column.level), (3, Column.predictedLevel)] {
        let level = (row[index] as Int?).flatMap { UInt8(exactly: $0) }
        put(level ?? Self.noLevel, at: offset + clip)
      }
      let score = (row[4] as Int64?).map { Int32(clamping: $0) }
      put(score ?? Self.noScore, at: Column.score + 4 * clip)
      put(UInt16(truncatingIfNeeded: row[5] as Int), at: Column.lot + 2 * clip)
      put(row[6] as Int64, at: Column.time + 8 * clip)
      for name in Name.allCases {
        let place = names.place(of: row[7 + name.rawValue] as String?)
        put(place, at: Column.names + 2 * (name.rawValue * Self.length + clip))
      }
    }
    guard let block = Self(number, bytes: names.bytes + columns) else { throw StoreError.damaged }
    self = block
  }

  /// As SQLite's `lower`: ASCII alone.
  static func folded(_ text: String) -> [UInt8] {
    text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }
  }

  /// Takes `:first` and `:end`.
  static let select = """
    SELECT w.clip, w.state, w.level, w.predicted_level, w.score, w.lot, w.since_ms,
      w.camera, w.source, w.alert, w.predicted, (
        SELECT group_concat(CASE WHEN t.type = 'text' THEN t.value ELSE t.key END, char(10))
        FROM json_each(w.verdict, '$.terms') t WHERE t.type = 'text' OR typeof(t.key) = 'text'),
      w.committed_by, w.reason
    FROM worklist w WHERE w.clip >= :first AND w.clip < :end
    """
}

/// The distinct names of a block that is made.
private struct BlockNames {
  private var known: [String: UInt16] = ["": 0]
  private var names: [[UInt8]] = [[]]

  mutating func place(of text: String?) -> UInt16 {
    guard let text else { return 0 }
    if let place = known[text] { return place }
    let place = UInt16(names.count)
    known[text] = place
    names.append(Array(WorklistBlock.folded(text).prefix(Int(UInt16.max))))
    return place
  }

  var bytes: [UInt8] {
    func half(_ number: Int) -> [UInt8] { [UInt8(number & 0xFF), UInt8(number >> 8)] }
    return half(names.count) + names.flatMap { half($0.count) } + names.joined()
  }
}
