// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
package import Lockdown
package import Veil
package import Vocabulary

/// Why a decoder can go on no longer.
package enum ChannelEnd: Error, Hashable, Sendable {
  /// The receiver has closed its end: all is well.
  case closed
  /// The receiver sent what makes no sense.
  case broken(LinkViolation)
  /// The clip or the ring is not what it must be.
  case memory(MemoryError)
  /// A pipe failed.
  case system(SystemError)

  /// What the decoder's process exits with.
  package var exitCode: Int32 {
    switch self {
    case .closed: ExitCode.success
    case .broken, .memory: ExitCode.protocolError
    case .system: ExitCode.systemError
    }
  }
}

/// What a decoder was asked to do.
package enum Assignment: Sendable {
  case probe(sceneWidthMillimetres: Int)
  case play(Playing)

  /// A clip to be shown.
  package struct Playing: Sendable {
    package let plan: FrostPlan
    package let greys: GreyScale
    /// The finest frost to send.
    package let finest: Frost
    /// Whether clear pictures may be asked for at any time.
    package let isClear: Bool
    /// Whether they may be asked for during a look.
    package let mayLook: Bool
    /// Whether clear pictures are kept.
    package var keepsClear: Bool { isClear || mayLook }
    /// Whether to pause at the prefetch limit.
    package let isPrefetch: Bool
    package let raster: Raster
    /// What to cover in every picture.
    package let regions: [Region]
  }
}

/// What the receiver wants beside the pass: the newest of each kind.
package struct Wishes: Sendable {
  /// The clear picture that is asked for, the request's serial number, and the part of it that a lens
  /// shows; nil for all of it.
  package var frame: (index: Int, serial: UInt32, lens: LensWindow?)?
  /// The pane to scale for.
  package var refit: (raster: Raster, generation: UInt32)?
  /// Whether the clip is on screen.
  package var isActive = false
}

