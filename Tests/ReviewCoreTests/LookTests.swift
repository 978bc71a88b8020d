// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing
import Vocabulary

@testable import ReviewCore

/// Plays the log's part of looks: grants by the rules, keeps what was shown.
struct LookDesk {
  var desk = Desk()
  var number: Int64 = 100

  init(_ scope: LookScope = .whole, frost: Frost = .frosted, spent: Int64 = 0) {
    desk.state.lookRules = LookRules(
      pressMilliseconds: 1000, clipMilliseconds: 5000, hourMilliseconds: 120_000, scope: scope)
    desk.open(frost: frost)
    // A strict clip opens with its contact sheet.
    if frost == .strict { desk.type("⎋") }
    standing(clip: spent)
    desk.allEffects = []
  }

  /// Tells what is left; charges leave the hour one after the other, a minute apart.
  mutating func standing(clip spent: Int64 = 0, hour: [Int64] = []) {
    desk.send(
      .look(.standing(Desk.id(1), Self.standing(spent, hour), nowMilliseconds: desk.now)))
  }

  static func standing(_ spent: Int64, _ hour: [Int64] = []) -> LookStanding {
    LookStanding(
      clipSpentMilliseconds: spent,
      hour: LookHour(
        hour.enumerated().map {
          LookHour.Charge(milliseconds: $1, untilMilliseconds: Int64($0 + 1) * 60_000)
        }))
  }

  /// Presses `!`, with a digit for a strict clip, and has it granted.
  mutating func look(_ keys: String = "!", milliseconds: Int64 = 1000, spent: Int64 = 1000) {
    desk.type(keys)
    grant(milliseconds: milliseconds, spent: spent)
  }

  mutating func grant(milliseconds: Int64 = 1000, spent: Int64 = 1000) {
    guard let ask else { return }
    number += 1
    desk.send(
      .look(
        .granted(
          LookReceipt(
            clip: ask.clip, number: number, milliseconds: milliseconds, scope: ask.scope),
          Self.standing(spent, [spent]), nowMilliseconds: desk.now)))
  }

  /// What was asked of the log by the last keys.
  var ask: LookAsk? {
    desk.allEffects.reversed().compactMap {
      if case .startLook(let ask) = $0 { ask } else { nil }
    }.first
  }

  /// All that was told to the log of ends.
  var ends: [LookShown] {
    desk.allEffects.compactMap { if case .recordLook(let shown) = $0 { shown } else { nil } }
  }

  var shown: Frost { desk.state.shownFrost }
}

