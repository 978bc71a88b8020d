// SPDX-License-Identifier: Apache-2.0

import Veil
import Vocabulary

/// Checks a decoder's reports, one after the other, against the request and the vault's facts.
///
/// It has no descriptors and no clock: reports and copies of ring slots go in, events come out. What
/// an honest decoder never sends is thrown and ends the decoder.
struct ReportChecker {
  private let permit: AdoptionPermit?
  private let isPrefetch: Bool
  private var isOpen = false
  private(set) var isComplete = false
  private var isPaused = false
  private var isActive: Bool
  private var hasGreys = false
  private var frameCount = 0
  private var lastTime = MediaTime.zero
  private var nextHold: [Frost: Int] = [:]
  private var wishes: [(index: Int, serial: UInt32)] = []
  private var lastSerial: UInt32 = 0
  private var askedGeneration: UInt32 = 0
  private var doneGeneration: UInt32 = 0
  private var progress: (generation: UInt32, frameCount: Int) = (0, 0)

  init(_ request: DecodeRequest) {
    switch request.mode {
    case .probe:
      permit = nil
      isPrefetch = false
    case .play(let showing):
      permit = AdoptionPermit(
        clip: request.clip, finest: showing.finest, plan: request.plan(showing),
        greys: showing.greys, grant: showing.grant, largestClear: showing.size)
      isPrefetch = showing.isPrefetch && showing.isClear
    }
    isActive = !isPrefetch
  }

  /// Whether the decoder owes a message: its pass, a picture, or a new scale.
  var isOwed: Bool {
    !isPaused && (!isComplete || !wishes.isEmpty || doneGeneration < askedGeneration)
  }

  /// Notes a wish for a clear picture and gives its serial number.
  mutating func ask(index: Int) -> UInt32 {
    lastSerial &+= 1
    wishes.append((index, lastSerial))
    return lastSerial
  }

  /// Notes a new raster and gives its generation.
  mutating func askRefit() -> UInt32 {
    askedGeneration &+= 1
    return askedGeneration
  }

  /// Notes that a prefetched clip may go on.
  mutating func activate() {
    isActive = true
    isPaused = false
  }

  /// Takes the next report.
  ///
  /// `copy` gives a ring slot's first bytes, copied, and the slot back; nil where it cannot be. Nil
  /// is returned for reports that say nothing to the outside.
  mutating func check(
    _ report: Report, copy: (Report.Placement) -> [UInt8]?
  ) throws(LinkViolation) -> DecoderEvent? {
    switch report {
    case .failed(let refusal):
      return .failed(.clip(refusal))
    case .opened(let facts):
      guard !isOpen else { throw .outOfPlace }
      isOpen = true
      return .opened(facts)
    default:
      guard isOpen else { throw .outOfPlace }
    }
    switch report {
    case .opened, .failed: return nil
    case .timeline(let index, let frame): return try checkTimeline(index, frame)
    case .grid(let frost, let hold, let placement):
      return try checkGrid(frost, hold, placement, copy)
    case .frame(let index, let serial, let placement):
      return try checkFrame(index, serial, placement, copy)
    case .greys(let greys):
      guard permit == nil, !hasGreys, !isComplete else { throw .outOfPlace }
      hasGreys = true
      return .greys(greys)
    case .passComplete(let duration, let count):
      return try checkComplete(duration, count)
    case .progress(let generation, let count):
      try checkProgress(generation, count)
    case .refitted(let generation):
      guard generation > doneGeneration, generation <= askedGeneration else { throw .outOfPlace }
      doneGeneration = generation
      return generation == askedGeneration ? .rescaled : nil
    case .paused:
      guard isPrefetch, !isPaused, !isComplete else { throw .outOfPlace }
      // It may have paused before it read that it was activated; then it goes on by itself.
      isPaused = !isActive
    }
    return nil
  }