/// The decoder's end of the link: the clip, the ring, instructions in and reports out.
///
/// Everything waits, as the decoder has nothing else to do. Two pipes and no socket, so that a lock
/// may forbid those.
package final class DecoderChannel {
  /// The clip's bytes, which nobody can change.
  package let clip: MappedMemory
  /// What to do.
  package let assignment: Assignment
  /// What is wanted; whoever serves a wish sets it to nil.
  package var wishes = Wishes()

  private let ring: FrameRing
  private let pipe: InstructionPipe
  private let reports: OwnedDescriptor
  private var freeSlots: Set<Int> = Set(0..<FrameRing.slotCount)
  private var look = DecoderLook()

  /// Checks the seals, maps clip and ring, closes their descriptors and reads the assignment.
  package init(_ ends: consuming DecoderEnds) throws(ChannelEnd) {
    do {
      clip = try SealedClip.map(ends.clip)
      ring = FrameRing(try SharedMemory.map(ends.ring))
    } catch { throw .memory(error) }
    pipe = InstructionPipe(ends.instructions)
    assignment = try Self.readAssignment(pipe)
    reports = ends.reports
  }

  /// Takes the instructions that are there; where `waiting`, at least one, unless a look's time is
  /// over before: that ends by itself.
  package func takeInstructions(waiting: Bool) throws(ChannelEnd) {
    var wait: Int32 = waiting ? look.waitMilliseconds : 0
    while try pipe.hasMore(waitingMilliseconds: wait) {
      try obey(try pipe.next())
      wait = 0
    }
    if look.isOver { endLook() }
  }

  /// Whether a wish may be answered now: a clip that is clear answers all of them, others those that a
  /// look allows.
  package func mayAnswer(lens: LensWindow?) -> Bool {
    guard case .play(let playing) = assignment else { return false }
    return look.allows(isLens: lens != nil) || (playing.isClear && lens == nil && !look.isLive)
  }

  /// Sends a message that needs no ring slot.
  ///
  /// Unsafe use: `write` reads the array's own count.
  package func send(_ report: Report) throws(ChannelEnd) {
    let bytes = report.encoded()
    while true {
      let written = unsafe write(reports.number, bytes, bytes.count)
      if written == bytes.count { return }
      if written < 0, errno == EINTR { continue }
      if written < 0, errno == EPIPE { throw .closed }
      // A pipe takes a message of this size whole or not at all.
      throw .system(SystemError(call: "write", code: written < 0 ? errno : EIO))
    }
  }

  /// Sends one hold's grid.
  package func send(_ grid: FrostedGrid) throws(ChannelEnd) {
    let placement = try place(grid.indices, grid.size)
    try send(.grid(frost: grid.frost, hold: grid.holdIndex, placement))
  }

  /// Sends a clear picture, or the part of it that a lens shows, as the answer to a request.
  ///
  /// Does nothing where no look allows it any more. `size` is the whole picture's.
  package func send(
    frame index: Int, serial: UInt32, size: PixelSize, rgb: [UInt8], lens: LensWindow? = nil
  ) throws(ChannelEnd) {
    while freeSlots.isEmpty { try takeInstructions(waiting: true) }
    // Its look may have ended in that wait.
    guard mayAnswer(lens: lens) else { return }
    let placement = try place(rgb, size)
    look.clearByteCounts[placement.slot] = rgb.count
    try send(.frame(index: index, serial: serial, placement, lens))
  }

  /// The most pixels of a clear picture that fits a ring slot.
  package var largestClearArea: Int { min(LinkLimits.clearArea, ring.slotByteCount / 3) }

  /// Waits for a free slot and fills it.
  private func place(_ bytes: [UInt8], _ size: PixelSize) throws(ChannelEnd) -> Report.Placement {
    while freeSlots.isEmpty { try takeInstructions(waiting: true) }
    guard let slot = freeSlots.min(), ring.write(bytes, slot: slot) else {
      throw .memory(.wrongSize(bytes.count))
    }
    freeSlots.remove(slot)
    look.clearByteCounts[slot] = nil
    return Report.Placement(slot: slot, size: size, byteCount: bytes.count)
  }

  private func obey(_ instruction: Instruction) throws(ChannelEnd) {
    switch instruction {
    case .configure, .greys, .region, .regionKeys: throw .broken(.outOfPlace)
    case .frame(let index, let serial, let lens): wishes.frame = (index, serial, lens)
    case .refit(let raster, let generation): wishes.refit = (raster, generation)
    case .activate: wishes.isActive = true
    case .release(let slot):
      guard (0..<FrameRing.slotCount).contains(slot) else { throw .broken(.wrongSlot) }
      freeSlots.insert(slot)
    case .look(let milliseconds, let isLens):
      guard case .play(let playing) = assignment, playing.keepsClear else {
        throw .broken(.outOfPlace)
      }
      look.begin(milliseconds: milliseconds, isLens: isLens)
    case .endLook: endLook()
    }
  }

  /// Answers nothing more and wipes what lies in the ring of clear pictures: nobody may read it now.
  private func endLook() {
    look.end()
    wishes.frame = nil
    for (slot, count) in look.clearByteCounts { ring.wipe(slot: slot, count: count) }
    look.clearByteCounts = [:]
  }

  private static func readAssignment(_ pipe: InstructionPipe) throws(ChannelEnd) -> Assignment {
    guard case .configure(let width, let showing) = try pipe.next() else {
      throw .broken(.outOfPlace)
    }
    guard let showing else { return .probe(sceneWidthMillimetres: width) }
    guard case .greys(let greys) = try pipe.next() else { throw .broken(.outOfPlace) }
    let plan = FrostPlan(
      size: showing.size, pixelAspect: showing.pixelAspect, sceneWidthMillimetres: width)
    return .play(
      Assignment.Playing(
        plan: plan, greys: greys, finest: showing.finest, isClear: showing.isClear,
        mayLook: showing.mayLook, isPrefetch: showing.isPrefetch, raster: showing.raster,
        regions: try readRegions(showing.regionCount, pipe)))
  }

  private static func readRegions(
    _ count: Int, _ pipe: InstructionPipe
  ) throws(ChannelEnd) -> [Region] {
    var regions: [Region] = []
    for _ in 0..<count {
      guard case .region(let head) = try pipe.next() else { throw .broken(.outOfPlace) }
      var keys: [Region.Key] = []
      while keys.count < head.keyCount {
        guard case .regionKeys(let more) = try pipe.next() else { throw .broken(.outOfPlace) }
        keys += more
      }
      guard keys.count == head.keyCount, let region = head.region(keys) else {
        throw .broken(.malformed)
      }
      regions.append(region)
      guard Region.isPossible(regions) else { throw .broken(.tooMany) }
    }
    return regions
  }
}

/// The pipe of instructions, message by message.
private final class InstructionPipe {
  private let descriptor: OwnedDescriptor
  private var unread: [UInt8] = []

  init(_ descriptor: OwnedDescriptor) { self.descriptor = descriptor }

  /// The next message; waits for it.
  ///
  /// Unsafe use: `read` fills at most the array's own count.
  func next() throws(ChannelEnd) -> Instruction {
    var bytes = [UInt8](repeating: 0, count: WireMessage.byteCount)
    while unread.count < WireMessage.byteCount {
      let wanted = WireMessage.byteCount - unread.count
      let count = unsafe read(descriptor.number, &bytes, wanted)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .system(SystemError(call: "read", code: errno)) }
      guard count > 0 else { throw unread.isEmpty ? .closed : .broken(.cutMessage) }
      unread += bytes.prefix(count)
    }
    defer { unread = [] }
    do { return try Instruction(unread) } catch { throw .broken(error) }
  }

  /// Whether a message, or the end of all, is there, after so many milliseconds at most; -1 waits
  /// for one.
  ///
  /// Unsafe use: `poll` reads and writes the one structure that it is given.
  func hasMore(waitingMilliseconds milliseconds: Int32) throws(ChannelEnd) -> Bool {
    var wait = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
    while true {
      let count = unsafe poll(&wait, 1, milliseconds)
      if count >= 0 { return count > 0 }
      guard errno == EINTR else { throw .system(SystemError(call: "poll", code: errno)) }
      if milliseconds >= 0 { return false }
    }
  }
}
