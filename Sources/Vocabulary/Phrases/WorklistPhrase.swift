// SPDX-License-Identifier: Apache-2.0

/// The texts of the worklist: its lists, its query, why a clip is next, and putting clips off.
package enum WorklistPhrase: String, PhraseKey {
  package static let table = "worklist"

  // The lists.
  case tabSecond = "tab_second"
  case tabSkipped = "tab_skipped"
  case tabDisputed = "tab_disputed"
  // Words behind the query's keys in the line of hints.
  case hintQuery = "hint_query"
  case hintJump = "hint_jump"
  case hintSort = "hint_sort"
  case hintBringBack = "hint_bring_back"
  case hintApply = "hint_apply"
  /// Takes the number of clips a query leaves.
  case found
  /// The query leaves none.
  case foundNone = "found_none"
  case searching
  /// Clips are still being put in order.
  case unsettled
  case jumpTo = "jump_to"
  // Each takes the position of the character.
  /// Takes the name, too.
  case unknownName = "unknown_name"
  case missingValue = "missing_value"
  case unknownState = "unknown_state"
  case unknownSort = "unknown_sort"
  case misplacedSort = "misplaced_sort"
  case noScore = "no_score"
  case noLevel = "no_level"
  case noAge = "no_age"
  case openQuote = "open_quote"
  // Why a clip is next.
  case turnOldest = "turn_oldest"
  /// Takes the level.
  case turnLevel = "turn_level"
  /// Takes score and threshold, each in hundredths.
  case turnScore = "turn_score"
  case turnAudit = "turn_audit"
  // Putting a clip off.
  case postpone
  case laterToday = "later_today"
  case tomorrow
  case postponedToday = "postponed_today"
  case postponedTomorrow = "postponed_tomorrow"
  case broughtBack = "brought_back"
  case heading
  case tabDue = "tab_due"
  case tabDeferred = "tab_deferred"
  case tabDone = "tab_done"
  case tabFlagged = "tab_flagged"
  case tabAll = "tab_all"
  case noneHere = "none_here"
  /// Takes the word on the tab.
  case noneOf = "none_of"
  case noneSecond = "none_second"
  case openElsewhere = "open_elsewhere"
  /// The column has nine cells.
  case columnUnreadable = "column_unreadable"
  case columnNew = "column_new"
  case columnDraft = "column_draft"
  case columnDeferred = "column_deferred"
  case columnSkipped = "column_skipped"
  case columnDone = "column_done"
  case columnFlagged = "column_flagged"
  // The columns' headings, each in the cells of its column.
  case headState = "head_state"
  case headSource = "head_source"
  case headCamera = "head_camera"
  case headTime = "head_time"
  case headAge = "head_age"
  case headAlert = "head_alert"
  case headPredicted = "head_predicted"
  case headLevel = "head_level"
  /// Takes the level's digit.
  case spokenLevel = "spoken_level"
  /// Takes the level's digit.
  case spokenLevelPredicted = "spoken_level_predicted"
  case headLabels = "head_labels"
  /// Whose a clip is, in eight cells.
  case sourceCustomer = "source_customer"
  case sourceStaff = "source_staff"
  // Each takes a number, and is at most five cells wide.
  case ageMinutes = "age_minutes"
  case ageHours = "age_hours"
  case ageDays = "age_days"
  case draft
  /// Takes labels.
  case withDraft = "with_draft"
  /// Takes the reason.
  case cannotJudge = "cannot_judge"
  /// Takes the level's digit.
  case level
}
