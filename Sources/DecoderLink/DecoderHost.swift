// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
package import Lockdown
import Vocabulary

/// What comes from the process that starts decoders.
package enum HostEvent: Hashable, Sendable {
  /// It is up; orders sent before are served now.
  case ready
  /// A decoder ended; its handle knows, and says so at its next `receive`.
  case ended(token: UInt32, ProcessEnd)
  /// It is gone, and every decoder with it; each open handle says so at its next `receive`.
  case zygoteLost
  /// What a look at the terminal found, by the number that `look` gave; `noLook` where none came.
  case terminal(UInt32, TerminalFinding)
}

/// The way to the zygote, shared by the host and its handles.
final class ZygoteLink {
  private var socket: OwnedDescriptor?

  init(_ socket: OwnedDescriptor) { self.socket = socket }

  var fileDescriptor: Int32? { socket?.number }

  func close() { socket = nil }

  /// Unsafe use: `sendmsg` reads the arrays' own counts.
  func send(_ order: ZygoteOrder, _ descriptors: [OwnedDescriptor] = []) throws(LinkError) {
    guard let socket else { throw .hostGone }
    let bytes = order.encoded()
    let numbers = descriptors.map(\.number)
    let sent = unsafe cl_send(socket.number, bytes, bytes.count, numbers, Int32(numbers.count))
    if sent == -Int(EPIPE) || sent == -Int(ECONNRESET) { throw .hostGone }
    guard sent == bytes.count else {
      throw .system(SystemError(call: "sendmsg", code: Int32(clamping: -sent)))
    }
  }
}

