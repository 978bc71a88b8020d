// SPDX-License-Identifier: Apache-2.0
import Foundation
import PictureRenderer
import Veil
import Vocabulary

/// The pictures that everybody draws.
struct Footage {
  static let size = PixelSize(width: Scene.width, height: Scene.height)

  let name: String
  /// RGB triples of `size`.
  let frames: [[UInt8]]

  /// The drawn scene.
  init(scene: Scene, frames count: Int, sigma: Float) {
    name = sigma > 0 ? "drawn scene with noise, sigma \(Int(sigma))" : "drawn scene"
    frames = (0..<count).map { scene.picture($0, sigma: sigma) }
  }

  /// A clip's pictures at ten a second, with noise added.
  init(clip: String, frames count: Int, sigma: Float) throws {
    let label = URL(fileURLWithPath: clip).lastPathComponent
    name = sigma > 0 ? "\(label) with noise, sigma \(Int(sigma))" : label
    let bytes = try Program.output([
      "ffmpeg", "-v", "error", "-i", clip, "-an", "-vf",
      "fps=10,scale=\(Self.size.width):\(Self.size.height)", "-frames:v", "\(count)", "-f",
      "rawvideo", "-pix_fmt", "rgb24", "-",
    ])
    let length = Self.size.area * 3
    guard bytes.count >= 10 * length else { throw BenchError.failed("reading ten pictures") }
    frames = (0..<bytes.count / length).map { number in
      var random = Noise(seed: UInt64(number) &+ 1)
      let picture = Array(bytes[number * length..<(number + 1) * length])
      guard sigma > 0 else { return picture }
      return picture.map { value in
        UInt8(min(max(0, (Float(value) + random.next() * sigma).rounded()), 255))
      }
    }
  }

  /// The pictures as the drivers take them: clear ones of a staff test clip.
  func shown() throws -> [ShownPicture] {
    let (clip, camera) = (ClipID(high: 1, low: 2), CameraID("bench"))
    let facts = ClipFacts(
      size: Self.size, pixelAspect: .one, duration: MediaTime(milliseconds: 1000), frameCount: 10,
      frameRate: Ratio(10, 1), codec: "", greys: .even)
    let record = ClipRecord(
      id: clip, source: .staffTest, consent: "", camera: camera, recordedAt: "",
      alert: CameraAlert(label: "", score: nil, model: ""), predictions: [], facts: facts,
      ingestedAtMilliseconds: 0)
    let staff = Camera(id: camera, sceneWidthMillimetres: 1285, room: "", isStaff: true)
    let permit = AdoptionPermit(
      clip: clip, finest: .clear,
      plan: FrostPlan(size: Self.size, pixelAspect: .one, sceneWidthMillimetres: 1285),
      greys: .even, grant: ClearGrant.staffTest(record: record, camera: staff),
      largestClear: Self.size)
    let mark = ReviewerMark(seat: "seat-3", reviewer: "r07", wallMilliseconds: 0)
    return try frames.map { rgb in
      let frame = try VeiledFrame.adopt(
        bytes: rgb, frost: .clear, size: Self.size, at: PictureTime(sample: .zero),
        permit: permit, nowMilliseconds: 0)
      return ShownPicture(
        frame, mark: mark, displayAspect: Ratio(Self.size.width, Self.size.height))
    }
  }
}
