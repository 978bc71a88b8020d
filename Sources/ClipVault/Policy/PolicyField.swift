// SPDX-License-Identifier: Apache-2.0

import Lockdown
import Vocabulary

/// A field of `policy.toml`; the raw value is its name there.
package enum PolicyField: String, CaseIterable, Sendable {
  case dailyGoal = "daily_goal"
  case quickLevels = "quick_levels"
  case notes
  case reactionMilliseconds = "reaction_milliseconds"
  case openAt = "open_at"
  case openSpeed = "open_speed"
  case secondOpinionLevel = "second_opinion_level"
  case secondOpinionPercent = "second_opinion_percent"
  case order
  case auditPercent = "audit_percent"
  case alertThreshold = "alert_threshold"
  case leaseMinutes = "lease_minutes"
  case retentionDays = "retention_days"
  case flaggedHours = "flagged_hours"
  case labelsAfterErasure = "labels_after_erasure"
  case logMonths = "log_months"
  case holdDespiteErasure = "hold_despite_erasure"
  case keepSource = "keep_source"
  case consentSignature = "consent_signature"
  case purpose
  case reviewerClass = "reviewer_class"
  case reviewerPlace = "reviewer_place"
  case notices
  case offlineSeat = "offline_seat"
  case maxOfflineHours = "max_offline_hours"
  case openPeople = "open_people"
  case seatGrade = "seat_grade"
  case terminals
  case recorders
  case multiplexers
  case otherTerminals = "other_terminals"
  case unknownTerminals = "unknown_terminals"
  case idleLockSeconds = "idle_lock_seconds"
  case look
  case lookMilliseconds = "look_milliseconds"
  case lookClipSeconds = "look_clip_seconds"
  case lookHourSeconds = "look_hour_seconds"

  /// What a field holds, and where in a policy.
  enum Kind {
    case number(ClosedRange<Int>, unit: String, WritableKeyPath<Policy, Int>)
    case truth(WritableKeyPath<Policy, Bool>)
    /// A word of consent records: 1 to 64 printable characters.
    case word(WritableKeyPath<Policy, String>)
    /// A sentence of 0 to 400 printable characters.
    case sentence(WritableKeyPath<Policy, String>)
    /// One of a few words.
    case choice([String], WritableKeyPath<Policy, String>)
    case notices
    case grade
    /// Names or absolute paths of programs, each once.
    case programs(WritableKeyPath<Policy, [String]>)

    /// One of the words of an enumeration.
    static func choice<Choice: RawRepresentable<String> & CaseIterable>(
      _ path: WritableKeyPath<Policy, Choice>
    ) -> Kind {
      .choice(Choice.allCases.map(\.rawValue), \.[wordOf: path])
    }
  }

  var kind: Kind {
    switch self {
    case .dailyGoal: .number(1...10_000, unit: "clips", \.dailyGoal)
    case .quickLevels: .truth(\.quickLevels)
    case .notes: .truth(\.notes)
    case .reactionMilliseconds:
      .number(0...1_000, unit: "milliseconds", \.reactionMilliseconds)
    case .openAt: .choice(\.openAt)
    case .openSpeed: .choice(\.openSpeed)
    case .secondOpinionLevel: .number(0...5, unit: "(5: none)", \.secondOpinionLevel)
    case .secondOpinionPercent: .number(0...100, unit: "percent", \.secondOpinionPercent)
    case .order: .choice(\.order)
    case .auditPercent: .number(0...100, unit: "percent", \.auditPercent)
    case .alertThreshold: .number(0...100, unit: "percent", \.alertThreshold)
    case .leaseMinutes: .number(2...240, unit: "minutes", \.leaseMinutes)
    case .retentionDays: .number(1...365, unit: "days", \.retentionDays)
    case .flaggedHours: .number(1...168, unit: "hours", \.flaggedHours)
    case .labelsAfterErasure: .choice(\.labelsAfterErasure)
    case .logMonths: .number(1...120, unit: "months", \.logMonths)
    case .holdDespiteErasure: .sentence(\.holdDespiteErasure)
    case .keepSource: .truth(\.keepSource)
    case .consentSignature: .truth(\.consentSignature)
    case .purpose: .word(\.purpose)
    case .reviewerClass: .word(\.reviewerClass)
    case .reviewerPlace: .word(\.reviewerPlace)
    case .notices: .notices
    case .offlineSeat: .truth(\.offlineSeat)
    case .maxOfflineHours: .number(1...720, unit: "hours", \.maxOfflineHours)
    case .openPeople: .truth(\.openPeople)
    case .seatGrade: .grade
    case .terminals: .programs(\.terminals)
    case .recorders: .choice(\.recorders)
    case .multiplexers: .choice(\.multiplexers)
    case .otherTerminals: .choice(\.otherTerminals)
    case .unknownTerminals: .choice(\.unknownTerminals)
    case .idleLockSeconds: .number(30...3_600, unit: "seconds", \.idleLockSeconds)
    case .look: .choice(\.look)
    case .lookMilliseconds: .number(0...5_000, unit: "milliseconds", \.lookMilliseconds)
    case .lookClipSeconds: .number(0...60, unit: "seconds", \.lookClipSeconds)
    case .lookHourSeconds: .number(0...3_600, unit: "seconds", \.lookHourSeconds)
    }
  }

  /// What the field means, as a comment of the file says it; lines of at most 96 characters.
  var comment: String {
    switch self {
    case .dailyGoal: "Clips a reviewer is to finish a day."
    case .quickLevels:
      "true: the keys of the two lowest alarm levels commit at once where no prediction is left open."
    case .notes:
      "true: reviewers may write a line to a clip (;); label exports have it too."
    case .reactionMilliseconds:
      "How late a reviewer marks what they see: edges set while a clip plays lie so much earlier."
    case .openAt:
      "Where a clip begins: start, or motion for a second before its first motion peak; and how\n"
        + "# fast: 1, 1.5, 2, or kept for the speed of the clip before."
    case .openSpeed: ""
    case .secondOpinionLevel:
      "Another reviewer judges, without seeing it, every verdict from this alarm level on; 5: none."
    case .secondOpinionPercent: "The same for so many of a hundred clips, at random."
    case .order:
      "Which due clip is next: oldest, danger (highest predicted alarm level) or uncertain (score\n"
        + "# nearest the threshold); and how many of a hundred clips come at a random place instead."
    case .auditPercent: ""
    case .alertThreshold: "The score, in percent, from which the cameras raise an alert."
    case .leaseMinutes:
      "Minutes after which a clip that its reviewer left open goes to somebody else."
    case .retentionDays: "Days that a clip stays in the vault at most; then housekeeping erases it."
    case .flaggedHours: "Hours from a reviewer's X until the clip is erased."
    case .labelsAfterErasure: "Labels of an erased clip: keep, drop or pseudonymise."
    case .logMonths: "Months that the audit log is kept."
    case .holdDespiteErasure:
      "The legal ground on which a clip may be held although its erasure was asked for; \"\": none."
    case .keepSource:
      "true: `ingest --keep-source` may leave a customer's file where it was; it is logged."
    case .consentSignature: "true: consent records count only with the signature of an intake key."
    case .purpose: "What a consent record must allow: this purpose, these reviewers, in this place."
    case .reviewerClass, .reviewerPlace: ""
    case .notices: "Notices customers may have been shown, \"ID sha256:HEX\"; empty: any."
    case .offlineSeat: "true: withdrawals reach this vault by `milkglass notices apply` only."
    case .maxOfflineHours:
      "Hours after the last notices from which customers' clips stay shut on such a seat."
    case .openPeople: "true: people without a passphrase may be listed; for demonstrations only."
    case .seatGrade:
      "The worst seat grade (A, B or C) at which customers' clips open; see `doctor`."
    case .terminals: "Programs that may hold the terminal: names, or paths that begin with /."
    case .recorders:
      "Customers' clips where the terminal is recorded; in tmux or screen; held by a program that is\n"
        + "# not in `terminals`; held by nobody that can be found: allow, notice or refuse."
    case .multiplexers, .otherTerminals, .unknownTerminals: ""
    case .idleLockSeconds: "Seconds without a key after which a kiosk locks itself."
    case .look:
      "A look (!) at a customer's clip: whole, or lens for a movable window of a ninth of it; how long\n"
        + "# a press clears it, how long a clip may be clear in all, and for a reviewer within an hour.\n"
        + "# 0 forbids looks."
    case .lookMilliseconds, .lookClipSeconds, .lookHourSeconds: ""
    }
  }

  /// The field's value as the file writes it.
  package func text(in policy: Policy) -> String {
    switch kind {
    case .number(_, _, let path): String(policy[keyPath: path])
    case .truth(let path): String(policy[keyPath: path])
    case .word(let path), .sentence(let path): JSONText.quoted(policy[keyPath: path])
    case .choice(_, let path): JSONText.quoted(policy[keyPath: path])
    case .notices: JSONText.array(policy.notices.map { JSONText.quoted($0.text) })
    case .grade: JSONText.quoted(policy.seatGrade.letter)
    case .programs(let path): JSONText.array(policy[keyPath: path].map(JSONText.quoted))
    }
  }

  /// The value as the file writes it, from what a person typed.
  ///
  /// That is a number, true or false, a word without quotes, or notices with commas between; it is
  /// judged when the file is read again.
  func text(typed: String) -> String {
    switch kind {
    case .number, .truth: typed.allSatisfy(Self.isPlainValue) && !typed.isEmpty ? typed : "\"\""
    case .word, .sentence, .choice, .grade: JSONText.quoted(typed)
    case .notices, .programs:
      JSONText.array(
        typed.split(separator: ",").map { JSONText.quoted(Self.trimmed($0)) })
    }
  }

  private static func isPlainValue(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || character == "-")
  }

  private static func trimmed(_ text: Substring) -> String {
    let head = text.drop { $0 == " " }
    return String(head.reversed().drop { $0 == " " }.reversed())
  }
}
