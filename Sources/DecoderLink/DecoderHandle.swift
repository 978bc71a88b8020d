// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import Lockdown
package import Veil
package import Vocabulary

/// The receiver's end of one decoder: asks for pictures, checks what comes, notices silence.
///
/// Used by one thread; nothing waits. Poll `fileDescriptor` for reading until `deadlineMilliseconds`
/// and call `receive`, then `checkDeadline`. Times are milliseconds of a monotonic clock.
package final class DecoderHandle {
  /// The decoder's name between us and the zygote; unique for a host.
  package let token: UInt32
  package let request: DecodeRequest
  /// The decoder's process id; nil until the zygote has told it.
  package private(set) var processID: Int32?

  private let link: ZygoteLink
  private var ring: FrameRing?
  private var instructions: OwnedDescriptor?
  private var reports: OwnedDescriptor?
  private var checker: ReportChecker
  private var unread: [UInt8] = []
  private var ending: DecoderFailure?
  private var hasEnded = false
  private var lastNews: Int64

  /// The most messages taken at once, so that a flood cannot keep the loop from its keys.
  private static let batchCount = 256

  init(
    token: UInt32, request: DecodeRequest, link: ZygoteLink, ring: FrameRing,
    instructions: OwnedDescriptor, reports: OwnedDescriptor, nowMilliseconds: Int64
  ) {
    self.token = token
    self.request = request
    self.link = link
    self.ring = ring
    self.instructions = instructions
    self.reports = reports
    checker = ReportChecker(request)
    lastNews = nowMilliseconds
  }

  deinit { close() }

  /// The descriptor to poll for reading; nil once nothing more can be read.
  package var fileDescriptor: Int32? { reports?.number }

  /// When the decoder counts as hung; nil while it owes nothing.
  package var deadlineMilliseconds: Int64? {
    guard !hasEnded, checker.isOwed || reports == nil else { return nil }
    return lastNews + LinkLimits.silenceMilliseconds
  }

  /// Takes what the decoder has sent: at most 256 messages, the rest stays readable.
  ///
  /// After `.failed`, and after a probe's `.passComplete`, the decoder is gone and nothing more comes.
  package func receive(nowMilliseconds: Int64) -> [DecoderEvent] {
    guard !hasEnded else { return [] }
    var events: [DecoderEvent] = []
    let isAtEnd = fillBuffer()
    let wholeCount = unread.count / WireMessage.byteCount * WireMessage.byteCount
    for start in stride(from: 0, to: wholeCount, by: WireMessage.byteCount) {
      do {
        let report = try Report(Array(unread[start..<start + WireMessage.byteCount]))
        let event = try checker.check(report, nowMilliseconds: nowMilliseconds) {
          take($0, $1, isClear: report.isClear)
        }
        lastNews = nowMilliseconds
        guard let event else { continue }
        if case .failed(let failure) = event { return events + [fail(failure)] }
        events.append(event)
      } catch {
        return events + [fail(.lied(error))]
      }
    }
    unread.removeFirst(wholeCount)
    guard isAtEnd else { return events }
    guard unread.isEmpty else { return events + [fail(.lied(.cutMessage))] }
    reports = nil
    if case .probe = request.mode, checker.isComplete {
      close()
    } else if let ending {
      events.append(fail(ending))
    }
    return events
  }

  /// Asks for the clear picture of a frame, or under a look with a lens for the part of it in that
  /// window; the newest wish counts.
  ///
  /// An index past the end gives the last picture. Does nothing where no clear picture may come.
  package func requestFrame(index: Int, lens: LensWindow? = nil, nowMilliseconds: Int64) {
    guard case .play(let showing) = request.mode, showing.isClear || checker.look != nil,
      !hasEnded
    else { return }
    noteOwing(nowMilliseconds)
    let index = min(max(0, index), LinkLimits.frameCount)
    let window = checker.look?.lens == nil ? nil : lens
    send(.frame(index: index, serial: checker.ask(index: index, lens: window), window))
  }

  /// Begins a look, or puts it in the place of one that goes on: clear pictures may be asked for
  /// until its time is over.
  ///
  /// Does nothing with a grant for another clip, one that is no look's, or one whose time is over, and
  /// where the decoder keeps no clear pictures.
  package func beginLook(_ grant: ClearGrant, nowMilliseconds: Int64) {
    guard case .play(let showing) = request.mode, showing.keepsClear, !hasEnded,
      grant.clip == request.clip, let deadline = grant.deadlineMilliseconds,
      deadline > nowMilliseconds
    else { return }
    let milliseconds = min(deadline - nowMilliseconds, Int64(LinkLimits.lookMilliseconds))
    checker.beginLook(grant)
    send(.look(milliseconds: Int(milliseconds), isLens: grant.lens != nil))
  }

  /// Ends the look, if one goes on: no clear picture is taken from now on.
  package func endLook() {
    guard checker.look != nil, !hasEnded else { return }
    checker.endLook()
    send(.endLook)
  }

  /// Has clear pictures scaled for another pane; until they are, those at hand come.
  package func resize(_ raster: Raster, nowMilliseconds: Int64) {
    guard case .play(let showing) = request.mode, showing.keepsClear, !hasEnded else { return }
    noteOwing(nowMilliseconds)
    send(.refit(raster, generation: checker.askRefit()))
  }

  /// Lets a prefetched clip go on past its limit: it is on screen now.
  package func activate(nowMilliseconds: Int64) {
    guard !hasEnded else { return }
    noteOwing(nowMilliseconds)
    checker.activate()
    send(.activate)
  }

  /// Ends the decoder and lets go of the ring; nothing more comes.
  package func close() {
    guard !hasEnded else { return }
    hasEnded = true
    instructions = nil
    reports = nil
    unread = []
    ring = nil
    // Without a host there is nothing left to kill.
    try? link.send(.kill(token: token))
  }

  /// Ends a decoder that has owed an answer for two seconds.
  ///
  /// Where the check itself comes late, this process was stopped or suspended, and the decoder gets
  /// its two seconds again.
  package func checkDeadline(nowMilliseconds: Int64) -> [DecoderEvent] {
    guard let deadline = deadlineMilliseconds, nowMilliseconds >= deadline else { return [] }
    guard nowMilliseconds <= deadline + LinkLimits.latenessMilliseconds else {
      lastNews = nowMilliseconds
      return []
    }
    return [fail(.hung)]
  }

  // MARK: What the host tells

  func configure() {
    switch request.mode {
    case .probe:
      send(.configure(sceneWidthMillimetres: request.sceneWidthMillimetres, nil))
    case .play(let showing):
      send(
        .configure(
          sceneWidthMillimetres: request.sceneWidthMillimetres,
          Instruction.Showing(
            size: showing.size, pixelAspect: showing.pixelAspect, finest: showing.finest,
            isClear: showing.isClear, mayLook: showing.mayLook, isPrefetch: showing.isPrefetch,
            raster: showing.raster, regionCount: showing.regions.count)))
      send(.greys(showing.greys))
      for message in Instruction.messages(for: showing.regions) { send(message) }
    }
  }

  func didStart(_ process: Int32) { processID = process }

  func didNotStart(_ code: Int32) { ending = .notStarted(code: code) }

  func didEnd(_ end: ProcessEnd) { ending = ending ?? .crashed(end) }

  func didLoseHost() { ending = ending ?? .hostGone }

  // MARK: Inside

  private func fail(_ failure: DecoderFailure) -> DecoderEvent {
    close()
    return .failed(failure)
  }

  /// Silence counts from the moment that something is owed, not from the last message before.
  private func noteOwing(_ nowMilliseconds: Int64) {
    if !checker.isOwed { lastNews = nowMilliseconds }
  }

  private func take(
    _ placement: Report.Placement, _ taking: ReportChecker.Taking, isClear: Bool
  ) -> [UInt8]? {
    guard let ring else { return nil }
    let count = taking == .copy ? placement.byteCount : 0
    let bytes = ring.copy(slot: placement.slot, count: count)
    if isClear { ring.wipe(slot: placement.slot, count: placement.byteCount) }
    if bytes != nil { send(.release(slot: placement.slot)) }
    return bytes
  }

  /// A message that does not go out is lost with a decoder that has ended, or has not read a
  /// thousand others; the deadline finds both.
  ///
  /// Unsafe use: `write` reads the array's own count.
  private func send(_ instruction: Instruction) {
    guard let instructions else { return }
    let bytes = instruction.encoded()
    _ = unsafe write(instructions.number, bytes, bytes.count)
  }

  /// Reads what is there; true at the end of the decoder's messages.
  ///
  /// Unsafe use: `read` fills at most the array's own count.
  private func fillBuffer() -> Bool {
    guard let reports else { return true }
    let room = Self.batchCount * WireMessage.byteCount - unread.count
    var bytes = [UInt8](repeating: 0, count: room)
    let count = unsafe read(reports.number, &bytes, room)
    if count > 0 { unread += bytes.prefix(count) }
    return count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)
  }
}

extension Report {
  fileprivate var isClear: Bool {
    if case .frame = self { true } else { false }
  }
}
