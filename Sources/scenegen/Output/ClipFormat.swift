// SPDX-License-Identifier: Apache-2.0

/// A video codec a clip can be made in.
enum ClipCodec: String, CaseIterable, Sendable {
  case h264, hevc, mpeg4, mjpeg, vp9, av1

  /// libavcodec's encoders for it, the best first; the last resort of H.264 is MPEG-4.
  var encoders: [String] {
    switch self {
    case .h264: ["libx264", "mpeg4"]
    case .hevc: ["libx265"]
    case .mpeg4: ["mpeg4"]
    case .mjpeg: ["mjpeg"]
    case .vp9: ["libvpx-vp9"]
    case .av1: ["libaom-av1", "libsvtav1"]
    }
  }

  /// The encoder's own settings by its name: quality first, and one thread so that bytes repeat.
  static func options(encoder: String) -> [(name: String, value: String)] {
    switch encoder {
    case "libx264": [("preset", "veryfast"), ("crf", "23")]
    case "libx265":
      [
        ("preset", "ultrafast"), ("crf", "26"),
        ("x265-params", "log-level=none:pools=none:frame-threads=1:info=0"),
      ]
    case "libvpx-vp9":
      [("crf", "32"), ("b", "0"), ("deadline", "realtime"), ("cpu-used", "8"), ("row-mt", "0")]
    case "libsvtav1": [("preset", "12"), ("crf", "38"), ("svtav1-params", "lp=1")]
    case "libaom-av1": [("crf", "38"), ("usage", "realtime"), ("cpu-used", "8")]
    default: [("qmin", "3"), ("qmax", "8")]
    }
  }
}

/// A container a clip can be wrapped in.
enum ClipContainer: String, CaseIterable, Sendable {
  case mp4, mkv, webm, ts, avi

  /// libavformat's name of its muxer.
  var muxer: String {
    switch self {
    case .mp4: "mp4"
    case .mkv: "matroska"
    case .webm: "webm"
    case .ts: "mpegts"
    case .avi: "avi"
    }
  }
}

/// The size, timing and wrapping of a clip to be made.
struct ClipFormat: Sendable {
  /// Pixels; even, at least 32.
  var width = 640
  var height = 360
  /// Frames a second; positive.
  var framesPerSecond = 12
  /// Length in seconds; positive.
  var seconds: Double = 25
  var codec = ClipCodec.h264
  var container = ClipContainer.mp4
  /// The turn written into the file's display matrix, clockwise degrees: 0, 90, 180 or 270.
  var rotation = 0
  /// The shape of a pixel, width to height.
  var aspect = (width: 1, height: 1)
  /// Whether frames follow each other at uneven times.
  var isVariableRate = false
  /// Decides all chance in the picture.
  var seed: UInt64 = 1

  /// The usual format, in the container that a file's extension names; MP4 for others.
  init(file: String = "") {
    let ending = file.split(separator: ".").last.map(String.init) ?? ""
    container = ClipContainer(rawValue: ending.lowercased()) ?? .mp4
  }

  /// The number of frames; at least one.
  var frameCount: Int { max(1, Int((seconds * Double(framesPerSecond)).rounded())) }

  /// Ticks of the time base in a second, such that even frames fall on whole ticks.
  var ticksPerSecond: Int { isVariableRate ? framesPerSecond * 20 : framesPerSecond }

  /// When a frame shows, in ticks from the first.
  ///
  /// Uneven times lie up to 0.4 of an interval off the even ones, so they still rise strictly.
  func ticks(frame: Int) -> Int64 {
    guard isVariableRate, frame > 0 else { return Int64(frame * (isVariableRate ? 20 : 1)) }
    return Int64(frame * 20 + Int(Hash.unit(frame, seed ^ 0x7153) * 17) - 8)
  }
}
