// SPDX-License-Identifier: Apache-2.0

import Veil
import Vocabulary

/// Checks a decoder's reports, one after the other, against the request and the vault's facts.
///
/// It has no descriptors and no clock: reports and copies of ring slots go in, events come out. What
/// an honest decoder never sends is thrown and ends the decoder.
struct ReportChecker {
  private var permit: AdoptionPermit?
  /// The look that goes on; nil while there is none.
  private(set) var look: ClearGrant?
  private let isPrefetch: Bool
  private var isOpen = false
  private(set) var isComplete = false
  private var isPaused = false
  private var isActive: Bool
  private var hasGreys = false
  /// The times of the pictures that were announced.
  private var times: [MediaTime] = []
  private var nextHold: [Frost: Int] = [:]
  /// The times of the pictures that the frosts' last grids were made of.
  private var samples: [Frost: MediaTime] = [:]
  private var wishes: [Wish] = []
  /// The serial numbers of wishes whose look is over: their answers may be on the way.
  private var lapsed: Set<UInt32> = []
  private var lastSerial: UInt32 = 0
  private var askedGeneration: UInt32 = 0
  private var doneGeneration: UInt32 = 0
  private var progress: (generation: UInt32, frameCount: Int) = (0, 0)

  private struct Wish {
    let index: Int
    let serial: UInt32
    /// What allows the answer.
    let grant: ClearGrant?
  }

  private var frameCount: Int { times.count }
  private var lastTime: MediaTime { times.last ?? .zero }

  /// A clear picture, or the part of it that a lens shows, as the decoder announces it.
  private struct ClearReport {
    let index: Int
    let serial: UInt32
    let placement: Report.Placement
    let lens: LensWindow?
  }

  /// How a ring slot's bytes are had: copied, or only wiped; the slot is given back in both cases.
  enum Taking { case copy, wipe }

  init(_ request: DecodeRequest) {
    switch request.mode {
    case .probe:
      permit = nil
      isPrefetch = false
    case .play(let showing):
      permit = AdoptionPermit(
        clip: request.clip, finest: showing.finest, plan: request.plan(showing),
        greys: showing.greys, regions: showing.regions, grant: showing.grant,
        largestClear: showing.size)
      isPrefetch = showing.isPrefetch && showing.keepsClear
    }
    isActive = !isPrefetch
  }

  /// Whether the decoder owes a message: its pass, a picture, or a new scale.
  var isOwed: Bool {
    !isPaused && (!isComplete || !wishes.isEmpty || doneGeneration < askedGeneration)
  }

  /// Notes a wish for a clear picture, for the part of it that `lens` shows where a look has one, and
  /// gives its serial number.
  mutating func ask(index: Int, lens: LensWindow? = nil) -> UInt32 {
    lastSerial &+= 1
    let grant = look ?? permit?.grant
    wishes.append(
      Wish(index: index, serial: lastSerial, grant: lens.flatMap { grant?.moved(to: $0) } ?? grant))
    return lastSerial
  }

  /// Notes that a look goes on from now; one for another clip is none.
  mutating func beginLook(_ grant: ClearGrant) {
    guard grant.clip == permit?.clip else { return }
    look = grant
  }

