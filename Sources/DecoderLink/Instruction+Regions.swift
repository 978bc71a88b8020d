// SPDX-License-Identifier: Apache-2.0

import Vocabulary

/// A clip's regions on their way to its decoder: for each one its head, then its keys in portions.
extension Instruction {
  /// A region without its keys.
  struct RegionHead: Hashable {
    var kind: RegionKind
    var frost: Frost
    var from: MediaTime
    var until: MediaTime
    /// How many keys follow; 1 to `Region.mostKeys`.
    var keyCount: Int

    /// The region, if it makes sense with those keys.
    func region(_ keys: [Region.Key]) -> Region? {
      Region(kind: kind, frost: frost, from: from, until: until, keys: keys)
    }
  }

  /// The most keys of a message.
  static let keysInMessage = 5

  /// The messages that carry regions.
  static func messages(for regions: [Region]) -> [Instruction] {
    var messages: [Instruction] = []
    for region in regions {
      messages.append(
        .region(
          RegionHead(
            kind: region.kind, frost: region.frost, from: region.from, until: region.until,
            keyCount: region.keys.count)))
      for start in stride(from: 0, to: region.keys.count, by: keysInMessage) {
        messages.append(.regionKeys(Array(region.keys[start...].prefix(keysInMessage))))
      }
    }
    return messages
  }
}

extension WireWriter {
  mutating func put(_ head: Instruction.RegionHead) {
    put8(UInt8(clamping: RegionKind.allCases.firstIndex(of: head.kind) ?? 0))
    put8(UInt8(clamping: head.frost.rawValue))
    put(head.from)
    put(head.until)
    put8(UInt8(clamping: head.keyCount))
  }

  mutating func put(_ keys: [Region.Key]) {
    put8(UInt8(clamping: keys.count))
    for key in keys {
      put(key.time)
      for number in [key.box.x, key.box.y, key.box.width, key.box.height] { put16(number) }
    }
  }

  /// A region's time, which is within an hour and so fits.
  private mutating func put(_ time: MediaTime) { put32(Int(clamping: time.microseconds)) }
}

extension WireReader {
  mutating func takeRegionHead() throws(LinkViolation) -> Instruction.RegionHead {
    let kind = Int(take8())
    let frost = Frost(rawValue: Int(take8()))
    let (from, until) = (try takeRegionTime(), try takeRegionTime())
    let count = Int(take8())
    guard RegionKind.allCases.indices.contains(kind), let frost,
      (1...Region.mostKeys).contains(count)
    else { throw .malformed }
    return Instruction.RegionHead(
      kind: RegionKind.allCases[kind], frost: frost, from: from, until: until, keyCount: count)
  }

  mutating func takeRegionKeys() throws(LinkViolation) -> [Region.Key] {
    let count = Int(take8())
    guard (1...Instruction.keysInMessage).contains(count) else { throw .malformed }
    var keys: [Region.Key] = []
    for _ in 0..<count {
      let time = try takeRegionTime()
      let box = RegionBox(x: take16(), y: take16(), width: take16(), height: take16())
      guard let box else { throw .malformed }
      keys.append(Region.Key(time: time, box: box))
    }
    return keys
  }

  private mutating func takeRegionTime() throws(LinkViolation) -> MediaTime {
    let time = MediaTime(microseconds: Int64(takeCount()))
    guard time <= Region.latestTime else { throw .malformed }
    return time
  }
}
