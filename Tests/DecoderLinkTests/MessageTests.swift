// SPDX-License-Identifier: Apache-2.0

import Lockdown
import TestSupport
import Testing
import Veil
import Vocabulary

@testable import DecoderLink

/// Messages keep their fields and refuse everything else.
@Suite struct MessageTests {
  static let placement = Report.Placement(
    slot: 3, size: PixelSize(width: 64, height: 36), byteCount: 2304)
  static let reports: [Report] = [
    .opened(
      StreamFacts(
        size: PixelSize(width: 4096, height: 1), pixelAspect: Ratio(4, 3),
        frameRate: Ratio(30_000, 1001), expectedDuration: LinkLimits.longestDuration,
        codec: "h264_0123456789_")),
    .timeline(
      index: 7_199,
      TimelineFrame(
        time: MediaTime(microseconds: 59_999_999), motion: 65_280, movedEighths: 0xA5)),
    .grid(frost: .soft, hold: 300, placement), .frame(index: 9, serial: .max, placement, nil),
    .frame(index: 9, serial: 8, placement, LensWindow(column: 6, row: 1)),
    .greys(.even), .passComplete(duration: MediaTime(milliseconds: 1), frameCount: 1),
    .failed(.outOfMemory), .progress(generation: 2, frameCount: 5), .refitted(generation: 2),
    .paused,
  ]
  static let raster = Raster(limit: PixelSize(width: 1200, height: 675), pixelAspect: Ratio(1, 2))
  static let instructions: [Instruction] = [
    .configure(sceneWidthMillimetres: 1285, nil),
    .configure(
      sceneWidthMillimetres: 9,
      Instruction.Showing(
        size: PixelSize(width: 1920, height: 1080), pixelAspect: .one, finest: .clear,
        isClear: true, mayLook: true, isPrefetch: true, raster: raster, regionCount: 64)),
    .greys(.even), .frame(index: 3, serial: 4, nil),
    .frame(index: 3, serial: 4, LensWindow(column: 0, row: 6)), .refit(raster, generation: 5),
    .activate,
    .region(
      Instruction.RegionHead(
        kind: .screen, frost: .solid, from: .zero, until: Region.latestTime, keyCount: 240)),
    .regionKeys((0..<5).map { Region.Key(time: MediaTime(microseconds: $0), box: .whole) }),
    .release(slot: 2), .look(milliseconds: 60_000, isLens: true),
    .look(milliseconds: 0, isLens: false), .endLook,
  ]

  @Test func reportsKeepTheirFields() throws {
    for report in Self.reports {
      #expect(report.encoded().count == 64)
      #expect(try Report(report.encoded()) == report)
    }
  }

  @Test func instructionsKeepTheirFields() throws {
    for instruction in Self.instructions {
      #expect(instruction.encoded().count == 64)
      #expect(try Instruction(instruction.encoded()) == instruction)
    }
  }

  @Test func impossiblePanesAndFactsAreBounded() throws {
    let none = Raster(limit: PixelSize(width: 0, height: -3), pixelAspect: Ratio(0, 5))
    #expect(none.limit == PixelSize(width: 1, height: 1) && none.pixelAspect == .one)
    let refit = Instruction.refit(none, generation: 1)
    #expect(try Instruction(refit.encoded()) == refit)
    let request = Driver.play(isClear: true, size: PixelSize(width: -1, height: 1 << 50))
    guard case .play(let showing) = request.mode else { return }
    #expect(showing.size == PixelSize(width: 1, height: 4096))
    #expect(request.slotByteCount == 4096 * 3)
  }

  @Test func paddingAndLengthAreChecked() {
    for report in Self.reports {
      var bytes = report.encoded()
      bytes[63] = 1
      #expect(throws: LinkViolation.malformed) { try Report(bytes) }
      #expect(throws: LinkViolation.self) { try Report(Array(report.encoded().dropLast())) }
    }
  }

