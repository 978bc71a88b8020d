// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
import Vocabulary

@testable import ClipDecoder

struct ClipReaderTests {
  @Test(arguments: [
    ("h264", "mp4"), ("hevc", "mp4"), ("mpeg4", "mp4"), ("h264", "mkv"), ("hevc", "mkv"),
    ("mpeg4", "avi"), ("mjpeg", "avi"), ("h264", "ts"), ("vp9", "webm"), ("av1", "mkv"),
  ])
  func `every codec and container plays`(codec: String, container: String) throws {
    let bytes = try ClipMaker.card(["--codec", codec, "--container", container])
    let frames = try Clip.frames(bytes)
    let expected = (0..<10).map { MediaTime(milliseconds: $0 * 100) }
    #expect(frames.map(\.time) == expected)
    #expect(frames.allSatisfy { $0.size == PixelSize(width: 160, height: 90) })
    // The card's block moves.
    #expect(Set(frames.map(\.lumaSum)).count > 1)
    try Clip.open(bytes) { reader in
      #expect(reader.info.storedSize == PixelSize(width: 160, height: 90))
      #expect(reader.info.turns == .none)
      #expect(reader.info.pixelAspect == .one)
      #expect(reader.info.frameRate.value == 10)
      #expect(reader.info.codecName == codec)
      #expect(abs(reader.info.expectedDuration.seconds - 1) < 0.11)
    }
  }

  @Test func `the end stays the end, and the last frame lasts`() throws {
    try Clip.open(try Clip.plain.get()) { reader in
      while try reader.next() {
        #expect(reader.lastDuration == MediaTime(milliseconds: 100))
      }
      #expect(reader.frameCount == 10)
      #expect(try !reader.next())
      #expect(throws: ClipError.damaged) { try reader.withLuma { _, _ in } }
      #expect(throws: ClipError.damaged) { try reader.scaled(to: PixelSize(width: 1, height: 1)) }
    }
  }

  @Test func `a scaled frame has just the size asked for`() throws {
    try Clip.open(try Clip.plain.get()) { reader in
      _ = try reader.next()
      for (width, height) in [(90, 51), (160, 90), (1, 1), (33, 17), (320, 180)] {
        let size = PixelSize(width: width, height: height)
        let frame = try reader.scaled(to: size)
        #expect(frame.size == size)
        #expect(frame.time == .zero)
        #expect(frame.rgb.count == width * height * 3)
      }
      let bounded = try reader.scaled(to: PixelSize(width: 0, height: -4))
      #expect(bounded.size == PixelSize(width: 1, height: 1))
    }
  }

  @Test(arguments: [(90, QuarterTurns.one), (180, .two), (270, .three)])
  func `a turned clip is shown upright`(degrees: Int, turns: QuarterTurns) throws {
    let size = PixelSize(width: 40, height: 22)
    let plain = try Clip.open(try Clip.plain.get()) { reader in
      _ = try reader.next()
      return try reader.scaled(to: size)
    }
    try Clip.open(try ClipMaker.card(["--rotate", String(degrees)])) { reader in
      _ = try reader.next()
      #expect(reader.info.turns == turns)
      #expect(reader.info.uprightSize == turns.upright(PixelSize(width: 160, height: 90)))
      let turned = try reader.scaled(to: turns.upright(size))
      #expect(turned.size == turns.upright(size))
      for y in 0..<size.height {
        for x in 0..<size.width {
          let (toX, toY) =
            switch turns {
            case .none: (x, y)
            case .one: (size.height - 1 - y, x)
            case .two: (size.width - 1 - x, size.height - 1 - y)
            case .three: (y, size.width - 1 - x)
            }
          let from = 3 * (y * size.width + x)
          let to = 3 * (toY * turned.size.width + toX)
          try #require(turned.rgb[to..<to + 3].elementsEqual(plain.rgb[from..<from + 3]))
        }
      }
    }
  }

  @Test func `the pixel aspect is upright`() throws {
    try Clip.open(try ClipMaker.card(["--aspect", "4:3"])) { reader in
      #expect(reader.info.pixelAspect == Ratio(4, 3))
    }
    try Clip.open(try ClipMaker.card(["--aspect", "4:3", "--rotate", "90"])) { reader in
      #expect(reader.info.pixelAspect == Ratio(3, 4))
    }
  }

  @Test func `a variable frame rate keeps its own times`() throws {
    let times = try Clip.frames(try ClipMaker.card(["--variable-rate"])).map(\.time)
    #expect(times.first == .zero)
    #expect(times.count == 10)
    let steps = Set(zip(times, times.dropFirst()).map { $1 - $0 })
    #expect(steps.count > 1)
    #expect(steps.allSatisfy { $0 > .zero })
  }

  @Test func `an edit list that skips the first frames is honoured`() throws {
    var bytes = try Clip.plain.get()
    let whole = try Clip.frames(bytes)
    try EditList.skip(seconds: 0.5, in: &bytes)
    let rest = try Clip.frames(bytes)
    #expect(rest.map(\.time) == (0..<5).map { MediaTime(milliseconds: $0 * 100) })
    #expect(rest.map(\.lumaSum) == whole.suffix(5).map(\.lumaSum))
  }

  @Test func `a picture that changes its size goes on`() throws {
    let larger = try ClipMaker.card(["--container", "ts", "--size", "320x180"])
    try Clip.open(try Clip.transport.get() + larger) { reader in
      var sizes: [PixelSize] = []
      var last: MediaTime?
      while try reader.next() {
        sizes.append(try reader.withLuma { $1.size })
        #expect(try reader.scaled(to: PixelSize(width: 30, height: 17)).rgb.count == 1530)
        if let last { #expect(reader.time > last) }
        last = reader.time
      }
      #expect(sizes.count > 15)
      #expect(Set(sizes.map(\.width)) == [160, 320])
    }
  }
}
