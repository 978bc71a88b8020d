// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The clips the reviewer will most likely open next, leased and decoded while they still look at this
/// one, in the direction in which they go.
struct Lookahead {
  /// Which way the reviewer goes.
  enum Route: Hashable, Sendable {
    /// To the next due clip.
    case due
    /// To the clip after or before this one, due or not.
    case forward, backward
  }

  let route: Route
  /// The clip that the first of them comes after; nil while none is on the screen.
  private(set) var base: ClipID?
  /// In the order in which they come.
  private(set) var clips: [ClipOnShelf] = []
  /// Whether another is being leased and read.
  private(set) var isLoading = false
  /// Whether the reviewer waits for the one that is being read.
  private(set) var isWanted = false
  /// Whether there is none behind the last one.
  private(set) var isExhausted = false
  /// Tells what was begun before everything was dropped from what was begun since.
  let ticket: Int

  /// So many clips are decoded ahead.
  static let most = 2
  /// With fewer clips left than this, one has to do: the others may be somebody else's next.
  static let fewClips = 8
  /// After so long without a key the clips ahead are given back, for others to have.
  static let longestIdleMilliseconds: Int64 = 120_000

  /// Nothing ahead yet of a clip.
  init(_ route: Route, after base: ClipID?, ticket: Int) {
    (self.route, self.base, self.ticket) = (route, base, ticket)
  }

  /// The last clip of all, after which the next one comes.
  var end: ClipID? { clips.last?.id ?? base }

  mutating func beginLoading() { isLoading = true }

  mutating func waitForLoading() { isWanted = true }

  /// Ends the wait for one that is being read; whether somebody waited.
  mutating func endLoading() -> Bool {
    defer { isWanted = false }
    isLoading = false
    return isWanted
  }

  mutating func add(_ clip: ClipOnShelf) { clips.append(clip) }

  mutating func noteEnd() { isExhausted = true }

  /// Takes the first clip, which is on the screen from now on; nil where there is none.
  mutating func takeFirst() -> ClipOnShelf? {
    guard !clips.isEmpty else { return nil }
    let first = clips.removeFirst()
    base = first.id
    return first
  }

  /// Has what is being read, and was waited for, come onto the screen.
  mutating func move(to clip: ClipID) { base = clip }
}
