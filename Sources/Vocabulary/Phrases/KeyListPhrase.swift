// SPDX-License-Identifier: Apache-2.0

/// The list of all keys: its headings, and what each key does, in at most 19 cells.
package enum KeyListPhrase: String, PhraseKey {
  package static let table = "key_list"

  case groupPlay = "group_play"
  case groupWalk = "group_walk"
  case groupLabel = "group_label"
  case groupGlass = "group_glass"
  case groupScreen = "group_screen"
  case cannotJudge = "cannot_judge"
  case pause
  case frameBack = "frame_back"
  case frameBoth = "frame_both"
  case frameForward = "frame_forward"
  case back5s
  case both5s
  case forward5s
  case back1s
  case both1s
  case forward1s
  case faster
  case speedBoth = "speed_both"
  case slower
  case normalSpeed = "normal_speed"
  case loop
  case nextMotion = "next_motion"
  case motionBoth = "motion_both"
  case previousMotion = "previous_motion"
  case commit
  case confirm
  case nextClip = "next_clip"
  case clipBoth = "clip_both"
  case previousClip = "previous_clip"
  case nextDue = "next_due"
  case worklist
  case skip
  case postpone = "defer"
  case undo
  case undoBoth = "undo_both"
  case redo
  case copyPrevious = "copy_previous"
  case note
  case secondOpinion = "second_opinion"
  case segment
  case nextSegment = "next_segment"
  case removeSegment = "remove_segment"
  case region
  case history
  case moreFrost = "more_frost"
  case look
  case sensitive
  case blank
  case help
  case view
  case contactSheet = "contact_sheet"
  case messages
  case lock
  case leave
}
