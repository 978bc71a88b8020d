// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// A line of text that is being typed, as it stands on the last row of a terminal.
struct PlainField: Hashable, Sendable {
  let prompt: String
  private let scalars: [Unicode.Scalar]
  /// How many of them stand before the cursor.
  private let cursor: Int

  /// The line that a session is typing; nil where it types none.
  init?(_ state: State) {
    guard state.lock == nil else { return nil }
    switch state.mode {
    case .note(let line):
      self.init(state.texts(NotePhrase.title) + " ", line.text, cursor: line.cursor)
    case .worklist(let screen):
      guard let line = screen.line else { return nil }
      let prompt: WorklistPhrase = line.kind == .query ? .hintQuery : .jumpTo
      self.init(state.texts(prompt) + ": ", line.text, cursor: line.editor.cursor)
    default: return nil
    }
  }

  init(_ prompt: String, _ text: String, cursor: Int? = nil) {
    self.prompt = prompt
    scalars = DisplayText.scalars(text)
    self.cursor = min(max(0, cursor ?? scalars.count), scalars.count)
  }

  /// What shows all of it on a new row, the cursor in its place.
  var whole: String { prompt + text(scalars[...]) + back(scalars.count - cursor) }

  /// What makes this line of the one that stands there, by characters and backspaces alone.
  func echo(after old: PlainField) -> String {
    let same = zip(old.scalars, scalars).prefix { $0 == $1 }.count
    let isLonger = scalars.count > same || old.scalars.count > same
    guard isLonger else { return move(from: old.cursor, to: cursor) }
    let blanks = max(0, old.scalars.count - scalars.count)
    return old.move(from: old.cursor, to: same) + text(scalars[same...])
      + String(repeating: " ", count: blanks) + back(blanks + scalars.count - cursor)
  }

  private func move(from start: Int, to end: Int) -> String {
    end < start ? back(start - end) : text(scalars[start..<end])
  }

  private func back(_ count: Int) -> String { String(repeating: "\u{08}", count: count) }

  private func text(_ part: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(part))
  }
}
