// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lockdown
import Testing
import Veil
import Vocabulary

@testable import DecoderLink

/// Looks: clear pictures of a frosted clip under a grant, and not without, not after, not beyond it.
@Suite struct LookTests {
  static func grant(
    _ scope: LookScope = .whole, clip: ClipID = Driver.id, milliseconds: Int64 = 30_000,
    from began: Int64 = Driver.now(), lens: LensWindow = .centre
  ) -> ClearGrant {
    .look(
      LookReceipt(clip: clip, number: 1, milliseconds: milliseconds, scope: scope),
      beganAtMilliseconds: began, lens: lens)
  }

  // MARK: - The real decoder

  @Test func aFrostedClipGivesFramesUnderALookAlone() throws {
    let driver = try Driver()
    let handle = try driver.open(
      Driver.play(mayLook: true), try DecoderProcessTests.card.get())
    handle.requestFrame(index: 3, nowMilliseconds: Driver.now())
    let events = driver.run(handle, until: \.isComplete)
    #expect(events.count(where: \.isFrame) == 0 && events.last?.isComplete == true)
    handle.beginLook(Self.grant(clip: ClipID(high: 1, low: 1)), nowMilliseconds: Driver.now())
    handle.requestFrame(index: 3, nowMilliseconds: Driver.now())
    #expect(
      handle.deadlineMilliseconds == nil, "nothing was asked for: the grant is another clip's")
    handle.beginLook(Self.grant(), nowMilliseconds: Driver.now())
    let frame = DecoderProcessTests.frame(3, handle, driver)
    #expect(frame?.size == PixelSize(width: 80, height: 45))
    #expect(Set(frame?.rgb ?? []).count > 8)
    handle.endLook()
    handle.requestFrame(index: 4, nowMilliseconds: Driver.now())
    #expect(handle.deadlineMilliseconds == nil, "nothing is asked for after its end")
    // It can be granted again, and still plays.
    handle.beginLook(Self.grant(), nowMilliseconds: Driver.now())
    #expect(DecoderProcessTests.frame(4, handle, driver) != nil)
  }

  @Test func aLensGivesItsWindowsPixels() throws {
    let driver = try Driver()
    let handle = try driver.open(
      Driver.play(mayLook: true), try DecoderProcessTests.card.get())
    driver.run(handle, until: \.isComplete)
    handle.beginLook(Self.grant(), nowMilliseconds: Driver.now())
    guard let whole = DecoderProcessTests.frame(5, handle, driver) else { return }
    handle.endLook()
    handle.beginLook(Self.grant(.lens), nowMilliseconds: Driver.now())
    for window in [LensWindow(column: 0, row: 6), .centre, LensWindow(column: 6, row: 1)] {
      handle.requestFrame(index: 5, lens: window, nowMilliseconds: Driver.now())
      let events = driver.run(handle) { if case .window = $0 { true } else { false } }
      guard case .window(5, let part) = events.last else {
        Issue.record("no window: \(events)")
        return
      }
      guard let laid = VeiledFrame.greyGrid.flatMap(part.over),
        case .colour(let size, let rgb) = laid.content
      else {
        Issue.record("cannot be laid over a grid")
        return
      }
      #expect(part.window == window && size == whole.size)
      let (columns, rows) = window.pixels(of: size)
      for y in 0..<size.height {
        for x in 0..<size.width where columns.contains(x) && rows.contains(y) {
          let at = (y * size.width + x) * 3
          #expect(rgb[at..<at + 3] == whole.rgb[at..<at + 3])
        }
      }
    }
    handle.endLook()
    handle.resize(
      Raster(limit: PixelSize(width: 40, height: 40), pixelAspect: .one),
      nowMilliseconds: Driver.now())
    let rest = driver.run(handle) { $0 == .rescaled }
    #expect(rest == [.rescaled])
  }

  /// The receiver's clock stands still, so that only the decoder's own can end it.
  @Test func theDecoderEndsALookByItself() throws {
    let driver = try Driver()
    let handle = try driver.open(
      Driver.play(mayLook: true), try DecoderProcessTests.card.get())
    driver.run(handle, until: \.isComplete)
    let now = Driver.now()
    handle.beginLook(Self.grant(milliseconds: 150, from: now), nowMilliseconds: now)
    usleep(400_000)
    handle.requestFrame(index: 2, nowMilliseconds: now)
    handle.resize(
      Raster(limit: PixelSize(width: 40, height: 40), pixelAspect: .one), nowMilliseconds: now)
    var events: [DecoderEvent] = []
    let end = Driver.now() + 20_000
    while !events.contains(.rescaled), Driver.now() < end {
      driver.wait([handle.fileDescriptor])
      events += handle.receive(nowMilliseconds: now)
    }
    #expect(events == [.rescaled])
  }

  // MARK: - Both ends' memory

  @Test func theRingIsWipedWhenALookEnds() throws {
    for endsByItself in [true, false] {
      let link = try TestLink(Driver.play(mayLook: true))
      let channel = try link.channel()
      let bytes = [UInt8](repeating: 200, count: 48)
      let size = PixelSize(width: 4, height: 4)
      try channel.send(frame: 0, serial: 1, size: size, rgb: bytes)
      #expect(link.ring.copy(slot: 0, count: 48) == [UInt8](repeating: 0, count: 48), "no look")
      link.send(.look(milliseconds: endsByItself ? 100 : 60_000, isLens: false))
      try channel.takeInstructions(waiting: true)
      try channel.send(frame: 0, serial: 1, size: size, rgb: bytes)
      #expect(link.ring.copy(slot: 0, count: 48) == bytes, "the positive control")
      let grid = FrostedGrid.test
      try channel.send(grid)
      if !endsByItself { link.send(.endLook) }
      // Nothing more is said where it ends by itself: its own clock ends the wait.
      try channel.takeInstructions(waiting: true)
      #expect(link.ring.copy(slot: 0, count: 48) == [UInt8](repeating: 0, count: 48))
      // What else lies in the ring stays.
      #expect(link.ring.copy(slot: 1, count: grid.indices.count) == grid.indices)
      #expect(!channel.mayAnswer(lens: nil))
    }
  }

  // MARK: - A decoder that lies about looks

  private static let size = PixelSize(width: 9, height: 9)

  private static func report(
    _ serial: UInt32, _ lens: LensWindow? = nil, index: Int = 0, byteCount: Int? = nil,
    size: PixelSize = size
  ) -> Report {
    let part = lens?.size(of: size) ?? size
    return .frame(
      index: index, serial: serial,
      Report.Placement(slot: 0, size: size, byteCount: byteCount ?? part.area * 3), lens)
  }

  /// A checker of a frosted clip that has one picture, and what it was made to do with slots.
  private struct Checked {
    var checker = ReportChecker(Driver.play(mayLook: true))
    var taken: [ReportChecker.Taking] = []

    init() throws {
      _ = try check(MessageTests.reports[0])
      _ = try check(.timeline(index: 0, TimelineFrame(time: .zero, motion: 0, movedEighths: 0)))
    }

    mutating func check(
      _ report: Report, at now: Int64 = 5500
    ) throws(LinkViolation) -> DecoderEvent? {
      var taken: [ReportChecker.Taking] = []
      defer { self.taken += taken }
      return try checker.check(report, nowMilliseconds: now) { placement, taking in
        taken.append(taking)
        return taking == .wipe ? [] : [UInt8](repeating: 9, count: placement.byteCount)
      }
    }
  }

  @Test func clearPicturesNeedALookAndAWish() throws {
    var checked = try Checked()
    #expect(throws: LinkViolation.refused(.clearWithoutGrant)) { try checked.check(Self.report(1)) }
    checked = try Checked()
    checked.checker.beginLook(Self.grant(milliseconds: 1000, from: 5000))
    #expect(throws: LinkViolation.notAsked) { try checked.check(Self.report(1)) }
    let serial = checked.checker.ask(index: 0)
    #expect(try checked.check(Self.report(serial))?.isFrame == true)
    #expect(throws: LinkViolation.notAsked) { try checked.check(Self.report(serial)) }
    // Another clip's grant is none.
    checked = try Checked()
    checked.checker.beginLook(Self.grant(clip: ClipID(high: 1, low: 1), from: 5000))
    #expect(throws: LinkViolation.refused(.clearWithoutGrant)) {
      try checked.check(Self.report(checked.checker.ask(index: 0)))
    }
  }

  @Test func whatComesTooLateIsWipedAndNotTaken() throws {
    var checked = try Checked()
    checked.checker.beginLook(Self.grant(milliseconds: 1000, from: 5000))
    // The receiver's own clock has passed the end.
    let first = checked.checker.ask(index: 0)
    #expect(try checked.check(Self.report(first), at: 6000) == nil)
    #expect(checked.taken == [.wipe])
    // The look was ended while the picture was on its way.
    let second = checked.checker.ask(index: 0)
    checked.checker.endLook()
    #expect(!checked.checker.isOwed || !checked.checker.isComplete)
    #expect(try checked.check(Self.report(second)) == nil)
    #expect(checked.taken == [.wipe, .wipe])
    // Once: a second answer to the same wish is a lie.
    #expect(throws: LinkViolation.refused(.clearWithoutGrant)) {
      try checked.check(Self.report(second))
    }
  }

  @Test func throughALensNothingElseComes() throws {
    let window = LensWindow(column: 1, row: 2)
    func begin() throws -> (Checked, UInt32) {
      var checked = try Checked()
      checked.checker.beginLook(Self.grant(.lens, milliseconds: 1000, from: 5000))
      let serial = checked.checker.ask(index: 0, lens: window)
      return (checked, serial)
    }
    var (checked, serial) = try begin()
    guard case .window(0, let part) = try checked.check(Self.report(serial, window)) else {
      Issue.record("the positive control did not come")
      return
    }
    #expect(part.window == window)
    for (report, violation) in [
      (Self.report(1, nil), LinkViolation.refused(.outsideLens)),
      (Self.report(1, .centre), .refused(.outsideLens)),
      (Self.report(1, window, byteCount: 243), .wrongLength),
      (Self.report(1, window, size: PixelSize(width: 161, height: 9)), .refused(.wrongSize)),
    ] {
      (checked, serial) = try begin()
      #expect(throws: violation) { try checked.check(report) }
    }
    // Nor the part alone where all of it was granted.
    checked = try Checked()
    checked.checker.beginLook(Self.grant(milliseconds: 1000, from: 5000))
    serial = checked.checker.ask(index: 0)
    #expect(throws: LinkViolation.refused(.outsideLens)) {
      try checked.check(Self.report(serial, window))
    }
  }
}

