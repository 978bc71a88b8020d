// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// A clip the session has opened, as it hands it to the core.
package struct OpenedClip: Hashable, Sendable {
  package var record: ClipRecord
  /// All its label events, in order of their ordinals, all durable.
  package var events: [LabelEvent]
  /// What a decoder working ahead has found so far; empty where none has.
  package var timeline: Timeline
  /// Its place in the worklist, from 1; 0 where unknown.
  package var position: Int
  /// The frost its source and camera ask for.
  package var frost: Frost
  /// Why it has that frost, in words; may be empty.
  package var frostReason: String
  /// The frost that this reviewer raised it to before; clear where they did not.
  package var ownFrost: Frost
  /// For how long it was seen clear in looks, by everybody, in milliseconds.
  package var lookSpentMilliseconds: Int64
  /// Where it stands when the session begins anew or is unlocked; nil plays it as the policy says.
  package var playhead: MediaTime?
  /// Whether it plays on from there.
  package var playsOn: Bool
  /// Whether it answers `.reopenLastCommitted`: its verdict is then taken back, once its first
  /// picture shows.
  package var isReopening: Bool
  /// Why it comes now; nil in order of ingest.
  package var turn: TurnReason?
  /// Its camera's room, one word as `cameras.toml` gives it; empty where it says none.
  package var room: String

  /// Makes one.
  package init(
    record: ClipRecord, events: [LabelEvent], timeline: Timeline, position: Int, frost: Frost,
    frostReason: String, ownFrost: Frost = .clear, lookSpentMilliseconds: Int64 = 0,
    playhead: MediaTime? = nil, playsOn: Bool = false, isReopening: Bool = false,
    turn: TurnReason? = nil, room: String = ""
  ) {
    self.turn = turn
    self.room = room
    self.record = record
    self.events = events
    self.timeline = timeline
    self.position = position
    self.frost = frost
    self.frostReason = frostReason
    self.ownFrost = ownFrost
    self.lookSpentMilliseconds = lookSpentMilliseconds
    self.playhead = playhead
    self.playsOn = playsOn
    self.isReopening = isReopening
  }
}

/// The clip on the screen.
package struct OpenClip: Hashable, Sendable {
  package let record: ClipRecord
  package internal(set) var history: LabelHistory
  package internal(set) var timeline: Timeline
  package internal(set) var player: Player
  /// Its place in the worklist, from 1; 0 where unknown.
  package let position: Int
  /// Why it comes now; nil in order of ingest.
  package let turn: TurnReason?
  /// Its camera's room, one word as `cameras.toml` gives it; empty where it says none.
  package let room: String
  /// The frost its source and camera ask for.
  package let frost: Frost
  private let openingReason: String
  /// When its first picture came on the screen, by the monotonic clock; nil before.
  package internal(set) var firstPictureAtMilliseconds: Int64?
  /// Why it cannot be played or may not be shown; nil where it can.
  package internal(set) var failure: String?
  /// Whether `failure` is a refusal: it may not be shown at all.
  package internal(set) var isRefused = false
  /// Why it was closed under the reviewer; nil while it is open.
  package internal(set) var closure: Notice?
  /// The sheet as it is on disk: what differs from it shows dim.
  package internal(set) var durableSheet: LabelSheet
  /// How many of its events are on disk.
  package internal(set) var storedCount: Int
  /// The segment `Tab` selected.
  package internal(set) var selectedSegment: Int?
  /// Which of its edges the play keys move.
  package internal(set) var selectedEdge = SegmentEdge.start
  /// Where that edge was moved to, as long as it may still be on its way; nil while it lies where the
  /// history says.
  var edgeMove: EdgeMove?
  /// The frost that this reviewer raised it to; clear where they did not.
  package internal(set) var ownFrost: Frost
  /// What looks at it have cost, a running one in full, in milliseconds.
  package internal(set) var lookSpentMilliseconds: Int64
  /// Why this reviewer looks at it, once that was told.
  var lookReason: LookReason?
  /// When looks are left again, by the monotonic clock, once the reviewer was told; nil before.
  var looksReturnAtMilliseconds: Int64?
  /// What is noise and what is motion, in as much as is decoded.
  package internal(set) var motion: MotionProfile
  var isReopening: Bool
  var startsPlaying: Bool
  /// Where it is to begin once so much is decoded; nil where it stands there, or was moved since.
  var beginsAt: MediaTime?
  /// Whether its contact sheet is to be seen first, once all of it is decoded.
  var awaitsSheet: Bool

  init(_ opened: OpenedClip, taxonomy: Taxonomy, speed: Speed, openAt: OpeningPlace = .start) {
    record = opened.record
    history = LabelHistory(opened.events, taxonomy: taxonomy)
    timeline = opened.timeline
    let begin = opened.beginning(openAt)
    let isDecoded = opened.timeline.reaches(begin)
    player = Player(speed: speed, at: opened.playhead ?? (isDecoded ? begin : .zero))
    beginsAt = opened.playhead == nil && !isDecoded ? begin : nil
    position = opened.position
    turn = opened.turn
    room = opened.room
    frost = opened.frost
    openingReason = opened.frostReason
    ownFrost = opened.ownFrost
    lookSpentMilliseconds = opened.lookSpentMilliseconds
    durableSheet = history.draft
    storedCount = opened.events.count
    motion = MotionProfile(frames: opened.timeline.frames)
    isReopening = opened.isReopening
    let finest = max(opened.frost, opened.ownFrost, history.wasFlagged ? .strict : .clear)
    awaitsSheet = opened.playhead == nil && finest == .strict && history.state != .flagged
    startsPlaying = (opened.playhead == nil || opened.playsOn) && !awaitsSheet
  }

  /// The clip's name.
  package var id: ClipID { record.id }

  /// Whether it is withdrawn as sensitive.
  package var isFlagged: Bool { history.state == .flagged }

  /// Whether nothing but solid may show: it is flagged, or was closed under the reviewer.
  package var isWithdrawn: Bool { isFlagged || closure != nil }

  /// The least frost its own history asks for: strict once it was ever flagged, also if that was
  /// taken back, in whatever session; else clear, which asks for nothing.
  package var frostFloor: Frost {
    history.wasFlagged ? .strict : .clear
  }

  /// Its regions: the manifest's, and those that reviewers added.
  package var regions: [Region] { record.regions + history.draft.regions }

  /// Why its frost is what it is, in words.
  package func frostReason(_ texts: Texts) -> String {
    if ownFrost > max(frost, frostFloor) { return texts(ClipPhrase.raisedByYou) }
    guard frostFloor > frost else { return openingReason }
    return texts(isFlagged ? ClipPhrase.flagged : .flaggedBefore)
  }

  /// The frame on screen and its time.
  package var playhead: Moment {
    timeline.moment(at: player.time(timeline))
  }

  /// The playhead's own time, between two frames.
  package var time: MediaTime { player.time(timeline) }
}
