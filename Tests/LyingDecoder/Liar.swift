// SPDX-License-Identifier: Apache-2.0

import DecoderLink
import Glibc
import Lockdown
import Veil
import Vocabulary

/// A decoder that tells the lie its clip names, after an honest beginning.
struct Liar {
  private let channel: DecoderChannel
  private let reports: OwnedDescriptor
  private let ring: MappedMemory
  private let plan: FrostPlan
  private let ends: RawEnds

  /// Tells the lie and waits for the receiver to act on it.
  static func run(_ ends: consuming DecoderEnds) -> Int32 {
    do {
      let reports = ends.reports
      let raw = RawEnds(
        clip: ends.clip, ring: ends.ring, instructions: ends.instructions, reports: ends.reports)
      let ring = try SharedMemory.map(ends.ring)
      let channel = try DecoderChannel(ends)
      let bytes = channel.clip.copy(at: 0, count: channel.clip.byteCount) ?? []
      guard case .play(let playing) = channel.assignment else { return 1 }
      let liar = Liar(
        channel: channel, reports: reports, ring: ring, plan: playing.plan, ends: raw)
      return try liar.tell(lie(in: bytes))
    } catch {
      return 2
    }
  }

  /// The lie that a clip asks for: its bytes themselves, or what stands after `lie:` in the last
  /// bytes of a clip that plays elsewhere; an honest decoder without.
  private static func lie(in bytes: [UInt8]) -> String {
    let tail = String(decoding: bytes.suffix(64), as: UTF8.self)
    if let mark = tail.firstRange(of: "lie:") {
      return String(tail[mark.upperBound...].prefix { $0 != ";" })
    }
    return bytes.count < 64 ? tail : "honest"
  }

  private func tell(_ lie: String) throws -> Int32 {
    if lie != "not-opened" { try channel.send(.opened(facts)) }
    try sendFrame(0, at: 0)
    if try tellMessage(lie) || tellRegion(lie) || tellNumber(lie) || tellPicture(lie)
      || tellFlood(lie)
      || tellPipe(lie)
    {
      while true { try channel.takeInstructions(waiting: true) }
    }
    return 3
  }

  private func finish() throws {
    try channel.send(.passComplete(duration: MediaTime(milliseconds: 40), frameCount: 1))
  }

  private var facts: StreamFacts {
    StreamFacts(
      size: plan.size, pixelAspect: .one, frameRate: Ratio(25, 1), expectedDuration: .zero,
      codec: "h264")
  }

  private func sendFrame(_ index: Int, at microseconds: Int64) throws {
    let time = MediaTime(microseconds: microseconds)
    try channel.send(
      .timeline(index: index, TimelineFrame(time: time, motion: 0, movedEighths: 0)))
  }

  private func sendRaw(_ bytes: [UInt8]) {
    // The array's own count is written.
    _ = unsafe write(reports.number, bytes, bytes.count)
  }

  /// Lies in the messages themselves; false where the name is not one of these.
  private func tellMessage(_ lie: String) throws -> Bool {
    switch lie {
    case "honest":
      try sendGrid(.frosted, hold: 0)
      try finish()
    case "after-the-end":
      try finish()
      try sendFrame(1, at: 40_000)
    case "ended-twice":
      try finish()
      try finish()
    case "grid-after-the-end":
      try finish()
      try sendGrid(.frosted, hold: 0)
    case "ignores-wishes": try finish()
    case "refitted-unasked": try channel.send(.refitted(generation: 1))
    case "failed-and-on":
      try channel.send(.failed(.damaged))
      try sendGrid(.frosted, hold: 0)
    case "not-opened": break
    case "opened-twice": try channel.send(.opened(facts))
    case "impossible-facts":
      var facts = facts
      facts.size.width = 4097
      try channel.send(.opened(facts))
    case "unknown-kind": sendRaw([200] + [UInt8](repeating: 0, count: 63))
    case "padding":
      var bytes = Report.paused.encoded()
      bytes[63] = 1
      sendRaw(bytes)
    case "cut-message":
      sendRaw([66, 0, 0])
      exit(0)
    case "time-back":
      try sendFrame(1, at: 40_000)
      try sendFrame(2, at: 40_000)
    case "time-beyond": try sendFrame(1, at: 60_000_001)
    case "wrong-count":
      try channel.send(.passComplete(duration: MediaTime(milliseconds: 40), frameCount: 2))
    case "too-long":
      try channel.send(.passComplete(duration: MediaTime(milliseconds: 62_001), frameCount: 1))
    case "paused": try channel.send(.paused)
    case "greys": try channel.send(.greys(.even))
    case "crash":
      // A decoder may not even signal itself: abort ends it by a fault.
      abort()
    case "denied":
      _ = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      exit(6)
    case "give-up": exit(9)
    case "silent": break
    default: return false
    }
    return true
  }

