// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
package import Lockdown
internal import Vocabulary

/// What a decoder is forked with; whoever takes it over decides when its parts close.
package struct DecoderEnds: ~Copyable {
  /// The clip's bytes, sealed.
  package let clip: OwnedDescriptor
  /// The ring, of a sealed size.
  package let ring: OwnedDescriptor
  /// The pipe to read instructions from.
  package let instructions: OwnedDescriptor
  /// The pipe to write reports to.
  package let reports: OwnedDescriptor
}

/// The process that forks decoders: everything they need is loaded in it once, and it parses nothing.
///
/// It has one thread, reads orders from its socket, and ends with it: then it kills what is left.
package struct Zygote {
  /// The descriptor of the socket that the program is started with.
  package static let socket: Int32 = 3

  private let childSignals: Int32
  private var children: [UInt32: Int32] = [:]
  private let decode: (consuming DecoderEnds) -> Int32

  /// Serves orders until the host is gone; returns the exit code.
  ///
  /// `decode` is a decoder's whole life, in the forked process; it returns its exit code.
  ///
  /// Unsafe use: `chdir` reads a literal.
  package static func run(decode: @escaping (consuming DecoderEnds) -> Int32) -> Int32 {
    // A process that needs no file keeps no file system busy.
    guard unsafe chdir("/") == 0 else { return ExitCode.systemError }
    // Before the lock: the watch has to see what other processes have open.
    TerminalWatch.fork()
    let childSignals = cl_child_signals()
    guard childSignals >= 0, cl_ignore_signal(SIGPIPE) == 0 else { return ExitCode.systemError }
    do { try ProcessLock.lockZygote(socket: Self.socket) } catch { return ExitCode.systemError }
    var zygote = Zygote(childSignals: childSignals, decode: decode)
    guard zygote.tell(.ready(version: ZygoteNotice.version)) else { return ExitCode.notAHost }
    let code = zygote.serve()
    zygote.endChildren()
    return code
  }

  private init(childSignals: Int32, decode: @escaping (consuming DecoderEnds) -> Int32) {
    self.childSignals = childSignals
    self.decode = decode
  }

  /// Unsafe use: `poll` reads and writes the array of two that it is given.
  private mutating func serve() -> Int32 {
    while true {
      var waits = [
        pollfd(fd: Self.socket, events: Int16(POLLIN), revents: 0),
        pollfd(fd: childSignals, events: Int16(POLLIN), revents: 0),
      ]
      guard unsafe poll(&waits, 2, -1) > 0 else {
        if errno == EINTR { continue }
        return ExitCode.systemError
      }
      if waits[1].revents != 0 { reap() }
      if waits[0].revents != 0, let code = takeOrder() { return code }
    }
  }

  /// Takes one order; gives the exit code where there will be no more.
  ///
  /// Unsafe use: `recvmsg` fills at most the arrays' own counts.
  private mutating func takeOrder() -> Int32? {
    var bytes = [UInt8](repeating: 0, count: WireMessage.byteCount)
    var numbers = [Int32](repeating: -1, count: Int(CL_MOST_DESCRIPTORS))
    var numberCount: Int32 = 0
    let count = unsafe cl_receive(Self.socket, &bytes, bytes.count, &numbers, &numberCount)
    let descriptors = Array(numbers.prefix(Int(numberCount)))
    defer { for descriptor in descriptors { close(descriptor) } }
    if count == -Int(EINTR) { return nil }
    guard count > 0 else { return ExitCode.success }
    guard count == bytes.count, let order = try? ZygoteOrder(bytes) else {
      return ExitCode.protocolError
    }
    switch order {
    case .open(let token):
      guard descriptors.count == ZygoteOrder.descriptorCount, children[token] == nil else {
        return ExitCode.protocolError
      }
      open(token, descriptors)
    case .kill(let token):
      // Only a child that was not reaped yet is in the table: its pid cannot be another's.
      if let process = children[token] { kill(process, SIGKILL) }
    }
    return nil
  }

  private mutating func open(_ token: UInt32, _ descriptors: [Int32]) {
    guard children.count < LinkLimits.decoderCount else {
      tell(.notStarted(token: token, code: EAGAIN))
      return
    }
    let zygote = getpid()
    let process = cl_fork()
    if process == 0 { _exit(live(descriptors, zygote)) }
    guard process > 0 else {
      tell(.notStarted(token: token, code: -process))
      return
    }
    children[token] = process
    tell(.started(token: token, process: process))
  }

  /// A decoder's life: the lock comes first, then what belongs to the zygote is closed.
  private func live(_ descriptors: [Int32], _ zygote: Int32) -> Int32 {
    let longest = Int(LinkLimits.longestDuration.seconds.rounded(.up))
    do {
      try ProcessLock.lockDecoder(parent: zygote, longestClipSeconds: longest)
    } catch { return ExitCode.systemError }
    close(Self.socket)
    close(childSignals)
    guard cl_unblock_signals() == 0 else { return ExitCode.systemError }
    return decode(
      DecoderEnds(
        clip: OwnedDescriptor(descriptors[0]), ring: OwnedDescriptor(descriptors[1]),
        instructions: OwnedDescriptor(descriptors[2]), reports: OwnedDescriptor(descriptors[3])))
  }

  /// Unsafe uses: `read` fills at most the array; `waitpid`'s results are written to two numbers.
  private mutating func reap() {
    var information = [UInt8](repeating: 0, count: 128)
    _ = unsafe read(childSignals, &information, information.count)
    var code: Int32 = 0
    var signal: Int32 = 0
    while true {
      let process = unsafe cl_reap(-1, &code, &signal)
      guard process > 0 else { return }
      guard let token = children.first(where: { $0.value == process })?.key else { continue }
      children[token] = nil
      tell(.ended(token: token, signal == 0 ? .exited(code: code) : .signalled(signal)))
    }
  }

  private mutating func endChildren() {
    for process in children.values {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    children = [:]
  }

  /// Sends a notice; one that does not go out is followed by the end of the orders.
  ///
  /// Unsafe use: `sendmsg` reads the array's own count and no descriptor.
  @discardableResult
  private func tell(_ notice: ZygoteNotice) -> Bool {
    let bytes = notice.encoded()
    return unsafe cl_send(Self.socket, bytes, bytes.count, nil, 0) == bytes.count
  }
}
