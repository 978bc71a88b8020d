// SPDX-License-Identifier: Apache-2.0

package import DecoderLink
import Glibc
import Lockdown
package import TestSupport
import Veil
package import Vocabulary

/// Plays damaged clips in real decoders as the review screen does: measures them, shows them frosted
/// or clear, asks for pictures, resizes and prefetches in between.
package final class ClipPlayer {
  private let program: String
  private var host: DecoderHost

  /// How a clip is played.
  package enum Way: CaseIterable, Sendable { case probe, frosted, clear, prefetched }

  /// What came of playing a clip.
  package struct Outcome: Sendable {
    package let end: ClipEnd
    package let way: Way
    /// Milliseconds from opening to the end.
    package let milliseconds: Int64
    package let frameCount: Int
  }

  /// The longest that a clip may take while it shows signs of life, in milliseconds.
  private static let patience: Int64 = 20_000
  /// The longest silence, the watchdog's work included.
  private static let longestSilence: Int64 = 3_000

  /// Starts a decoder program.
  package init(program: String) throws(LinkError) {
    self.program = program
    host = try DecoderHost.start(executable: program)
  }

  /// Plays a clip to its end.
  package func play(
    _ bytes: [UInt8], size: PixelSize, way: Way, random: SeededGenerator
  ) throws -> Outcome {
    var random = random
    let clip = try SealedClip(bytes)
    let start = Self.now()
    let handle = try host.open(Self.request(way, size), clip: clip, nowMilliseconds: start)
    var run = Run(way: way, lastNews: start)
    while run.end == nil {
      let now = Self.now()
      let news = step(handle, now)
      run.take(news.events, now)
      run.note(isHostGone: news.isHostGone, now)
      if run.isComplete, way == .probe || handle.deadlineMilliseconds == nil { run.finish() }
      if now - run.lastNews > Self.longestSilence { run.end = .failed(.hang) }
      if now - start > Self.patience { run.end = run.end ?? .slow }
      if way != .probe { run.wish(handle, now, &random) }
    }
    handle.close()
    let end = run.end ?? .slow
    if end == .failed(.hostGone) { host = try DecoderHost.start(executable: program) }
    return Outcome(
      end: end, way: way, milliseconds: Self.now() - start, frameCount: run.frameCount)
  }

  private func step(
    _ handle: DecoderHandle, _ now: Int64
  ) -> (events: [DecoderEvent], isHostGone: Bool) {
    var waits = [host.fileDescriptor, handle.fileDescriptor].compactMap { $0 }
      .map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    // The array's own count is passed.
    _ = unsafe poll(&waits, nfds_t(waits.count), 20)
    let isHostGone = host.receive().contains(.zygoteLost)
    var events = handle.receive(nowMilliseconds: Self.now())
    events += handle.checkDeadline(nowMilliseconds: Self.now())
    return (events, isHostGone)
  }

  /// A clip on its way.
  private struct Run {
    let way: Way
    var lastNews: Int64
    var end: ClipEnd?
    var isComplete = false
    var frameCount = 0
    private var wishCount = 0

    init(way: Way, lastNews: Int64) {
      self.way = way
      self.lastNews = lastNews
    }

    mutating func take(_ events: [DecoderEvent], _ now: Int64) {
      if !events.isEmpty { lastNews = now }
      for event in events {
        switch event {
        case .failed(let failure): end = ClipEnd(failure)
        case .passComplete: isComplete = true
        case .timeline: frameCount += 1
        default: break
        }
      }
    }

    mutating func note(isHostGone: Bool, _ now: Int64) {
      if isHostGone { end = .failed(.hostGone) }
    }

    mutating func finish() { end = end ?? .complete }

    /// Asks for what a person at the keys asks for: at most a dozen things.
    mutating func wish(
      _ handle: DecoderHandle, _ now: Int64, _ random: inout SeededGenerator
    ) {
      guard end == nil, wishCount < 12, frameCount > wishCount / 3 else { return }
      wishCount += 1
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        handle.requestFrame(index: Int.random(in: 0..<20, using: &random), nowMilliseconds: now)
      case 1:
        let limit = PixelSize(
          width: Int.random(in: 1...240, using: &random),
          height: Int.random(in: 1...140, using: &random))
        handle.resize(Raster(limit: limit, pixelAspect: Ratio(1, 2)), nowMilliseconds: now)
      case 2: handle.activate(nowMilliseconds: now)
      default: handle.requestFrame(index: .max, nowMilliseconds: now)
      }
    }
  }

  private static func now() -> Int64 {
    var time = timespec()
    // The structure that it is given is written.
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  private static let id = ClipID(high: 7, low: 9)
  private static let width = Camera.unknownSceneWidthMillimetres

  private static func request(_ way: Way, _ size: PixelSize) -> DecodeRequest {
    if way == .probe { return .probe(clip: id, sceneWidthMillimetres: width) }
    let facts = ClipFacts(
      size: size, pixelAspect: .one, duration: MediaTime(milliseconds: 800), frameCount: 8,
      frameRate: Ratio(10, 1), codec: "h264", greys: .even)
    return .play(
      clip: id, facts: facts, sceneWidthMillimetres: width,
      finest: way == .frosted ? .frosted : .clear, grant: way == .frosted ? nil : grant(facts),
      raster: Raster(limit: PixelSize(width: 120, height: 72), pixelAspect: .one),
      isPrefetch: way == .prefetched)
  }

  /// A staff test camera's clip comes with a grant.
  private static func grant(_ facts: ClipFacts) -> ClearGrant? {
    let camera = Camera(
      id: CameraID("bench"), sceneWidthMillimetres: width, room: "bench", isStaff: true)
    let record = ClipRecord(
      id: id, source: .staffTest, consent: "", camera: camera.id, recordedAt: "",
      alert: CameraAlert(label: "", score: nil, model: ""), predictions: [], facts: facts,
      ingestedAtMilliseconds: 0)
    return ClearGrant.staffTest(record: record, camera: camera)
  }
}
