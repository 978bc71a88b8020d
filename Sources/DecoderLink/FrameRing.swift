// SPDX-License-Identifier: Apache-2.0

import Lockdown

/// The shared memory through which pictures come: four slots of one size.
///
/// A decoder writes a slot and names it in a message; the receiver copies it and gives it back. The
/// receiver trusts nothing in it: it copies first and checks the copy.
final class FrameRing {
  static let slotCount = 4
  static let leastSlotByteCount = 4096

  private let memory: MappedMemory
  /// The bytes of one slot.
  let slotByteCount: Int

  init(_ memory: MappedMemory) {
    self.memory = memory
    slotByteCount = memory.byteCount / Self.slotCount
  }

  /// Makes a ring with slots of at least these bytes; the descriptor is for the decoder.
  static func create(slotByteCount: Int) throws(MemoryError) -> (OwnedDescriptor, FrameRing) {
    let rounded = (max(slotByteCount, leastSlotByteCount) + 4095) / 4096 * 4096
    let (descriptor, memory) = try SharedMemory.create(byteCount: rounded * slotCount)
    return (descriptor, FrameRing(memory))
  }

  /// Copies a slot's first bytes, once; nil where there is no such slot or it is shorter.
  func copy(slot: Int, count: Int) -> [UInt8]? {
    guard contains(slot, count) else { return nil }
    return memory.copy(at: slot * slotByteCount, count: count)
  }

  /// Fills a slot from its start; false, and no change, where it does not fit.
  func write(_ bytes: [UInt8], slot: Int) -> Bool {
    contains(slot, bytes.count) && memory.write(bytes, at: slot * slotByteCount)
  }

  /// Sets a slot's first bytes to zero.
  func wipe(slot: Int, count: Int) {
    if contains(slot, count) { memory.wipe(at: slot * slotByteCount, count: count) }
  }

  private func contains(_ slot: Int, _ count: Int) -> Bool {
    (0..<Self.slotCount).contains(slot) && (0...slotByteCount).contains(count)
  }
}