  /// Notes that the look is over: what was wished for under it is owed no more, and dropped if it
  /// still comes.
  mutating func endLook() {
    look = nil
    lapsed.formUnion(wishes.filter { $0.grant?.deadlineMilliseconds != nil }.map(\.serial))
    wishes.removeAll { $0.grant?.deadlineMilliseconds != nil }
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
  /// `take` gives a ring slot's first bytes, copied where they are wanted, and the slot back; nil
  /// where it cannot be. Nil is returned for reports that say nothing to the outside. `now` is the
  /// monotonic clock in milliseconds.
  mutating func check(
    _ report: Report, nowMilliseconds now: Int64,
    take: (Report.Placement, Taking) -> [UInt8]?
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
      return try checkGrid(frost, hold, placement, now, take)
    case .frame(let index, let serial, let placement, let lens):
      if lapsed.remove(serial) != nil {
        _ = try bytes(placement, take, .wipe)
        return nil
      }
      return try checkFrame(
        ClearReport(index: index, serial: serial, placement: placement, lens: lens), now, take)
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
    times.append(frame.time)
    return .timeline(frame)
  }

  private mutating func checkGrid(
    _ frost: Frost, _ hold: Int, _ placement: Report.Placement, _ now: Int64,
    _ take: (Report.Placement, Taking) -> [UInt8]?
  ) throws(LinkViolation) -> DecoderEvent {
    guard let permit, frameCount > 0, !isComplete else { throw .outOfPlace }
    guard frost >= permit.finest else { throw .refused(.finerThanAllowed) }
    // A hold begins with a picture that was announced, so their number is bounded by the time.
    guard hold <= frost.holdIndex(at: lastTime) else { throw .tooMany }
    guard hold == nextHold[frost, default: 0] else { throw .outOfPlace }
    guard placement.size == permit.plan.gridSize(frost) else { throw .refused(.wrongSize) }
    guard placement.byteCount == placement.size.area else { throw .wrongLength }
    let bytes = try bytes(placement, take)
    nextHold[frost] = hold + 1
    let sample = sample(frost, hold)
    samples[frost] = sample
    do {
      let veiled = try VeiledFrame.adopt(
        bytes: bytes, frost: frost, size: placement.size,
        at: PictureTime(sample: sample, hold: hold), permit: permit, nowMilliseconds: now)
      self.permit?.regions.note(bytes, frost)
      return .grid(frost: frost, hold: hold, veiled)
    } catch { throw .refused(error) }
  }

  /// The time of the picture that a hold's grid is of: the first one in it, else the last grid's.
  private func sample(_ frost: Frost, _ hold: Int) -> MediaTime {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if frost.holdIndex(at: times[middle]) < hold { low = middle + 1 } else { high = middle }
    }
    guard low < times.count, frost.holdIndex(at: times[low]) == hold else {
      return samples[frost] ?? .zero
    }
    return times[low]
  }

  private mutating func checkFrame(
    _ report: ClearReport, _ now: Int64, _ take: (Report.Placement, Taking) -> [UInt8]?
  ) throws(LinkViolation) -> DecoderEvent? {
    guard var permit else { throw .outOfPlace }
    guard look != nil || permit.grant != nil else { throw .refused(.clearWithoutGrant) }
    let (index, placement) = (report.index, report.placement)
    guard let place = wishes.firstIndex(where: { $0.serial == report.serial }), index < frameCount
    else { throw .notAsked }
    let wish = wishes[place]
    let isLast = isComplete && index == frameCount - 1 && wish.index > index
    guard wish.index == index || isLast else { throw .notAsked }
    // The size comes first: a product of two hostile numbers could overflow.
    guard (1...permit.largestClear.width).contains(placement.size.width),
      (1...permit.largestClear.height).contains(placement.size.height)
    else { throw .refused(.wrongSize) }
    let size = report.lens?.size(of: placement.size) ?? placement.size
    guard placement.byteCount == size.area * 3 else { throw .wrongLength }
    permit.grant = wish.grant
    wishes.removeSubrange(...place)
    // What was sent in time may be read too late: it is dropped, not a lie.
    if let deadline = wish.grant?.deadlineMilliseconds, now >= deadline {
      _ = try bytes(placement, take, .wipe)
      return nil
    }
    let bytes = try bytes(placement, take)
    do {
      guard let lens = report.lens else {
        let veiled = try VeiledFrame.adopt(
          bytes: bytes, frost: .clear, size: placement.size,
          at: PictureTime(sample: times[index]), permit: permit, nowMilliseconds: now)
        return .frame(index: index, veiled)
      }
      return .window(
        index: index,
        try ClearWindow.adopt(
          bytes: bytes, window: lens, of: placement.size, at: times[index], permit: permit,
          nowMilliseconds: now))
    } catch { throw .refused(error) }
  }

  private func bytes(
    _ placement: Report.Placement, _ take: (Report.Placement, Taking) -> [UInt8]?,
    _ taking: Taking = .copy
  ) throws(LinkViolation) -> [UInt8] {
    guard (0..<FrameRing.slotCount).contains(placement.slot) else { throw .wrongSlot }
    guard let bytes = take(placement, taking) else { throw .wrongLength }
    return bytes
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
