// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A passphrase while it is typed, one character after the other, in memory for secrets alone.
///
/// Used by one thread. Unsafe uses: `pages` hold `mostBytes` bytes and are this object's own until
/// `deinit`; `length` never passes them.
@safe package final class SecretLine {
  private let pages = SecretPages(holding: Passphrase.mostBytes)
  private var length = 0
  /// Whether more was typed than a passphrase can have: then it is none, until it is cleared.
  private var isTooLong = false

  /// Begins empty.
  package init() {}

  deinit { pages.release() }

  /// Whether anything stands in it.
  package var isEmpty: Bool { length == 0 && !isTooLong }

  /// Adds a byte of UTF-8.
  package func append(_ byte: UInt8) {
    guard length < Passphrase.mostBytes else { return isTooLong = true }
    unsafe pages.address.storeBytes(of: byte, toByteOffset: length, as: UInt8.self)
    length += 1
  }

  /// Takes the last character back, which may be several bytes of UTF-8.
  package func eraseLast() {
    guard !isTooLong else { return clear() }
    while length > 0 {
      length -= 1
      let byte = unsafe pages.address.load(fromByteOffset: length, as: UInt8.self)
      unsafe pages.address.storeBytes(of: 0, toByteOffset: length, as: UInt8.self)
      if byte & 0xC0 != 0x80 { return }
    }
  }

  /// Wipes it.
  package func clear() {
    unsafe explicit_bzero(pages.address, Passphrase.mostBytes)
    length = 0
    isTooLong = false
  }

  /// What was typed, and the line is empty again; what is too long gives an empty passphrase, which
  /// opens nothing.
  package func take() -> SecretBytes {
    let count = isTooLong ? 0 : length
    let passphrase = SecretBytes(count: count) { span in
      for index in 0..<count {
        let byte = unsafe pages.address.load(fromByteOffset: index, as: UInt8.self)
        span.storeBytes(of: byte, toByteOffset: index, as: UInt8.self)
      }
    }
    clear()
    return passphrase
  }
}
