// SPDX-License-Identifier: Apache-2.0

/// The texts of the lead's and the auditor's screen.
package enum DeskPhrase: String, PhraseKey {
  package static let table = "desk"

  // The tabs.
  case tabDisputed = "tab_disputed"
  case tabFlagged = "tab_flagged"
  case tabTeam = "tab_team"
  case tabLog = "tab_log"
  case tabReceipts = "tab_receipts"

  // Roles.
  case roleReviewer = "role_reviewer"
  case roleLead = "role_lead"
  case roleAuditor = "role_auditor"

  // Headings of columns, as wide as their columns at most.
  case columnClip = "column_clip"
  case columnCamera = "column_camera"
  case columnRecorded = "column_recorded"
  case columnDiffers = "column_differs"
  case columnDecision = "column_decision"
  case columnOwn = "column_own"
  case columnFlaggedBy = "column_flagged_by"
  case columnReason = "column_reason"
  case columnLeft = "column_left"
  case columnReviewer = "column_reviewer"
  case columnCommitted = "column_committed"
  case columnSeconds = "column_seconds"
  case columnDisputed = "column_disputed"
  case columnFlags = "column_flags"
  case columnLooks = "column_looks"
  case columnSeen = "column_seen"
  case columnSkipped = "column_skipped"
  case columnNumber = "column_number"
  case columnTime = "column_time"
  case columnWho = "column_who"
  case columnKind = "column_kind"
  case columnDetail = "column_detail"
  case columnClips = "column_clips"
  case columnOrder = "column_order"

  // Disputed clips.
  case noDispute = "no_dispute"
  case moved
  case happened
  case level
  case cannotJudge = "cannot_judge"
  case segments
  case alert
  case length
  case predicted
  case causeAsked = "cause_asked"
  case causeLevel = "cause_level"
  case causeShare = "cause_share"
  case taken
  case tookFirst = "took_first"
  case tookSecond = "took_second"
  case noPicture = "no_picture"
  case ownVerdict = "own_verdict"
  case decidedAlready = "decided_already"
  case nothingDecided = "nothing_decided"
  case decidedFirst = "decided_first"
  case decidedSecond = "decided_second"
  case takenBack = "taken_back"

  // Flagged clips.
  case noFlag = "no_flag"
  case recorded
  case timeUnknown = "time_unknown"
  case motion
  case flaggedBy = "flagged_by"
  case held
  case heldFor = "held_for"
  case dueNow = "due_now"
  case days
  case hours
  case ownFlag = "own_flag"
  case askErase = "ask_erase"
  case restored
  case erasureOrdered = "erasure_ordered"
  case erasing
  case erased

  // Totals of the team.
  case windowToday = "window_today"
  case windowWeek = "window_week"
  case windowAll = "window_all"
  case counting
  case nobodyYet = "nobody_yet"
  case disputedOf = "disputed_of"
  case teamNote = "team_note"
  case teamMissing = "team_missing"

  // The audit log.
  case logExtent = "log_extent"
  case logEmpty = "log_empty"
  case filtered
  case searching
  case noEvent = "no_event"
  case notVerified = "not_verified"
  case verifying
  case logWhole = "log_whole"
  case unsigned
  case endUnproven = "end_unproven"
  case faultRemoved = "fault_removed"
  case faultSwapped = "fault_swapped"
  case faultInserted = "fault_inserted"
  case faultChanged = "fault_changed"
  case faultRewritten = "fault_rewritten"
  case faultCut = "fault_cut"
  case faultCheckpoint = "fault_checkpoint"
  case faultCheckpointMissing = "fault_checkpoint_missing"
  case event
  case atSeat = "at_seat"
  case clipInLog = "clip_in_log"
  case promptFilter = "prompt_filter"
  case promptJump = "prompt_jump"
  case noFilter = "no_filter"
  case noPlace = "no_place"

  // Receipts.
  case noReceipt = "no_receipt"
  case badReceipt = "bad_receipt"

  // Keys.
  case everywhere
  case keyTab = "key_tab"
  case keyMove = "key_move"
  case keyPage = "key_page"
  case keyEnds = "key_ends"
  case keyEndsMeaning = "key_ends_meaning"
  case keyLeave = "key_leave"
  case keyHelp = "key_help"
  case keyDecide = "key_decide"
  case keyDecideMeaning = "key_decide_meaning"
  case keyTakeBack = "key_take_back"
  case keyTakeBackMeaning = "key_take_back_meaning"
  case keyRestore = "key_restore"
  case keyRestoreMeaning = "key_restore_meaning"
  case keyErase = "key_erase"
  case keyEraseMeaning = "key_erase_meaning"
  case keyWindow = "key_window"
  case keyFilter = "key_filter"
  case keyFilterMeaning = "key_filter_meaning"
  case keyJump = "key_jump"
  case keyJumpMeaning = "key_jump_meaning"
  case keyVerify = "key_verify"
  case keyVerifyMeaning = "key_verify_meaning"
  case keyScroll = "key_scroll"
  case keyBack = "key_back"
  case keyGo = "key_go"
  case keyKeep = "key_keep"

  // Receipts.
  /// Takes a number.
  case receiptUnsigned = "receipt_unsigned"
  /// Takes number and line.
  case receiptWrong = "receipt_wrong"
  /// Takes a number.
  case receiptOther = "receipt_other"
  /// Takes a number.
  case orderedByNotices = "ordered_by_notices"
  case reasonErase = "reason_erase"
  case reasonSubject = "reason_subject"
  case reasonExpired = "reason_expired"
  case reasonFlagged = "reason_flagged"
}
