// SPDX-License-Identifier: Apache-2.0

import Veil
import Vocabulary

@testable import DecoderLink

/// What crosses between decoders and the process that shows their pictures.
extension ParserTarget {
  static let link: [ParserTarget] = [
    ParserTarget(name: "report", seeds: { reports.map { $0.encoded() } }) { bytes in
      guard let report = try? Report(bytes) else { return false }
      expect(report.encoded() == bytes, "a report has one form")
      return true
    },
    ParserTarget(name: "instruction", seeds: { instructions.map { $0.encoded() } }) { bytes in
      guard let instruction = try? Instruction(bytes) else { return false }
      expect(instruction.encoded() == bytes, "an instruction has one form")
      return true
    },
    ParserTarget(name: "zygote", seeds: zygoteMessages, read: readZygote),
    ParserTarget(name: "checker", seeds: conversations, read: readConversation),
  ]

  private static let size = PixelSize(width: 160, height: 90)
  private static let grid = Report.Placement(
    slot: 1, size: PixelSize(width: 32, height: 18), byteCount: 576)
  private static let clear = Report.Placement(
    slot: 2, size: PixelSize(width: 8, height: 4), byteCount: 96)

  private static let reports: [Report] = [
    .opened(
      StreamFacts(
        size: size, pixelAspect: Ratio(4, 3), frameRate: Ratio(30_000, 1001),
        expectedDuration: MediaTime(milliseconds: 800), codec: "h264")),
    .timeline(
      index: 0, TimelineFrame(time: .zero, motion: 65_280, movedEighths: 0xA5)),
    .grid(frost: .frosted, hold: 0, grid), .frame(index: 0, serial: 1, clear, nil), .greys(.even),
    .progress(generation: 1, frameCount: 1), .refitted(generation: 1), .paused,
    .passComplete(duration: MediaTime(milliseconds: 800), frameCount: 1), .failed(.damaged),
  ]
  private static let raster = Raster(
    limit: PixelSize(width: 120, height: 72), pixelAspect: Ratio(1, 2))

  private static let instructions: [Instruction] = [
    .configure(sceneWidthMillimetres: 1285, nil),
    .configure(
      sceneWidthMillimetres: 9,
      Instruction.Showing(
        size: size, pixelAspect: .one, finest: .clear, isClear: true, mayLook: true,
        isPrefetch: true, raster: raster, regionCount: 3)),
    .greys(.even), .frame(index: 3, serial: 4, nil), .refit(raster, generation: 5), .activate,
    .release(slot: 2), .frame(index: 3, serial: 4, LensWindow(column: 1, row: 6)),
    .look(milliseconds: 1000, isLens: true), .endLook,
    .region(
      Instruction.RegionHead(
        kind: .text, frost: .solid, from: MediaTime(milliseconds: 100),
        until: MediaTime(milliseconds: 900), keyCount: 7)),
    .regionKeys([Region.Key(time: .zero, box: .whole)]),
    .regionKeys(Array(repeating: Region.Key(time: .zero, box: .whole), count: 5)),
  ]

  private static func zygoteMessages() -> [[UInt8]] {
    let notices: [ZygoteNotice] = [
      .ready(version: ZygoteNotice.version), .started(token: 1, process: 70_000),
      .notStarted(token: 2, code: 11), .ended(token: 1, .exited(code: 0)),
      .ended(token: 1, .signalled(9)),
    ]
    let orders: [ZygoteOrder] = [.open(token: 1), .kill(token: .max)]
    return notices.map { $0.encoded() } + orders.map { $0.encoded() }
  }

  private static func readZygote(_ bytes: [UInt8]) -> Bool {
    if let notice = try? ZygoteNotice(bytes) {
      expect((try? ZygoteNotice(notice.encoded())) == notice, "a notice comes back")
      return true
    }
    guard let order = try? ZygoteOrder(bytes) else { return false }
    expect((try? ZygoteOrder(order.encoded())) == order, "an order comes back")
    return true
  }

  /// The first byte says how the clip was asked for, and what lies in the ring.
  private static func conversations() -> [[UInt8]] {
    let all = reports.map { $0.encoded() }
    let frosted = [all[0], all[1], all[2], all[8]]
    let shown = [all[0], all[1], all[3], all[8], all[5], all[6]]
    let probed = [all[0], all[1], all[4], all[8]]
    return [[0] + probed.joined(), [1] + frosted.joined(), [2] + shown.joined()]
      + [[3] + [all[0], all[1], all[7]].joined()]
  }

  private static func readConversation(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first else { return false }
    var checker = ReportChecker(request(first))
    let isClear = first & 3 > 1
    if isClear {
      for index in 0..<3 { _ = checker.ask(index: index) }
      _ = checker.askRefit()
    }
    var isTaken = false
    for start in stride(from: 1, to: bytes.count, by: WireMessage.byteCount) {
      let message = Array(bytes[start..<min(start + WireMessage.byteCount, bytes.count)])
      guard let report = try? Report(message) else { return isTaken }
      do throws(LinkViolation) {
        let event = try checker.check(report, nowMilliseconds: 0) { placement, _ in
          guard placement.byteCount <= 1 << 20 else { return nil }
          return [UInt8](repeating: first >> 2, count: placement.byteCount)
        }
        check(event, isClear)
        isTaken = true
      } catch {
        return isTaken
      }
    }
    return isTaken
  }

  /// What comes out is what frost and camera allow, whatever went in.
  private static func check(_ event: DecoderEvent?, _ isClear: Bool) {
    switch event {
    case .grid(let frost, _, let veiled):
      guard case .grid(let size, let greys) = veiled.content else {
        fatalError("broken: a grid is one")
      }
      expect(frost >= .frosted && veiled.frost == frost, "no finer frost than asked for")
      expect(size.area == greys.count && size.width <= 32, "a grid has its size")
      let allowed = GreyScale.even.frosted + GreyScale.even.strict
      expect(greys.allSatisfy(allowed.contains), "a grid has the frost's greys")
    case .frame(_, let veiled):
      expect(isClear, "no clear picture without a grant")
      guard case .colour(let size, let rgb) = veiled.content else {
        fatalError("broken: a picture is one")
      }
      expect(size.area * 3 == rgb.count && size.width <= 160, "a picture has its size")
    case .timeline(let frame):
      expect(frame.time <= LinkLimits.latestTime, "no picture comes after the last")
    default: break
    }
  }

  private static func request(_ first: UInt8) -> DecodeRequest {
    let id = ClipID(high: 7, low: 9)
    let width = Camera.unknownSceneWidthMillimetres
    let way = first & 3
    if way == 0 { return .probe(clip: id, sceneWidthMillimetres: width) }
    let facts = ClipFacts(
      size: size, pixelAspect: .one, duration: MediaTime(milliseconds: 800), frameCount: 8,
      frameRate: Ratio(10, 1), codec: "h264", greys: .even)
    let camera = Camera(
      id: CameraID("bench"), sceneWidthMillimetres: width, room: "bench", isStaff: true)
    let record = ClipRecord(
      id: id, source: .staffTest, consent: "", camera: camera.id, recordedAt: "",
      alert: CameraAlert(label: "", score: nil, model: ""), predictions: [], facts: facts,
      ingestedAtMilliseconds: 0)
    return .play(
      clip: id, facts: facts, sceneWidthMillimetres: width,
      finest: way == 1 ? .frosted : .clear,
      grant: way == 1 ? nil : ClearGrant.staffTest(record: record, camera: camera),
      raster: raster, isPrefetch: way == 3)
  }
}
