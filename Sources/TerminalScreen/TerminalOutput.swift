// SPDX-License-Identifier: Apache-2.0

/// What goes to the terminal while the screen is up: never waits for it, never has more than one
/// frame on its way to it, and keeps to the budget.
///
/// Every update is held against the grammar before its first byte is written; what ends one that was
/// cut is within it wherever the cut lies. Times are milliseconds of the monotonic clock.
struct TerminalOutput {
  private(set) var pacing: FramePacing
  private(set) var pace: LinePace
  private let descriptor: OutputDescriptor
  private var queue: OutputQueue
  private var budget: ByteBudget
  /// What puts the terminal in order after `stop`.
  private var unsent: [UInt8] = []
  /// The frame on its way: when its first byte left, how many bytes did, and whether it is a picture.
  private var frame: (since: Int64, bytes: Int, isPicture: Bool)?

  /// The descriptor that signal handlers write to.
  var number: Int32 { descriptor.number }

  /// Gives the descriptor back to the system.
  func close() { descriptor.close() }

  /// How long a terminal that does not read is waited for before what it has not read is given up.
  static let leavingMilliseconds: Int64 = 300

  /// Starts with nothing sent.
  init(_ descriptor: OutputDescriptor, traits: TerminalTraits, maxBytesPerSecond: Int?) {
    self.descriptor = descriptor
    queue = OutputQueue(hasKitty: traits.hasKitty)
    budget = ByteBudget(maxBytesPerSecond)
    let hasSpoken = traits.hasAnswered == true
    pacing = FramePacing(hasSpoken: hasSpoken)
    pace = LinePace(
      latencyMilliseconds: hasSpoken ? traits.milliseconds : 0, budget: maxBytesPerSecond)
  }

  /// What to poll for room; nil while nothing waits for it.
  var waitingDescriptor: Int32? { queue.isEmpty ? nil : descriptor.number }
  /// Whether changes of the chrome wait that were sent before.
  var hasChrome: Bool { queue.hasChrome }

  /// Whether a picture waits of which nothing left.
  var isPictureWaiting: Bool { queue.isPictureWaiting }

  /// Whether the next picture may be sent.
  func mayDraw(nowMilliseconds now: Int64) -> Bool {
    pacing.mayDraw && budget.allows(nowMilliseconds: now)
  }

  /// Ends what has waited too long for the terminal's answer.
  mutating func expire(nowMilliseconds now: Int64) { pacing.expire(nowMilliseconds: now) }

  /// When `mayDraw` changes by time alone; nil for never.
  func deadlineMilliseconds(nowMilliseconds now: Int64) -> Int64? {
    pacing.mayDraw
      ? budget.deadlineMilliseconds(nowMilliseconds: now) : pacing.deadlineMilliseconds
  }

  /// Puts what changed around the picture in the queue.
  ///
  /// - Throws: `outsideGrammar`, and then nothing was put there.
  mutating func append(chrome: [UInt8], isAsking: Bool = false) throws(TerminalError) {
    try TerminalEgress.check(chrome)
    queue.append(chrome: chrome, isAsking: isAsking)
    if isAsking { begin(isPicture: false) }
  }

  /// Puts a picture in the queue, and what changed around it: as one update where that shows the
  /// change soon enough, else before it.
  ///
  /// - Throws: `outsideGrammar`, and then nothing was put there.
  mutating func append(picture: [UInt8], chrome: [UInt8]) throws(TerminalError) {
    try TerminalEgress.check(chrome)
    try TerminalEgress.check(picture)
    let isSoon = (pace.milliseconds(for: picture.count) ?? 0) < LinePace.raisedFrameMilliseconds
    if !chrome.isEmpty, !isSoon { queue.append(chrome: chrome) }
    queue.append(picture: picture, chrome: isSoon ? chrome : [])
    begin(isPicture: true)
  }

  private mutating func begin(isPicture: Bool) {
    pacing.frameBegun()
    frame = (since: 0, bytes: 0, isPicture: isPicture)
  }

