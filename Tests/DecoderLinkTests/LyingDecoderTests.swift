// SPDX-License-Identifier: Apache-2.0

import Testing
import Veil
import Vocabulary

@testable import DecoderLink

/// A decoder that breaks the protocol is ended, with the right reason, and the next clip plays.
@Suite struct LyingDecoderTests {
  @Test func honestControlIsAccepted() throws {
    let driver = try Driver("lying-decoder")
    let handle = try driver.open(Driver.play(), lie: "honest")
    let events = driver.run(handle, until: \.isComplete)
    #expect(events.count == 4)
    #expect(events.last?.isComplete == true)
    guard case .grid(.frosted, hold: 0, let veiled) = events[2] else {
      Issue.record("no grid: \(events)")
      return
    }
    let size = PixelSize(width: 32, height: 18)
    let grey = GreyScale.even.frosted[1]
    #expect(veiled.content == .grid(size: size, greys: Array(repeating: grey, count: 32 * 18)))
  }

  @Test(arguments: [
    ("not-opened", LinkViolation.outOfPlace), ("opened-twice", .outOfPlace),
    ("impossible-facts", .malformed), ("unknown-kind", .unknownKind(200)),
    ("padding", .malformed), ("cut-message", .cutMessage), ("time-back", .timeNotRising),
    ("time-beyond", .timeNotRising), ("wrong-count", .outOfPlace), ("too-long", .timeNotRising),
    ("paused", .outOfPlace), ("greys", .outOfPlace),
    ("grid-too-large", .refused(.wrongSize)), ("grid-turned", .refused(.wrongSize)),
    ("wrong-length", .wrongLength), ("overflow", .refused(.wrongSize)),
    ("value-too-high", .refused(.valueTooHigh)), ("finer-frost", .refused(.finerThanAllowed)),
    ("solid", .refused(.wrongSize)), ("wrong-slot", .wrongSlot), ("hold-gap", .outOfPlace),
    ("clear", .refused(.clearWithoutGrant)),
    ("endless-frames", .tooMany), ("endless-holds", .tooMany), ("endless-progress", .outOfPlace),
    ("endless-opened", .outOfPlace), ("endless-noise", .unknownKind(255)),
    ("after-the-end", .outOfPlace), ("ended-twice", .outOfPlace),
    ("grid-after-the-end", .outOfPlace), ("refitted-unasked", .outOfPlace),
    ("huge-index", .outOfPlace), ("negative-time", .timeNotRising), ("huge-time", .timeNotRising),
    ("huge-motion", .malformed), ("negative-duration", .timeNotRising),
    ("huge-duration", .timeNotRising), ("huge-count", .outOfPlace),
    ("huge-generation", .outOfPlace), ("unknown-refusal", .malformed),
    ("unknown-frost", .malformed), ("short-length", .wrongLength), ("no-length", .wrongLength),
    ("no-size", .refused(.wrongSize)), ("last-slot", .wrongSlot),
    ("strict-too-high", .refused(.valueTooHigh)),
    ("one-value-too-high", .refused(.valueTooHigh)), ("huge-hold", .tooMany),
    ("strict-as-frosted", .refused(.wrongSize)), ("clear-grid", .refused(.finerThanAllowed)),
    ("stops-in-a-message", .cutMessage),
  ])
  func everyLieIsFoundOut(lie: String, violation: LinkViolation) throws {
    let driver = try Driver("lying-decoder")
    let handle = try driver.open(Driver.play(), lie: lie)
    #expect(driver.failure(handle) == .lied(violation))
    #expect(handle.fileDescriptor == nil)
    #expect(DecoderFailure.lied(violation).sentence.hasPrefix("cannot be played: the decoder sent"))
    let process = try driver.process(handle)
    #expect(driver.hear { if case .ended(handle.token, _) = $0 { true } else { false } })
    #expect(ProcessTable.state(process) == nil, "reaped: not even a zombie")
    let next = try driver.open(Driver.play(), lie: "honest")
    #expect(driver.run(next, until: \.isComplete).last?.isComplete == true)
  }

  @Test(arguments: [
    ("clear-too-large", LinkViolation.refused(.wrongSize)),
    ("clear-overflow", .refused(.wrongSize)), ("clear-other-frame", .notAsked),
    ("clear", .notAsked), ("clear-short", .wrongLength), ("clear-twice", .notAsked),
    ("clear-grid", .refused(.wrongSize)),
  ])
  func clearPicturesAreCheckedUnderAGrantToo(lie: String, violation: LinkViolation) throws {
    let driver = try Driver("lying-decoder")
    let handle = try driver.open(Driver.play(isClear: true), lie: lie)
    if !["clear", "clear-grid"].contains(lie) {
      handle.requestFrame(index: 0, nowMilliseconds: Driver.now())
    }
    #expect(driver.failure(handle) == .lied(violation))
  }