extension VeiledFrame {
  /// A grid of the test camera, which is all that a lens's part is laid over.
  static var greyGrid: VeiledFrame? {
    let size = PixelSize(width: 32, height: 18)
    let permit = AdoptionPermit(
      clip: Driver.id, finest: .frosted,
      plan: FrostPlan(
        size: Driver.size, pixelAspect: .one,
        sceneWidthMillimetres: Camera.unknownSceneWidthMillimetres), greys: .even, grant: nil,
      largestClear: Driver.size)
    return try? VeiledFrame.adopt(
      bytes: [UInt8](repeating: 3, count: size.area), frost: .frosted, size: size,
      at: PictureTime(sample: .zero), permit: permit,
      nowMilliseconds: 0)
  }
}

extension FrostedGrid {
  /// A grid with something in it.
  static let test: FrostedGrid = {
    var pass = FrostPass(
      plan: FrostPlan(
        size: Driver.size, pixelAspect: .one,
        sceneWidthMillimetres: Camera.unknownSceneWidthMillimetres), greys: .even, finest: .strict)
    let luma = [UInt8](repeating: 255, count: Driver.size.area)
    guard let shape = LumaShape(size: Driver.size, stride: Driver.size.width, turns: .none),
      let grid = pass.add(luma.span, shape, at: .zero).first
    else { fatalError("the first frame begins a hold") }
    return grid
  }()
}

