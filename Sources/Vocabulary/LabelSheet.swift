// SPDX-License-Identifier: Apache-2.0

/// A half-open stretch of a clip with one label.
package struct Segment: Hashable, Sendable, Codable {
  /// The ordinal of the event that opened it.
  package let id: Int
  package let term: TermID
  /// The first frame inside.
  package let start: Moment
  /// The first frame no longer inside; nil while it is open.
  package let end: Moment?

  /// Makes a segment.
  package init(id: Int, term: TermID, start: Moment, end: Moment?) {
    self.id = id
    self.term = term
    self.start = start
    self.end = end
  }
}

/// One of a segment's two ends.
package enum SegmentEdge: String, Hashable, Sendable, Codable {
  case start, end
}

/// What is set on a clip: a draft, or a verdict once it was committed.
package struct LabelSheet: Hashable, Sendable {
  /// The terms set, each with whether it came from confirming a prediction.
  package private(set) var terms: [TermID: Bool] = [:]
  /// The reason why the clip cannot be judged; nil where it can.
  package private(set) var cannotJudge: String?
  package private(set) var segments: [Segment] = []
  /// The regions that reviewers added, in the order they did.
  package private(set) var regions: [Region] = []
  package private(set) var note = ClipNote.none
  /// The axes on which the reviewer has answered by hand: their predictions are dropped.
  package private(set) var touched: Set<Axis> = []

  /// An empty sheet.
  package init() {}

  /// A sheet with nothing on it but regions: they cover the picture whoever looks at it.
  init(regions: [Region]) { self.regions = regions }

  /// The sheet with those regions added that it has not.
  func adding(_ more: [Region]) -> LabelSheet {
    var sheet = self
    sheet.regions += more.filter { !regions.contains($0) }
    return sheet
  }

  /// Whether nothing is set and no prediction was dropped.
  package var isEmpty: Bool {
    terms.isEmpty && cannotJudge == nil && segments.isEmpty && regions.isEmpty && note.isEmpty
      && touched.isEmpty
  }

  /// The terms set on one axis, in the taxonomy's order.
  package func terms(_ axis: Axis, _ taxonomy: Taxonomy) -> [Term] {
    taxonomy.terms(axis).filter { terms[$0.id] != nil }
  }

  /// Applies one change that is neither undo, redo nor a change of the clip's state.
  ///
  /// Terms of another taxonomy version are kept by id and touch no axis.
  package mutating func apply(_ change: LabelChange, ordinal: Int, taxonomy: Taxonomy) {
    switch change {
    case .set(let id, let isConfirmation):
      set(id, isConfirmation: isConfirmation, taxonomy)
    case .clear(let id):
      terms[id] = nil
      if let axis = taxonomy.term(id)?.axis { touched.insert(axis) }
    case .cannotJudge(let reason):
      cannotJudge = reason
      terms = [:]
      touched = Set(Axis.allCases)
    case .clearCannotJudge:
      cannotJudge = nil
    case .openSegment(let term, let moment):
      segments.append(Segment(id: ordinal, term: term, start: moment, end: nil))
    case .closeSegment(let id, let moment):
      close(id, at: moment)
    case .moveSegment(let id, let edge, let moment):
      move(id, edge, to: moment)
    case .removeSegment(let id):
      segments.removeAll { $0.id == id }
    case .addRegion(let region):
      regions.append(region)
    case .copy(let labels):
      take(labels)
    case .note(let note):
      self.note = note
    case .commit, .reopen, .skip, .postpone, .flag, .flagReason, .secondOpinion, .adjudicate,
      .bringBack, .undo, .redo:
      break
    }
  }

  private mutating func set(_ id: TermID, isConfirmation: Bool, _ taxonomy: Taxonomy) {
    cannotJudge = nil
    if let term = taxonomy.term(id) {
      if !isConfirmation { touched.insert(term.axis) }
      for other in taxonomy.terms(term.axis) where other.id != id {
        if term.axis == .level || term.isExclusive || other.isExclusive { terms[other.id] = nil }
      }
      if term.isExclusive, term.axis == .moved {
        for other in taxonomy.terms(.happened) { terms[other.id] = nil }
        touched.insert(.happened)
      }
    }
    terms[id] = isConfirmation
  }

  private mutating func take(_ labels: CopiedLabels) {
    terms = Dictionary(labels.terms.map { ($0, false) }, uniquingKeysWith: { first, _ in first })
    cannotJudge = labels.cannotJudge
    touched.formUnion(labels.touched)
  }

  /// Moves an edge; one that would pass the other stays where it is.
  private mutating func move(_ id: Int, _ edge: SegmentEdge, to moment: Moment) {
    guard let index = segments.firstIndex(where: { $0.id == id }) else { return }
    let old = segments[index]
    let start = edge == .start ? moment : old.start
    let end = edge == .end ? moment : old.end
    guard end.map({ start.time < $0.time }) ?? true, edge == .start || old.end != nil else {
      return
    }
    segments[index] = Segment(id: id, term: old.term, start: start, end: end)
  }

  private mutating func close(_ id: Int, at moment: Moment) {
    guard let index = segments.firstIndex(where: { $0.id == id }) else { return }
    let open = segments[index]
    let ordered = open.start.time <= moment.time
    segments[index] = Segment(
      id: id, term: open.term, start: ordered ? open.start : moment,
      end: ordered ? moment : open.start)
  }
}

extension LabelSheet {
  /// The same without its note: what stays of a verdict when its clip is erased.
  package var withoutNote: LabelSheet {
    var sheet = self
    sheet.note = .none
    return sheet
  }
}

/// Sheets that were stored before there were regions and notes have none.
extension LabelSheet: Codable {
  private enum CodingKeys: CodingKey { case terms, cannotJudge, segments, regions, note, touched }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    terms = try values.decode([TermID: Bool].self, forKey: .terms)
    cannotJudge = try values.decodeIfPresent(String.self, forKey: .cannotJudge)
    segments = try values.decode([Segment].self, forKey: .segments)
    regions = try values.decodeIfPresent([Region].self, forKey: .regions) ?? []
    note = try values.decodeIfPresent(ClipNote.self, forKey: .note) ?? .none
    touched = try values.decode(Set<Axis>.self, forKey: .touched)
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(terms, forKey: .terms)
    try values.encodeIfPresent(cannotJudge, forKey: .cannotJudge)
    try values.encode(segments, forKey: .segments)
    if !regions.isEmpty { try values.encode(regions, forKey: .regions) }
    if !note.isEmpty { try values.encode(note, forKey: .note) }
    try values.encode(touched, forKey: .touched)
  }
}
