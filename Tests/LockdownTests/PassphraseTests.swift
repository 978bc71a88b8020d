// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import Testing

@testable import Lockdown

/// Passphrases from a descriptor, and what may become one.
@Suite struct PassphraseTests {
  private func secret(_ text: String) -> SecretBytes { SecretBytes(Array(text.utf8).span) }

  private func text(_ secret: SecretBytes) -> String {
    unsafe secret.withBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// A descriptor that gives these bytes and then the end, which nobody owns, and its other end.
  private func filled(_ bytes: [UInt8]) throws -> (reading: Int32, other: OwnedDescriptor) {
    let (near, far) = try OwnedDescriptor.socketPair()
    if !bytes.isEmpty { _ = unsafe write(near.number, bytes, bytes.count) }
    shutdown(near.number, Int32(SHUT_WR))
    return (dup(far.number), near)
  }

  /// Whether the descriptor was closed: its number alone may be another file's by now.
  private func isClosed(_ other: OwnedDescriptor) -> Bool {
    var entry = pollfd(fd: other.number, events: 0, revents: 0)
    return unsafe poll(&entry, 1, 0) == 1 && entry.revents & Int16(POLLHUP) != 0
  }

  @Test(arguments: [
    ("secret\n", "secret"), ("secret", "secret"), ("one\ntwo\n", "one"), ("", ""), ("\n", ""),
    ("a\r\n", "a\r"), ("\u{E9}\u{732B}\n", "\u{E9}\u{732B}"),
  ])
  func theFirstLineIsTaken(input: String, passphrase: String) throws {
    let pair = try filled(Array(input.utf8))
    #expect(!isClosed(pair.other))
    #expect(text(try Passphrase.read(fromDescriptor: Int(pair.reading))) == passphrase)
    #expect(isClosed(pair.other))
  }

  @Test(arguments: [(1023, "\n"), (1024, ""), (1024, "\n"), (1025, ""), (1025, "\n"), (5000, "")])
  func theLengthHasALimit(count: Int, end: String) throws {
    let bytes = [UInt8](repeating: 120, count: count) + Array(end.utf8)
    let pair = try filled(bytes)
    if count <= 1024 {
      #expect(try Passphrase.read(fromDescriptor: Int(pair.reading)).count == count)
    } else {
      #expect(throws: PassphraseError.tooLong) {
        try Passphrase.read(fromDescriptor: Int(pair.reading))
      }
    }
    #expect(isClosed(pair.other))
  }

  @Test func aPipeThatIsSlowAndDoesNotWaitIsWaitedFor() throws {
    let pipe = try OwnedDescriptor.pipe()
    try pipe.reading.setNonBlocking()
    Thread.detachNewThread {
      for byte in Array("in pieces\nrest".utf8) {
        usleep(1000)
        var byte = byte
        _ = unsafe write(pipe.writing.number, &byte, 1)
      }
      // Open until here, so that the rest is written to someone.
      _ = pipe.reading.number
    }
    let copy = dup(pipe.reading.number)
    #expect(text(try Passphrase.read(fromDescriptor: Int(copy))) == "in pieces")
  }

  @Test(arguments: [-1, 9999, Int.max, Int.min])
  func aDescriptorThatIsNotOpenIsNamed(number: Int) {
    #expect(throws: PassphraseError.badDescriptor(number, code: EBADF)) {
      try Passphrase.read(fromDescriptor: number)
    }
    let sentence = PassphraseError.badDescriptor(number, code: EBADF).sentence
    #expect(sentence.contains("\(number) of --passphrase-fd cannot be read"))
  }

  @Test func aFolderCannotBeRead() {
    let descriptor = unsafe open("/", O_RDONLY)
    #expect(throws: PassphraseError.badDescriptor(Int(descriptor), code: EISDIR)) {
      try Passphrase.read(fromDescriptor: Int(descriptor))
    }
  }

  @Test(arguments: [
    ("", PassphraseError.empty), ("seven c", .tooShort), ("\u{E9}\u{E9}\u{E9}\u{E9}", .tooShort),
    (String(repeating: "x", count: 1025), .tooLong),
  ])
  func whatWillNotDoIsRefused(text: String, error: PassphraseError) {
    #expect(throws: error) { try Passphrase.checkNew(secret(text)) }
  }

  @Test(arguments: ["eight ch", "\u{732B}\u{732B}\u{732B}\u{732B}\u{732B}\u{732B}\u{732B}\u{732B}"])
  func whatWillDoIsTaken(text: String) throws { try Passphrase.checkNew(secret(text)) }

  @Test func everySentenceIsOneAndNamesWhatToDo() {
    let errors: [PassphraseError] = [
      .noTerminal, .lost(SystemError(call: "poll", code: EIO)), .ended, .tooLong, .empty,
      .badDescriptor(7, code: EBADF), .terminalDescriptor(0), .tooShort, .mismatch,
    ]
    for error in errors {
      #expect(error.sentence.hasSuffix(".") && error.sentence.contains { ";,".contains($0) })
      #expect(!error.sentence.dropLast().contains(". "))
    }
    #expect(PassphraseError.noTerminal.sentence.contains("--passphrase-fd"))
  }
}