/// A decoder's end of the link within this process, and what the receiver has of it.
final class TestLink {
  let ring: FrameRing
  private let instructions: OwnedDescriptor
  /// Kept, so that the pipe has a reader.
  private let reports: OwnedDescriptor
  private var ends: DecoderEnds?

  init(_ request: DecodeRequest) throws {
    let (descriptor, ring) = try FrameRing.create(slotByteCount: request.slotByteCount)
    let (readInstructions, writeInstructions) = try OwnedDescriptor.pipe()
    let (readReports, writeReports) = try OwnedDescriptor.pipe()
    self.ring = ring
    instructions = writeInstructions
    reports = readReports
    let clip = try SealedClip([1, 2, 3])
    ends = DecoderEnds(
      clip: clip.descriptor, ring: descriptor, instructions: readInstructions,
      reports: writeReports)
    guard case .play(let showing) = request.mode else { return }
    send(
      .configure(
        sceneWidthMillimetres: request.sceneWidthMillimetres,
        Instruction.Showing(
          size: showing.size, pixelAspect: showing.pixelAspect, finest: showing.finest,
          isClear: showing.isClear, mayLook: showing.mayLook, isPrefetch: showing.isPrefetch,
          raster: showing.raster)))
    send(.greys(showing.greys))
  }

  func channel() throws -> DecoderChannel {
    guard let ends = ends.take() else { throw ChannelEnd.closed }
    return try DecoderChannel(ends)
  }

  func send(_ instruction: Instruction) {
    let bytes = instruction.encoded()
    // The array's own count is written.
    _ = unsafe write(instructions.number, bytes, bytes.count)
  }
}
