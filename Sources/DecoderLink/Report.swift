// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// What a decoder tells the pictures' receiver, over its own pipe; hostile until checked.
package enum Report: Hashable, Sendable {
  /// The clip can be decoded.
  case opened(StreamFacts)
  /// The next picture of the pass.
  case timeline(index: Int, TimelineFrame)
  /// A grid lies in a ring slot, `byteCount` indices of greys.
  case grid(frost: Frost, hold: Int, Placement)
  /// A clear picture lies in a ring slot: the answer to the request with this serial number.
  ///
  /// Where there is a lens's window, what lies there is that part of it alone; the placement's size
  /// is the whole picture's.
  case frame(index: Int, serial: UInt32, Placement, LensWindow?)
  case greys(GreyScale)
  case passComplete(duration: MediaTime, frameCount: Int)
  /// The clip cannot be played, or not on; the last message.
  case failed(ClipError)
  /// A sign of life while pictures are scaled anew: how many of them are.
  case progress(generation: UInt32, frameCount: Int)
  /// All pictures are scaled for the pane of this generation.
  case refitted(generation: UInt32)
  /// A prefetched clip has reached its limit and waits to be activated.
  case paused

  /// Where a picture lies and how large it is.
  package struct Placement: Hashable, Sendable {
    package var slot: Int
    package var size: PixelSize
    package var byteCount: Int

    /// Describes a picture in a ring slot.
    package init(slot: Int, size: PixelSize, byteCount: Int) {
      self.slot = slot
      self.size = size
      self.byteCount = byteCount
    }
  }

  private enum Kind: UInt8 {
    case opened = 65
    case timeline, grid, frame, greys, passComplete, failed, progress, refitted, paused
  }

  /// The message's bytes.
  package func encoded() -> [UInt8] {
    var writer = WireWriter(kind: kind.rawValue)
    switch self {
    case .opened(let facts): writer.put(facts)
    case .timeline(let index, let frame):
      writer.put32(index)
      writer.put64(frame.time.microseconds)
      writer.put32(frame.motion)
      writer.put8(frame.movedEighths)
    case .grid(let frost, let hold, let placement):
      writer.put8(UInt8(clamping: frost.rawValue))
      writer.put32(hold)
      writer.put(placement)
    case .frame(let index, let serial, let placement, let lens):
      writer.put32(index)
      writer.put32(serial)
      writer.put(placement)
      writer.put(lens)
    case .greys(let greys): writer.put(greys)
    case .passComplete(let duration, let frameCount):
      writer.put64(duration.microseconds)
      writer.put32(frameCount)
    case .failed(let refusal): writer.put8(refusal.rawValue)
    case .progress(let generation, let frameCount):
      writer.put32(generation)
      writer.put32(frameCount)
    case .refitted(let generation): writer.put32(generation)
    case .paused: break
    }
    return writer.finished()
  }

  /// Reads a message; fields outside their own range are refused here, those out of place later.
  package init(_ bytes: [UInt8]) throws(LinkViolation) {
    var reader = WireReader(bytes)
    let raw = reader.take8()
    guard let kind = Kind(rawValue: raw) else { throw .unknownKind(raw) }
    switch kind {
    case .opened: self = .opened(try reader.takeFacts())
    case .timeline:
      let index = reader.takeCount()
      let time = MediaTime(microseconds: reader.take64())
      let motion = reader.takeCount()
      guard motion <= 65_280 else { throw .malformed }
      let frame = TimelineFrame(time: time, motion: motion, movedEighths: reader.take8())
      self = .timeline(index: index, frame)
    case .grid:
      guard let frost = Frost(rawValue: Int(reader.take8())) else { throw .malformed }
      let hold = reader.takeCount()
      self = .grid(frost: frost, hold: hold, reader.takePlacement())
    case .frame:
      let index = reader.takeCount()
      let serial = reader.take32()
      let placement = reader.takePlacement()
      self = .frame(index: index, serial: serial, placement, try reader.takeLens())
    case .greys: self = .greys(try reader.takeGreys())
    case .passComplete:
      let duration = MediaTime(microseconds: reader.take64())
      self = .passComplete(duration: duration, frameCount: reader.takeCount())
    case .failed:
      guard let refusal = ClipError(rawValue: reader.take8()) else { throw .malformed }
      self = .failed(refusal)
    case .progress:
      let generation = reader.take32()
      self = .progress(generation: generation, frameCount: reader.takeCount())
    case .refitted: self = .refitted(generation: reader.take32())
    case .paused: self = .paused
    }
    try reader.finish()
  }

  private var kind: Kind {
    switch self {
    case .opened: .opened
    case .timeline: .timeline
    case .grid: .grid
    case .frame: .frame
    case .greys: .greys
    case .passComplete: .passComplete
    case .failed: .failed
    case .progress: .progress
    case .refitted: .refitted
    case .paused: .paused
    }
  }
}

extension WireWriter {
  fileprivate static let codecByteCount = 16

  fileprivate mutating func put(_ placement: Report.Placement) {
    put8(UInt8(clamping: placement.slot))
    put(placement.size)
    put32(placement.byteCount)
  }

  fileprivate mutating func put(_ facts: StreamFacts) {
    put(facts.size)
    put(facts.pixelAspect)
    put(facts.frameRate)
    put64(facts.expectedDuration.microseconds)
    let name = Array(facts.codec.utf8.prefix(Self.codecByteCount))
    put(name + [UInt8](repeating: 0, count: Self.codecByteCount - name.count))
  }
}

extension WireReader {
  fileprivate mutating func takePlacement() -> Report.Placement {
    let slot = Int(take8())
    let size = PixelSize(width: takeCount(), height: takeCount())
    return Report.Placement(slot: slot, size: size, byteCount: takeCount())
  }

  fileprivate mutating func takeFacts() throws(LinkViolation) -> StreamFacts {
    let size = try takeSize(most: LinkLimits.side)
    let pixelAspect = try takeRatio()
    let frameRate = try takeRatio()
    let duration = MediaTime(microseconds: take64())
    guard (.zero...LinkLimits.longestDuration).contains(duration) else { throw .malformed }
    let field = take(WireWriter.codecByteCount)
    let name = field.prefix { $0 != 0 }
    let isPlain = name.allSatisfy { byte in
      (97...122).contains(byte) || (48...57).contains(byte) || byte == 95
    }
    guard isPlain, !name.isEmpty, field[name.count...].allSatisfy({ $0 == 0 }) else {
      throw .malformed
    }
    return StreamFacts(
      size: size, pixelAspect: pixelAspect, frameRate: frameRate, expectedDuration: duration,
      codec: String(decoding: name, as: UTF8.self))
  }
}