  @Test func clearPictureIsTakenUnderAGrantAndWipedFromTheRing() throws {
    let driver = try Driver("lying-decoder")
    let handle = try driver.open(Driver.play(isClear: true), lie: "honest-clear")
    handle.requestFrame(index: 0, nowMilliseconds: Driver.now())
    let events = driver.run(handle, until: \.isComplete)
    #expect(events.last?.isComplete == true)
    guard case .frame(index: 0, let veiled) = events.first(where: \.isFrame) else {
      Issue.record("no picture: \(events)")
      return
    }
    let size = PixelSize(width: 4, height: 4)
    #expect(veiled.content == .colour(size: size, rgb: Array(repeating: 9, count: 48)))
  }

  /// Its process changes the slot in a loop while this one copies and checks it: what is checked is
  /// the copy, so that every picture that is taken has the frost's greys, whenever it was copied.
  @Test func aSlotThatChangesGivesAllowedGreysOrIsRefused() throws {
    let driver = try Driver("lying-decoder")
    var taken = 0
    var refused = 0
    for _ in 0..<200 where taken == 0 || refused == 0 {
      let handle = try driver.open(Driver.play(), lie: "changing")
      let events = driver.run(handle) { _ in false }
      for case .grid(_, _, let veiled) in events {
        guard case .grid(_, let greys) = veiled.content else {
          Issue.record("not a grid")
          continue
        }
        taken += 1
        #expect(greys.allSatisfy { GreyScale.even.frosted.contains($0) })
      }
      // Either a bad value was caught in a copy, or all copies were good until the clip was too
      // long.
      if events.last == .failed(.lied(.refused(.valueTooHigh))) { refused += 1 }
      let ends: [DecoderEvent] = [
        .failed(.lied(.refused(.valueTooHigh))), .failed(.lied(.timeNotRising)),
      ]
      #expect(ends.contains { $0 == events.last }, "\(events.last.map { "\($0)" } ?? "")")
    }
    #expect(taken > 0 && refused > 0, "the slot did change: \(taken) taken, \(refused) refused")
  }

  @Test func crashAndExitAreTold() throws {
    let driver = try Driver("lying-decoder")
    #expect(
      driver.failure(try driver.open(Driver.play(), lie: "crash")) == .crashed(.signalled(11)))
    #expect(
      driver.failure(try driver.open(Driver.play(), lie: "give-up")) == .crashed(.exited(code: 9)))
  }

  @Test func silenceIsFoundByTheDeadlineAndNotBefore() throws {
    let driver = try Driver("lying-decoder")
    let handle = try driver.open(Driver.play(), lie: "silent")
    driver.run(handle, until: \.isTimeline)
    let deadline = try #require(handle.deadlineMilliseconds)
    #expect(handle.checkDeadline(nowMilliseconds: deadline - 1).isEmpty)
    #expect(handle.checkDeadline(nowMilliseconds: deadline) == [.failed(.hung)])
    #expect(handle.deadlineMilliseconds == nil)
  }

  @Test func ourOwnSleepIsNotTheDecodersFault() throws {
    let driver = try Driver("lying-decoder")
    let handle = try driver.open(Driver.play(), lie: "silent")
    driver.run(handle, until: \.isTimeline)
    let deadline = try #require(handle.deadlineMilliseconds)
    let late = deadline + LinkLimits.latenessMilliseconds + 1
    #expect(handle.checkDeadline(nowMilliseconds: late).isEmpty)
    #expect(handle.deadlineMilliseconds == late + LinkLimits.silenceMilliseconds)
    let again = try #require(handle.deadlineMilliseconds)
    #expect(handle.checkDeadline(nowMilliseconds: again) == [.failed(.hung)])
  }

  @Test func aFinishedDecoderOwesNothing() throws {
    let driver = try Driver("lying-decoder")
    let handle = try driver.open(Driver.play(), lie: "honest")
    driver.run(handle, until: \.isComplete)
    #expect(handle.deadlineMilliseconds == nil)
    #expect(handle.checkDeadline(nowMilliseconds: .max / 2).isEmpty)
  }
}
