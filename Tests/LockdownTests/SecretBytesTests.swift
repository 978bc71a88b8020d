// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import Testing

@testable import Lockdown

@Suite(.serialized) struct SecretBytesTests {
  @Test(arguments: [0, 1, 16, 127, 128, 129, 4096, 4097, 100_000]) func bytesComeBack(_ count: Int)
  {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) }
    let secret = SecretBytes(bytes.span)
    #expect(secret.count == count)
    #expect(secret.withSpan { span in span.indices.map { span[$0] } } == bytes)
    #expect(unsafe secret.withBytes { unsafe Array($0) } == bytes)
    #expect(unsafe secret.withBytes { unsafe $0.baseAddress != nil })
    let zeros = SecretBytes(count: count) { span in
      for index in 0..<count {
        #expect(unsafe span.unsafeLoad(fromByteOffset: index, as: UInt8.self) == 0)
      }
    }
    #expect(zeros.count == count)
  }

  @Test func equality() {
    let secret = SecretBytes([1, 2, 3].span)
    #expect(secret.equals(SecretBytes([1, 2, 3].span)))
    for other: [UInt8] in [[], [1, 2], [1, 2, 4], [0, 2, 3], [1, 2, 3, 0]] {
      #expect(!secret.equals(SecretBytes(other.span)))
    }
    #expect(!SecretBytes.random(count: 32).equals(SecretBytes.random(count: 32)))
  }

  @Test func aThrowingFillGivesThePlaceBack() {
    struct Refusal: Error {}
    #expect(throws: Refusal.self) {
      try SecretBytes(count: 16) { span throws(Refusal) in
        span.storeBytes(of: 1, as: UInt8.self)
        throw Refusal()
      }
    }
    #expect(throws: Refusal.self) {
      try SecretBytes(count: 5000) { _ throws(Refusal) in throw Refusal() }
    }
  }

  /// A slot that was given back holds zeros, and is the next one taken.
  @Test func slotsAreWipedAndUsedAgain() {
    var pool = SecretPool()
    let slot = pool.take()
    let other = pool.take()
    unsafe slot.address.storeBytes(of: 0x1122_3344_5566_7788, as: UInt64.self)
    let address = unsafe slot.address
    pool.give(slot)
    let again = pool.take()
    #expect(unsafe again.address == address)
    unsafe #expect(again.address.load(as: UInt64.self) == 0)
    pool.give(again)
    pool.give(other)
  }

  /// A thousand keys take 128 KB and not 4 MB, and most of it is given back after them.
  @Test func manySecretsShareTheirPages() {
    var pool = SecretPool()
    var slots: [SecretPool.Slot] = []
    for _ in 0..<1000 { slots.append(pool.take()) }
    let places = Set(slots.map { slot in unsafe UInt(bitPattern: slot.address) })
    #expect(places.count == 1000)
    #expect(pool.blockCount == 16)
    for slot in slots { pool.give(slot) }
    #expect(pool.blockCount == 1)
    let last = pool.take()
    pool.give(last)
  }

  @Test func pagesAreProtectedAndGivenBack() throws {
    let pages = SecretPages(holding: 5000)
    let address = unsafe UInt(bitPattern: pages.address)
    let mapped = try #require(Self.flags(at: address))
    // lo: locked; dd: not in a core dump; dc: not for children, or wf: zeros for them.
    if pages.protection > .ordinary { #expect(mapped.contains("lo")) }
    #expect(mapped.contains("dd"))
    #expect(mapped.contains("dc") || mapped.contains("wf"))
    pages.release()
    #expect(Self.flags(at: address) == nil || Self.flags(at: address)?.contains("lo") == false)
  }

  @Test func protectionIsTold() {
    let small = SecretBytes.random(count: 16)
    #expect(SecretBytes.protection == small.protection)
    let file = cl_memfd_secret()
    if file >= 0 {
      close(file)
      #expect(small.protection == .secretMemory)
    } else {
      #expect(small.protection < .secretMemory)
    }
    #expect(SecretBytes.Protection.ordinary < .locked)
  }

  /// Over the limit of locked memory a secret still gets a place, and says what it is worth.
  @Test func overTheLimitIsOrdinaryMemory() {
    var limit = rlimit()
    unsafe getrlimit(__rlimit_resource_t(__RLIMIT_MEMLOCK.rawValue), &limit)
    guard limit.rlim_cur < 1 << 30, geteuid() != 0 || limit.rlim_cur > 0 else { return }
    let size = Int(limit.rlim_cur) + (64 << 10)
    let secret = SecretBytes(count: size) { span in
      span.storeBytes(of: 9, toByteOffset: size - 1, as: UInt8.self)
    }
    #expect(secret.withSpan { $0[size - 1] } == 9)
    // The superuser has no limit for mlock.
    if geteuid() != 0 { #expect(secret.protection == .ordinary) }
    #expect(SecretBytes.random(count: 16).protection == SecretBytes.protection)
  }

  /// A child made by fork goes on without its parent's secrets, whatever it lets go of.
  @Test func aForkDoesNotCrash() {
    var secret: SecretBytes? = SecretBytes.random(count: 16)
    var large: SecretBytes? = SecretBytes.random(count: 9000)
    let child = cl_fork()
    if child == 0 {
      secret = nil
      large = nil
      _exit(0)
    }
    var status: Int32 = 0
    #expect(unsafe waitpid(child, &status, 0) == child)
    #expect(status == 0)
    #expect(secret?.count == 16 && large?.count == 9000)
  }

  @Test func threadsShareThePool() async {
    await withTaskGroup(of: Bool.self) { group in
      for seed in UInt8(0)..<8 {
        group.addTask {
          (0..<500).allSatisfy { round in
            let bytes = [UInt8](repeating: seed &+ UInt8(truncatingIfNeeded: round), count: 100)
            let secrets = (0..<4).map { _ in SecretBytes(bytes.span) }
            return secrets.allSatisfy { secret in
              secret.withSpan { span in span.indices.allSatisfy { span[$0] == bytes[0] } }
            }
          }
        }
      }
      for await isWhole in group { #expect(isWhole) }
    }
  }

  @Test func arraysAreWiped() {
    var bytes = [UInt8](repeating: 7, count: 50)
    SecretBytes.wipe(&bytes)
    #expect(bytes == [UInt8](repeating: 0, count: 50))
  }

  /// The kernel's flags of the map that holds an address; nil where there is none.
  static func flags(at address: UInt) -> Set<Substring>? {
    var isInside = false
    for line in Self.maps() {
      let range = line.prefix { $0 != " " }.split(separator: "-")
      if range.count == 2, let start = UInt(range[0], radix: 16),
        let end = UInt(range[1], radix: 16)
      {
        isInside = (start..<end).contains(address)
      } else if isInside, line.hasPrefix("VmFlags:") {
        return Set(line.dropFirst(8).split(separator: " "))
      }
    }
    return nil
  }

  static func maps() -> [Substring] {
    guard let file = unsafe fopen("/proc/self/smaps", "r") else { return [] }
    defer { unsafe fclose(file) }
    var text: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe fread(&chunk, 1, chunk.count, file)
      if count == 0 { break }
      text += chunk[..<count]
    }
    return String(decoding: text, as: UTF8.self).split(separator: "\n")
  }
}
