// SPDX-License-Identifier: Apache-2.0

import Glibc
internal import Synchronization

/// Bytes that must not leave memory: a key, a passphrase.
///
/// They are protected while they live and wiped at the end.
/// They lie in memory that the kernel hides even from root's debuggers (`memfd_secret(2)`), else in
/// memory locked against swapping, else, where the limit of locked memory is reached, in ordinary
/// memory; never in a core dump. A child made by fork cannot read them: it must not try.
/// Whoever lends them out answers for the copies: swift-crypto's own key types wipe theirs.
///
/// Unsafe uses: `base` points at `count` bytes of a pool slot or of pages that this object alone
/// owns until `deinit`; nothing writes after `init`, so that threads may share it.
@safe package final class SecretBytes: @unchecked Sendable {
  /// What keeps secrets from being read elsewhere, weakest first.
  package enum Protection: Int, Comparable, Sendable {
    /// Nothing: they may be swapped to disk.
    case ordinary
    /// Locked memory (`mlock(2)`).
    case locked
    /// Secret memory (`memfd_secret(2)`).
    case secretMemory

    package static func < (left: Protection, right: Protection) -> Bool {
      left.rawValue < right.rawValue
    }
  }

  private enum Place {
    case slot(SecretPool.Slot)
    case pages(SecretPages, owner: pid_t)
  }

  /// The number of bytes; zero is an empty passphrase.
  package let count: Int
  private let base: UnsafeMutableRawPointer
  private let place: Place

  /// Makes `count` bytes, zero or more, and lets `fill` write them; they are zero before.
  package init<Failure: Error>(
    count: Int, fill: (inout MutableRawSpan) throws(Failure) -> Void
  ) throws(Failure) {
    precondition(count >= 0)
    self.count = count
    if count <= SecretPool.slotByteCount {
      let slot = SecretPool.shared.withLock { pool in pool.take() }
      unsafe base = slot.address
      place = .slot(slot)
    } else {
      let pages = SecretPages(holding: count)
      unsafe base = pages.address
      place = .pages(pages, owner: getpid())
    }
    Self.lastGiven.store(protection.rawValue, ordering: .relaxed)
    var span = unsafe MutableRawSpan(_unsafeStart: base, byteCount: count)
    try fill(&span)
  }

  deinit {
    // A forked child has no map of them, and another thread may have held the pool at the fork.
    switch place {
    case .slot(let slot):
      if slot.owner == getpid() { SecretPool.shared.withLock { pool in pool.give(slot) } }
    case .pages(let pages, let owner): if owner == getpid() { pages.release() }
    }
  }

  /// Copies bytes in; the caller wipes its own.
  package convenience init(_ bytes: Span<UInt8>) {
    self.init(count: bytes.count) { span in
      for index in bytes.indices {
        span.storeBytes(of: bytes[index], toByteOffset: index, as: UInt8.self)
      }
    }
  }

  /// Makes `count` random bytes, zero or more, of the kernel's generator.
  package static func random(count: Int) -> SecretBytes {
    SecretBytes(count: count) { span in
      var generator = SystemRandomNumberGenerator()
      var word: UInt64 = 0
      for offset in 0..<count {
        word = offset % 8 == 0 ? generator.next() : word >> 8
        span.storeBytes(
          of: UInt8(truncatingIfNeeded: word), toByteOffset: offset, as: UInt8.self)
      }
    }
  }

  /// Lends the bytes; the pointer is never nil.
  package func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe body(UnsafeRawBufferPointer(start: base, count: count))
  }

  /// Lends the bytes, with bounds checked.
  package func withSpan<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let bytes = unsafe UnsafeBufferPointer(
      start: UnsafePointer(base.assumingMemoryBound(to: UInt8.self)), count: count)
    return try unsafe body(Span(_unsafeElements: bytes))
  }

  /// Whether both hold the same bytes; the time it takes tells their lengths only.
  package func equals(_ other: SecretBytes) -> Bool {
    guard count == other.count else { return false }
    var difference: UInt8 = 0
    withSpan { mine in
      other.withSpan { theirs in
        for index in mine.indices { difference |= mine[index] ^ theirs[index] }
      }
    }
    return difference == 0
  }

  /// What protects this secret.
  package var protection: Protection {
    switch place {
    case .slot(let slot): slot.protection
    case .pages(let pages, _): pages.protection
    }
  }

  private static let lastGiven = Atomic<Int>(Protection.ordinary.rawValue)

  /// What protected the secret that was made last; `ordinary` before the first.
  package static var protection: Protection {
    Protection(rawValue: lastGiven.load(ordering: .relaxed)) ?? .ordinary
  }

  /// Overwrites bytes that held a secret, so that the compiler cannot leave it out.
  package static func wipe(_ bytes: inout MutableRawSpan) {
    unsafe bytes.withUnsafeMutableBytes { buffer in
      if let start = buffer.baseAddress { unsafe explicit_bzero(start, buffer.count) }
    }
  }

  /// Overwrites an array that held a secret, in place where nobody else holds it.
  package static func wipe(_ bytes: inout [UInt8]) {
    unsafe bytes.withUnsafeMutableBytes { buffer in
      if let start = buffer.baseAddress { unsafe explicit_bzero(start, buffer.count) }
    }
  }
}
