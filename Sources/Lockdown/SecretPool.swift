// SPDX-License-Identifier: Apache-2.0

import Glibc
internal import Synchronization

/// Places for small secrets, many to a page, so that they do not use up the limit of locked memory.
///
/// A page that no secret uses any more is given back, but for the last. After a fork the child
/// starts with an empty pool: it has no map of its parent's secrets, and touches none of them.
///
/// Unsafe uses: a slot is within its block's pages, belongs to one owner from `take` to `give`, and
/// `give` wipes it; a block is released only when no slot of it is taken.
struct SecretPool: ~Copyable {
  /// The size of a slot in bytes: a key, an identity's text, most passphrases.
  static let slotByteCount = 128
  private static let slotCount = 64
  static let blockByteCount = slotByteCount * slotCount

  /// A block of pages and the slots of it that are taken, a bit each.
  private struct Block {
    let pages: SecretPages
    var taken: UInt64 = 0
  }

  /// A slot and what protects it.
  @safe struct Slot: @unchecked Sendable {
    let address: UnsafeMutableRawPointer
    let protection: SecretBytes.Protection
    /// The process that took it.
    let owner: pid_t
  }

  private var blocks: [Block] = []
  private var owner: pid_t = 0

  /// The number of blocks that are mapped.
  var blockCount: Int { blocks.count }

  /// The pool of this process.
  static let shared = Mutex(SecretPool())

  /// A zeroed slot.
  mutating func take() -> Slot {
    let process = getpid()
    if process != owner {
      blocks = []
      owner = process
    }
    let free = blocks.firstIndex { $0.taken != .max }
    let index = free ?? blocks.count
    if free == nil { blocks.append(Block(pages: SecretPages(holding: Self.blockByteCount))) }
    let slot = (~blocks[index].taken).trailingZeroBitCount
    blocks[index].taken |= 1 << UInt64(slot)
    let pages = blocks[index].pages
    return unsafe Slot(
      address: pages.address + slot * Self.slotByteCount, protection: pages.protection,
      owner: process)
  }

  /// Wipes a slot and takes it back, in the process that took it.
  mutating func give(_ slot: Slot) {
    let index = blocks.firstIndex { block in
      let start = unsafe block.pages.address
      return unsafe slot.address >= start && slot.address < start + Self.blockByteCount
    }
    guard let index else { return }
    unsafe explicit_bzero(slot.address, Self.slotByteCount)
    let place = unsafe (slot.address - blocks[index].pages.address) / Self.slotByteCount
    blocks[index].taken &= ~(1 << UInt64(place))
    if blocks[index].taken == 0, blocks.count > 1 { blocks.remove(at: index).pages.release() }
  }
}
