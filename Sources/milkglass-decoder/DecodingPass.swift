// SPDX-License-Identifier: Apache-2.0

import ClipDecoder
import DecoderLink
import Lockdown
import Vocabulary

/// One linear pass over a clip's pictures, with their times and number.
///
/// Unsafe use: the reader borrows the clip's map, which the channel holds as long as the pass.
struct DecodingPass {
  private let reader: ClipReader
  private let channel: DecoderChannel
  private(set) var frameCount = 0
  private var end = MediaTime.zero

  /// The longest that a clip's last picture may stand.
  private static let longestLast = MediaTime(milliseconds: 2_000)

  /// Opens the clip at its start.
  init(_ channel: DecoderChannel) throws(Stop) {
    self.channel = channel
    do { reader = try unsafe ClipReader(bytes: channel.clip.bytes) } catch { throw .clip(error) }
  }

  /// What the headers say, within the bounds of a message.
  var facts: StreamFacts {
    let info = reader.info
    return StreamFacts(
      size: info.uprightSize, pixelAspect: info.pixelAspect, frameRate: info.frameRate,
      expectedDuration: min(max(.zero, info.expectedDuration), LinkLimits.longestDuration),
      codec: info.codecName)
  }

  /// The current picture's time.
  var time: MediaTime { reader.time }

  /// Goes to the next picture; false after the last.
  mutating func next() throws(Stop) -> Bool {
    do {
      guard try reader.next() else { return false }
    } catch { throw .clip(error) }
    frameCount += 1
    end = reader.time + min(reader.lastDuration, Self.longestLast)
    return true
  }

  /// Hands out the current picture's luma.
  func withLuma<Result>(
    _ body: (Span<UInt8>, LumaShape) -> Result
  ) throws(Stop) -> Result {
    do { return try reader.withLuma(body) } catch { throw .clip(error) }
  }

  /// The current picture, scaled.
  func scaled(to size: PixelSize) throws(Stop) -> CachedPicture {
    do {
      let frame = try reader.scaled(to: size)
      return CachedPicture(size: frame.size, rgb: frame.rgb)
    } catch { throw .clip(error) }
  }

  /// Says that the pass is over.
  func complete() throws(Stop) {
    try channel.tell(.passComplete(duration: end, frameCount: frameCount))
  }
}

extension DecoderChannel {
  /// Sends a report.
  func tell(_ report: Report) throws(Stop) {
    do { try send(report) } catch { throw .channel(error) }
  }

  /// Takes instructions.
  func listen(waiting: Bool) throws(Stop) {
    do { try takeInstructions(waiting: waiting) } catch { throw .channel(error) }
  }
}
