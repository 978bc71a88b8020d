// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// Which clips the worklist screen lists.
package enum WorklistFilter: Int, CaseIterable, Hashable, Sendable {
  case due, second, deferred, skipped, done, disputed, flagged
  /// Every clip, also those skipped or unreadable.
  case all

  /// The word on its tab.
  package func name(_ texts: Texts) -> String {
    switch self {
    case .second: texts(WorklistPhrase.tabSecond)
    case .skipped: texts(WorklistPhrase.tabSkipped)
    case .disputed: texts(WorklistPhrase.tabDisputed)
    case .due: texts(WorklistPhrase.tabDue)
    case .deferred: texts(WorklistPhrase.tabDeferred)
    case .done: texts(WorklistPhrase.tabDone)
    case .flagged: texts(WorklistPhrase.tabFlagged)
    case .all: texts(WorklistPhrase.tabAll)
    }
  }

  /// Whether `b` brings its clips back.
  var isPutOff: Bool { self == .deferred || self == .skipped }
}

extension WorklistCounts {
  /// How many a filter lists.
  package subscript(filter: WorklistFilter) -> Int {
    switch filter {
    case .due: due
    case .second: secondOpinion
    case .deferred: deferred
    case .skipped: skipped
    case .disputed: disputed
    case .done: done
    case .flagged: flagged
    case .all:
      due + secondOpinion + deferred + skipped + done + disputed + flagged + unreadable
    }
  }
}

/// One clip as the worklist shows it.
package struct WorklistRow: Hashable, Sendable {
  package var clip: ClipID
  /// Its place in the order of ingest, from 1.
  package var position: Int
  package var camera: CameraID
  package var recordedAt: String
  package var source: ClipSource
  package var alert: CameraAlert
  package var state: ClipState
  /// What is set or was committed, in words; empty where nothing is.
  package var summary: String
  /// Why it cannot be played; nil where it can.
  package var unreadableReason: String?
  package var isLeasedByOther: Bool
  /// Whether the rules of second opinions keep it from this reviewer.
  package var isBarred: Bool
  /// What was predicted to move with the highest score; nil where nothing was.
  package var predicted: Prediction?
  /// The alarm level from 0, the verdict's or else the one predicted; nil where there is none.
  package var level: Int?
  /// Whether the level is a prediction.
  package var isLevelPredicted: Bool
  /// When it was recorded, or else taken in, milliseconds since 1970.
  package var sinceMilliseconds: Int64

  /// Makes a row.
  package init(
    clip: ClipID, position: Int, camera: CameraID, recordedAt: String, source: ClipSource,
    alert: CameraAlert, state: ClipState, summary: String, unreadableReason: String? = nil,
    isLeasedByOther: Bool = false, isBarred: Bool = false, predicted: Prediction? = nil,
    level: Int? = nil, isLevelPredicted: Bool = false, sinceMilliseconds: Int64 = 0
  ) {
    self.predicted = predicted
    self.level = level
    self.isLevelPredicted = isLevelPredicted
    self.sinceMilliseconds = sinceMilliseconds
    self.clip = clip
    self.position = position
    self.camera = camera
    self.recordedAt = recordedAt
    self.source = source
    self.alert = alert
    self.state = state
    self.summary = summary
    self.unreadableReason = unreadableReason
    self.isLeasedByOther = isLeasedByOther
    self.isBarred = isBarred
  }
}

/// A stretch of the rows of one filter.
package struct WorklistPage: Hashable, Sendable {
  package var filter: WorklistFilter
  package var query: WorklistQuery
  /// The index of the first row among all the filter lists.
  package var offset: Int
  /// How many the filter lists in all.
  package var total: Int
  package var rows: [WorklistRow]
  /// Whether clips are still being put in order, so that rows may move or come.
  package var isUnsettled: Bool

  /// Makes a page.
  package init(
    filter: WorklistFilter, query: WorklistQuery = WorklistQuery(), offset: Int, total: Int,
    rows: [WorklistRow], isUnsettled: Bool = false
  ) {
    self.isUnsettled = isUnsettled
    self.filter = filter
    self.query = query
    self.offset = offset
    self.total = total
    self.rows = rows
  }
}

/// Which list the worklist showed, and where in it the selection was.
package struct WorklistPlace: Hashable, Sendable {
  package var filter: WorklistFilter
  /// The index of the selected row among all the filter lists.
  package var selection: Int

  /// Makes a place; a selection below 0 is 0.
  package init(filter: WorklistFilter = .due, selection: Int = 0) {
    self.filter = filter
    self.selection = max(0, selection)
  }

  /// As the setting keeps it: `due 12`.
  package var text: String { "\(String(describing: filter)) \(selection)" }

  /// Reads what `text` wrote; nil for anything else.
  package init?(text: String) {
    let parts = text.split(separator: " ")
    guard parts.count == 2, let selection = Int(parts[1]),
      let filter = WorklistFilter.allCases.first(where: { String(describing: $0) == parts[0] })
    else { return nil }
    self.init(filter: filter, selection: selection)
  }
}

/// The worklist screen: a filter, the selected row, and the rows loaded around it.
package struct WorklistScreen: Hashable, Sendable {
  package var filter: WorklistFilter
  /// What the list is narrowed to.
  package var query = WorklistQuery()
  /// What is being typed; nil while the keys move the selection.
  package var line: WorklistLine?
  /// The index of the selected row among all the filter lists.
  package var selection = 0
  /// The rows at hand; nil until the first arrive.
  package var page: WorklistPage?

  /// How many rows are asked for at once; more than any screen has.
  package static let pageLength = 300

  /// Starts at the first row of a filter.
  package init(filter: WorklistFilter) { self.filter = filter }

  /// The row at an index among all the filter lists; nil where it is not loaded.
  package func row(_ index: Int) -> WorklistRow? {
    guard let page, index >= page.offset, index - page.offset < page.rows.count else { return nil }
    return page.rows[index - page.offset]
  }
}
