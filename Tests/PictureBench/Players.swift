// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Vocabulary

/// Programs that play files, with the same pictures in one: what they write, and their CPU time,
/// which has their start and the decoding in it.
struct Players {
  private let file: URL
  private let count: Int

  /// Puts the pictures into a file without loss, stretched so that they fill 120 × 36 cells of
  /// 1 × 2; needs ffmpeg.
  init(_ footage: Footage) throws {
    file = FileManager.default.temporaryDirectory
      .appendingPathComponent("picture-bench-\(getpid()).mkv")
    count = footage.frames.count
    _ = try Program.output(
      [
        "ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s",
        "\(Footage.size.width)x\(Footage.size.height)", "-r", "10", "-i", "-", "-vf",
        "setsar=1,scale=600:360,format=bgr0", "-c:v", "ffv1", file.path,
      ], input: Array(footage.frames.joined()))
  }

  /// Removes the file.
  func remove() { try? FileManager.default.removeItem(at: file) }

  /// timg's half or quarter blocks.
  func timg(_ name: String, _ way: String) throws -> Measured {
    try measure(
      name,
      ["timg", "-V", "-p\(way)", "-g120x36", "--frames=\(count)", "--loops=1", file.path])
  }

  /// mpv's half blocks, which have whole pictures.
  func mpv(_ name: String) throws -> Measured {
    try measure(
      name,
      [
        "mpv", "--no-config", "--really-quiet", "--no-audio", "--untimed", "--vo=tct",
        "--vo-tct-width=120", "--vo-tct-height=36", file.path,
      ])
  }

  private func measure(_ name: String, _ arguments: [String]) throws -> Measured {
    let before = Program.childrenCPUSeconds
    let bytes = try Program.output(arguments).count
    let time = (Program.childrenCPUSeconds - before) * 1000 / Double(count)
    return Measured(
      name: name, milliseconds: time, bytes: Double(bytes) / Double(count), likeness: nil)
  }
}