  /// Writes what the terminal takes.
  mutating func pump(nowMilliseconds now: Int64) throws(TerminalError) {
    guard !queue.isEmpty else { return }
    let descriptor = descriptor
    let wasAsking = queue.isAsking
    let (count, hasAsked) = try queue.write { bytes, start throws(TerminalError) in
      try descriptor.write(bytes, from: start)
    }
    guard count > 0 else { return }
    budget.spend(count, nowMilliseconds: now)
    guard wasAsking else { return }
    if let frame, frame.bytes == 0 { self.frame?.since = now }
    frame?.bytes += count
    guard hasAsked, !queue.isAsking else { return }
    pacing.frameOut(nowMilliseconds: now)
    if pacing.isMute { measure(now) }
  }

  /// Notes that the terminal answered a frame.
  mutating func acknowledged(nowMilliseconds now: Int64) {
    if pacing.acknowledged(nowMilliseconds: now) { measure(now) }
  }

  private mutating func measure(_ now: Int64) {
    guard let frame else { return }
    pace.took(
      now - frame.since, bytes: frame.bytes, isPicture: frame.isPicture, nowMilliseconds: now)
    self.frame = nil
  }

  /// Whether a change of the chrome would wait for a picture's rest too long to seem immediate.
  ///
  /// How fast the terminal takes this very picture counts as well as how fast it took others.
  func isPictureInTheWay(nowMilliseconds now: Int64) -> Bool {
    let left = Double(queue.pictureLeft)
    guard left > 0 else { return false }
    let usual = pace.bytesPerSecond.map { left * 1000 / $0 } ?? 0
    var seen = 0.0
    if let frame, frame.bytes > 0, now - frame.since >= 100 {
      seen = left * Double(now - frame.since) / Double(frame.bytes)
    }
    return max(usual, seen) > LinePace.longestFrameMilliseconds
  }

  /// Gives up what is not out of the picture; whether there was anything.
  mutating func dropPictures() -> Bool {
    let cut = queue.dropPictures()
    pacing.withdraw(cut.questions, isOut: !queue.isAsking)
    if cut.questions > 0 { frame = nil }
    // What it took says how fast the line is, and not how large pictures are.
    if cut.isAny { frame?.isPicture = false }
    return cut.isAny
  }

  /// Gives up all that waits, and writes these bytes in its place: what the terminal has not read is
  /// thrown away where it takes none of them for too long.
  mutating func replaceAll(with bytes: [UInt8]) throws(TerminalError) {
    try TerminalEgress.check(bytes)
    let closing = unsent + abandon()
    unsent = []
    let isOut = try descriptor.write(closing + bytes, untilMilliseconds: Self.end)
    if !isOut { try writeAfterDiscarding(bytes) }
  }

  /// Gives up all that waits, and what is on its way too: the terminal reads nothing but these bytes
  /// from here on, as far as that is in our hands.
  mutating func discardAll(with bytes: [UInt8]) throws(TerminalError) {
    try TerminalEgress.check(bytes)
    _ = abandon()
    unsent = []
    try writeAfterDiscarding(bytes)
  }

  /// Gives up all that waits; what was begun is put in order by the bytes that come next.
  ///
  /// - Returns: How many milliseconds the terminal's last answer may be expected to take.
  mutating func stop() -> Double {
    let waits = pacing.hasAnswered ? frame.flatMap { pace.milliseconds(for: $0.bytes) } : nil
    unsent = abandon()
    return (waits ?? 0) + pace.latencyMilliseconds
  }

  /// Forgets what was asked, since somebody else got the answers.
  mutating func restart() {
    pacing.restart()
    frame = nil
  }

  private mutating func abandon() -> [UInt8] {
    let (closing, questions) = queue.abandon()
    pacing.withdraw(questions, isOut: true)
    frame = nil
    return closing
  }

  private mutating func writeAfterDiscarding(_ bytes: [UInt8]) throws(TerminalError) {
    descriptor.discard()
    // Questions were among it, or were not: nothing is waited for.
    restart()
    let end = queue.hasKitty ? EscapeSequence.endKittyPicture : []
    let whole = EscapeSequence.giveUpUnseen + end + EscapeSequence.endFrame + bytes
    _ = try descriptor.write(whole, untilMilliseconds: Self.end)
  }

  private static var end: Int64 { TerminalProbe.now() + leavingMilliseconds }
}