  /// Whatever 64 bytes come, they are refused or mean exactly what they say.
  @Test func anyBytesAreRefusedOrReadExactly() throws {
    var random = SeededGenerator(seed: 11)
    var accepted = 0
    for round in 0..<20_000 {
      var bytes = Self.reports[round % Self.reports.count].encoded()
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        bytes[Int.random(in: 0..<64, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      guard let report = try? Report(bytes) else { continue }
      accepted += 1
      #expect(report.encoded() == bytes)
    }
    #expect(accepted > 1_000)
  }

  /// Hostile reports in any order never trap the checker, and only allowed pictures come out.
  @Test func checkerSurvivesAnySequence() {
    var random = SeededGenerator(seed: 12)
    var grids = 0
    for _ in 0..<400 {
      var checker = ReportChecker(Driver.play())
      _ = try? checker.check(Self.reports[0], nowMilliseconds: 0) { _, _ in nil }
      for _ in 0..<50 {
        let report = Self.likely(&random)
        let event = try? checker.check(report, nowMilliseconds: 0) { placement, _ in
          guard placement.byteCount <= 4096 else { return nil }
          return (0..<placement.byteCount).map { _ in UInt8.random(in: 0...5, using: &random) }
        }
        guard case .grid(let frost, _, let veiled) = event else { continue }
        grids += 1
        #expect(frost >= .frosted && veiled.frost == frost)
      }
    }
    #expect(grids > 100)
  }

  @Test func whatIsCheckedIsACopy() throws {
    let (_, memory) = try SharedMemory.create(byteCount: 4 * 4096)
    let ring = FrameRing(memory)
    let size = PixelSize(width: 32, height: 18)
    #expect(ring.write(Array(repeating: 2, count: size.area), slot: 1))
    var checker = ReportChecker(Driver.play())
    _ = try checker.check(Self.reports[0], nowMilliseconds: 0) { _, _ in nil }
    _ = try checker.check(
      .timeline(index: 0, TimelineFrame(time: .zero, motion: 0, movedEighths: 0)),
      nowMilliseconds: 0
    ) { _, _ in nil }
    let placement = Report.Placement(slot: 1, size: size, byteCount: size.area)
    let report = Report.grid(frost: .frosted, hold: 0, placement)
    let event = try checker.check(report, nowMilliseconds: 0) { placement, _ in
      let copy = ring.copy(slot: placement.slot, count: placement.byteCount)
      // What a hostile decoder does at the worst moment: after the copy, before the check.
      _ = ring.write(Array(repeating: 255, count: placement.byteCount), slot: placement.slot)
      return copy
    }
    guard case .grid(_, _, let veiled) = event, case .grid(_, let greys) = veiled.content else {
      Issue.record("no grid")
      return
    }
    #expect(greys == Array(repeating: GreyScale.even.frosted[2], count: size.area))
  }

  @Test func everyFailureHasASentence() {
    let violations: [LinkViolation] = [
      .unknownKind(1), .malformed, .cutMessage, .outOfPlace, .timeNotRising, .tooMany, .wrongSlot,
      .wrongLength, .notAsked, .refused(.finerThanAllowed), .refused(.clearWithoutGrant),
      .refused(.wrongSize), .refused(.valueTooHigh), .refused(.noPicture),
      .refused(.lookIsOver), .refused(.outsideLens), .refused(.uncovered),
    ]
    var failures: [DecoderFailure] = [
      .crashed(.signalled(9)), .crashed(.exited(code: 1)), .hung, .notStarted(code: 11), .hostGone,
    ]
    failures += violations.map { .lied($0) } + ClipError.allCases.map { .clip($0) }
    for failure in failures {
      #expect(
        failure.sentence.count > 10 && failure.sentence.last?.isPunctuation != true
          || failure.sentence.hasSuffix(")"))
    }
    let missing = SystemError(call: "/no/decoder", code: 2)
    let errors: [LinkError] = [
      .cannotStart(missing), .system(missing), .memory(.system(missing)), .hostGone,
    ]
    #expect(Set(errors.map(\.sentence)).count == errors.count)
    #expect(
      LinkError.cannotStart(missing).sentence
        == "cannot be started (/no/decoder: No such file or directory)")
    #expect(Set(ClipError.allCases.map(\.sentence)).count == ClipError.allCases.count)
  }

  private static func likely(_ random: inout SeededGenerator) -> Report {
    let frost: Frost = Bool.random(using: &random) ? .frosted : .soft
    let size =
      frost == .frosted
      ? PixelSize(width: 32, height: 18) : PixelSize(width: 64, height: 36)
    let slot = Int.random(in: 0...4, using: &random)
    let index = Int.random(in: 0...3, using: &random)
    switch Int.random(in: 0...4, using: &random) {
    case 0, 1:
      let time = MediaTime(milliseconds: Int64(index) * 600)
      return .timeline(index: index, TimelineFrame(time: time, motion: 0, movedEighths: 0))
    case 2, 3:
      return .grid(
        frost: frost, hold: index,
        Report.Placement(slot: slot, size: size, byteCount: size.area))
    default: return reports[Int.random(in: 0..<reports.count, using: &random)]
    }
  }
}
