// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// A clip in words, for those who hear the screen or have none: what the camera and the models say, how
/// long it is, when it moves and where.
///
/// It tells no more than the glass shows at *solid*: the facts and which eighths moved.
package struct ClipDescription: Hashable, Sendable {
  /// A stretch in which the clip moves.
  struct Stretch: Hashable {
    var start: MediaTime
    var end: MediaTime
    /// When it moves most, and how much that is, in 1/256 grey.
    var peak: MediaTime
    var motion: Int
    /// How often each eighth moved: `4 * row + column`.
    var eighths = [Int](repeating: 0, count: 8)

    init(from frame: TimelineFrame) {
      (start, end, peak, motion) = (frame.time, frame.time, frame.time, frame.motion)
    }
  }

  private let record: ClipRecord
  private let timeline: Timeline
  private let taxonomy: Taxonomy

  /// Describes a clip whose whole timeline is known.
  package init(_ record: ClipRecord, _ timeline: Timeline, _ taxonomy: Taxonomy) {
    self.record = record
    self.timeline = timeline
    self.taxonomy = taxonomy
  }

  /// Its sentences, one a line.
  package func lines(_ texts: Texts) -> [String] {
    opening(texts) + [motion(texts)]
  }

  /// What is known before the clip is decoded: alert and predictions.
  func opening(_ texts: Texts) -> [String] { [alert(texts), predicted(texts)] }

  private func alert(_ texts: Texts) -> String {
    guard !record.alert.label.isEmpty else { return texts(DescriptionPhrase.noAlert) }
    return texts(DescriptionPhrase.alert, Words.spokenAlert(record.alert, texts))
  }

  private func predicted(_ texts: Texts) -> String {
    let terms = Axis.allCases.flatMap { taxonomy.terms($0) }.compactMap { term in
      Proposals.score(of: term.id, record.predictions).map { "\(term.name) \(Words.percent($0))" }
    }
    guard !terms.isEmpty else { return texts(DescriptionPhrase.nothingPredicted) }
    return texts(DescriptionPhrase.predicted, terms.joined(separator: ", "))
  }

  /// Its length, and when and where it moves.
  func motion(_ texts: Texts) -> String {
    let length = texts(DescriptionPhrase.length, Self.clock(timeline.duration))
    let stretches = stretches
    guard !stretches.isEmpty else { return length + " " + texts(DescriptionPhrase.still) }
    let shown = stretches.prefix(Self.mostStretches).map { stretch in
      texts(
        DescriptionPhrase.moves, Self.clock(stretch.start), Self.clock(stretch.end),
        Self.clock(stretch.peak), texts(Self.place(stretch.eighths)))
    }
    let more = stretches.count - shown.count
    let rest = more > 0 ? [texts(DescriptionPhrase.more, more)] : []
    return ([length] + shown + rest).joined(separator: " ")
  }

  /// So many stretches are told one by one.
  private static let mostStretches = 4
  /// Stretches nearer than this are one, in milliseconds.
  private static let gap = MediaTime(milliseconds: 1000)

  /// When it moves, in order: frames above the noise, what lies a second apart at most taken together.
  var stretches: [Stretch] {
    let threshold = MotionProfile(frames: timeline.frames).threshold
    var found: [Stretch] = []
    for frame in timeline.frames where frame.motion > threshold {
      if let last = found.last, frame.time - last.end <= Self.gap {
        found[found.count - 1].end = frame.time
      } else {
        found.append(Stretch(from: frame))
      }
      if frame.motion > found[found.count - 1].motion {
        found[found.count - 1].peak = frame.time
        found[found.count - 1].motion = frame.motion
      }
      for eighth in 0..<8 where frame.movedEighths >> eighth & 1 == 1 {
        found[found.count - 1].eighths[eighth] += 1
      }
    }
    return found
  }

  /// Where most of it moved: a side that has two thirds of it, upper or lower, left or right.
  static func place(_ eighths: [Int]) -> DescriptionPhrase {
    let total = eighths.reduce(0, +)
    guard total > 0 else { return .everywhere }
    func has(_ isIn: (Int) -> Bool) -> Bool {
      eighths.indices.filter(isIn).reduce(0) { $0 + eighths[$1] } * 3 >= total * 2
    }
    let (upper, lower) = (has { $0 < 4 }, has { $0 >= 4 })
    let (left, right) = (has { $0 % 4 < 2 }, has { $0 % 4 >= 2 })
    return switch (upper, lower, left, right) {
    case (true, _, true, _): .upperLeft
    case (true, _, _, true): .upperRight
    case (_, true, true, _): .lowerLeft
    case (_, true, _, true): .lowerRight
    case (true, _, _, _): .upper
    case (_, true, _, _): .lower
    case (_, _, true, _): .left
    case (_, _, _, true): .right
    default: .everywhere
    }
  }

  /// A time as `1:07`.
  private static func clock(_ time: MediaTime) -> String {
    let seconds = time.microseconds / 1_000_000
    return "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
  }
}
