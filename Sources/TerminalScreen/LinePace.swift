// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// How fast the line to the terminal is, and what of the picture it leaves.
///
/// The time from a frame's first byte to its answer is `latency + bytes / rate`; the last few frames
/// count most. First frames are dropped, since each waits for the answer to the one before. Where
/// fewer than four a second are left, colours go, then resolution; they come back a step at a time,
/// once frames would be twice as many. A step back that did not last is tried again ever later.
package struct LinePace: Sendable {
  /// The longest time that a frame's bytes may take before something of the picture goes.
  package static let longestFrameMilliseconds: Double = 250
  /// The longest that a frame may be expected to take once something of the picture comes back.
  package static let raisedFrameMilliseconds: Double = 125
  /// How long a quality is kept at least before a better one is tried.
  package static let firstHoldMilliseconds: Int64 = 2000
  /// How long it is kept at most.
  package static let longestHoldMilliseconds: Int64 = 60_000
  /// How long the picture of a clip that stands still may take.
  package static let stillMilliseconds: Double = 3000

  /// What is drawn of a moving picture.
  package private(set) var quality = PictureQuality.full
  /// The time that a frame without bytes takes.
  package private(set) var latencyMilliseconds: Double
  private let budget: Int?
  /// Sums over the frames so far, each frame's share less with every later one.
  private var frames = 0.0
  private var bytes = 0.0
  private var times = 0.0
  private var squares = 0.0
  private var products = 0.0
  /// What a picture takes at the present quality: the largest of the last few, nearly.
  private var load: Double?
  private var hold = Self.firstHoldMilliseconds
  private var heldSince: Int64?
  private var raisedAt: Int64?

  /// How much of its weight a frame keeps with each later one.
  private static let memory = 0.8
  /// Bytes of a whole picture where none was sent yet.
  private static let supposedBytes = 100_000.0

  /// Starts with the time that answers took before the screen, and with the budget of bytes a
  /// second, if there is one.
  package init(latencyMilliseconds: Int64 = 0, budget: Int? = nil) {
    self.latencyMilliseconds = Double(max(0, min(2000, latencyMilliseconds)))
    self.budget = budget.map { max(1, $0) }
    if budget != nil { suppose() }
  }

  /// Bytes a second that the line takes; nil before anything was measured.
  package var bytesPerSecond: Double? {
    guard frames > 0, bytes > 0 else { return nil }
    return bytes * 1000 / max(1, times - latencyMilliseconds * frames)
  }

  /// How long so many bytes take on the line itself; nil before anything was measured.
  package func milliseconds(for count: Int) -> Double? {
    bytesPerSecond.map { Double(count) * 1000 / $0 }
  }

  /// What may be drawn of a picture after which no other follows by itself.
  package var stillQuality: PictureQuality {
    PictureQuality.allCases.first { candidate in
      candidate >= quality || expected(at: candidate, load ?? 0) <= Self.stillMilliseconds
    } ?? quality
  }

  /// Notes that a frame of so many bytes was read after so many milliseconds; `isPicture` says that it
  /// was one, and whole.
  package mutating func took(
    _ milliseconds: Int64, bytes count: Int, isPicture: Bool, nowMilliseconds now: Int64
  ) {
    let isFirst = frames == 0
    measure(credible(milliseconds, count), Double(count))
    guard isPicture else {
      if isFirst { suppose() }
      return
    }
    load = max(Double(count), (load ?? 0) * 0.7)
    choose(now)
  }

  /// A terminal that did not read for a moment says little about its line: what is far longer than
  /// was to be expected counts as somewhat longer, and as more each time.
  private func credible(_ milliseconds: Int64, _ count: Int) -> Double {
    let time = Double(max(0, milliseconds))
    guard frames > 1.5, let expected = self.milliseconds(for: count) else { return time }
    return min(time, 4 * (latencyMilliseconds + expected) + 100)
  }

  private mutating func measure(_ time: Double, _ count: Double) {
    frames = frames * Self.memory + 1
    bytes = bytes * Self.memory + count
    times = times * Self.memory + time
    squares = squares * Self.memory + count * count
    products = products * Self.memory + count * time
    // A line through points that lie close together may point anywhere.
    let spread = frames * squares - bytes * bytes
    if spread > 0.05 * bytes * bytes {
      let slope = (frames * products - bytes * times) / spread
      latencyMilliseconds = (times - max(0, slope) * bytes) / frames
    }
    latencyMilliseconds = max(0, min(latencyMilliseconds, time, 2000))
  }

  /// Chooses by the line alone, before any picture went over it: the first may take a second.
  private mutating func suppose() {
    let first = PictureQuality.allCases.first { candidate in
      expected(at: candidate, from: .full, Self.supposedBytes) <= 1000
    }
    quality = max(quality, first ?? .eighth)
  }

  private mutating func choose(_ now: Int64) {
    guard let load else { return }
    if expected(at: quality, load) > Self.longestFrameMilliseconds {
      guard let next = PictureQuality(rawValue: quality.rawValue + 1) else { return }
      let fitting = PictureQuality.allCases.first {
        $0 > quality && expected(at: $0, load) <= Self.longestFrameMilliseconds
      }
      // A step that was taken back at once was one too many.
      if let raisedAt, now - raisedAt < hold { hold = min(hold * 2, Self.longestHoldMilliseconds) }
      move(to: max(next, fitting ?? .eighth), load, now)
      raisedAt = nil
    } else if let better = PictureQuality(rawValue: quality.rawValue - 1) {
      guard let since = heldSince else { return heldSince = now }
      guard now - since >= hold, expected(at: better, load) <= Self.raisedFrameMilliseconds else {
        return
      }
      move(to: better, load, now)
      raisedAt = now
    } else if let raisedAt, now - raisedAt >= hold {
      hold = Self.firstHoldMilliseconds
    }
  }

  private mutating func move(to next: PictureQuality, _ load: Double, _ now: Int64) {
    self.load = load * Self.share(next) / Self.share(quality)
    quality = next
    heldSince = now
  }

  /// How long a picture will take at a quality, which takes so many bytes at another.
  private func expected(
    at candidate: PictureQuality, from present: PictureQuality? = nil, _ load: Double
  ) -> Double {
    let slowest = [bytesPerSecond, budget.map { Double($0) }].compactMap { $0 }.min()
    guard let slowest else { return 0 }
    return load * Self.share(candidate) / Self.share(present ?? quality) * 1000 / slowest
  }

  /// How many bytes a quality takes of those of a full picture, roughly.
  private static func share(_ quality: PictureQuality) -> Double {
    switch quality {
    case .full: 1
    case .fewerColours: 0.5
    case .half: 0.2
    case .quarter: 0.07
    case .eighth: 0.025
    }
  }
}
