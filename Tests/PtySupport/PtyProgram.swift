// SPDX-License-Identifier: Apache-2.0
import Glibc
package import TerminalModels
import TerminalScreen
import Testing
package import Vocabulary

/// A program in a terminal of its own: it is sent keys, its screen is read, its questions are
/// answered.
///
/// Everything happens while one of the waiting calls runs. A program still running when this goes
/// is killed. A byte that is not in the grammar of what may be sent to a terminal fails the test.
///
/// Unsafe uses: C strings and arrays made for one system call.
package final class PtyProgram {
  /// How long the waiting calls wait where nothing else is said.
  package static let patience: Duration = .seconds(30)

  /// What it shows.
  package let screen: TerminalModel
  /// Everything it wrote so far.
  package private(set) var output: [UInt8] = []
  /// How long `output` was after each read, and when that was by the wall clock, in milliseconds.
  package private(set) var arrivals: [(byteCount: Int, atMilliseconds: Int64)] = []
  /// Its process id.
  package let processID: Int32
  /// How its questions are answered.
  package var personality: TerminalPersonality
  /// Whether `CSI 5 n` is answered; a mute terminal does not.
  package var answersStatus: Bool {
    get { personality.answersStatus }
    set { personality.answersStatus = newValue }
  }
  /// How many bytes a second the terminal reads; nil for all that come.
  package var bytesPerSecond: Int?
  /// Whether the terminal reads at all.
  package var isReading = true
  /// How it ended; nil while it runs.
  package private(set) var exitStatus: ExitStatus?

  private var master: Int32
  private var slave: Int32
  private let originalModes: termios
  private var scanner = QueryScanner()
  private var checker: OutputGrammar.Checker?
  private var hasTypedTab = false
  private var answers: [(due: ContinuousClock.Instant, bytes: [UInt8])] = []
  private var readSince = ContinuousClock.now
  private var readBytes = 0

  /// Starts a program; `arguments` begins with its path.
  ///
  /// `holdsToGrammar` is false for a program that is not ours and sends what ours may not, such as
  /// a multiplexer.
  package init(
    _ arguments: [String], environment: [String: String],
    size: CellSize = CellSize(columns: 80, rows: 24),
    cellPixels: PixelSize = PixelSize(width: 0, height: 0), holdsToGrammar: Bool = true,
    personality: TerminalPersonality = .plain
  ) throws(PtyError) {
    self.personality = personality
    checker = holdsToGrammar ? OutputGrammar.Checker() : nil
    guard let screen = TerminalModel(size: size) else { throw .system("vterm_new", errno: ENOMEM) }
    self.screen = screen
    let ends = try PtyTerminal.open(size: size, cellPixels: cellPixels)
    (master, slave) = (ends.master, ends.slave)
    originalModes = PtyTerminal.modes(slave)
    processID = try PtyTerminal.spawn(arguments, environment, terminal: ends.name)
  }

  deinit {
    if exitStatus == nil {
      kill(processID, SIGKILL)
      _ = waitpid(processID, nil, 0)
    }
    close(master)
    close(slave)
  }

  /// Types text or sends bytes.
  package func send(_ keys: String) {
    hasTypedTab = hasTypedTab || keys.contains("\t")
    PtyTerminal.write(Array(keys.utf8), to: master)
  }

  /// Sends it a signal.
  package func signal(_ number: Int32) { kill(processID, number) }

  /// Takes the terminal away, as a lost connection does, and waits until the program ended.
  package func hangUp(_ patience: Duration = patience) throws(PtyError) -> ExitStatus {
    for end in [slave, master] { close(end) }
    // No descriptor from here on: reading gives nothing, and the end closes nothing.
    (master, slave) = (-1, -1)
    let end = ContinuousClock.now + patience
    while exitStatus == nil {
      reap()
      if ContinuousClock.now >= end { throw .timedOut(screen: screen.text) }
      usleep(10_000)
    }
    return exitStatus ?? .exited(0)
  }

  /// Changes the window, which tells the program.
  package func resize(
    _ size: CellSize, cellPixels: PixelSize = PixelSize(width: 0, height: 0)
  ) {
    screen.resize(size)
    PtyTerminal.setSize(size, cellPixels, of: master)
  }

  /// Whether the terminal's modes are as they were before the program.
  package var isTerminalRestored: Bool {
    let now = PtyTerminal.modes(slave)
    return now.c_iflag == originalModes.c_iflag && now.c_oflag == originalModes.c_oflag
      && now.c_lflag == originalModes.c_lflag
  }

  /// The bytes that were typed or answered and that nobody has read: after it ended, what the shell
  /// would get.
  package func takeLeftovers() -> [UInt8] {
    PtyTerminal.takeInput(slave)
  }

  /// How many bytes were typed or answered and not read by the program.
  package var unreadInput: Int { PtyTerminal.inputCount(slave) }

  /// Waits, without reading what it writes, until it has read all that was typed and answered.
  package func waitUntilInputIsRead(_ patience: Duration = patience) throws(PtyError) {
    let end = ContinuousClock.now + patience
    while unreadInput > 0 {
      if ContinuousClock.now >= end { throw .timedOut(screen: screen.text) }
      usleep(2000)
    }
  }

  /// Whether answers are still to come.
  package var isAnswering: Bool { !answers.isEmpty }

  /// Lets time pass, in which the terminal does what it does.
  package func pass(milliseconds: Int) {
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    while ContinuousClock.now < end { pump(milliseconds: 5) }
  }

  /// Waits until the screen is as wanted; throws with the screen where it never was.
  package func waitUntil(
    _ patience: Duration = patience, _ isDone: (TerminalModel) -> Bool
  ) throws(PtyError) {
    let end = ContinuousClock.now + patience
    while true {
      pump(milliseconds: 0)
      if isDone(screen) { return }
      if let exitStatus { throw .ended(exitStatus, screen: screen.text) }
      if ContinuousClock.now >= end { throw .timedOut(screen: screen.text) }
      pump(milliseconds: 50)
    }
  }

  /// Waits until the screen shows this text on one row.
  package func waitFor(_ text: String, _ patience: Duration = patience) throws(PtyError) {
    try waitUntil(patience) { $0.text.contains(text) }
  }

  /// Waits until nothing was written for a while, or it ended; throws where it never falls silent.
  package func waitForIdle(
    quietMilliseconds: Int32 = 200, _ patience: Duration = patience
  ) throws(PtyError) {
    let end = ContinuousClock.now + patience
    while pump(milliseconds: quietMilliseconds), exitStatus == nil {
      if ContinuousClock.now >= end { throw .timedOut(screen: screen.text) }
    }
  }

  /// Waits until it ended.
  package func waitForExit(_ patience: Duration = patience) throws(PtyError) -> ExitStatus {
    let end = ContinuousClock.now + patience
    while true {
      pump(milliseconds: 20)
      if let exitStatus { return exitStatus }
      if ContinuousClock.now >= end { throw .timedOut(screen: screen.text) }
    }
  }

  /// Waits until a signal stopped it, and says which.
  package func waitForStop(_ patience: Duration = patience) throws(PtyError) -> Int32 {
    let end = ContinuousClock.now + patience
    while ContinuousClock.now < end {
      pump(milliseconds: 20)
      var status: Int32 = 0
      if unsafe waitpid(processID, &status, WNOHANG | WUNTRACED) == processID {
        if status & 0xFF == 0x7F {
          pump(milliseconds: 0)
          return status >> 8 & 0xFF
        }
        note(status)
      }
      if let exitStatus { throw .ended(exitStatus, screen: screen.text) }
    }
    throw .timedOut(screen: screen.text)
  }

  /// Reads what comes within the time, answers questions; whether anything came.
  @discardableResult
  private func pump(milliseconds: Int32) -> Bool {
    var isAny = false
    var wait = milliseconds
    while true {
      giveAnswers()
      // A slow terminal, or one with answers to give, is seen to every few milliseconds.
      let isBusy = !isReading || bytesPerSecond != nil || !answers.isEmpty
      let slice = isBusy ? min(wait, 5) : wait
      let bytes = read(milliseconds: slice)
      wait = bytes.isEmpty ? wait - slice : 0
      if bytes.isEmpty, wait <= 0 { break }
      guard !bytes.isEmpty else { continue }
      isAny = true
      take(bytes)
      for query in scanner.scan(bytes) { answer(query) }
      if bytesPerSecond != nil { break }
    }
    reap()
    return isAny
  }

  private func read(milliseconds: Int32) -> [UInt8] {
    guard isReading else {
      usleep(UInt32(max(0, milliseconds)) * 1000)
      return []
    }
    guard let rate = bytesPerSecond else {
      return PtyTerminal.read(master, milliseconds: milliseconds)
    }
    let elapsed = (ContinuousClock.now - readSince) / .seconds(1)
    let due = Int(elapsed * Double(rate)) - readBytes
    // What was not there to be read in time is not made up for.
    let most = max(1, rate / 20)
    if due > most { (readSince, readBytes) = (.now, -most) }
    guard due > 0 else {
      usleep(UInt32(max(0, milliseconds)) * 1000)
      return []
    }
    let bytes = PtyTerminal.read(master, milliseconds: milliseconds, atMost: min(due, most))
    readBytes += bytes.count
    return bytes
  }

  private func answer(_ question: String) {
    for piece in personality.pieces(of: question) {
      let last = max(answers.last?.due ?? .now, .now)
      answers.append((last + .milliseconds(piece.milliseconds), piece.bytes))
    }
    giveAnswers()
  }

  private func giveAnswers() {
    while let first = answers.first, first.due <= .now {
      PtyTerminal.write(first.bytes, to: master)
      answers.removeFirst()
    }
  }

  private func reap() {
    var status: Int32 = 0
    guard exitStatus == nil, unsafe waitpid(processID, &status, WNOHANG) == processID else {
      return
    }
    note(status)
    // What it wrote last is still in the terminal's buffer.
    take(PtyTerminal.read(master, milliseconds: 0))
    screen.settle()
  }

  private func take(_ bytes: [UInt8]) {
    output += bytes
    var now = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &now)
    arrivals.append((output.count, Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000))
    screen.write(bytes)
    // A tab that was typed is echoed by the system once the program has given the terminal back.
    let written = hasTypedTab ? bytes.filter { $0 != 0x09 } : bytes
    guard let offence = checker?.check(written) else { return }
    checker = nil
    let place = offence.position
    let around = output[max(0, place - 40)..<min(output.count, place + 20)]
    Issue.record(
      "byte \(place) is outside the grammar (\(offence.reason)), in \(around.map { $0 })")
  }

  private func note(_ status: Int32) {
    exitStatus =
      status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signalled(status & 0x7F)
  }
}
