// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// Whole pages for secrets, from the best protection that the kernel gives now.
///
/// Unsafe uses: `address` and `byteCount` are what `mmap` gave; whoever holds this value unmaps it
/// once and does not use it afterwards.
@safe struct SecretPages: @unchecked Sendable {
  let address: UnsafeMutableRawPointer
  let byteCount: Int
  let protection: SecretBytes.Protection

  /// Zeroed pages for at least so many bytes.
  ///
  /// Ends the process where there is no memory at all, as Swift's own allocator does.
  init(holding count: Int) {
    let byteCount = max(1, (count + 4095) / 4096) * 4096
    self.byteCount = byteCount
    if let secret = unsafe Self.secretMemory(byteCount) {
      unsafe address = secret
      protection = .secretMemory
      unsafe cl_keep_to_this_process(secret, byteCount, 0)
      return
    }
    let mapped = unsafe mmap(
      nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else {
      fatalError("no memory for a key")
    }
    unsafe address = mapped
    protection = unsafe mlock(mapped, byteCount) == 0 ? .locked : .ordinary
    unsafe cl_keep_to_this_process(mapped, byteCount, 1)
  }

  /// Wipes the pages and gives them back.
  func release() {
    unsafe explicit_bzero(address, byteCount)
    unsafe munmap(address, byteCount)
  }

  /// Pages of a secret memory file, which lives as long as its map; nil where the kernel has none to
  /// give: too old, not enabled, denied, or over the limit of locked memory.
  private static func secretMemory(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    let file = cl_memfd_secret()
    guard file >= 0 else { return nil }
    defer { close(file) }
    guard ftruncate(file, byteCount) == 0 else { return nil }
    let mapped = unsafe mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
    guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else { return nil }
    return unsafe mapped
  }
}
