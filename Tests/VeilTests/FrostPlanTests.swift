// SPDX-License-Identifier: Apache-2.0
import Testing
import Vocabulary

@testable import Veil

struct FrostPlanTests {
  private func plan(
    _ width: Int, _ height: Int, aspect: Ratio = .one, scene: Int = 1285
  ) -> FrostPlan {
    FrostPlan(
      size: PixelSize(width: width, height: height), pixelAspect: aspect,
      sceneWidthMillimetres: scene)
  }

  @Test(arguments: [(1920, 1080), (1280, 720), (640, 360), (160, 90)])
  func `an unknown camera has the grids of the design`(width: Int, height: Int) {
    let plan = plan(width, height)
    #expect(plan.gridSize(.soft) == PixelSize(width: 64, height: 36))
    #expect(plan.gridSize(.frosted) == PixelSize(width: 32, height: 18))
    #expect(plan.gridSize(.strict) == PixelSize(width: 16, height: 9))
    #expect(plan.gridSize(.clear) == nil)
    #expect(plan.gridSize(.solid) == nil)
  }

  @Test func `the pixel aspect counts`() {
    // 720 × 576 at 64:45 is shown as 1024 × 576.
    let wide = plan(720, 576, aspect: Ratio(64, 45)).gridSize(.frosted)
    #expect(wide == PixelSize(width: 32, height: 18))
    let square = plan(720, 576).gridSize(.frosted)
    #expect(square == PixelSize(width: 32, height: 25))
  }

  @Test func `density times scene width is rounded down`() {
    #expect(plan(1920, 1080, scene: 1279).gridSize(.frosted)?.width == 31)
    #expect(plan(1920, 1080, scene: 1280).gridSize(.frosted)?.width == 32)
    #expect(plan(1920, 1080, scene: 1).gridSize(.soft) == PixelSize(width: 1, height: 1))
  }

  @Test func `no grid has more cells than the picture has pixels`() {
    let street = plan(160, 90, scene: 20_000)
    #expect(street.gridSize(.soft) == PixelSize(width: 160, height: 90))
    let flat = plan(4096, 1, scene: 20_000)
    #expect(flat.gridSize(.soft) == PixelSize(width: 1000, height: 1))
    let tall = plan(2, 4000, scene: 1_000_000_000)
    #expect(tall.gridSize(.soft) == PixelSize(width: 2, height: 4000))
  }

  @Test func `nonsense is taken as the strictest`() {
    #expect(plan(1280, 720, scene: 0) == plan(1280, 720))
    #expect(plan(1280, 720, scene: -5) == plan(1280, 720))
    let broken = plan(-3, 0, aspect: Ratio(0, -1), scene: .max)
    #expect(broken.gridSize(.soft) == PixelSize(width: 1, height: 1))
    let extreme = plan(1280, 720, aspect: Ratio(.max, 1))
    #expect(extreme.gridSize(.frosted) == PixelSize(width: 32, height: 1))
  }
}
