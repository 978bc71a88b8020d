// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lockdown
import TestSupport
import Testing
import Vocabulary

@testable import DecoderLink

/// Real decoders under their lock: it must not be in the way of any clip, good or damaged.
@Suite struct LockedDecoderTests {
  /// Every codec, in every container that takes it.
  private static let kinds = [
    ("h264", "mp4"), ("h264", "mkv"), ("h264", "ts"), ("h264", "avi"), ("hevc", "mp4"),
    ("hevc", "mkv"), ("hevc", "ts"), ("mpeg4", "mp4"), ("mpeg4", "avi"), ("mjpeg", "mkv"),
    ("mjpeg", "avi"), ("vp9", "webm"), ("vp9", "mp4"), ("av1", "mkv"), ("av1", "webm"),
    ("av1", "mp4"),
  ]

  private static func bytes(_ codec: String, _ container: String) throws -> [UInt8] {
    try ClipMaker.card(["--codec", codec, "--container", container])
  }

  @Test(arguments: kinds)
  func everyCodecPlaysWhole(codec: String, container: String) throws {
    let driver = try Driver()
    let clip = try SealedClip(try Self.bytes(codec, container))
    for request in [Driver.probe, Driver.play(isClear: true)] {
      let events = driver.run(try driver.open(request, clip), until: \.isComplete)
      #expect(events.last?.isComplete == true, "\(events.last.map { "\($0)" } ?? "nothing")")
    }
  }

  /// A call that is missing in the table would end a decoder by SIGSYS.
  @Test(arguments: kinds)
  func damagedClipsEndNoDecoderByACall(codec: String, container: String) throws {
    let driver = try Driver()
    let whole = try Self.bytes(codec, container)
    var random = SeededGenerator(seed: 0x10C4)
    var ends = 0
    for _ in 0..<6 {
      var clip = whole
      for _ in 0..<Int.random(in: 1...40, using: &random) {
        let place = Int.random(in: 0..<clip.count, using: &random)
        clip[place] ^= UInt8(1 << Int.random(in: 0..<8, using: &random))
      }
      if Bool.random(using: &random) { clip.removeLast(clip.count / 3) }
      let handle = try driver.open(Driver.probe, try SealedClip(clip))
      let events = driver.run(handle, until: \.isComplete)
      ends += events.contains { $0.isComplete || $0.isFailure } ? 1 : 0
      for case .failed(.crashed(let end)) in events {
        #expect(end != .signalled(SIGSYS), "a call that the table lacks")
      }
    }
    #expect(ends == 6)
  }

  @Test func zygoteAndDecoderAreLocked() throws {
    let driver = try Driver()
    let handle = try driver.open(Driver.play(isClear: true), try DecoderProcessTests.card.get())
    driver.run(handle, until: \.isComplete)
    let zygote = try #require(driver.host.processID)
    for (process, filters) in [(zygote, 1), (try driver.process(handle), 2)] {
      let status = try ProcessHygieneTests.words("status", of: "\(process)")
      for line in [
        "Seccomp: 2", "Seccomp_filters: \(filters)", "NoNewPrivs: 1", "Threads: 1",
      ] {
        #expect(status.contains(line), "\(line)")
      }
    }
    let ours = try ProcessHygieneTests.words("status", of: "self")
    #expect(ours.contains("Seccomp: 0"), "the positive control")
  }
}
