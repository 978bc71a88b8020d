// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lockdown
import Testing
import Veil
import Vocabulary

@testable import DecoderLink

/// The real decoder program with real clips.
@Suite struct DecoderProcessTests {
  static let card = Result { try Built.card() }

  @Test func frostedClipGivesGridsAndNoPicture() throws {
    let driver = try Driver()
    let handle = try driver.open(Driver.play(), try Self.card.get())
    handle.requestFrame(index: 0, nowMilliseconds: Driver.now())
    let events = driver.run(handle, until: \.isComplete)
    guard case .opened(let facts) = events.first else {
      Issue.record("not opened: \(events)")
      return
    }
    #expect(facts.size == Driver.size)
    #expect(facts.codec == "h264")
    #expect(events.count(where: \.isTimeline) == 10)
    var holds: [Frost: [Int]] = [:]
    for case .grid(let frost, let hold, let veiled) in events {
      #expect(veiled.frost == frost)
      holds[frost, default: []].append(hold)
    }
    #expect(holds == [.frosted: [0, 1], .strict: [0]])
    #expect(events.count(where: \.isFrame) == 0)
    #expect(
      events.last == .passComplete(duration: MediaTime(milliseconds: 1000), frameCount: 10))
  }

  @Test func staffClipGivesTheFramesAskedFor() throws {
    let driver = try Driver()
    let handle = try driver.open(Driver.play(isClear: true), try Self.card.get())
    #expect(Self.frame(0, handle, driver)?.size == PixelSize(width: 80, height: 45))
    driver.run(handle, until: \.isComplete)
    let (first, last) = (Self.frame(0, handle, driver), Self.frame(9, handle, driver))
    #expect(first != nil && first?.rgb != last?.rgb)
    #expect(Self.frame(9_000, handle, driver, is: 9)?.rgb == last?.rgb)
  }

  @Test func resizedClipComesAtTheNewSize() throws {
    let driver = try Driver()
    let handle = try driver.open(Driver.play(isClear: true), try Self.card.get())
    driver.run(handle, until: \.isComplete)
    let wide = Raster(limit: PixelSize(width: 120, height: 300), pixelAspect: Ratio(1, 2))
    handle.resize(wide, nowMilliseconds: Driver.now())
    while handle.deadlineMilliseconds != nil {
      driver.wait([handle.fileDescriptor])
      let events = handle.receive(nowMilliseconds: Driver.now())
      try #require(events.count(where: \.isFailure) == 0)
    }
    #expect(Self.frame(3, handle, driver)?.size == PixelSize(width: 120, height: 34))
  }

  @Test func probeGivesFactsAndGreysAndNoPicture() throws {
    let driver = try Driver()
    let handle = try driver.open(Driver.probe, try Self.card.get())
    let events = driver.run(handle, until: \.isComplete)
    #expect(events.first?.isOpened == true)
    let kinds = events.dropFirst().dropLast(2)
    #expect(kinds.count == 10 && kinds.allSatisfy(\.isTimeline))
    guard case .greys(let greys) = events[events.count - 2] else {
      Issue.record("no greys")
      return
    }
    #expect(greys != .even)
    #expect(driver.hear { $0 == .ended(token: handle.token, .exited(code: 0)) })
    #expect(handle.receive(nowMilliseconds: Driver.now()).isEmpty)
    #expect(handle.fileDescriptor == nil && handle.deadlineMilliseconds == nil)
  }

  @Test func notAClipIsRefusedAndTheNextPlays() throws {
    let driver = try Driver()
    let text = try SealedClip(Array("this is not a video, only a sentence".utf8))
    #expect(driver.failure(try driver.open(Driver.play(), text)) == .clip(.notVideo))
    let next = try driver.open(Driver.play(), try Self.card.get())
    #expect(driver.run(next, until: \.isComplete).last?.isComplete == true)
  }

  @Test func prefetchedClipPausesAtItsLimit() throws {
    let size = PixelSize(width: 320, height: 180)
    let clip = try Built.card(["--size", "320x180", "--seconds", "2", "--fps", "100"])
    let driver = try Driver()
    let request = Driver.play(isClear: true, size: size, raster: size, isPrefetch: true)
    let handle = try driver.open(request, clip)
    // 32 MiB hold 194 pictures and a part; the pass pauses with the one that passes them.
    var timelineCount = 0
    driver.run(handle) { event in
      timelineCount += event.isTimeline ? 1 : 0
      return timelineCount == 195
    }
    while handle.deadlineMilliseconds != nil {
      driver.wait([handle.fileDescriptor])
      try #require(handle.receive(nowMilliseconds: Driver.now()).count(where: \.isTimeline) == 0)
    }
    #expect(Self.frame(100, handle, driver) != nil)
    handle.activate(nowMilliseconds: Driver.now())
    #expect(handle.deadlineMilliseconds != nil)
    let rest = driver.run(handle, until: \.isComplete)
    #expect(rest.count(where: \.isTimeline) == 5)
  }

  @Test func killedDecoderIsOneFailureAndTheNextClipPlays() throws {
    let driver = try Driver()
    let handle = try driver.open(Driver.play(isClear: true), try Self.card.get())
    driver.run(handle, until: \.isComplete)
    kill(try driver.process(handle), SIGKILL)
    #expect(driver.failure(handle) == .crashed(.signalled(SIGKILL)))
    let next = try driver.open(Driver.play(), try Self.card.get())
    #expect(driver.run(next, until: \.isComplete).last?.isComplete == true)
  }

  @Test func stoppedDecoderIsHungAndEnds() throws {
    let driver = try Driver()
    let handle = try driver.open(Driver.play(isClear: true), try Self.card.get())
    driver.run(handle, until: \.isComplete)
    let process = try driver.process(handle)
    kill(process, SIGSTOP)
    handle.requestFrame(index: 4, nowMilliseconds: 1_000)
    #expect(handle.deadlineMilliseconds == 3_000)
    #expect(handle.checkDeadline(nowMilliseconds: 3_000) == [.failed(.hung)])
    #expect(driver.hear { $0 == .ended(token: handle.token, .signalled(SIGKILL)) })
    #expect(ProcessTable.state(process) == nil, "reaped: not even a zombie")
  }

  @Test func lettingGoOfAHandleEndsItsDecoder() throws {
    let driver = try Driver()
    var handle: DecoderHandle? = try driver.open(Driver.play(), try Self.card.get())
    let process = try driver.process(try #require(handle))
    #expect(ProcessTable.isAlive(process))
    handle = nil
    #expect(ProcessTable.waitForEnd(process))
  }

  /// Asks for a frame and gives its content; nil, and an issue, unless it is a clear picture.
  static func frame(
    _ index: Int, _ handle: DecoderHandle, _ driver: Driver, is expected: Int? = nil
  ) -> (size: PixelSize, rgb: [UInt8])? {
    handle.requestFrame(index: index, nowMilliseconds: Driver.now())
    let events = driver.run(handle, until: \.isFrame)
    guard case .frame(expected ?? index, let veiled) = events.first(where: \.isFrame),
      case .colour(let size, let rgb) = veiled.content
    else {
      Issue.record("frame \(index) did not come")
      return nil
    }
    return (size, rgb)
  }
}