  /// Lies with numbers that nothing has.
  private func tellNumber(_ lie: String) throws -> Bool {
    let still = TimelineFrame(time: .zero, motion: 0, movedEighths: 0)
    let most = Int(UInt32.max)
    switch lie {
    case "huge-index": try channel.send(.timeline(index: most, still))
    case "negative-time": try sendFrame(1, at: .min)
    case "huge-time": try sendFrame(1, at: .max)
    case "huge-motion":
      let frame = TimelineFrame(
        time: MediaTime(microseconds: 1), motion: 65_281, movedEighths: 255)
      try channel.send(.timeline(index: 1, frame))
    case "negative-duration":
      try channel.send(.passComplete(duration: MediaTime(microseconds: .min), frameCount: 1))
    case "huge-duration":
      try channel.send(.passComplete(duration: MediaTime(microseconds: .max), frameCount: 1))
    case "huge-count":
      try channel.send(.passComplete(duration: MediaTime(milliseconds: 40), frameCount: most))
    case "huge-generation": try channel.send(.refitted(generation: .max))
    case "unknown-refusal": sendRaw([71, 200] + [UInt8](repeating: 0, count: 62))
    case "unknown-frost": sendRaw([67, 200] + [UInt8](repeating: 0, count: 62))
    default: return false
    }
    return true
  }

