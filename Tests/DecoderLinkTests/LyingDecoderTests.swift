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
  ])
  func everyLieIsFoundOut(lie: String, violation: LinkViolation) throws {
    let driver = try Driver("lying-decoder")
    let handle = try driver.open(Driver.play(), lie: lie)
    #expect(driver.failure(handle) == .lied(violation))
    #expect(handle.fileDescriptor == nil)
    let process = try driver.process(handle)
    #expect(driver.hear { if case .ended(handle.token, _) = $0 { true } else { false } })
    #expect(ProcessTable.state(process) == nil, "reaped: not even a zombie")
    let next = try driver.open(Driver.play(), lie: "honest")
    #expect(driver.run(next, until: \.isComplete).last?.isComplete == true)
  }

  @Test(arguments: [
    ("clear-too-large", LinkViolation.refused(.wrongSize)),
    ("clear-overflow", .refused(.wrongSize)), ("clear-other-frame", .notAsked),
    ("clear", .notAsked),
  ])
  func clearPicturesAreCheckedUnderAGrantToo(lie: String, violation: LinkViolation) throws {
    let driver = try Driver("lying-decoder")
    let handle = try driver.open(Driver.play(isClear: true), lie: lie)
    if lie != "clear" { handle.requestFrame(index: 0, nowMilliseconds: Driver.now()) }
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

  @Test func aSlotThatChangesGivesAllowedGreysOrIsRefused() throws {
    let driver = try Driver("lying-decoder")
    let handle = try driver.open(Driver.play(), lie: "changing")
    let events = driver.run(handle) { _ in false }
    for case .grid(_, _, let veiled) in events {
      guard case .grid(_, let greys) = veiled.content else {
        Issue.record("not a grid")
        continue
      }
      #expect(greys.allSatisfy { GreyScale.even.frosted.contains($0) })
    }
    // Either a bad value was caught in a copy, or all copies were good until the clip was too long.
    let ends: [DecoderEvent] = [
      .failed(.lied(.refused(.valueTooHigh))), .failed(.lied(.timeNotRising)),
    ]
    #expect(ends.contains { $0 == events.last })
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
