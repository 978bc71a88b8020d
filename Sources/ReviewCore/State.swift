// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// What the session has done so far.
package struct SessionStats: Hashable, Sendable {
  /// Verdicts committed and durable.
  package internal(set) var committed = 0
  package internal(set) var keys = 0
  /// For how long clips were seen clear in looks that are over, in milliseconds.
  package internal(set) var clearMilliseconds: Int64 = 0
  /// When it began, by the monotonic clock.
  package let startedMilliseconds: Int64
  package internal(set) var pace = SessionPace()
}

/// A commit that is on its way to the disk.
struct PendingCommit: Hashable, Sendable {
  let ordinal: Int
  /// How many keys the clip took.
  let keys: Int
}

/// A question on the line above the hints, answered by one digit.
package enum Prompt: Hashable, Sendable {
  /// Why the clip cannot be judged.
  case cannotJudge
  /// Why it is passed over.
  case skip
  /// Until when it is put off.
  case postpone
  /// Why a strict clip is looked at.
  case look
}

/// What the keys mean now.
package enum Mode: Hashable, Sendable {
  /// The clip, or the screen that says that nothing is due.
  case review
  case prompt(Prompt)
  /// The view menu beside the picture, which goes on.
  case view(ViewMenu)
  /// The arrows move a zoomed picture.
  case pan(PanMode)
  /// The arrows place a region on the picture, which stands still.
  case region(RegionDraft)
  case contactSheet(ContactSheet)
  /// A line of text is typed; the pane is solid.
  case note(LineEditor)
  /// What was done to the clip's labels.
  case history(ListCursor)
  /// The notices of the session.
  case messages(ListCursor)
  case worklist(WorklistScreen)
  /// A page of the keys, from 0.
  case help(page: Int)
  /// What was done; a second `q` leaves.
  case summary

  /// Whether it is a page of the keys.
  var isHelp: Bool { if case .help = self { true } else { false } }
}

