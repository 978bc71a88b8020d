// SPDX-License-Identifier: Apache-2.0

/// What is to go to the terminal and is not out yet: whole updates, each found in the grammar before.
///
/// What was begun is finished, or cut so that the terminal is in order after it. Chrome goes before
/// pictures that were not begun, so that a key shows at once; only what stands in one update with a
/// picture goes with it.
struct OutputQueue {
  /// One synchronized update.
  private struct Update {
    var bytes: [UInt8]
    /// From saving the cursor to putting it back; nil where there is no picture.
    var picture: Range<Int>?
    /// Whether there is anything beside the picture.
    let hasChrome: Bool
    /// Whether it ends with the question whether it has been read.
    let isAsking: Bool
  }

  /// What came of giving pictures up.
  struct Cut: Equatable {
    /// Whether anything of a picture was given up.
    var isAny = false
    /// Questions that will not be asked.
    var questions = 0
  }

  /// Whether pictures may be kitty's, which have an end of their own.
  let hasKitty: Bool
  /// The first one is being written, from `head` on.
  private var updates: [Update] = []
  private var head = 0

  /// Starts with nothing.
  init(hasKitty: Bool) { self.hasKitty = hasKitty }

  /// Whether everything is out.
  var isEmpty: Bool { updates.isEmpty }
  /// Whether anything but pictures waits.
  var hasChrome: Bool {
    updates.enumerated().contains { index, update in
      update.hasChrome && (index > 0 || update.picture.map { head < $0.lowerBound } ?? true)
    }
  }
  /// Whether a picture waits of which nothing left.
  var isPictureWaiting: Bool {
    updates.enumerated().contains { index, update in
      update.picture != nil && (index > 0 || head == 0)
    }
  }
  /// How many bytes of the picture that was begun are not out.
  var pictureLeft: Int {
    guard let first = updates.first, head > 0, let end = first.picture?.upperBound else { return 0 }
    return max(0, end - head)
  }
  /// Whether a question waits.
  var isAsking: Bool { updates.contains { $0.isAsking } }

  /// Puts an update without a picture behind the other chrome.
  mutating func append(chrome: [UInt8], isAsking: Bool = false) {
    let question = isAsking ? EscapeSequence.acknowledge : []
    let bytes = EscapeSequence.beginFrame + chrome + question + EscapeSequence.endFrame
    let update = Update(bytes: bytes, picture: nil, hasChrome: true, isAsking: isAsking)
    let begun = head > 0 ? 1 : 0
    let place = updates.lastIndex { $0.hasChrome }.map { $0 + 1 } ?? 0
    updates.insert(update, at: max(begun, place))
  }

  /// Puts a picture, and what changed around it, behind everything else as one update.
  mutating func append(picture: [UInt8], chrome: [UInt8] = []) {
    var bytes = EscapeSequence.beginFrame
    bytes.reserveCapacity(chrome.count + picture.count + 64)
    bytes += chrome
    let start = bytes.count
    bytes += EscapeSequence.beginPicture
    bytes += picture
    bytes += EscapeSequence.endPicture
    let end = bytes.count
    bytes += EscapeSequence.endFrame + EscapeSequence.acknowledge
    updates.append(
      Update(bytes: bytes, picture: start..<end, hasChrome: !chrome.isEmpty, isAsking: true))
  }

  /// Writes as much as is taken: `write` gets bytes and where to begin, and returns how many it took,
  /// 0 for none at present.
  ///
  /// - Returns: How many bytes left, and whether a question did.
  mutating func write<Failure>(
    _ write: (_ bytes: [UInt8], _ start: Int) throws(Failure) -> Int
  ) throws(Failure) -> (count: Int, hasAsked: Bool) {
    var (count, hasAsked) = (0, false)
    while let first = updates.first {
      let taken = try write(first.bytes, head)
      guard taken > 0 else { break }
      head += taken
      count += taken
      guard head >= first.bytes.count else { continue }
      hasAsked = hasAsked || first.isAsking
      updates.removeFirst()
      head = 0
    }
    return (count, hasAsked)
  }

  /// Gives up what is not out of the pictures; one that was begun ends so that the terminal is in
  /// order, and asks its question.
  mutating func dropPictures() -> Cut {
    var cut = Cut()
    var kept: [Update] = []
    for (index, var update) in updates.enumerated() {
      let out = index == 0 ? head : 0
      guard let picture = update.picture, out < picture.upperBound else {
        kept.append(update)
        continue
      }
      cut.isAny = true
      if out == 0, !update.hasChrome {
        cut.questions += 1
        continue
      }
      let end = max(out, picture.lowerBound)
      let closing = out > picture.lowerBound ? self.closing(update.bytes, picture, at: out) : []
      update.bytes.replaceSubrange(
        end..., with: closing + EscapeSequence.acknowledge + EscapeSequence.endFrame)
      update.picture = nil
      kept.append(update)
    }
    updates = kept
    return cut
  }

  /// Gives everything up; returns what must still go out to put the terminal in order, nothing where
  /// nothing was begun, and how many questions will not be asked.
  mutating func abandon() -> (closing: [UInt8], questions: Int) {
    defer { (updates, head) = ([], 0) }
    let questions = updates.count { $0.isAsking }
    guard head > 0, let first = updates.first else { return ([], questions) }
    let picture = first.picture ?? first.bytes.count..<first.bytes.count
    let closing =
      picture.contains(head) && head > picture.lowerBound
      ? self.closing(first.bytes, picture, at: head)
      : Self.restOfCharacter(first.bytes, at: head) + EscapeSequence.giveUpAll
    return (closing + EscapeSequence.endFrame, questions)
  }

  /// Gets the terminal out of a picture that was cut; the cursor is put back only where saving it was
  /// out whole.
  private func closing(_ bytes: [UInt8], _ picture: Range<Int>, at head: Int) -> [UInt8] {
    let isSaved = head >= picture.lowerBound + EscapeSequence.save.count
    return Self.restOfCharacter(bytes, at: head) + EscapeSequence.giveUp
      + (hasKitty ? EscapeSequence.endKittyPicture : [])
      + (isSaved ? EscapeSequence.restore : [])
  }

  /// What is not out of the character that was begun: nothing else ends it everywhere.
  ///
  /// Some terminals keep its first bytes through every sequence, and show a replacement character
  /// in front of the next text that is not ASCII: what ncurses writes then stands a column too far.
  private static func restOfCharacter(_ bytes: [UInt8], at head: Int) -> [UInt8] {
    Array(bytes[head...].prefix { $0 & 0xC0 == 0x80 })
  }
}
