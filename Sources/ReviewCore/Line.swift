// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// A stretch of text of one role.
struct Span {
  var text: String
  var role: StyleRole
  var emphasis = Cell.Emphasis.plain

  init(_ text: String, _ role: StyleRole, _ emphasis: Cell.Emphasis = .plain) {
    self.text = text
    self.role = role
    self.emphasis = emphasis
  }
}

/// Text of several roles, to be put in one row.
struct Line {
  var spans: [Span]

  init(_ spans: [Span] = []) { self.spans = spans }

  init(_ text: String, _ role: StyleRole) { spans = [Span(text, role)] }

  /// What it says.
  var text: String { spans.map(\.text).joined() }

  /// Its width in cells.
  var width: Int { spans.reduce(0) { $0 + $1.text.cellCount } }

  /// The role of what stands in a cell; of the last where it has fewer.
  func role(at cell: Int) -> StyleRole {
    var end = 0
    return spans.first { span in
      end += span.text.cellCount
      return cell < end
    }?.role ?? spans.last?.role ?? .text
  }

  static func + (left: Line, right: Line) -> Line { Line(left.spans + right.spans) }

  static func joined(_ lines: [Line], by separator: Span) -> Line {
    var joined = Line()
    for (index, line) in lines.enumerated() {
      if index > 0 { joined.spans.append(separator) }
      joined.spans += line.spans
    }
    return joined
  }
}

extension CellGrid {
  /// Puts a line, cut at `limit` columns, with an ellipsis.
  mutating func put(_ line: Line, column: Int, row: Int, limit: Int = .max) {
    if limit > 1, limit < line.width {
      put(line, column: column, row: row, cutAt: limit - 1)
      put("…", column: column + limit - 1, row: row, role: line.role(at: limit - 1))
    } else {
      put(line, column: column, row: row, cutAt: limit)
    }
  }

  private mutating func put(_ line: Line, column: Int, row: Int, cutAt limit: Int) {
    var at = column
    for span in line.spans {
      at = put(
        span.text, column: at, row: row, role: span.role, emphasis: span.emphasis,
        limit: limit == .max ? .max : column + limit - at)
    }
  }

  /// Puts a sentence that stands for what is not there, in up to three rows.
  mutating func putQuiet(_ sentence: String, row: Int) {
    for (offset, line) in sentence.wrapped(size.columns - 2, rows: 3).enumerated() {
      put(line, column: 1, row: row + offset, role: .quiet)
    }
  }

  /// Puts a line in the middle of a rectangle's row.
  mutating func putCentred(_ line: Line, in rect: CellRect, row: Int) {
    let column = rect.column + max(0, (rect.size.columns - line.width) / 2)
    put(line, column: column, row: row, limit: rect.size.columns)
  }
}

extension String {
  /// How many cells it takes.
  var cellCount: Int {
    // Nearly all text here is plain ASCII, one cell a byte: worth telling at once.
    utf8.allSatisfy { (0x20...0x7E).contains($0) } ? utf8.count : DisplayText.scalars(self).count
  }

  /// Filled with blanks on the right, or cut with an ellipsis, to a width.
  func fitted(_ width: Int) -> String {
    let line = DisplayText.line(self, limit: max(0, width))
    return line + String(repeating: " ", count: max(0, width - line.cellCount))
  }

  /// Cut to a width: after a whole word where one ends near it, else with an ellipsis.
  func shortened(_ width: Int) -> String {
    guard cellCount > width, width > 0 else { return width > 0 ? self : "" }
    let head = prefix(width + 1)
    if let gap = head.lastIndex(of: " "), head.distance(from: gap, to: head.endIndex) <= 5 {
      var words = head[..<gap].split(separator: " ")
      while words.count > 1, let last = words.last, Self.linkingWords.contains(String(last)) {
        words.removeLast()
      }
      let text = words.joined(separator: " ")
      return DisplayText.line(text.last == "," ? String(text.dropLast()) : text, limit: width)
    }
    return DisplayText.line(self, limit: width)
  }

  /// Broken between words into rows of a width, a longer word wherever it must be; what does not
  /// fit into so many rows ends with an ellipsis.
  func wrapped(_ width: Int, rows most: Int) -> [String] {
    let width = max(1, width)
    var rows: [String] = []
    var words = DisplayText.line(self, limit: .max).split(separator: " ")[...]
    while let word = words.popFirst() {
      if let last = rows.last, last.cellCount + 1 + word.count <= width {
        rows[rows.count - 1] = last + " " + word
      } else {
        rows.append(String(word.prefix(width)))
        if word.count > width { words.insert(word.dropFirst(width), at: words.startIndex) }
      }
    }
    guard rows.count > most, most > 0 else { return rows }
    return rows.prefix(most - 1) + [DisplayText.line(rows[most - 1] + " …", limit: width)]
  }

  // What no shortened name should end with.
  private static let linkingWords: Set<String> = [
    "and", "for", "of", "or", "the", "to", "und", "für", "von", "oder", "der", "die", "das", "mit",
  ]
}

/// Numbers and dates as the screen writes them.
enum Words {
  /// A score as `.82`; `1.0` for one, nothing for what is no score.
  static func score(_ score: Double?) -> String {
    guard let score, score.isFinite else { return "" }
    let percent = Int(min(1, max(0, score)) * 100 + 0.5)
    if percent == 100 { return "1.0" }
    return ".\(percent < 10 ? "0" : "")\(percent)"
  }

  /// A score as `82 %`, which is heard as it is read; nothing for what is no score.
  static func percent(_ score: Double?) -> String {
    guard let score, score.isFinite else { return "" }
    let percent = Int(min(1, max(0, score)) * 100 + 0.5)
    return "\(percent) %"
  }

  /// The camera's alert as `animal 82 %`.
  static func spokenAlert(_ alert: CameraAlert, _ texts: Texts) -> String {
    if alert.label.isEmpty { return texts(NamePhrase.noAlert) }
    return [DisplayText.line(alert.label, limit: 36), percent(alert.score)]
      .filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// A step up or down from 0, with its sign.
  static func step(_ step: Int) -> String {
    step > 0 ? "+\(step)" : step < 0 ? "-\(-step)" : "0"
  }

  /// An ISO 8601 time as `14 Jan 22:15`; as it stands where it is none.
  static func date(_ text: String, _ texts: Texts) -> String {
    let parts = text.split { "-T:".contains($0) }
    let months = texts(NamePhrase.months).split(separator: " ")
    guard parts.count >= 5, parts[3].count == 2, parts[4].count >= 2, Int(parts[3]) != nil,
      let month = Int(parts[1]), months.indices.contains(month - 1), let day = Int(parts[2])
    else { return text }
    return texts(NamePhrase.date, day, months[month - 1], "\(parts[3]):\(parts[4].prefix(2))")
  }

  /// The camera's alert as `animal .82 (cc-4.1)`.
  static func alert(
    _ alert: CameraAlert, _ texts: Texts, withModel: Bool = true
  ) -> String {
    if alert.label.isEmpty { return texts(NamePhrase.noAlert) }
    let model = withModel && !alert.model.isEmpty ? " (\(alert.model))" : ""
    let score = score(alert.score)
    return alert.label + (score.isEmpty ? "" : " \(score)") + model
  }
}