/// Everything the review screen depends on; changed by `update` alone.
package struct State: Hashable, Sendable {
  /// What the screen says, in the reviewer's language.
  package let texts: Texts
  package let taxonomy: Taxonomy
  package let reviewer: ReviewerID
  /// The terminal's name.
  package let seat: String
  /// The vault's name.
  package let vault: String
  /// How many clips make a day; zero shows no bar.
  package let dailyGoal: Int
  /// Policy `quick_levels`: whether the two lowest levels commit.
  package let allowsQuickLevels: Bool
  /// Policy `flagged_hours`: how long after its flag a clip is erased, in hours.
  package let flaggedHours: Int
  /// Policy `max_offline_hours`: the age of the notices beyond which customers' clips do not open.
  package let maxOfflineHours: Int
  /// What every screen must say of the vault (`no passphrases: demo only`); empty says nothing.
  ///
  /// Where there is no room for all of it, what stands before its colon is shown.
  package let vaultNote: String

  /// Which key does what; set before the first message.
  package var keymap = Keymap.standard
  /// The ways to draw that the terminal offers, in the menu's order; set before the first message.
  package var pictureKinds: [PictureKind] = []
  /// The names of the themes, in the menu's order; set before the first message.
  package var themes: [String] = []
  /// Whether the session speaks in plain lines and shows no picture; set before the first message.
  package var isPlain = false
  /// How the screen is drawn; its kind and theme are set before the first message.
  package var setting = PictureSetting(kind: .half)
  package internal(set) var clip: OpenClip?
  /// The next clip, once it has a picture of its own; nil while it has none.
  package internal(set) var clipAhead: ClipID?
  package internal(set) var mode = Mode.review
  /// What is to be told of page by page is so by this size.
  package internal(set) var screenSize = CellSize(columns: 80, rows: 24)
  package internal(set) var notice: Notice?
  package internal(set) var speed: Speed
  package internal(set) var counts = WorklistCounts()
  package internal(set) var committedToday = 0
  /// The age of the last notices of withdrawal and erasure, in minutes; nil where the seat is not an
  /// offline one, and nothing is said, `.max` where none was applied yet.
  package internal(set) var noticesAgeMinutes: Int?
  package internal(set) var stats: SessionStats
  /// Whether the reviewer blanked the glass; only `Space` returns.
  package internal(set) var isBlanked = false
  /// Whether there is no clip because none is due.
  package internal(set) var isNothingDue = false
  /// Whether some are due all the same that were flagged before, and open only when asked for.
  package internal(set) var isOnlyFlaggedDue = false
  /// Whether an effect that opens a clip waits for its answer; label keys then count for nothing.
  package internal(set) var isOpening = false
  /// Nil where none was flagged, or the flag was taken back.
  package internal(set) var flaggedLast: LastFlag?
  /// What the vault's policy allows of looks; set before the first message.
  package var lookRules = LookRules.forbidden
  /// What it says of labelling; set before the first message.
  package var reviewRules = ReviewRules()
  /// How far local time is ahead of UTC, in seconds.
  package var utcOffsetSeconds: Int { Int(zoneMilliseconds / 1000) }
  /// What the wall clock is ahead of the monotonic one, in milliseconds, as of the last key; set before
  /// the first message.
  package var wallAheadMilliseconds: Int64 = 0
  /// Every notice of the session.
  package internal(set) var messages = MessageLog()
  /// Where the worklist was left; set before the first message.
  package var worklistPlace = WorklistPlace()
  /// The look that goes on; nil while there is none.
  package internal(set) var look: Look?
  /// Where a lens's window lies.
  package internal(set) var lens = LensWindow.centre
  /// What this reviewer's looks of the last hour cost, by the monotonic clock.
  package internal(set) var lookHour = LookHour()
  /// Which verdicts get a second opinion that nobody asked for; set before the first message.
  package var opinionRules = OpinionRules.none
  /// How far the seat's local time is ahead of UTC, in milliseconds; set before the first message.
  package var zoneMilliseconds: Int64 = 0
  /// The tour that goes on over the clips; nil without one, set before the first message.
  package var tour: Tour?
  /// Set before the first message.
  package var lockRules = LockRules()
  /// Nil while the session is not locked.
  package internal(set) var lock: SessionLock?
  /// The monotonic clock at the last message that told it.
  package internal(set) var nowMilliseconds: Int64
  /// The wall clock at the last key, milliseconds since 1970.
  package internal(set) var wallMilliseconds: Int64 = 0

  /// Commits that the store has not confirmed.
  var pendingCommits: [ClipID: PendingCommit] = [:]
  /// How many keys were pressed since the clip on the screen came.
  var keysOnClip = 0
  var labelled = LabelledClips()
  /// The clip that is opened to make it due again.
  var bringsBack: ClipID?
  var lookAsk: PendingLook?
  /// Until when the keys of a lens that is over do nothing.
  var lensRestsUntilMilliseconds: Int64 = .min
  var noticeAtMilliseconds: Int64 = 0
  /// Whether the notice tells of labels that were lost.
  var isLossTold = false
  var lastKey: KeyPress?
  var lastKeyAtMilliseconds: Int64 = .min / 2
  /// When the work began that no break has ended since, and its last key, by the monotonic clock.
  var workBeganMilliseconds: Int64 = 0
  var lastWorkAtMilliseconds: Int64 = .min / 2
  /// How many capitals of labels' letters were pressed, nothing else between.
  var capitalsInARow = 0
  /// Whether the key pressed last has done with a clip, and may still be held down.
  var hasHeldKeyActed = false
  /// Whether leaving the screen that lies over the clip plays on.
  var resumesOnReturn = false

  /// A session that has opened nothing yet.
  ///
  /// `nowMilliseconds` is the monotonic clock's; `dailyGoal` is at least zero; the hours and the note
  /// are as the properties of the same names.
  package init(
    texts: Texts, taxonomy: Taxonomy, reviewer: ReviewerID, seat: String, vault: String,
    dailyGoal: Int,
    allowsQuickLevels: Bool, speed: Speed, nowMilliseconds: Int64, flaggedHours: Int = 24,
    maxOfflineHours: Int = 72, vaultNote: String = ""
  ) {
    self.texts = texts
    self.taxonomy = taxonomy
    self.reviewer = reviewer
    self.seat = seat
    self.vault = vault
    self.dailyGoal = dailyGoal
    self.allowsQuickLevels = allowsQuickLevels
    self.speed = speed
    self.nowMilliseconds = nowMilliseconds
    self.flaggedHours = flaggedHours
    self.maxOfflineHours = maxOfflineHours
    self.vaultNote = vaultNote
    stats = SessionStats(startedMilliseconds: nowMilliseconds)
  }

  /// Whether the clip, and not a screen over it, is what the reviewer sees.
  var isClipShown: Bool {
    switch mode {
    case .review, .prompt, .view, .pan, .region, .contactSheet, .note: clip != nil
    case .history, .messages, .worklist, .help, .summary: false
    }
  }

  /// What the picture pane shows.
  package var picture: Picture {
    guard let clip, clip.failure == nil, lock == nil, !isPlain else { return .none }
    switch mode {
    case .review, .view, .pan, .region: return isBlanked || clip.isWithdrawn ? .solid : .frames
    case .prompt, .note: return .solid
    case .contactSheet, .history, .messages, .worklist, .help, .summary: return .none
    }
  }

  /// The frost to show the clip at now; `.solid` where there is no clip, `.clear` under a look at all
  /// of it.
  package var shownFrost: Frost {
    if case .contactSheet = mode { return finestFrost }
    if let look, look.scope == .whole, picture == .frames { return .clear }
    return picture == .frames ? finestFrost : .solid
  }

  /// The frost that no picture of the clip may be finer than; `.solid` where there is no clip, or
  /// it is shut.
  package var finestFrost: Frost {
    guard let clip, clip.failure == nil, !clip.isWithdrawn, !isBlanked, lock == nil else {
      return .solid
    }
    return max(clip.frost, clip.frostFloor, clip.ownFrost)
  }

  /// Whether a line of text is typed, in which letters are no actions.
  package var isTyping: Bool {
    if case .note = mode { true } else { false }
  }

  /// Whether the clip plays, or goes on once what lies over it is left.
  package var isPlayingOn: Bool { clip?.player.isPlaying == true || resumesOnReturn }

  /// For how long no key was pressed, in milliseconds.
  package var idleMilliseconds: Int64 {
    nowMilliseconds - max(lastKeyAtMilliseconds, stats.startedMilliseconds)
  }

  /// What a region that is being placed covers of the picture; nil while there is none.
  package var placedCover: RegionBox? {
    if case .region(let draft) = mode { draft.box.grown } else { nil }
  }

  /// Whether the clip has shown a picture and may show one.
  var hasPicture: Bool { clip?.firstPictureAtMilliseconds != nil && finestFrost != .solid }

  /// Whether a look goes on, or was asked for.
  package var hasLook: Bool { look != nil || lookAsk != nil }

  /// Milliseconds until the look's time is over; nil while there is none.
  package var millisecondsToLookEnd: Int64? {
    look.map { max(0, $0.endsAtMilliseconds - nowMilliseconds) }
  }

  /// Milliseconds until the picture changes by itself; nil where it stands still.
  package var millisecondsToNextFrame: Int64? {
    clip.flatMap { $0.player.millisecondsToNextFrame($0.timeline) }
  }
}
