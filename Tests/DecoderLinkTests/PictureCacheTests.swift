// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary

@testable import milkglass_decoder

/// The decoder's private memory of clear pictures keeps every picture within its limit.
@Suite struct PictureCacheTests {
  @Test func picturesAreHalvedTogetherWhereTheyWouldPassTheLimit() throws {
    let size = PixelSize(width: 8, height: 6)
    var cache = PictureCache(byteLimit: 3 * size.area * 3, target: size)
    for index in 0..<4 { cache.put(Self.flat(UInt8(index), cache.target), at: index) }
    let half = PixelSize(width: 4, height: 3)
    #expect(cache.target == half)
    #expect(cache.count == 4 && cache.byteCount == 4 * half.area * 3)
    for index in 0..<4 {
      let picture = try #require(cache[index])
      #expect(picture.size == half)
      #expect(picture.rgb == Array(repeating: UInt8(index), count: half.area * 3))
    }
    #expect(cache[4] == nil && cache[-1] == nil)
  }

  @Test func replacedPicturesAreCountedOnce() {
    let size = PixelSize(width: 4, height: 4)
    var cache = PictureCache(byteLimit: 1_000, target: size)
    for index in 0..<3 { cache.put(Self.flat(1, size), at: index) }
    let small = PixelSize(width: 2, height: 2)
    cache.aim(at: small)
    cache.put(Self.flat(2, small), at: 1)
    #expect(cache.byteCount == 2 * 48 + 12)
    #expect(cache[1]?.size == small && cache[0]?.size == size)
  }

  @Test func growingPastTheLimitWhileReplacingKeepsAll() {
    let small = PixelSize(width: 2, height: 2)
    var cache = PictureCache(byteLimit: 10 * 12 * 2, target: small)
    for index in 0..<10 { cache.put(Self.flat(3, small), at: index) }
    cache.aim(at: PixelSize(width: 8, height: 8))
    for index in 0..<10 { cache.put(Self.flat(4, cache.target), at: index) }
    #expect(cache.count == 10 && cache.byteCount <= cache.byteLimit)
    #expect((0..<10).allSatisfy { cache[$0]?.rgb.first == 4 })
  }

  @Test func longestClipFitsTheSmallestPicture() {
    let size = PixelSize(width: 64, height: 36)
    var cache = PictureCache(byteLimit: 7_200 * 3, target: size)
    for index in 0..<7_200 { cache.put(Self.flat(5, cache.target), at: index) }
    #expect(cache.count == 7_200 && cache.byteCount <= cache.byteLimit)
  }

  @Test func halvingTakesMeansOfFour() {
    let picture = CachedPicture(
      size: PixelSize(width: 2, height: 2), rgb: [0, 10, 255, 4, 20, 255, 8, 30, 255, 12, 40, 255])
    let half = picture.halved()
    #expect(half.size == PixelSize(width: 1, height: 1) && half.rgb == [6, 25, 255])
    let column = CachedPicture(size: PixelSize(width: 1, height: 2), rgb: [0, 0, 0, 9, 9, 9])
    #expect(column.halved().rgb == [5, 5, 5])
  }

  static func flat(_ value: UInt8, _ size: PixelSize) -> CachedPicture {
    CachedPicture(size: size, rgb: Array(repeating: value, count: size.area * 3))
  }
}