  private mutating func checkTimeline(
    _ index: Int, _ frame: TimelineFrame
  ) throws(LinkViolation) -> DecoderEvent {
    guard !isComplete else { throw .outOfPlace }
    guard frameCount < LinkLimits.frameCount else { throw .tooMany }
    guard index == frameCount else { throw .outOfPlace }
    guard frameCount == 0 ? frame.time == .zero : frame.time > lastTime,
      frame.time <= LinkLimits.latestTime
    else { throw .timeNotRising }
    frameCount += 1
    lastTime = frame.time
    return .timeline(frame)
  }

  private mutating func checkGrid(
    _ frost: Frost, _ hold: Int, _ placement: Report.Placement,
    _ copy: (Report.Placement) -> [UInt8]?
  ) throws(LinkViolation) -> DecoderEvent {
    guard let permit, frameCount > 0, !isComplete else { throw .outOfPlace }
    guard frost >= permit.finest else { throw .refused(.finerThanAllowed) }
    // A hold begins with a picture that was announced, so their number is bounded by the time.
    guard hold <= frost.holdIndex(at: lastTime) else { throw .tooMany }
    guard hold == nextHold[frost, default: 0] else { throw .outOfPlace }
    guard placement.size == permit.plan.gridSize(frost) else { throw .refused(.wrongSize) }
    guard placement.byteCount == placement.size.area else { throw .wrongLength }
    let veiled = try adopt(placement, frost, permit, copy)
    nextHold[frost] = hold + 1
    return .grid(frost: frost, hold: hold, veiled)
  }

  private mutating func checkFrame(
    _ index: Int, _ serial: UInt32, _ placement: Report.Placement,
    _ copy: (Report.Placement) -> [UInt8]?
  ) throws(LinkViolation) -> DecoderEvent {
    guard let permit else { throw .outOfPlace }
    guard permit.grant != nil else { throw .refused(.clearWithoutGrant) }
    guard permit.finest == .clear else { throw .refused(.finerThanAllowed) }
    guard let wish = wishes.firstIndex(where: { $0.serial == serial }), index < frameCount else {
      throw .notAsked
    }
    let isLast = isComplete && index == frameCount - 1 && wishes[wish].index > index
    guard wishes[wish].index == index || isLast else { throw .notAsked }
    // The size comes first: a product of two hostile numbers could overflow.
    guard (1...permit.largestClear.width).contains(placement.size.width),
      (1...permit.largestClear.height).contains(placement.size.height)
    else { throw .refused(.wrongSize) }
    guard placement.byteCount == placement.size.area * 3 else { throw .wrongLength }
    let veiled = try adopt(placement, .clear, permit, copy)
    wishes.removeSubrange(...wish)
    return .frame(index: index, veiled)
  }

  private func adopt(
    _ placement: Report.Placement, _ frost: Frost, _ permit: AdoptionPermit,
    _ copy: (Report.Placement) -> [UInt8]?
  ) throws(LinkViolation) -> VeiledFrame {
    guard (0..<FrameRing.slotCount).contains(placement.slot) else { throw .wrongSlot }
    guard let bytes = copy(placement) else { throw .wrongLength }
    do {
      return try VeiledFrame.adopt(
        bytes: bytes, frost: frost, size: placement.size, permit: permit)
    } catch {
      throw .refused(error)
    }
  }

  private mutating func checkComplete(
    _ duration: MediaTime, _ count: Int
  ) throws(LinkViolation) -> DecoderEvent {
    guard !isComplete, count == frameCount, count > 0, permit != nil || hasGreys else {
      throw .outOfPlace
    }
    guard duration > lastTime, duration <= LinkLimits.longestDuration else {
      throw .timeNotRising
    }
    isComplete = true
    return .passComplete(duration: duration, frameCount: count)
  }

  private mutating func checkProgress(
    _ generation: UInt32, _ count: Int
  ) throws(LinkViolation) {
    guard isComplete, generation > doneGeneration, generation <= askedGeneration else {
      throw .outOfPlace
    }
    // Strictly rising, so that signs of life cannot go on for ever.
    guard count <= frameCount, (generation, count) > progress else { throw .tooMany }
    progress = (generation, count)
  }
}