/// A look: asked for by a key, granted by the log alone, ended by everything but looking.
@Suite struct LookTests {
  @Test func nothingIsClearBeforeTheLogHasIt() {
    var looks = LookDesk()
    looks.desk.type("!")
    #expect(
      looks.desk.effects == [
        .startLook(LookAsk(clip: Desk.id(1), frost: .frosted, scope: .whole))
      ])
    looks.desk.wait(3000)
    #expect(looks.shown == .frosted && looks.desk.state.look == nil)
    // A second press asks no second time.
    #expect(looks.desk.type("!").isEmpty)
    looks.grant()
    #expect(looks.shown == .clear)
    #expect(looks.desk.effects.contains { if case .showLook = $0 { true } else { false } })
    #expect(looks.desk.rows()[0].contains("□ clear"))
    looks.desk.wait(900)
    #expect(looks.shown == .clear && looks.ends.isEmpty)
    looks.desk.wait(100)
    #expect(looks.shown == .frosted)
    #expect(looks.desk.effects.first == .hideLook)
    #expect(looks.ends == [LookShown(number: 101, milliseconds: 1000, end: .elapsed)])
    #expect(looks.desk.state.stats.clearMilliseconds == 1000)
  }

  @Test func whatCannotBeLoggedIsNotShown() {
    var looks = LookDesk()
    looks.desk.type("!")
    looks.desk.send(.look(.refused(sentence: "The disk is full.")))
    #expect(looks.shown == .frosted && looks.ends.isEmpty)
    #expect(looks.desk.notice == "No look: The disk is full.")
    looks.look()
    #expect(looks.shown == .clear)
  }

  @Test(arguments: [
    ("⏎", LookEnd.walk), ("y", .walk), ("j", .walk), ("k", .walk), ("g", .walk), ("z", .prompt),
    ("c", .prompt), ("-", .prompt), ("?", .screen), ("/", .screen), ("E", .screen),
    ("G", .screen), ("q", .leave), ("⎋", .blank), ("X", .flag), ("Q", .lock), ("+", .key),
  ])
  func everyKeyThatLeavesThePictureEndsIt(key: String, end: LookEnd) {
    var looks = LookDesk()
    looks.desk.type("p2")
    looks.look()
    looks.desk.allEffects = []
    looks.desk.type(key)
    #expect(looks.desk.state.look == nil && looks.shown != .clear)
    #expect(looks.desk.allEffects.first == .hideLook, "what takes the picture away comes first")
    #expect(looks.ends == [LookShown(number: 101, milliseconds: 150, end: end)])
    // Coming back, the picture is frosted.
    looks.desk.type("⎋ ")
    #expect(looks.shown != .clear)
  }

  @Test func whatHappensToTheClipAndTheTerminalEndsIt() {
    let clip = Desk.id(1)
    let messages: [(Message, LookEnd)] = [
      (.clipFailed(clip, sentence: "It cannot be played."), .failed),
      (.clipRefused(clip, sentence: "It does not open."), .failed),
      (.clipClosed(clip, Notice("Withdrawn: g goes on", kind: .error)), .closed),
      (.look(.ended(.resized)), .resized), (.look(.ended(.suspended)), .suspended),
      (.look(.ended(.unfocused)), .unfocused), (.nothingDue(WorklistCounts()), .walk),
    ]
    for (message, end) in messages {
      var looks = LookDesk()
      looks.look()
      looks.desk.allEffects = []
      looks.desk.send(message)
      #expect(looks.desk.state.look == nil && looks.shown != .clear)
      #expect(looks.desk.allEffects.first == .hideLook)
      #expect(looks.ends == [LookShown(number: 101, milliseconds: 0, end: end)])
    }
    var looks = LookDesk()
    looks.look(milliseconds: 5000)
    looks.desk.state.lockRules = LockRules(idleSeconds: 1)
    looks.desk.now += 4000
    looks.desk.send(.tick(nowMilliseconds: looks.desk.now))
    #expect(looks.ends.map(\.end) == [.lock])
  }

  /// Between the press and the answer too: what is granted then shows nothing and costs nothing.
  @Test(arguments: [
    ("g", LookEnd.walk), ("-", .prompt), ("?", .screen), ("⎋", .blank), ("X", .flag), ("Q", .lock),
    ("q", .leave),
  ])
  func whatEndsItBeforeTheAnswerCancelsIt(key: String, end: LookEnd) {
    var looks = LookDesk()
    looks.desk.type("!" + key)
    // Gone back to the clip before the log answered: the look was cancelled all the same.
    if key != "g", key != "X", key != "Q" { looks.desk.type("⎋ ") }
    looks.grant()
    #expect(looks.desk.state.look == nil && looks.shown != .clear)
    #expect(!looks.desk.allEffects.contains { if case .showLook = $0 { true } else { false } })
    #expect(looks.ends == [LookShown(number: 101, milliseconds: 0, end: end)])
  }

  @Test func lookingItselfGoesOn() {
    var looks = LookDesk()
    looks.look()
    looks.desk.press(.character("."), after: 20)
    looks.desk.press(.character(","), after: 20)
    looks.desk.press(.left, after: 20)
    looks.desk.press(.character("h"), after: 20)
    looks.desk.press(.character(" "), after: 20)
    looks.desk.press(.character("p"), after: 20)
    looks.desk.press(.up, after: 20)
    #expect(looks.shown == .clear && looks.ends.isEmpty)
    #expect(looks.desk.setTerms == ["person"])
  }

  // MARK: - Going on

  @Test func aFurtherPressGivesAFreshSecond() {
    var looks = LookDesk()
    looks.look()
    looks.desk.wait(400)
    looks.desk.type("!")
    #expect(looks.ask?.renewed == LookShown(number: 101, milliseconds: 550, end: .renewed))
    // The running look stays on the screen meanwhile.
    looks.desk.wait(100)
    #expect(looks.shown == .clear)
    looks.grant(spent: 1550)
    #expect(looks.shown == .clear && looks.ends.isEmpty)
    // It counts from its key: 100 ms of it are gone.
    #expect(looks.desk.state.look?.rest(at: looks.desk.now) == 900)
    looks.desk.wait(800)
    #expect(looks.shown == .clear)
    looks.desk.wait(200)
    #expect(looks.shown == .frosted)
    #expect(looks.ends == [LookShown(number: 102, milliseconds: 1000, end: .elapsed)])
    #expect(looks.desk.state.stats.clearMilliseconds == 1550)
  }

  @Test func aLookThatEndsWhileItsSuccessorIsLoggedIsSettledByThat() {
    var looks = LookDesk()
    looks.look()
    looks.desk.wait(900)
    looks.desk.press(.character("!"), after: 50)
    looks.desk.wait(300)
    #expect(looks.shown == .frosted, "its time is over, and the next is not logged yet")
    #expect(looks.ends.isEmpty)
    looks.grant(spent: 1950)
    #expect(looks.shown == .clear)
    // Where the next is refused, the end is told after all.
    looks = LookDesk()
    looks.look()
    looks.desk.wait(900)
    looks.desk.press(.character("!"), after: 50)
    looks.desk.wait(300)
    looks.desk.send(.look(.refused(sentence: "The disk is full.")))
    #expect(looks.ends == [LookShown(number: 101, milliseconds: 1000, end: .elapsed)])
    // Blanked meanwhile: what is granted then is over, with what was seen since its key.
    looks = LookDesk()
    looks.look()
    looks.desk.wait(400)
    looks.desk.type("!")
    looks.desk.press(.escape, after: 70)
    #expect(looks.shown == .solid)
    looks.desk.wait(500)
    looks.grant(spent: 1550)
    #expect(looks.shown == .solid)
    #expect(looks.ends == [LookShown(number: 102, milliseconds: 70, end: .blank)])
  }

  @Test func aHeldKeyGoesOnWithoutAFloodOfEvents() {
    var looks = LookDesk()
    looks.look()
    for _ in 0..<7 { looks.desk.press(.character("!"), after: 33) }
    #expect(looks.desk.allEffects.count { if case .startLook = $0 { true } else { false } } == 1)
    looks.desk.press(.character("!"), after: 33)
    #expect(looks.desk.allEffects.count { if case .startLook = $0 { true } else { false } } == 2)
  }

  // MARK: - Budgets

  @Test func aClipsSecondsEnd() {
    var looks = LookDesk(spent: 5000)
    #expect(looks.desk.type("!").isEmpty)
    #expect(looks.desk.notice == "This clip's 5 s of looks are spent: it stays frosted")
    #expect(looks.desk.row(containing: "look ▯▯▯▯▯") != "")
    // The store knows of more than this session: it has the last word.
    looks = LookDesk()
    looks.desk.type("!")
    looks.desk.send(.look(.spent(LookDesk.standing(4950), nowMilliseconds: looks.desk.now)))
    #expect(looks.shown == .frosted)
    #expect(looks.desk.notice.hasPrefix("This clip's 5 s"))
  }

  @Test func aSpentHourOffersToDefer() {
    var looks = LookDesk()
    looks.standing(hour: Array(repeating: 10_000, count: 12))
    #expect(looks.desk.type("!").isEmpty)
    #expect(looks.desk.notice == "No look left this hour: z defers, more in 1 min")
    #expect(looks.desk.row(containing: "looks: 0 s left this hour") != "")
    let wall = 1_790_000_000_000 + looks.desk.now
    looks.desk.type("z")
    // The first charge leaves a minute after it was told of, which was one key before.
    #expect(looks.desk.changes == [.postpone(untilMilliseconds: wall + 60_000 - 150)])
    #expect(looks.desk.notice == "Deferred until looks are left: 1 min")
    // Once there is some again, z means what it always does.
    looks = LookDesk()
    looks.standing(hour: Array(repeating: 10_000, count: 12))
    looks.desk.type("!")
    looks.desk.now += 60_000
    looks.desk.type("z")
    #expect(looks.desk.state.mode == .prompt(.postpone))
  }

  @Test func theBarCountsDown() {
    var looks = LookDesk()
    #expect(looks.desk.row(containing: "look ▮▮▮▮▮") != "")
    looks.look()
    looks.desk.wait(300)
    #expect(looks.desk.row(containing: "0.7s ▮▮▮▮▮") != "")
    looks.desk.wait(700)
    #expect(looks.desk.row(containing: "look ▮▮▮▮▯") != "")
    // What an ended look did not use comes back.
    looks.look(spent: 2000)
    looks.desk.press(.escape, after: 10)
    looks.desk.press(.character(" "))
    #expect(looks.desk.row(containing: "look ▮▮▮▮▯") != "")
    looks.desk.type("q")
    #expect(looks.desk.screen().contains("seen clear in looks   1.0 s"))
  }

  // MARK: - Who and what has none

  @Test func someClipsHaveNoLook() {
    for (frost, sentence) in [
      (Frost.clear, "This clip is clear as it is: no look is needed"),
      (.solid, "Solid: no look opens it"),
    ] {
      var looks = LookDesk(frost: frost)
      #expect(looks.desk.type("!").isEmpty)
      #expect(looks.desk.notice == sentence)
      #expect(!looks.desk.screen().contains("look ▮"))
    }
    var looks = LookDesk()
    looks.desk.type("X!")
    #expect(looks.ask == nil)
    #expect(looks.desk.notice == "Withdrawn as sensitive: no look opens it")
    looks.desk.type("u!")
    #expect(looks.ask == nil)
    #expect(looks.desk.notice == "Flagged before: no look opens it")
    looks = LookDesk()
    looks.desk.state.lookRules = .forbidden
    looks.desk.type("!")
    #expect(looks.ask == nil && looks.desk.notice == "This vault's policy allows no looks")
    looks = LookDesk()
    looks.desk.send(.clipFailed(Desk.id(1), sentence: "It cannot be played."))
    looks.desk.type("!")
    #expect(looks.ask == nil && looks.desk.notice == "This clip cannot be played: g goes on")
  }

  @Test func aStrictClipAsksWhy() {
    var looks = LookDesk(frost: .strict)
    looks.desk.type("!")
    #expect(looks.ask == nil && looks.desk.state.mode == .prompt(.look))
    #expect(looks.desk.state.picture == .solid)
    #expect(looks.desk.screen().contains("3 danger to life"))
    looks.desk.type("⎋")
    #expect(looks.ask == nil && looks.desk.state.mode == .review)
    looks.look("!3")
    #expect(looks.ask?.reason == .danger && looks.ask?.frost == .strict)
    #expect(looks.shown == .clear)
    looks.desk.wait(1000)
    #expect(looks.shown == .strict)
    // The reason stands for the clip as long as it is open.
    looks.look(spent: 2000)
    #expect(looks.ask?.reason == .danger && looks.shown == .clear)
  }

  // MARK: - Lens

  @Test func aLensMovesByTheArrowsAndStopsAtTheEdges() {
    var looks = LookDesk(.lens)
    looks.look(milliseconds: 60_000)
    #expect(looks.desk.state.look?.scope == .lens)
    // All around it the picture stays what it was.
    #expect(looks.shown == .frosted)
    #expect(looks.desk.rows()[35].contains("lens: ← → ↑ ↓ move"))
    let playhead = looks.desk.state.clip?.time
    looks.desk.type("→→↓")
    #expect(looks.desk.state.lens == LensWindow(column: 5, row: 4))
    looks.desk.type("→→→→↑↑↑↑↑↑↑↑")
    #expect(looks.desk.state.lens == LensWindow(column: 6, row: 0))
    looks.desk.type("←←←←←←←←←↓↓↓↓↓↓↓↓↓")
    #expect(looks.desk.state.lens == LensWindow(column: 0, row: 6))
    #expect(
      (looks.desk.state.clip?.time ?? .zero) < (playhead ?? .zero) + MediaTime(milliseconds: 5000))
    looks.desk.type("⏎")
    #expect(looks.ends.map(\.end) == [.key])
    #expect(!looks.desk.state.isBlanked && !looks.desk.state.isOpening)
    // Where it stood stays for this clip; another begins in the middle.
    #expect(looks.desk.state.lens == LensWindow(column: 0, row: 6))
    looks.desk.open(2)
    #expect(looks.desk.state.lens == .centre)
  }

  @Test func escapeEndsALensAndBlanksOnlyTheNextTime() {
    var looks = LookDesk(.lens)
    looks.look()
    looks.desk.type("⎋")
    #expect(looks.ends.map(\.end) == [.key] && !looks.desk.state.isBlanked)
    looks.desk.press(.escape, after: 1000)
    #expect(looks.desk.state.isBlanked)
  }

  @Test func aKeyForALensThatHasJustEndedDoesNotCommit() {
    var looks = LookDesk(.lens)
    looks.desk.type("p2")
    looks.look()
    looks.desk.wait(1000)
    #expect(looks.ends.map(\.end) == [.elapsed])
    #expect(looks.desk.type("⏎→").isEmpty)
    #expect(looks.desk.state.clip?.history.hasDraft == true)
    looks.desk.press(.enter, after: 800)
    #expect(looks.desk.changes == [.commit])
  }

  // MARK: - More frost

  @Test func moreFrostIsForGood() {
    var looks = LookDesk(frost: .soft)
    looks.desk.type("+")
    #expect(looks.desk.effects == [.raiseFrost(Desk.id(1), .frosted)])
    #expect(looks.shown == .frosted)
    looks.desk.type("+")
    #expect(looks.shown == .strict && looks.desk.screen().contains("frost: raised by you"))
    looks.desk.type("+")
    #expect(looks.shown == .solid)
    #expect(looks.desk.type("+u").allSatisfy { $0 == .reopenLastCommitted })
    #expect(looks.shown == .solid)
  }

  // MARK: - Any keys

  /// Whatever is typed, and whenever the log answers: nothing is clear without a grant, nor beyond it.
  @Test func nothingIsEverClearBeyondItsGrant() {
    var clear = 0
    for seed in 1...12 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      var looks = LookDesk(
        seed % 2 == 0 ? .lens : .whole, frost: seed % 3 == 0 ? .strict : .frosted)
      var answered = 0
      var deadline: Int64 = 0
      for _ in 0..<600 {
        let key = "!!!!!!13 ,.hlrpv0⎋⎋  ?X uQEG-cz⏎g+←↑".randomElement(using: &random) ?? "!"
        looks.desk.type(String(key))
        looks.desk.wait(Int64.random(in: 0...400, using: &random))
        if looks.desk.state.lock != nil || looks.desk.state.isOpening {
          looks.desk.state.lock = nil
          looks.desk.open(1, frost: seed % 3 == 0 ? .strict : .frosted)
        }
        let asks = looks.desk.allEffects.count { if case .startLook = $0 { true } else { false } }
        if asks > answered, Bool.random(using: &random) {
          answered = asks
          deadline = looks.desk.now + 1000
          looks.grant(spent: 0)
        }
        let isClear = looks.desk.state.look != nil
        clear += isClear ? 1 : 0
        if isClear { #expect(looks.desk.now < deadline) }
        #expect(isClear || looks.shown != .clear)
        if isClear {
          #expect(looks.desk.state.mode == .review && looks.desk.state.picture == .frames)
        }
      }
      // Every look that began has its end, or goes on.
      let open = looks.desk.state.look == nil ? 0 : 1
      let renewed = looks.desk.allEffects.count {
        if case .startLook(let ask) = $0 { ask.renewed != nil } else { false }
      }
      #expect(looks.ends.count + open <= Int(looks.number - 100))
      #expect(looks.ends.count + open + renewed >= Int(looks.number - 100))
      #expect(Set(looks.ends.map(\.number)).count == looks.ends.count, "each ends once")
    }
    #expect(clear > 300, "\(clear)")
  }
}
