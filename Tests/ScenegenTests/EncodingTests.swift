// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import scenegen

@Suite struct EncodingTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func card(_ format: ClipFormat, _ name: String = "card") throws -> ClipProbe {
    try Film.record(TestCard.scene(format), format: format, to: scratch.file(name))
    return try #require(ClipProbe(scratch.file(name)))
  }

  @Test(arguments: [
    (ClipCodec.h264, ClipContainer.mp4), (.h264, .mkv), (.h264, .ts), (.h264, .avi), (.hevc, .mp4),
    (.hevc, .mkv), (.hevc, .ts), (.mpeg4, .mp4), (.mpeg4, .avi), (.mjpeg, .avi), (.mjpeg, .mkv),
    (.vp9, .webm), (.vp9, .mp4), (.av1, .mp4), (.av1, .webm),
  ])
  func everyCodecCanBeReadBack(codec: ClipCodec, container: ClipContainer) throws {
    guard let encoder = Encoder.encoderName(codec) else {
      #expect(throws: SceneError.noEncoder(codec.rawValue)) {
        try card(smallFormat(codec, container))
      }
      return
    }
    let clip = try card(smallFormat(codec, container))
    #expect(clip.codec == (encoder == "mpeg4" ? "mpeg4" : codec.rawValue))
    #expect(clip.container.contains(container == .ts ? "mpegts" : demuxer(container)))
    #expect(clip.width == 96 && clip.height == 64)
    #expect(clip.luma.count == 6)
    for (earlier, later) in zip(clip.times, clip.times.dropFirst()) {
      #expect(abs(later - earlier - 1.0 / 6) < 0.01)
    }
  }

  private func demuxer(_ container: ClipContainer) -> String {
    switch container {
    case .mp4: "mp4"
    case .mkv, .webm: "matroska"
    case .ts: "mpegts"
    case .avi: "avi"
    }
  }

  @Test func theCardShowsWhatItPromises() throws {
    let clip = try card(smallFormat())
    let first = try #require(clip.luma.first)
    let last = try #require(clip.luma.last)
    func sample(_ picture: [UInt8], _ right: Double, _ down: Double) -> Int {
      Int(picture[Int(down * 64) * 96 + Int(right * 96)])
    }
    for (index, bar) in TestCard.bars.enumerated().dropFirst() {
      let share = (Double(index) + 0.5) / 7
      let expected = 16 + 219 * (0.299 * bar.x + 0.587 * bar.y + 0.114 * bar.z)
      #expect(abs(sample(first, share, 0.4) - Int(expected)) < 12)
    }
    #expect(sample(first, 0.02, 0.6) < 30 && sample(first, 0.98, 0.6) > 220)
    #expect(sample(first, 0.03, 0.87) > 180 && sample(first, 0.95, 0.87) < 80)
    #expect(sample(last, 0.03, 0.87) < 80 && sample(last, 0.97, 0.87) > 180)
  }

  @Test func theSameSeedGivesTheSameBytesAndAnotherDoesNot() throws {
    let scene = try Programme.scene("porch-2-burglar")
    var format = smallFormat(frames: 3)
    for name in ["a", "b"] { try Film.record(scene, format: format, to: scratch.file(name)) }
    format.seed = 2
    try Film.record(scene, format: format, to: scratch.file("c"))
    let first = try scratch.bytes("a")
    #expect(first.count > 500)
    #expect(try scratch.bytes("b") == first)
    #expect(try scratch.bytes("c") != first)
  }

  @Test(arguments: [90, 180, 270])
  func rotationIsMarkedAndNothingElseTurned(degrees: Int) throws {
    var format = smallFormat()
    #expect(try card(format, "upright").rotation == 0)
    format.rotation = degrees
    let clip = try card(format)
    #expect(clip.rotation == degrees)
    #expect(clip.width == 96)
  }

  @Test func pixelAspectIsMarked() throws {
    var format = smallFormat()
    format.aspect = (4, 3)
    #expect(try card(format).aspect == (4, 3))
  }

  @Test func variableRateIsUnevenAndStillRises() throws {
    var format = smallFormat(frames: 12)
    format.isVariableRate = true
    let clip = try card(format)
    let gaps = zip(clip.times, clip.times.dropFirst()).map { $1 - $0 }
    #expect(gaps.count == 11)
    #expect(gaps.allSatisfy { $0 > 0.01 })
    let most = try #require(gaps.max())
    let least = try #require(gaps.min())
    #expect(most > least * 1.5)
  }

  @Test func audioOnlyHasNoPicture() throws {
    try Film.recordSilence(format: smallFormat(), to: scratch.file("silence"))
    let clip = try #require(ClipProbe(scratch.file("silence")))
    #expect(!clip.isVideo)
    #expect(clip.streamCount == 1)
    #expect(clip.times.count > 40)
    #expect(try card(smallFormat()).isVideo)
  }

  @Test func aFileThatFailsLeavesNothingBehind() throws {
    let failure = SceneError.noEncoder("test")
    #expect(throws: failure) {
      try Film.replace(scratch.file("clip.mp4")) { partial throws(SceneError) in
        _ = FileManager.default.createFile(atPath: partial, contents: Data("half".utf8))
        throw failure
      }
    }
    #expect(try scratch.names().isEmpty)
    try Film.replace(scratch.file("clip.mp4")) { partial in
      _ = FileManager.default.createFile(atPath: partial, contents: Data("whole".utf8))
    }
    #expect(try scratch.names() == ["clip.mp4"])
  }

  @Test func anUnwritablePlaceIsOneSentence() {
    let path = scratch.file("missing/clip.mp4")
    let format = smallFormat()
    #expect {
      try Film.record(TestCard.scene(format), format: format, to: path)
    } throws: { error in
      (error as? SceneError)?.exitCode == 73
    }
  }
}
