// SPDX-License-Identifier: Apache-2.0
import Glibc
import Vocabulary

/// A program in a pseudo-terminal that is read as fast as it writes, each read timed.
///
/// Its own, since a model of the screen would take time that would count as the program's.
///
/// Unsafe uses: buffers that live across one call, results written to locals.
final class Terminal {
  /// The size at which pictures are compared.
  static let size = CellSize(columns: 120, rows: 36)

  let child: Child
  private(set) var stream: ScreenStream
  private let master: Int32
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var cost: Child.Cost?

  /// Starts a program; `word` is looked for in what it draws.
  init(_ arguments: [String], watching word: String = "person") throws(BenchError) {
    stream = ScreenStream(watching: word)
    var slave: Int32 = -1
    var master: Int32 = -1
    var name = [CChar](repeating: 0, count: 128)
    var window = winsize(
      ws_row: UInt16(Self.size.rows), ws_col: UInt16(Self.size.columns),
      ws_xpixel: UInt16(Self.size.columns * 10), ws_ypixel: UInt16(Self.size.rows * 20))
    let result = unsafe name.withUnsafeMutableBufferPointer { text in
      unsafe openpty(&master, &slave, text.baseAddress, nil, &window)
    }
    guard result == 0 else { throw .system("openpty", errno) }
    self.master = master
    _ = fcntl(master, F_SETFD, FD_CLOEXEC)
    let device = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
    defer { Glibc.close(slave) }
    _ = fcntl(slave, F_SETFD, FD_CLOEXEC)
    do { child = try Child(arguments, device: device) } catch {
      Glibc.close(master)
      throw error
    }
  }

  deinit {
    if cost == nil {
      kill(child.processID, SIGKILL)
      _ = child.wait()
    }
    Glibc.close(master)
  }

  /// Presses keys; when that was done.
  @discardableResult
  func press(_ keys: String) -> ContinuousClock.Instant {
    let start = ContinuousClock.now
    write(Array(keys.utf8))
    return start
  }

  /// Reads until `isDone` is true of the stream; throws with `what` where that does not happen.
  func wait(
    for what: String, atMost patience: Duration = .seconds(30),
    until isDone: (ScreenStream) -> Bool
  ) throws(BenchError) {
    let deadline = ContinuousClock.now + patience
    while !isDone(stream) {
      guard ContinuousClock.now < deadline, read(milliseconds: 100) != .closed else {
        throw .timedOut(what)
      }
    }
  }

  /// Reads for a time.
  func watch(_ time: Duration) {
    let deadline = ContinuousClock.now + time
    while ContinuousClock.now < deadline {
      let left = (deadline - ContinuousClock.now).inMilliseconds
      if read(milliseconds: Int32(max(1, left))) == .closed { return }
    }
  }

  /// Reads until nothing has come for a time.
  func settle(_ quiet: Int32 = 150) {
    while read(milliseconds: quiet) == .some {}
  }

  /// Reads until the program closes the terminal, and waits for its end.
  func finish() -> Child.Cost {
    while read(milliseconds: 1000) != .closed {}
    let cost = child.wait()
    self.cost = cost
    return cost
  }

  private enum Reading { case some, none, closed }

  private func read(milliseconds: Int32) -> Reading {
    var entry = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&entry, 1, milliseconds) > 0 else { return .none }
    let count = unsafe buffer.withUnsafeMutableBytes { bytes in
      unsafe Glibc.read(master, bytes.baseAddress, bytes.count)
    }
    let time = ContinuousClock.now
    // The last slave's closing is an input/output error here.
    guard count > 0 else { return count < 0 && errno == EINTR ? .none : .closed }
    let answers = stream.take(Array(buffer.prefix(count)), at: time)
    if !answers.isEmpty { write(answers) }
    return .some
  }

  private func write(_ bytes: [UInt8]) {
    _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(master, $0.baseAddress, $0.count) }
  }
}