/// The receiver's end of the zygote: starts it, opens clips in decoders, hears how they end.
///
/// Used by one thread; nothing waits but `close`. Poll `fileDescriptor` for reading and call
/// `receive`; after it, call `receive` of the handles that it names.
package final class DecoderHost {
  private let link: ZygoteLink
  private let watch: TerminalWatchLink
  private var process: Int32?
  private var handles: [UInt32: WeakHandle] = [:]
  private var lastToken: UInt32 = 0

  private struct WeakHandle {
    weak var handle: DecoderHandle?
  }

  private init(link: ZygoteLink, watch: TerminalWatchLink, process: Int32) {
    self.link = link
    self.watch = watch
    self.process = process
  }

  deinit { close() }

  /// Starts the decoder program as a zygote, in a session of its own.
  ///
  /// It gets no environment, no descriptor but its two sockets, and its errors go to `errorLog` or
  /// nowhere. SIGPIPE is ignored in this process from now on: a decoder may end at any time. Throws
  /// where there is no such program; one that fails later shows as `.zygoteLost`.
  ///
  /// Unsafe uses: `posix_spawn` reads the strings, which live through the call, and writes the pid.
  package static func start(
    executable: String, errorLog: Int32? = nil
  ) throws(LinkError) -> DecoderHost {
    let ends: (OwnedDescriptor, OwnedDescriptor)
    let watch: (OwnedDescriptor, OwnedDescriptor)
    do {
      ends = try OwnedDescriptor.socketPair()
      watch = try OwnedDescriptor.socketPair()
      try ends.0.setNonBlocking()
      try watch.0.setNonBlocking()
      try SystemError.check("signal", cl_ignore_signal(SIGPIPE))
    } catch { throw .system(error) }
    var process: pid_t = 0
    // A crash must end a decoder at once: no backtracer is started for it.
    let result = unsafe "SWIFT_BACKTRACE=enable=no".withCString { setting in
      unsafe executable.withCString { path in
        var arguments = unsafe [UnsafeMutablePointer(mutating: path), nil]
        var environment = unsafe [UnsafeMutablePointer(mutating: setting), nil]
        return unsafe cl_spawn(
          path, &arguments, &environment, ends.1.number, watch.1.number, errorLog ?? -1, &process)
      }
    }
    guard result == 0 else {
      throw .cannotStart(SystemError(call: executable, code: -result))
    }
    return DecoderHost(
      link: ZygoteLink(ends.0), watch: TerminalWatchLink(watch.0), process: process)
  }

  /// The descriptor of the terminal's watch, to poll for reading; nil once it is gone.
  package var watchDescriptor: Int32? { watch.fileDescriptor }

  /// When the watch must have answered, by the clock that `look` was told; nil where it owes nothing.
  package var lookDeadlineMilliseconds: Int64? { watch.deadlineMilliseconds }

  /// Asks who holds a terminal; the answer comes as `.terminal` with the number that is returned.
  package func look(_ look: TerminalLook, nowMilliseconds: Int64) -> UInt32 {
    watch.ask(look, nowMilliseconds: nowMilliseconds)
  }

  /// Takes what the watch has found; a look that is due for two seconds found nothing.
  package func receiveLooks(nowMilliseconds: Int64) -> [HostEvent] {
    watch.receive(nowMilliseconds: nowMilliseconds).map { .terminal($0.serial, $0.finding) }
  }

  /// The descriptor to poll for reading; nil once the zygote is gone.
  package var fileDescriptor: Int32? { link.fileDescriptor }

  /// The zygote's process id; nil once it is gone.
  package var processID: Int32? { process }

  /// Opens a clip in a decoder of its own; its events come from the handle.
  ///
  /// The clip may be let go of at once: the decoder has it.
  package func open(
    _ request: DecodeRequest, clip: SealedClip, nowMilliseconds: Int64
  ) throws(LinkError) -> DecoderHandle {
    let ring: (descriptor: OwnedDescriptor, FrameRing)
    do { ring = try FrameRing.create(slotByteCount: request.slotByteCount) } catch {
      throw .memory(error)
    }
    let instructions: (reading: OwnedDescriptor, writing: OwnedDescriptor)
    let reports: (reading: OwnedDescriptor, writing: OwnedDescriptor)
    do {
      instructions = try OwnedDescriptor.pipe()
      reports = try OwnedDescriptor.pipe()
      try instructions.writing.setNonBlocking()
      try reports.reading.setNonBlocking()
    } catch { throw .system(error) }
    lastToken &+= 1
    let handle = DecoderHandle(
      token: lastToken, request: request, link: link, ring: ring.1,
      instructions: instructions.writing, reports: reports.reading,
      nowMilliseconds: nowMilliseconds)
    try link.send(
      .open(token: lastToken),
      [clip.descriptor, ring.descriptor, instructions.reading, reports.writing])
    handles[lastToken] = WeakHandle(handle: handle)
    handle.configure()
    return handle
  }

  /// Takes what the zygote has said; empty where it said nothing.
  package func receive() -> [HostEvent] {
    var events: [HostEvent] = []
    while let socket = link.fileDescriptor {
      switch readNotice(socket) {
      case .nothing: return events
      case .gone:
        lose()
        return events + [.zygoteLost]
      case .notice(.ready(let version)):
        guard version == ZygoteNotice.version else {
          lose()
          return events + [.zygoteLost]
        }
        events.append(.ready)
      case .notice(.started(let token, let process)):
        handles[token]?.handle?.didStart(process)
      case .notice(.notStarted(let token, let code)):
        handles.removeValue(forKey: token)?.handle?.didNotStart(code)
        events.append(.ended(token: token, .exited(code: code)))
      case .notice(.ended(let token, let end)):
        handles.removeValue(forKey: token)?.handle?.didEnd(end)
        events.append(.ended(token: token, end))
      }
    }
    return events
  }

  /// Ends the zygote and all its decoders, and waits until it is gone: half a second at most.
  package func close() {
    lose()
  }

  private enum Reading {
    case nothing, gone
    case notice(ZygoteNotice)
  }

  /// Unsafe use: `recvmsg` fills at most the arrays' own counts.
  private func readNotice(_ socket: Int32) -> Reading {
    var bytes = [UInt8](repeating: 0, count: WireMessage.byteCount)
    var descriptors = [Int32](repeating: -1, count: Int(CL_MOST_DESCRIPTORS))
    var descriptorCount: Int32 = 0
    let count = unsafe cl_receive(
      socket, &bytes, bytes.count, &descriptors, &descriptorCount)
    for descriptor in descriptors.prefix(Int(descriptorCount)) { Glibc.close(descriptor) }
    if count == -Int(EAGAIN) || count == -Int(EINTR) { return .nothing }
    guard count == bytes.count, let notice = try? ZygoteNotice(bytes) else { return .gone }
    return .notice(notice)
  }

  private func lose() {
    watch.close()
    link.close()
    for handle in handles.values { handle.handle?.didLoseHost() }
    handles = [:]
    guard let process else { return }
    self.process = nil
    // It ends by itself when its socket closes, and reaps its decoders first. One that is stuck is
    // killed, and the kernel kills its decoders; a host that has confined itself can signal nobody
    // and leaves it: it is locked itself and has nothing left but its processor time.
    for attempt in 0..<100 {
      if attempt == 50 { kill(process, SIGKILL) }
      if reap(process) { return }
      usleep(10_000)
    }
  }

  /// Unsafe use: `waitpid`'s results are written to two numbers.
  private func reap(_ process: Int32) -> Bool {
    var code: Int32 = 0
    var signal: Int32 = 0
    return unsafe cl_reap(process, &code, &signal) != 0
  }
}
