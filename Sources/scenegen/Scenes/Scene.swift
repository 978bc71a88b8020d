// SPDX-License-Identifier: Apache-2.0

/// One clip of the demo: what is to be seen, and what its manifest line says.
struct Scene: Sendable {
  /// The clip's file name without its extension.
  var name: String
  var camera: String
  var source: String
  /// The customer's consent record, or the participant record of a staff test clip.
  var consent: String?
  /// When it was recorded.
  var recorded: Recorded
  var alert: (label: String, score: Double)
  var predictions: [(label: String, score: Double)]
  /// The demo's picture size and timing.
  var width: Int
  var height: Int
  var framesPerSecond: Int
  /// The length of the action in seconds; shorter clips play it faster.
  var seconds: Double
  /// Builds what is drawn for a picture size and a seed.
  var act: @Sendable (Point, UInt64) -> Act

  /// A wall clock in a zone.
  struct Recorded: Sendable {
    var date: String
    var hour: Int
    var minute: Int
    var second: Int
    /// The offset to UTC, as ISO 8601 writes it.
    var zone: String

    /// The time `seconds` later the same day as `HH:MM:SS`.
    func clock(after seconds: Int) -> String {
      let total = (hour * 60 + minute) * 60 + second + seconds
      return [total / 3600 % 24, total / 60 % 60, total % 60].map {
        $0 < 10 ? "0\($0)" : "\($0)"
      }.joined(separator: ":")
    }

    /// The moment as ISO 8601.
    var iso8601: String { "\(date)T\(clock(after: 0))\(zone)" }
  }
}

/// What happens in front of a camera.
struct Act {
  var grade: Grade
  /// Paints what never changes.
  var paint: (inout Canvas) -> Void
  /// Draws what moves, at a time in seconds.
  var draw: (inout Canvas, Float) -> Void
}
