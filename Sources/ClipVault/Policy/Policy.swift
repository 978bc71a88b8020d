// SPDX-License-Identifier: Apache-2.0

package import Lockdown
package import Vocabulary

/// What the lead has decided for the whole vault.
package struct Policy: Hashable, Sendable {
  /// Clips a reviewer is to finish a day; 1 to 10,000.
  package var dailyGoal: Int
  /// Whether the keys of the two lowest alarm levels commit where nothing is unconfirmed.
  package var quickLevels: Bool
  /// Whether a clip takes a reviewer's note.
  package var notes = false
  /// How late a reviewer marks what they see, in milliseconds; 0 to 1,000.
  package var reactionMilliseconds = 250
  package var openAt = OpeningPlace.start
  package var openSpeed = OpeningSpeed.kept
  /// The least alarm level, counted from 0, whose verdicts get a second opinion; 0 to 5, where 5 is
  /// beyond the highest of the default taxonomy: none does.
  package var secondOpinionLevel = 5
  /// How many of a hundred clips get a second opinion at random; 0 to 100.
  package var secondOpinionPercent = 0
  /// Which due clip is next.
  package var order = WorklistOrder.Rule.oldest
  /// How many of a hundred clips come at a random place in that order; 0 to 100.
  package var auditPercent = 0
  /// The score from which the cameras raise an alert, in percent; 0 to 100.
  package var alertThreshold = 50
  /// Minutes after which a lease that nobody renews is over; 2 to 240.
  package var leaseMinutes = 10
  /// Days that a clip stays in the vault at most; 1 to 365.
  package var retentionDays = 7
  /// Hours from a flag until the clip is erased; 1 to 168.
  package var flaggedHours = 24
  /// Whether the vault lies on a seat that hears of withdrawals by notices only.
  package var offlineSeat = false
  /// Hours after the last notices from which customers' clips stay shut on such a seat; 1 to 720.
  package var maxOfflineHours = 72
  /// Whether a lead may keep a customer's source file after ingest.
  package var keepSource = false
  /// Whether a consent record needs the signature of an intake key.
  package var consentSignature = true
  /// The purpose that a consent record must allow.
  package var purpose = "improve_alerts"
  /// The class of reviewers that a consent record must allow.
  package var reviewerClass = "employee"
  /// The place of reviewers that a consent record must allow.
  package var reviewerPlace = "EU"
  /// What becomes of the labels of an erased clip.
  package var labelsAfterErasure = LabelsAfterErasure.pseudonymise
  /// Months that the audit log is kept; 1 to 120.
  package var logMonths = 12
  /// The legal ground on which a hold outranks an order to erase; empty: there is none.
  package var holdDespiteErasure = ""
  /// Whether people may be listed who have no passphrase; for demonstrations only.
  package var openPeople = false
  /// The worst grade of a seat at which customers' clips open.
  package var seatGrade = SeatGrade.b
  /// Programs that show or read a terminal without recording it; `TerminalRules.terminals`.
  package var terminals = TerminalRules.knownTerminals
  /// What becomes of customers' clips where a program records the terminal.
  package var recorders = TerminalRule.refuse
  /// What becomes of them inside tmux, screen and their like.
  package var multiplexers = TerminalRule.refuse
  /// What becomes of them where the terminal is held by a program that is not in `terminals`.
  package var otherTerminals = TerminalRule.refuse
  /// What becomes of them where nobody can be found who holds the terminal.
  package var unknownTerminals = TerminalRule.refuse
  /// Seconds without a key after which a kiosk's session is locked; 30 to 3,600.
  package var idleLockSeconds = 120
  /// What a press of the look's key clears.
  package var look = LookScope.whole
  /// How long it clears at most, in milliseconds; 0 to 5,000, where 0 forbids looks.
  package var lookMilliseconds = 1_000
  /// How long a clip may be seen clear in all, in seconds; 0 to 60, where 0 forbids looks.
  package var lookClipSeconds = 5
  /// How long a reviewer may see clips clear within an hour, in seconds; 0 to 3,600, where 0 forbids
  /// looks.
  package var lookHourSeconds = 120
  /// The notices that customers may have been shown; empty accepts any.
  package var notices: [NoticeDigest] = []

  /// Makes a policy; every other field has its default.
  package init(dailyGoal: Int = 150, quickLevels: Bool = false) {
    self.dailyGoal = dailyGoal
    self.quickLevels = quickLevels
  }

  /// What becomes of clips at which terminal.
  package var terminalRules: TerminalRules {
    TerminalRules(
      terminals: terminals, recorders: recorders, multiplexers: multiplexers,
      otherTerminals: otherTerminals, unknownTerminals: unknownTerminals)
  }

  /// In which order clips come.
  package var worklistOrder: WorklistOrder {
    WorklistOrder(rule: order, auditPercent: auditPercent, thresholdPercent: alertThreshold)
  }

  /// Which verdicts get a second opinion without being asked.
  package var opinionRules: OpinionRules {
    OpinionRules(
      level: secondOpinionLevel > 4 ? .max : secondOpinionLevel, percent: secondOpinionPercent)
  }

  /// What looks are allowed.
  package var lookRules: LookRules {
    LookRules(
      pressMilliseconds: Int64(lookMilliseconds), clipMilliseconds: Int64(lookClipSeconds) * 1000,
      hourMilliseconds: Int64(lookHourSeconds) * 1000, scope: look)
  }

  /// What it says of labelling.
  package var reviewRules: ReviewRules {
    var rules = ReviewRules()
    rules.allowsNotes = notes
    rules.reactionMilliseconds = Int64(reactionMilliseconds)
    rules.openAt = openAt
    rules.openSpeed = openSpeed
    return rules
  }

  /// A choice as the file has it; another word changes nothing.
  subscript<Choice: RawRepresentable<String>>(
    wordOf path: WritableKeyPath<Policy, Choice>
  ) -> String {
    get { self[keyPath: path].rawValue }
    set { self[keyPath: path] = Choice(rawValue: newValue) ?? self[keyPath: path] }
  }

  /// Lets people without a passphrase in, at any seat and terminal: for demonstrations only.
  package mutating func openForDemonstration() {
    openPeople = true
    seatGrade = .c
    recorders = .notice
    multiplexers = .notice
    otherTerminals = .allow
    unknownTerminals = .allow
  }
}

/// The exact text that a customer was shown: its id and its digest.
package struct NoticeDigest: Hashable, Sendable {
  /// 1 to 64 printable characters without a space.
  package let id: String
  /// SHA-256 of the text: 64 lower-case hexadecimal digits.
  package let sha256: String

  /// Takes an id and a digest as they are.
  package init(id: String, sha256: String) {
    self.id = id
    self.sha256 = sha256
  }

  /// Reads `ID sha256:HEX`; nil for anything else.
  package init?(text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2, PolicyText.isPlainName(String(parts[0])),
      let digest = PolicyText.digest(parts[1])
    else { return nil }
    self.init(id: String(parts[0]), sha256: digest)
  }

  /// `ID sha256:HEX`.
  package var text: String { "\(id) sha256:\(sha256)" }
}
