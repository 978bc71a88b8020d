// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
import Vocabulary

@testable import Veil

struct PictureFitTests {
  private func fit(
    _ source: (Int, Int), _ limit: (Int, Int), pixel: Ratio = .one, target: Ratio = .one
  ) -> PixelSize {
    PictureFit.size(
      source: PixelSize(width: source.0, height: source.1), pixelAspect: pixel,
      limit: PixelSize(width: limit.0, height: limit.1), targetPixelAspect: target)
  }

  @Test func `the picture fills the raster in one axis`() {
    #expect(fit((1920, 1080), (90, 58)) == PixelSize(width: 90, height: 51))
    #expect(fit((1920, 1080), (200, 60)) == PixelSize(width: 107, height: 60))
    #expect(fit((1080, 1920), (90, 58)) == PixelSize(width: 33, height: 58))
  }

  @Test func `both pixel shapes count`() {
    #expect(
      fit((720, 576), (1000, 288), pixel: Ratio(64, 45)) == PixelSize(width: 512, height: 288))
    // Cells twice as high as wide hold twice as many columns.
    #expect(fit((640, 360), (160, 45), target: Ratio(1, 2)) == PixelSize(width: 160, height: 45))
  }

  @Test func `a small picture is not enlarged`() {
    #expect(fit((64, 36), (1000, 1000)) == PixelSize(width: 64, height: 36))
    #expect(fit((1, 1), (5, 5), pixel: Ratio(3, 1)) == PixelSize(width: 1, height: 1))
  }

  @Test func `any numbers give a size within limit and source`() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<2000 {
      func number() -> Int {
        Int.random(in: 1...1 << Int.random(in: 1...13, using: &random), using: &random)
      }
      let (source, limit) = ((number(), number()), (number(), number()))
      let (pixel, target) = (Ratio(number(), number()), Ratio(number(), number()))
      let size = fit(source, limit, pixel: pixel, target: target)
      #expect((1...min(source.0, limit.0)).contains(size.width))
      #expect((1...min(source.1, limit.1)).contains(size.height))
    }
    #expect(fit((0, -1), (0, -1), pixel: Ratio(0, 0)) == PixelSize(width: 1, height: 1))
  }
}
