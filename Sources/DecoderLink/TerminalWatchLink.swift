// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import Lockdown

/// The receiver's end of the watch: asks, takes answers strictly, and gives up on those that do not
/// come.
final class TerminalWatchLink {
  private var socket: OwnedDescriptor?
  private var lastSerial: UInt32 = 0
  private var asked: [(serial: UInt32, atMilliseconds: Int64)] = []
  /// A finding of which parties are still to come.
  private var arriving: (serial: UInt32, finding: TerminalFinding, missing: Int)?

  typealias Answer = (serial: UInt32, finding: TerminalFinding)

  /// How long a look may take, in milliseconds.
  static let patienceMilliseconds: Int64 = 2_000
  /// So many questions may wait; the socket holds as many.
  private static let mostAsked = 8

  init(_ socket: OwnedDescriptor) { self.socket = socket }

  var fileDescriptor: Int32? { socket?.number }

  var deadlineMilliseconds: Int64? {
    asked.first.map {
      socket == nil ? $0.atMilliseconds : $0.atMilliseconds + Self.patienceMilliseconds
    }
  }

  func close() { socket = nil }

  /// Unsafe use: `sendmsg` reads the array's own count and no descriptor.
  func ask(_ look: TerminalLook, nowMilliseconds: Int64) -> UInt32 {
    lastSerial &+= 1
    asked.append((lastSerial, nowMilliseconds))
    let bytes = TerminalQuestion(serial: lastSerial, look: look).encoded()
    guard let socket, asked.count <= Self.mostAsked,
      unsafe cl_send(socket.number, bytes, bytes.count, nil, 0) == bytes.count
    else {
      close()
      return lastSerial
    }
    return lastSerial
  }

  /// The answers that have come, in order; `noLook` for questions that none will come to.
  func receive(nowMilliseconds: Int64) -> [Answer] {
    var answers: [Answer] = []
    while socket != nil {
      guard let message = read() else { break }
      do throws(LinkViolation) {
        if let answer = try take(message) { answers.append(answer) }
      } catch {
        // It is our own program: one that speaks otherwise is not listened to any more.
        close()
      }
    }
    while let first = asked.first,
      socket == nil || nowMilliseconds >= first.atMilliseconds + Self.patienceMilliseconds
    {
      asked.removeFirst()
      answers.append((first.serial, .noLook))
    }
    return answers
  }

  /// The next message; nil where there is none, or no more.
  ///
  /// Unsafe use: `recvmsg` fills at most the arrays' own counts.
  private func read() -> [UInt8]? {
    guard let socket else { return nil }
    var bytes = [UInt8](repeating: 0, count: TerminalMessage.byteCount)
    var descriptors = [Int32](repeating: -1, count: Int(CL_MOST_DESCRIPTORS))
    var descriptorCount: Int32 = 0
    let count = unsafe cl_receive(
      socket.number, &bytes, bytes.count, &descriptors, &descriptorCount)
    for descriptor in descriptors.prefix(Int(descriptorCount)) { Glibc.close(descriptor) }
    if count == bytes.count { return bytes }
    if count != -Int(EAGAIN), count != -Int(EINTR) { close() }
    return nil
  }

  private func take(_ message: [UInt8]) throws(LinkViolation) -> Answer? {
    if var arriving {
      arriving.finding.parties.append(
        try TerminalAnswer.party(message, serial: arriving.serial))
      arriving.missing -= 1
      self.arriving = arriving
    } else {
      let (serial, finding, count) = try TerminalAnswer.finding(message)
      arriving = (serial, finding, count)
    }
    guard let done = arriving, done.missing == 0 else { return nil }
    arriving = nil
    // Answers keep the order of the questions; one that was given up is of no use any more.
    guard let place = asked.firstIndex(where: { $0.serial == done.serial }) else { return nil }
    guard place == 0 else { throw .outOfPlace }
    asked.removeFirst()
    return (done.serial, done.finding)
  }
}