  /// Lies about pictures.
  private func tellPicture(_ lie: String) throws -> Bool {
    let size = plan.gridSize(.frosted) ?? PixelSize(width: 1, height: 1)
    let larger = PixelSize(width: size.width * 2, height: size.height * 2)
    switch lie {
    case "grid-too-large": try sendGrid(.frosted, hold: 0, size: larger)
    case "grid-turned":
      try sendGrid(.frosted, hold: 0, size: PixelSize(width: size.height, height: size.width))
    case "wrong-length": try sendGrid(.frosted, hold: 0, byteCount: size.area + 1)
    case "short-length": try sendGrid(.frosted, hold: 0, byteCount: size.area - 1)
    case "no-length": try sendGrid(.frosted, hold: 0, byteCount: 0)
    case "no-size":
      try sendGrid(.frosted, hold: 0, size: PixelSize(width: 0, height: 0), byteCount: 0)
    case "last-slot": try sendGrid(.frosted, hold: 0, slot: 255)
    case "strict-too-high": try sendGrid(.strict, hold: 0, value: 4)
    case "one-value-too-high": try sendGrid(.frosted, hold: 0, lastValue: 255)
    case "huge-hold": try sendGrid(.frosted, hold: Int(UInt32.max))
    case "strict-as-frosted":
      try sendGrid(.strict, hold: 0, size: size)
    case "overflow":
      let most = Int(UInt32.max)
      try sendGrid(.frosted, hold: 0, size: PixelSize(width: most, height: most), byteCount: most)
    case "value-too-high": try sendGrid(.frosted, hold: 0, value: 8)
    case "finer-frost": try sendGrid(.soft, hold: 0)
    case "solid": try sendGrid(.solid, hold: 0, size: size)
    case "wrong-slot": try sendGrid(.frosted, hold: 0, slot: 4)
    case "hold-gap": try sendGrid(.frosted, hold: 1, announce: 600_000)
    case "clear": try sendClear(serial: 1, size: PixelSize(width: 4, height: 4))
    case "clear-overflow":
      // Waits until the picture is asked for, so that only the size is wrong.
      try channel.takeInstructions(waiting: true)
      let most = Int(UInt32.max)
      try sendClear(serial: 1, size: PixelSize(width: most, height: most))
    case "clear-too-large":
      try channel.takeInstructions(waiting: true)
      try sendClear(serial: 1, size: PixelSize(width: plan.size.width + 1, height: 4))
    case "honest-clear":
      try channel.takeInstructions(waiting: true)
      fill(slot: 0, with: 9)
      try sendClear(serial: 1, size: PixelSize(width: 4, height: 4))
      // The slot comes back wiped, and the rest of it as it was.
      try channel.takeInstructions(waiting: true)
      guard ring.copy(at: 0, count: 49) == Array(repeating: 0, count: 48) + [9] else { exit(4) }
      try channel.send(.passComplete(duration: MediaTime(milliseconds: 40), frameCount: 1))
    case "clear-short":
      try channel.takeInstructions(waiting: true)
      let size = PixelSize(width: 4, height: 4)
      let placement = Report.Placement(slot: 0, size: size, byteCount: 47)
      try channel.send(.frame(index: 0, serial: 1, placement, nil))
    case "clear-twice":
      try channel.takeInstructions(waiting: true)
      for _ in 0..<2 { try sendClear(serial: 1, size: PixelSize(width: 4, height: 4)) }
    case "clear-grid":
      // A clear picture in a grid's clothes.
      try sendGrid(.clear, hold: 0, size: PixelSize(width: 4, height: 4), byteCount: 48)
    case "clear-other-frame":
      try sendFrame(1, at: 40_000)
      try channel.takeInstructions(waiting: true)
      try sendClear(serial: 1, size: PixelSize(width: 4, height: 4), index: 1)
    default: return false
    }
    return true
  }

  /// Lies about regions, of which one of *frosted* covers all of the picture; or all but the lie.
  private func tellRegion(_ lie: String) throws -> Bool {
    let size = PixelSize(width: 4, height: 4)
    switch lie {
    case "region-honest", "region-clear", "region-one-pixel":
      try sendGrid(.strict, hold: 0, slot: 1)
      try sendGrid(.frosted, hold: 0, slot: 2)
      try waitForWish()
      // The shown grey of index 1, which the grid has everywhere.
      fill(slot: 0, with: lie == "region-clear" ? 9 : GreyScale.even.frosted[1])
      if lie == "region-one-pixel" { _ = ring.write([9], at: 47) }
      try sendClear(serial: 1, size: size)
      try finish()
    case "region-early":
      try waitForWish()
      fill(slot: 0, with: GreyScale.even.frosted[1])
      try sendClear(serial: 1, size: size)
    case "region-grid", "region-honest-grid":
      // Where a region is strict: one cell of the finer grid says more than that.
      try sendGrid(.strict, hold: 0, value: 0, slot: 1)
      try sendGrid(.frosted, hold: 0, value: 0, lastValue: lie == "region-grid" ? 1 : 0)
      try finish()
    case "region-grid-early": try sendGrid(.frosted, hold: 0, value: 0)
    default: return false
    }
    return true
  }

  private func waitForWish() throws {
    while channel.wishes.frame == nil { try channel.takeInstructions(waiting: true) }
  }

