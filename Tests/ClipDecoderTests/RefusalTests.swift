// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
import Vocabulary

@testable import ClipDecoder

struct RefusalTests {
  @Test func `what plays is not refused`() throws {
    #expect(try Clip.refusal(try Clip.plain.get()) == nil)
  }

  @Test func `what is no video is refused`() throws {
    #expect(try Clip.refusal([]) == .notVideo)
    #expect(try Clip.refusal(Array("#!/bin/sh\necho hello\n".utf8)) == .notVideo)
    #expect(try Clip.refusal(Array(repeating: 0, count: 4096)) == .notVideo)
    #expect(try Clip.refusal([0x89] + Array("PNG\r\n".utf8)) == .notVideo)
    var random = SeededGenerator(seed: 11)
    let noise = (0..<4096).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    #expect(try Clip.refusal(noise) == .notVideo)
  }

  @Test func `another container is refused by name`() throws {
    #expect(try Clip.refusal(Array("FLV\u{1}\u{5}".utf8)) == .containerNotAllowed)
    #expect(try Clip.refusal(Array("OggS".utf8)) == .containerNotAllowed)
    #expect(try Clip.refusal(Array("RIFF\0\0\0\0WAVEfmt ".utf8)) == .containerNotAllowed)
  }

  @Test func `sound alone is refused`() throws {
    #expect(try Clip.refusal(try ClipMaker.soundOnly()) == .audioOnly)
  }

  @Test func `another codec is refused`() throws {
    var clip = try Clip.plain.get()
    let avc = Array("avc1".utf8)
    let vp8 = Array("vp08".utf8)
    for place in clip.indices.dropLast(4) where clip[place..<place + 4].elementsEqual(avc) {
      clip.replaceSubrange(place..<place + 4, with: vp8)
    }
    #expect(try Clip.refusal(clip) == .codecNotAllowed)
  }

  @Test func `a header without anything after it is cut off`() throws {
    let clip = try Clip.plain.get()
    #expect(try Clip.refusal(Array(clip.prefix(40))) == .truncated)
    #expect(try Clip.refusal(Array(try Clip.transport.get().prefix(376))) != nil)
  }

  @Test func `a picture that is too large is refused`() throws {
    let wide = try ClipMaker.card(["--size", "4128x32", "--seconds", "0.2"])
    #expect(try Clip.refusal(wide) == .tooManyPixels)
    let most = try ClipMaker.card(["--size", "4096x32", "--seconds", "0.2"])
    #expect(try Clip.refusal(most) == nil)
  }

  @Test func `a picture that becomes too large on the way is refused`() throws {
    let wide = try ClipMaker.card(
      ["--container", "ts", "--size", "4128x32", "--seconds", "0.2"])
    let bytes = try Clip.transport.get() + wide
    #expect(try Clip.refusal(bytes) == .tooManyPixels)
    try Clip.open(bytes) { #expect($0.info.storedSize.width == 160) }
  }

  @Test func `a clip that is too long is refused`() throws {
    let size = ["--size", "32x32", "--fps", "2"]
    #expect(try Clip.refusal(try ClipMaker.card(size + ["--seconds", "63"])) == .tooLong)
    // The container's word alone does not decide: it may be a frame off.
    #expect(try Clip.refusal(try ClipMaker.card(size + ["--seconds", "61"])) == .tooLong)
    #expect(try Clip.refusal(try ClipMaker.card(size + ["--seconds", "60"])) == nil)
  }

  @Test func `a file that is too large is refused before it is read`() throws {
    let bytes = [UInt8](repeating: 0, count: ClipLimits.byteCount + 1)
    #expect(try Clip.refusal(bytes) == .tooManyBytes)
  }

  @Test func `too many pictures are refused`() throws {
    let bytes = try ClipMaker.card(
      ["--size", "32x32", "--fps", "120", "--seconds", "60.5", "--codec", "mpeg4"])
    #expect(try Clip.refusal(bytes) == .tooManyFrames)
  }

  @Test func `every refusal has its own byte and words`() {
    #expect(Set(ClipError.allCases.map(\.rawValue)).count == ClipError.allCases.count)
    #expect(Set(ClipError.allCases.map(\.sentence)).count == ClipError.allCases.count)
    #expect(!ClipError.allCases.contains { $0.rawValue == 0 })
  }
}
