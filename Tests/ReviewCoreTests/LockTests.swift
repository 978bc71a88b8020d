// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary

@testable import ReviewCore

/// Locking by key and by itself, and the way back.
@Suite struct LockTests {
  private static func desk(idleSeconds: Int? = nil, hasPassphrase: Bool = true) -> Desk {
    var desk = Desk()
    desk.state.lockRules = LockRules(idleSeconds: idleSeconds, hasPassphrase: hasPassphrase)
    desk.open()
    return desk
  }

  /// Unlocks as a right passphrase does.
  private static func unlock(_ desk: inout Desk) {
    desk.send(.lock(.typed(isAnything: true)))
    desk.send(.lock(.entered))
    desk.send(.lock(.unlocked))
  }

  @Test(arguments: ["", "?", "/", "q", "-", "⎋", "X"])
  func theKeyLocksFromEveryScreen(_ keys: String) {
    var desk = Self.desk()
    desk.type(keys)
    #expect(desk.type("Q") == [.lock(.key)])
    #expect(desk.state.lock?.reason == .key)
    #expect(desk.state.mode == .review && desk.state.picture == .none)
    #expect(desk.state.shownFrost == .solid)
    #expect(desk.state.clip?.player.isPlaying == false)
  }

  @Test(arguments: [(120, 36), (80, 24), (60, 20), (50, 15), (20, 6)])
  func nothingOfTheClipIsOnTheScreen(columns: Int, rows: Int) {
    var desk = Self.desk()
    desk.type("p2Q")
    let shown = view(desk.state, CellSize(columns: columns, rows: rows))
    #expect(shown.pane == nil && shown.picture == .none)
    let screen = desk.screen(columns, rows)
    for word in ["porch", "person", "animal", "frosted", "Jan", "0:0", "clip", "demo"] {
      #expect(!screen.contains(word), "\(word) in \(screen)")
    }
    if rows >= 15 {
      #expect(screen.contains("locked") && screen.contains("r07 at seat-3"))
      #expect(screen.contains("passphrase") && screen.contains("^D end the session"))
    }
  }

  @Test func keysDoNothingToTheClipMeanwhile() {
    var desk = Self.desk()
    desk.type("pQ")
    let before = desk.state.clip
    #expect(desk.type("v0⏎yXug q⎋Q").isEmpty)
    #expect(desk.state.clip?.history == before?.history && desk.state.lock != nil)
    #expect(desk.state.clip?.player.isPlaying == false && desk.state.mode == .review)
    #expect(desk.state.isBlanked == false)
  }

  @Test func theFieldTellsThatSomethingIsTypedAndNotHowMuch() {
    var desk = Self.desk()
    desk.type("Q")
    let empty = desk.screen()
    desk.send(.lock(.typed(isAnything: true)))
    let typed = desk.screen()
    #expect(typed != empty && typed.contains("••••••••"))
    desk.send(.lock(.typed(isAnything: true)))
    #expect(desk.screen() == typed)
    desk.send(.lock(.typed(isAnything: false)))
    #expect(desk.screen() == empty)
  }

  @Test func theRightPassphraseGoesBackToTheSamePlacePaused() {
    var desk = Self.desk()
    desk.type("Q")
    let place = desk.state.clip?.playhead.time
    #expect((place ?? .zero) > .zero)
    desk.send(.lock(.entered))
    #expect(desk.effects.isEmpty, "nothing is typed yet")
    desk.send(.lock(.unlocked))
    #expect(desk.state.lock != nil, "nobody has tried")
    desk.send(.lock(.typed(isAnything: true)))
    desk.send(.lock(.entered))
    #expect(desk.effects == [.tryToUnlock(attempt: 1)])
    #expect(desk.screen().contains("looking whether it opens"))
    desk.send(.lock(.entered))
    #expect(desk.effects.isEmpty, "one try at a time")
    desk.send(.lock(.unlocked))
    #expect(desk.effects == [.refreshCounts, .openAgain(Desk.id(1), at: place ?? .zero)])
    #expect(desk.state.lock == nil && desk.state.isOpening)
    desk.open(1, playhead: place)
    #expect(desk.state.clip?.player.isPlaying == false)
    #expect(desk.state.clip?.playhead.time == place)
    #expect(desk.state.shownFrost == .frosted)
  }

