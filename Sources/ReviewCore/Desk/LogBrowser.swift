// SPDX-License-Identifier: Apache-2.0

/// An event of the audit log, in the log's own words.
package struct LogEntry: Hashable, Sendable {
  package let number: Int64
  /// Milliseconds since 1970.
  package let atMilliseconds: Int64
  /// Empty for housekeeping.
  package let person: String
  package let seat: String
  package let kind: String
  /// The clip's name in the log, 32 digits; empty where it is about no one clip.
  package let clip: String
  /// What else it tells, each as `name=value`.
  package let details: [String]

  /// Makes one.
  package init(
    number: Int64, atMilliseconds: Int64, person: String, seat: String, kind: String, clip: String,
    details: [String]
  ) {
    self.number = number
    self.atMilliseconds = atMilliseconds
    self.person = person
    self.seat = seat
    self.kind = kind
    self.clip = clip
    self.details = details
  }
}

/// What to read of the log.
package struct LogRequest: Hashable, Sendable {
  /// Where to begin.
  package enum Start: Hashable, Sendable {
    case number(Int64)
    /// Milliseconds since 1970.
    case time(Int64)
  }

  package let start: Start
  /// Whether to read towards older events.
  package let isOlder: Bool
  package let filter: LogFilter
  /// At most so many.
  package let limit: Int
  /// Tells answers apart: one that is not the newest question's is dropped.
  package let ticket: Int
}

/// A stretch of the log that was asked for.
package struct LogPage: Hashable, Sendable {
  package let request: LogRequest
  /// The oldest first.
  package let entries: [LogEntry]
  /// The numbers of the first and last event that the log has; both 0 where it has none.
  package let first: Int64
  package let last: Int64
  /// Whether there may be more in the direction that was read.
  package let hasMore: Bool

  /// Makes one.
  package init(
    request: LogRequest, entries: [LogEntry], first: Int64, last: Int64, hasMore: Bool
  ) {
    self.request = request
    self.entries = entries
    self.first = first
    self.last = last
    self.hasMore = hasMore
  }
}

/// What a check of the log found.
package enum LogVerdict: Hashable, Sendable {
  case empty
  /// All is in order; the last `unsigned` events are chained and not signed yet.
  case whole(first: Int64, last: Int64, unsigned: Int64)
  /// The first fault: its kind in the log's own words, and the events it concerns.
  case fault(kind: String, number: Int64, through: Int64)
}

/// The audit log as somebody leafs through it: a window of events, whatever the log's length.
package struct LogBrowser: Hashable, Sendable {
  /// What is known of the log's chain.
  package enum Check: Hashable, Sendable {
    case notAsked
    /// Up to that event all is in order so far.
    case running(Int64)
    case done(LogVerdict)
  }

  /// The oldest first.
  package private(set) var entries: [LogEntry] = []
  package private(set) var selection = 0
  package private(set) var first: Int64 = 0
  package private(set) var last: Int64 = 0
  package private(set) var hasOlder = false
  package private(set) var hasNewer = false
  package private(set) var filter = LogFilter()
  package var check = Check.notAsked
  /// The question that is not answered yet; nil where none is open.
  package private(set) var open: LogRequest?
  private var ticket = 0
  /// How far the selection moves once the stretch is there into which it was moved.
  private var owed = 0

  static let pageSize = 200
  /// No more events are held, however far somebody leafs.
  static let most = 600
  /// So near to an end the next stretch is asked for.
  private static let margin = 40

  var selected: LogEntry? { entries.indices.contains(selection) ? entries[selection] : nil }
  /// Whether anything was ever asked for.
  var isFresh: Bool { ticket == 0 }

  /// Asks anew from somewhere, under the filter.
  mutating func ask(_ start: LogRequest.Start, isOlder: Bool) -> LogRequest {
    ticket += 1
    let request = LogRequest(
      start: start, isOlder: isOlder, filter: filter, limit: Self.pageSize, ticket: ticket)
    open = request
    isReplacing = true
    owed = 0
    return request
  }

  /// Filters from now on, and asks from the newest event on.
  mutating func ask(_ filter: LogFilter) -> LogRequest {
    self.filter = filter
    return ask(.number(.max), isOlder: true)
  }

  /// Whether the open question's answer takes the place of what is shown.
  package private(set) var isReplacing = false

  /// Moves the selection; asks for more where an end comes near.
  mutating func move(by step: Int) -> LogRequest? {
    let wanted = selection + step
    selection = min(max(0, wanted), max(0, entries.count - 1))
    var request: LogRequest?
    if open == nil {
      if hasOlder, selection < Self.margin, let oldest = entries.first {
        request = extend(.number(oldest.number - 1), isOlder: true)
      } else if hasNewer, selection >= entries.count - Self.margin, let newest = entries.last {
        request = extend(.number(newest.number + 1), isOlder: false)
      }
    }
    owed = open == nil ? 0 : owed + wanted - selection
    return request
  }

  private mutating func extend(_ start: LogRequest.Start, isOlder: Bool) -> LogRequest {
    let request = ask(start, isOlder: isOlder)
    isReplacing = false
    return request
  }

  /// Takes an answer; one to an older question is dropped.
  mutating func take(_ page: LogPage) {
    guard page.request == open else { return }
    open = nil
    (first, last) = (page.first, page.last)
    if isReplacing {
      entries = page.entries
      selection = page.request.isOlder ? max(0, entries.count - 1) : 0
      hasOlder = page.request.isOlder ? page.hasMore : (entries.first?.number ?? 0) > first
      hasNewer = page.request.isOlder ? (entries.last?.number ?? last) < last : page.hasMore
      // Beyond the newest event there is nothing to filter: it was the first that was looked at.
      if page.request.isOlder, page.request.start == .number(.max) { hasNewer = false }
    } else if page.request.isOlder {
      entries = page.entries + entries
      selection += page.entries.count + min(0, owed)
      hasOlder = page.hasMore
      if entries.count > Self.most {
        entries.removeLast(entries.count - Self.most)
        hasNewer = true
      }
    } else {
      entries += page.entries
      selection += max(0, owed)
      hasNewer = page.hasMore
      let excess = entries.count - Self.most
      if excess > 0 {
        entries.removeFirst(excess)
        selection -= excess
        hasOlder = true
      }
    }
    selection = min(max(0, selection), max(0, entries.count - 1))
    (isReplacing, owed) = (false, 0)
  }

  /// Gives an open question up.
  mutating func giveUp() { (open, isReplacing, owed) = (nil, false, 0) }
}
