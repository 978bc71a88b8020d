// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// What other programs take for the same clip; nil where one is not installed.
struct Peers {
  let clip: String
  let framesPerSecond: Double
  let seconds: Double

  /// A terminal player of half blocks, in as much room as our picture has.
  private func timg(frames: Int) throws(BenchError) -> Terminal {
    try Terminal([
      "timg", "-V", "-ph", "-g\(Review.pane.columns)x\(Review.pane.rows)", "--frames=\(frames)",
      "--loops=1", clip,
    ])
  }

  /// Milliseconds from timg's start to the end of its first picture; nil where it is not installed.
  func timgStart() throws(BenchError) -> Double? {
    guard Child.path(of: "timg") != nil else { return nil }
    let terminal = try timg(frames: 1)
    _ = terminal.finish()
    guard let end = terminal.stream.mostHadCome else { throw .failed("timg") }
    return terminal.child.start.duration(to: end).inMilliseconds
  }

  /// CPU seconds a second of video, and kilobytes a frame, as timg plays up to five seconds.
  func timgPlay() throws(BenchError) -> (cpu: Double, kilobytes: Double)? {
    guard Child.path(of: "timg") != nil else { return nil }
    let frames = Int(min(5, seconds) * framesPerSecond)
    let terminal = try timg(frames: frames)
    let cost = terminal.finish()
    return (
      cost.cpuSeconds / (Double(frames) / framesPerSecond),
      Double(terminal.stream.byteCount) / Double(frames) / 1000
    )
  }

  /// Milliseconds in which ffmpeg starts and decodes the first frame.
  func decodeFirstFrame() throws(BenchError) -> Double? {
    guard Child.path(of: "ffmpeg") != nil else { return nil }
    return try Child.run(decoding(["-frames:v", "1"])).wall.inMilliseconds
  }

  /// CPU seconds a second of video in which ffmpeg decodes all of it on one thread.
  func decodeAll() throws(BenchError) -> Double? {
    guard Child.path(of: "ffmpeg") != nil else { return nil }
    return try Child.run(decoding([])).cpuSeconds / seconds
  }

  private func decoding(_ limit: [String]) -> [String] {
    ["ffmpeg", "-v", "error", "-threads", "1", "-i", clip, "-an"] + limit + ["-f", "null", "-"]
  }
}