  @Test func eachWrongTryWaitsLongerThanTheLast() {
    var desk = Self.desk()
    desk.type("Q")
    for (failures, seconds) in [1, 2, 4, 8, 16, 32, 60, 60].enumerated() {
      desk.send(.lock(.typed(isAnything: true)))
      desk.send(.lock(.entered))
      #expect(desk.effects == [.tryToUnlock(attempt: failures + 1)])
      desk.send(.lock(.refused("This is not r07's passphrase.", isWrong: true)))
      #expect(desk.state.secondsToNextTry == seconds)
      #expect(desk.screen().contains("This is not r07's passphrase."))
      #expect(desk.screen().contains("another try in \(seconds) s"))
      desk.send(.lock(.typed(isAnything: true)))
      desk.send(.lock(.entered))
      #expect(desk.effects.isEmpty, "it must wait")
      desk.wait(Int64(seconds) * 1000 - 100)
      #expect(desk.state.secondsToNextTry == 1)
      desk.wait(100)
      #expect(desk.state.secondsToNextTry == nil)
    }
    Self.unlock(&desk)
    #expect(desk.state.lock == nil)
    desk.type("Q")
    #expect(desk.state.lock?.failures == 0)
  }

  @Test func aFaultThatIsNotThePassphrasesCostsNoWait() {
    var desk = Self.desk()
    desk.type("Q")
    desk.send(.lock(.typed(isAnything: true)))
    desk.send(.lock(.entered))
    desk.send(.lock(.refused("The disk is full.", isWrong: false)))
    #expect(desk.state.secondsToNextTry == nil && desk.state.lock?.failures == 0)
    #expect(desk.screen().contains("The disk is full."))
  }

  @Test func withoutAPassphraseEnterUnlocksAndTheScreenSaysSo() {
    var desk = Self.desk(hasPassphrase: false)
    desk.type("Q")
    #expect(desk.screen().contains("no passphrase in this vault: enter unlocks"))
    desk.send(.lock(.entered))
    #expect(desk.effects == [.tryToUnlock(attempt: 1)])
  }

  @Test func theSessionCanEndLocked() {
    var desk = Self.desk()
    desk.send(.lock(.left))
    #expect(desk.effects.isEmpty, "there is no such key while it is not locked")
    desk.type("Q")
    desk.send(.lock(.left))
    #expect(desk.effects == [.quit] && desk.state.lock != nil)
  }

  @Test func aClipThatWasOnItsWayComesAfterTheLock() {
    var desk = Self.desk()
    desk.type("p2⏎")
    #expect(desk.state.isOpening)
    desk.type("Q")
    #expect(desk.state.isOpening == false)
    Self.unlock(&desk)
    #expect(desk.effects == [.refreshCounts, .openNextDue(after: Desk.id(1))])
  }

  @Test func aClosedClipIsNotOpenedAgain() {
    var desk = Self.desk()
    desk.send(.clipClosed(Desk.id(1), Notice("Clip a was erased: g goes on", kind: .error)))
    desk.type("Q")
    #expect(!desk.screen().contains("erased"))
    Self.unlock(&desk)
    #expect(desk.effects == [.refreshCounts])
    #expect(desk.type("g") == [.openNextDue(after: Desk.id(1))])
  }

  // MARK: - Idle

  @Test func itLocksItselfWithoutAKeyAlsoWhileItPlays() {
    var desk = Self.desk(idleSeconds: 120)
    desk.type("e")
    #expect(desk.state.clip?.player.isPlaying == true)
    desk.wait(109_800)
    #expect(desk.state.lock == nil && !desk.screen().contains("locks in"))
    desk.wait(200)
    #expect(desk.screen().contains("No key for a while: this session locks in 10 s"))
    desk.wait(9900)
    #expect(desk.state.lock == nil && desk.screen().contains("locks in 1 s"))
    desk.wait(100)
    #expect(desk.effects == [.lock(.idle)])
    #expect(desk.state.lock?.reason == .idle)
    #expect(desk.screen().contains("no key came"))
    desk.wait(200_000)
    #expect(desk.screen().contains("for 3 min"))
  }

  @Test func everyKeyPutsItOffAndNoOtherSessionLocksItself() {
    var desk = Self.desk(idleSeconds: 120)
    for _ in 0..<5 {
      desk.wait(118_000)
      desk.type(".")
    }
    #expect(desk.state.lock == nil && !desk.screen().contains("locks in"))
    var other = Self.desk(idleSeconds: nil)
    other.wait(500_000)
    #expect(other.state.lock == nil)
  }

  @Test func aKeyThatComesTooLateFindsItLocked() {
    var desk = Self.desk(idleSeconds: 30)
    desk.now += 40_000
    #expect(desk.type("p") == [.lock(.idle)])
    #expect(desk.setTerms.isEmpty)
  }

  @Test func theTimeLockedIsNoTimeIdle() {
    var desk = Self.desk(idleSeconds: 30)
    desk.type("Q")
    desk.wait(100_000)
    Self.unlock(&desk)
    desk.wait(29_000)
    #expect(desk.state.lock == nil)
    desk.wait(1000)
    #expect(desk.state.lock?.reason == .idle)
  }
}
