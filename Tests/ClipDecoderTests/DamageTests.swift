// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
import Vocabulary

@testable import ClipDecoder

struct DamageTests {
  /// Plays what can be played of a damaged clip; how many frames it had, nil where it is refused.
  private func play(_ bytes: [UInt8]) throws -> Int? {
    do {
      return try Clip.open(bytes) { reader in
        var count = 0
        var last: MediaTime?
        while try reader.next() {
          if let last { #expect(reader.time > last) } else { #expect(reader.time == .zero) }
          last = reader.time
          count += 1
          _ = try reader.scaled(to: PixelSize(width: 16, height: 9))
        }
        #expect(count == reader.frameCount)
        return count
      }
    } catch is ClipError {
      return nil
    }
  }

  @Test func `a transport stream cut anywhere plays what is whole`() throws {
    let clip = try Clip.transport.get()
    var counts: [Int] = []
    for cut in stride(from: 0, through: clip.count, by: max(1, clip.count / 40)) {
      counts.append(try play(Array(clip.prefix(cut))) ?? 0)
    }
    counts.append(try play(clip) ?? 0)
    #expect(counts.first == 0)
    #expect(counts.last == 10)
    #expect(counts.contains { (1..<10).contains($0) })
    #expect(zip(counts, counts.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test(arguments: ["mp4", "mkv", "avi"])
  func `a clip cut anywhere plays or is refused`(container: String) throws {
    let codec = container == "avi" ? "mpeg4" : "h264"
    let clip = try ClipMaker.card(["--container", container, "--codec", codec])
    #expect(try play(clip) == 10)
    var refused = 0
    for cut in stride(from: 0, to: clip.count, by: max(1, clip.count / 40)) {
      let count = try play(Array(clip.prefix(cut)))
      if count == nil { refused += 1 }
      #expect((count ?? 0) <= 10)
    }
    #expect(refused > 0)
  }

  @Test(arguments: [("h264", "mp4"), ("mpeg4", "avi"), ("h264", "ts"), ("vp9", "webm")])
  func `a clip with flipped bits plays or is refused`(codec: String, container: String) throws {
    let clip = try ClipMaker.card(["--codec", codec, "--container", container])
    var random = SeededGenerator(seed: 12)
    var outcomes: Set<Int?> = []
    for _ in 0..<60 {
      var bytes = clip
      for _ in 0..<Int.random(in: 1...20, using: &random) {
        let place = Int.random(in: bytes.indices, using: &random)
        bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
      }
      outcomes.insert(try play(bytes))
    }
    #expect(outcomes.contains(10))
  }

  @Test func `a header full of noise is survived`() throws {
    let clip = try Clip.plain.get()
    var random = SeededGenerator(seed: 13)
    // The index of the card lies at the end, after its pictures.
    let index = try #require(
      clip.indices.dropLast(4).first { clip[$0..<$0 + 4].elementsEqual(Array("moov".utf8)) })
    var refused = 0
    for _ in 0..<60 {
      var bytes = clip
      for _ in 0..<8 {
        let place = Int.random(in: index + 4..<bytes.count, using: &random)
        bytes[place] = UInt8(truncatingIfNeeded: random.next())
      }
      if try play(bytes) == nil { refused += 1 }
    }
    #expect(refused > 0)
  }
}