  /// Lies without end.
  private func tellFlood(_ lie: String) throws -> Bool {
    switch lie {
    case "endless-frames":
      for index in 1... { try sendFrame(index, at: Int64(index)) }
    case "endless-holds":
      for hold in 0... { try sendGrid(.frosted, hold: hold, slot: hold % 4) }
    case "endless-progress":
      for count in 0... { try channel.send(.progress(generation: 1, frameCount: count)) }
    case "changing":
      // The slot changes all the while between what is allowed and what is not.
      for hold in 0... {
        if hold > 0 { try sendFrame(hold, at: Int64(hold) * 500_000) }
        try sendGrid(.frosted, hold: hold, value: 5, slot: 0)
        var value: UInt8 = 200
        while !ends.hasInstruction {
          for _ in 0..<40 { fill(slot: 0, with: value) }
          value ^= 200 ^ 5
        }
        try channel.takeInstructions(waiting: true)
      }
    case "endless-opened": while true { try channel.send(.opened(facts)) }
    case "endless-refits":
      // Honest until it is asked for another size, then without end.
      try finish()
      try channel.takeInstructions(waiting: true)
      for count in 0... { try channel.send(.progress(generation: 1, frameCount: count)) }
    case "endless-noise":
      while true { sendRaw([UInt8](repeating: 0xFF, count: 64 * 64)) }
    default: return false
    }
    return true
  }

  /// Does what is not done with what it was given; the kernel or the receiver must bear it.
  private func tellPipe(_ lie: String) throws -> Bool {
    switch lie {
    case "reaches-for-memory":
      guard ends.cannotChangeMemory else { exit(5) }
      try sendGrid(.frosted, hold: 0)
      try finish()
    case "writes-instructions":
      guard ends.cannotWriteInstructions else { exit(5) }
      try sendGrid(.frosted, hold: 0)
      try finish()
    case "split-message":
      let bytes = Report.passComplete(duration: MediaTime(milliseconds: 40), frameCount: 1)
        .encoded()
      sendRaw(Array(bytes.prefix(20)))
      usleep(20_000)
      sendRaw(Array(bytes.dropFirst(20)))
    case "stops-listening":
      close(ends.instructions.number)
      try sendGrid(.frosted, hold: 0)
      try finish()
      while true { usleep(100_000) }
    case "stops-talking":
      close(ends.reports.number)
      while true { usleep(100_000) }
    case "stops-in-a-message":
      sendRaw([66, 0, 0])
      close(ends.reports.number)
      while true { usleep(100_000) }
    case "unmaps-early":
      // Its pipes, clip and ring are gone before anything was answered.
      for end in [ends.clip, ends.ring, ends.instructions, ends.reports] { close(end.number) }
      while true { usleep(100_000) }
    default: return false
    }
    return true
  }

  private func sendGrid(
    _ frost: Frost, hold: Int, size: PixelSize? = nil, byteCount: Int? = nil, value: UInt8 = 1,
    slot: Int = 0, announce: Int64? = nil, lastValue: UInt8? = nil
  ) throws {
    if let announce { try sendFrame(1, at: announce) }
    let size = size ?? plan.gridSize(frost) ?? PixelSize(width: 1, height: 1)
    fill(slot: slot, with: value)
    let area = size.width.multipliedReportingOverflow(by: size.height).partialValue
    if let lastValue { _ = ring.write([lastValue], at: area - 1) }
    let placement = Report.Placement(slot: slot, size: size, byteCount: byteCount ?? area)
    try channel.send(.grid(frost: frost, hold: hold, placement))
  }

  private func sendClear(serial: UInt32, size: PixelSize, index: Int = 0) throws {
    let area = size.width.multipliedReportingOverflow(by: size.height).partialValue
    let placement = Report.Placement(slot: 0, size: size, byteCount: area &* 3)
    try channel.send(.frame(index: index, serial: serial, placement, nil))
  }

  private func fill(slot: Int, with value: UInt8) {
    let length = ring.byteCount / 4
    let bytes = [UInt8](repeating: value, count: min(length, 4096))
    _ = ring.write(bytes, at: slot * length)
  }
}
