// SPDX-License-Identifier: Apache-2.0

import Lockdown
import Testing
import Veil
import Vocabulary

@testable import DecoderLink

/// A decoder that misuses what it was given, or whom it answers to.
@Suite struct LyingDecoderPowersTests {
  @Test func aGrantForAnotherClipIsNone() throws {
    let driver = try Driver("lying-decoder")
    let other = ClipID(high: 8, low: 9)
    guard case .play(let showing) = Driver.play(isClear: true).mode, let grant = showing.grant
    else {
      Issue.record("no grant")
      return
    }
    let request = DecodeRequest.play(
      clip: other, facts: Self.facts(.even), sceneWidthMillimetres: 1285, finest: .clear,
      grant: grant, raster: showing.raster, isPrefetch: false)
    let handle = try driver.open(request, lie: "clear")
    handle.requestFrame(index: 0, nowMilliseconds: Driver.now())
    #expect(driver.failure(handle) == .lied(.refused(.clearWithoutGrant)))
    try Self.expectNextClip(driver)
  }

  @Test func aGrantThatEndedGivesNothingMore() throws {
    let driver = try Driver("lying-decoder")
    let handle = try driver.open(Driver.play(isClear: true), lie: "honest-clear")
    driver.run(handle, until: \.isTimeline)
    handle.requestFrame(index: 0, nowMilliseconds: Driver.now())
    // The picture lies in the pipe when the clip, and its grant with it, is let go.
    driver.wait([handle.fileDescriptor])
    handle.close()
    #expect(handle.receive(nowMilliseconds: Driver.now()).isEmpty)
    handle.requestFrame(index: 0, nowMilliseconds: Driver.now())
    #expect(handle.receive(nowMilliseconds: Driver.now()).isEmpty)
    #expect(handle.fileDescriptor == nil && handle.deadlineMilliseconds == nil)
    try Self.expectNextClip(driver)
  }

  @Test func greysAreTheVaultsOwn() throws {
    let greys = try #require(
      GreyScale(soft: Array(20..<52), frosted: Array(40..<46), strict: [60, 61, 62, 63]))
    let driver = try Driver("lying-decoder")
    let request = DecodeRequest.play(
      clip: Driver.id, facts: Self.facts(greys), sceneWidthMillimetres: 1285, finest: .frosted,
      grant: nil, raster: Raster(limit: Driver.size, pixelAspect: .one), isPrefetch: false)
    let handle = try driver.open(request, lie: "honest")
    let events = driver.run(handle, until: \.isComplete)
    #expect(events.count == 4)
    for case .grid(_, _, let veiled) in events {
      guard case .grid(let size, let shown) = veiled.content else { continue }
      // What the decoder sends is a place on the clip's own scale, spread out from 40 on to be seen;
      // it has no word for another grey.
      #expect(shown == Array(repeating: 44, count: size.area))
    }
  }

  @Test(arguments: ["stops-talking", "unmaps-early", "ignores-wishes"])
  func silenceIsOneFailureWhateverItsReason(lie: String) throws {
    let driver = try Driver("lying-decoder")
    let handle = try driver.open(Driver.play(isClear: lie == "ignores-wishes"), lie: lie)
    driver.run(handle, until: lie == "ignores-wishes" ? \.isComplete : \.isTimeline)
    if lie == "ignores-wishes" { handle.requestFrame(index: 0, nowMilliseconds: Driver.now()) }
    while handle.fileDescriptor != nil, lie != "ignores-wishes" {
      driver.wait([handle.fileDescriptor])
      try #require(handle.receive(nowMilliseconds: Driver.now()).count(where: \.isFailure) == 0)
    }
    let deadline = try #require(handle.deadlineMilliseconds)
    #expect(handle.checkDeadline(nowMilliseconds: deadline - 1).isEmpty)
    #expect(handle.checkDeadline(nowMilliseconds: deadline) == [.failed(.hung)])
    let process = try driver.process(handle)
    // It is killed; one that still listens may find its pipe closed first.
    #expect(driver.hear { if case .ended(handle.token, _) = $0 { true } else { false } })
    #expect(ProcessTable.state(process) == nil)
    try Self.expectNextClip(driver)
  }

  @Test(arguments: ["stops-listening", "split-message", "writes-instructions"])
  func whatHurtsNobodyIsBorne(lie: String) throws {
    let driver = try Driver("lying-decoder")
    let handle = try driver.open(Driver.play(isClear: true), lie: lie)
    driver.run(handle, until: \.isComplete)
    // More instructions than a pipe holds, to one that no longer reads.
    for index in 0..<2_000 { handle.requestFrame(index: index, nowMilliseconds: Driver.now()) }
    handle.close()
    try Self.expectNextClip(driver)
  }

  /// The kernel refuses each change, or ends the decoder for trying: then it died of SIGSYS.
  @Test func memoryKeepsItsSizeUnderTheReceiver() throws {
    let driver = try Driver("lying-decoder")
    let handle = try driver.open(Driver.play(), lie: "reaches-for-memory")
    let last = driver.run(handle, until: \.isComplete).last
    #expect(last?.isComplete == true || last == .failed(.crashed(.signalled(31))), "\(last as Any)")
    try Self.expectNextClip(driver)
  }

  @Test func signsOfLifeDoNotGoOnForEver() throws {
    let driver = try Driver("lying-decoder")
    let handle = try driver.open(Driver.play(isClear: true), lie: "endless-refits")
    driver.run(handle, until: \.isComplete)
    handle.resize(
      Raster(limit: PixelSize(width: 40, height: 20), pixelAspect: .one),
      nowMilliseconds: Driver.now())
    #expect(driver.failure(handle) == .lied(.tooMany))
    try Self.expectNextClip(driver)
  }

  @Test func afterAFailureNothingComes() throws {
    let driver = try Driver("lying-decoder")
    let handle = try driver.open(Driver.play(), lie: "failed-and-on")
    #expect(driver.failure(handle) == .clip(.damaged))
    #expect(handle.receive(nowMilliseconds: Driver.now()).isEmpty)
    try Self.expectNextClip(driver)
  }

  @Test func aFloodIsTakenInPortions() throws {
    let driver = try Driver("lying-decoder")
    let handle = try driver.open(Driver.play(), lie: "endless-frames")
    var most = 0
    var events: [DecoderEvent] = []
    while events.last?.isFailure != true, events.count < 20_000 {
      driver.wait([handle.fileDescriptor])
      let new = handle.receive(nowMilliseconds: Driver.now())
      most = max(most, new.count)
      events += new
    }
    #expect(events.last == .failed(.lied(.tooMany)))
    #expect(events.count > 7_000 && most <= 257, "\(events.count) events, at most \(most) at once")
  }

  private static func facts(_ greys: GreyScale) -> ClipFacts {
    ClipFacts(
      size: Driver.size, pixelAspect: .one, duration: MediaTime(milliseconds: 1000),
      frameCount: 10, frameRate: Ratio(10, 1), codec: "h264", greys: greys)
  }

  private static func expectNextClip(_ driver: Driver) throws {
    let next = try driver.open(Driver.play(), lie: "honest")
    #expect(driver.run(next, until: \.isComplete).last?.isComplete == true)
  }
}
