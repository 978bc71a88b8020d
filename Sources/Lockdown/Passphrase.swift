// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// Rules for passphrases, and reading one from a descriptor (`--passphrase-fd N`).
package enum Passphrase {
  /// The most bytes of one.
  package static let mostBytes = 1024
  /// The fewest characters of a new one, counted as Unicode scalars.
  package static let leastCharacters = 8

  /// Refuses what may not become a passphrase: throws `empty`, `tooShort` or `tooLong`.
  ///
  /// Unsafe use: the lent bytes are read in place.
  package static func checkNew(_ passphrase: SecretBytes) throws(PassphraseError) {
    if passphrase.count == 0 { throw .empty }
    if passphrase.count > mostBytes { throw .tooLong }
    // In UTF-8 every scalar has one byte that is not a continuation.
    let characters = unsafe passphrase.withBytes { bytes in
      unsafe bytes.count { $0 & 0xC0 != 0x80 }
    }
    if characters < leastCharacters { throw .tooShort }
  }

  /// Reads a descriptor's first line, or all of it where no line ends, without the line end.
  ///
  /// At most `mostBytes`; nothing before the end gives an empty passphrase.
  /// The descriptor is closed afterwards, whatever came of it; one of the standard three becomes
  /// an empty pipe instead, so that no file opened later takes its place.
  ///
  /// - Throws: `badDescriptor` where it is not open for reading, `terminalDescriptor` where it is a
  ///   terminal, `tooLong`.
  package static func read(fromDescriptor number: Int) throws(PassphraseError) -> SecretBytes {
    guard let descriptor = Int32(exactly: number), descriptor >= 0,
      fcntl(descriptor, F_GETFD) >= 0
    else { throw .badDescriptor(number, code: EBADF) }
    guard isatty(descriptor) == 0 else { throw .terminalDescriptor(number) }
    defer { retire(descriptor) }
    return try unsafe line { (buffer) throws(PassphraseError) in
      while true {
        let count = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        if count >= 0 { return count }
        switch errno {
        case EINTR: continue
        case EAGAIN:
          var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
          _ = unsafe poll(&entry, 1, -1)
        case let code: throw .badDescriptor(number, code: code)
        }
      }
    }
  }

  /// Collects one line from `receive`, which fills the start of a buffer and returns how many bytes
  /// it wrote, 0 at the end of the input; nothing of it is ever outside of secret memory.
  ///
  /// Unsafe uses: `receive` writes into the rest of the span it is lent, whose length it is told.
  static func line(
    _ receive: (UnsafeMutableRawBufferPointer) throws(PassphraseError) -> Int
  ) throws(PassphraseError) -> SecretBytes {
    var length = 0
    let scratch = try SecretBytes(count: mostBytes + 1) { span throws(PassphraseError) in
      length = try unsafe span.withUnsafeMutableBytes { bytes throws(PassphraseError) in
        var filled = 0
        while filled <= mostBytes {
          let count = try unsafe receive(UnsafeMutableRawBufferPointer(rebasing: bytes[filled...]))
          let end = filled + count
          for index in filled..<end where unsafe bytes[index] == UInt8(ascii: "\n") { return index }
          filled = end
          if count == 0 { return filled }
        }
        throw PassphraseError.tooLong
      }
    }
    return unsafe scratch.withBytes { bytes in
      SecretBytes(count: length) { span in
        for index in 0..<length {
          unsafe span.storeBytes(of: bytes[index], toByteOffset: index, as: UInt8.self)
        }
      }
    }
  }

  /// Closes a descriptor; one of the standard three becomes an empty pipe.
  ///
  /// Not /dev/null: a locked process cannot open it.
  private static func retire(_ descriptor: Int32) {
    guard descriptor <= STDERR_FILENO, let empty = try? OwnedDescriptor.pipe().reading else {
      close(descriptor)
      return
    }
    dup2(empty.number, descriptor)
  }
}
