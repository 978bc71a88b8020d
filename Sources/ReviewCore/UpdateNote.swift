// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The reviewer's note to a clip, and the labels of the clip before.
extension State {
  mutating func openNote() {
    guard let open = clip, mayLabel() else { return }
    guard reviewRules.allowsNotes else { return remark(texts(NotePhrase.forbidden)) }
    enterOverlay(.note(LineEditor(open.history.draft.note.text, limit: ClipNote.longest)))
  }

  /// `Enter` keeps what was typed, `Esc` what was before.
  mutating func pressInNote(_ old: LineEditor, _ key: KeyPress, _ effects: inout [Effect]) {
    var line = old
    switch key {
    case .escape:
      hasHeldKeyActed = true
      leaveOverlay()
    case .enter:
      hasHeldKeyActed = true
      leaveOverlay()
      keepNote(old.text, &effects)
    default:
      if line.press(key) { mode = .note(line) }
    }
  }

  private mutating func keepNote(_ text: String, _ effects: inout [Effect]) {
    let text = text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
    guard let open = clip, let note = ClipNote(String(text)), note != open.history.draft.note,
      mayLabel()
    else { return }
    append([.note(note)], &effects)
    remark(texts(note.isEmpty ? NotePhrase.removed : .kept, key(.undo)))
  }

  /// Sets what is set on the clip that was labelled before this one.
  mutating func copyPrevious(_ effects: inout [Effect]) {
    guard let open = clip, mayLabel() else { return }
    guard let previous = labelled.last(but: open.id) else {
      return remark(texts(NotePhrase.nothingToCopy))
    }
    let sheet = open.history.draft
    var after = sheet
    after.apply(.copy(previous.labels), ordinal: 0, taxonomy: taxonomy)
    if let segment = sheet.segments.first(where: { after.terms[$0.term] == nil }) {
      return refuseForSegment(segment.term)
    }
    guard after.terms.keys != sheet.terms.keys || after.cannotJudge != sheet.cannotJudge else {
      return remark(texts(NotePhrase.sameAlready))
    }
    append([.copy(previous.labels)], &effects)
    remark(texts(NotePhrase.copied, words(previous.labels), previous.clip.short, key(.undo)))
  }

  /// The names of labels, as a sentence lists them.
  func words(_ labels: CopiedLabels) -> String {
    if let reason = labels.cannotJudge {
      return taxonomy.cannotJudgeReasons.first { $0.id == reason }?.name ?? reason
    }
    return labels.terms.compactMap { taxonomy.term($0) }.sorted { $0.axis < $1.axis }
      .map { $0.axis == .level ? String($0.key) : $0.name }.joined(separator: ", ")
  }
}
