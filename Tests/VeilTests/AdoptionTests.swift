// SPDX-License-Identifier: Apache-2.0
import Testing
import Vocabulary

@testable import Veil

struct AdoptionTests {
  private let clip = ClipID(high: 1, low: 2)
  private let plan = FrostPlan(
    size: PixelSize(width: 320, height: 180), pixelAspect: .one, sceneWidthMillimetres: 1285)
  private let frosted = PixelSize(width: 32, height: 18)

  private func record(_ source: ClipSource, camera: String = "bench") -> ClipRecord {
    ClipRecord(
      id: clip, source: source, consent: "", camera: CameraID(camera), recordedAt: "",
      alert: CameraAlert(label: "", score: nil, model: ""), predictions: [],
      facts: ClipFacts(
        size: PixelSize(width: 320, height: 180), pixelAspect: .one, duration: .at(1),
        frameCount: 10, frameRate: Ratio(10, 1), codec: "h264", greys: .even),
      ingestedAtMilliseconds: 0)
  }

  private func camera(isStaff: Bool) -> Camera {
    Camera(id: CameraID("bench"), sceneWidthMillimetres: 1285, room: "", isStaff: isStaff)
  }

  private func permit(
    finest: Frost = .frosted, grant: ClearGrant? = nil, clip: ClipID? = nil
  ) -> AdoptionPermit {
    AdoptionPermit(
      clip: clip ?? self.clip, finest: finest, plan: plan, greys: .even, grant: grant,
      largestClear: PixelSize(width: 64, height: 36))
  }

  private func adopt(
    _ bytes: [UInt8], _ frost: Frost, _ size: PixelSize, _ permit: AdoptionPermit
  ) -> Result<VeiledFrame, VeilError> {
    Result { () throws(VeilError) in
      try VeiledFrame.adopt(bytes: bytes, frost: frost, size: size, permit: permit)
    }
  }

  @Test func `a grid is taken as its greys`() throws {
    var bytes = [UInt8](repeating: 0, count: 576)
    bytes[1] = 5
    let frame = try adopt(bytes, .frosted, frosted, permit()).get()
    guard case .grid(let size, let greys) = frame.content else {
      Issue.record("not a grid: \(frame)")
      return
    }
    #expect(frame.frost == .frosted)
    #expect(size == frosted)
    #expect(Array(greys[..<3]) == [16, 235, 16])
  }

  @Test func `a grid of another size or length is refused`() {
    let good = [UInt8](repeating: 1, count: 576)
    #expect(throws: Never.self) { try adopt(good, .frosted, frosted, permit()).get() }
    let wide = PixelSize(width: 33, height: 18)
    #expect(
      adopt(Array(repeating: 1, count: 594), .frosted, wide, permit()) == .failure(.wrongSize))
    let turned = PixelSize(width: 18, height: 32)
    #expect(adopt(good, .frosted, turned, permit()) == .failure(.wrongSize))
    let negative = PixelSize(width: -32, height: -18)
    #expect(adopt(good, .frosted, negative, permit()) == .failure(.wrongSize))
    // The finer frost's grid under the coarser frost's name.
    let soft = PixelSize(width: 64, height: 36)
    let fine = [UInt8](repeating: 1, count: 2304)
    #expect(adopt(fine, .frosted, soft, permit()) == .failure(.wrongSize))
    for count in [0, 575, 577] {
      let bytes = [UInt8](repeating: 1, count: count)
      #expect(adopt(bytes, .frosted, frosted, permit()) == .failure(.wrongByteCount))
    }
  }

  @Test(arguments: Frost.grids)
  func `an index beyond the greys is refused`(frost: Frost) throws {
    let size = try #require(plan.gridSize(frost))
    let count = UInt8(try #require(frost.greyCount))
    for cell in [0, size.area / 2, size.area - 1] {
      var bytes = [UInt8](repeating: 0, count: size.area)
      bytes[cell] = count - 1
      #expect(throws: Never.self) { try adopt(bytes, frost, size, permit(finest: .soft)).get() }
      bytes[cell] = count
      #expect(adopt(bytes, frost, size, permit(finest: .soft)) == .failure(.valueTooHigh))
      bytes[cell] = 255
      #expect(adopt(bytes, frost, size, permit(finest: .soft)) == .failure(.valueTooHigh))
    }
  }

  @Test func `a finer frost than the permit's is refused`() throws {
    for frost in Frost.grids {
      let size = try #require(plan.gridSize(frost))
      let bytes = [UInt8](repeating: 0, count: size.area)
      for finest in Frost.allCases {
        let result = adopt(bytes, frost, size, permit(finest: finest))
        if frost >= finest {
          #expect(throws: Never.self) { try result.get() }
        } else {
          #expect(result == .failure(.finerThanAllowed))
        }
      }
    }
  }

  @Test func `a clear picture needs its own clip's grant`() throws {
    let size = PixelSize(width: 64, height: 36)
    let bytes = [UInt8](repeating: 9, count: size.area * 3)
    let grant = try #require(
      ClearGrant.staffTest(record: record(.staffTest), camera: camera(isStaff: true)))
    let frame = try adopt(bytes, .clear, size, permit(finest: .clear, grant: grant)).get()
    #expect(frame.frost == .clear)
    #expect(frame.content == .colour(size: size, rgb: bytes))
    #expect(
      adopt(bytes, .clear, size, permit(finest: .clear)) == .failure(.clearWithoutGrant))
    #expect(
      adopt(bytes, .clear, size, permit(finest: .frosted, grant: grant))
        == .failure(.finerThanAllowed))
    let other = permit(finest: .clear, grant: grant, clip: ClipID(high: 1, low: 3))
    #expect(adopt(bytes, .clear, size, other) == .failure(.clearWithoutGrant))
  }

  @Test func `a clear picture of another size or length is refused`() throws {
    let grant = ClearGrant.staffTest(record: record(.staffTest), camera: camera(isStaff: true))
    let permit = permit(finest: .clear, grant: grant)
    for (width, height) in [(65, 36), (64, 37), (0, 36), (64, 0), (-64, -36), (.max, 2)] {
      let size = PixelSize(width: width, height: height)
      #expect(adopt([1, 2, 3], .clear, size, permit) == .failure(.wrongSize))
    }
    let size = PixelSize(width: 2, height: 1)
    #expect(throws: Never.self) { try adopt([1, 2, 3, 4, 5, 6], .clear, size, permit).get() }
    #expect(adopt([1, 2, 3, 4, 5], .clear, size, permit) == .failure(.wrongByteCount))
  }

  @Test func `nothing is adopted as solid`() {
    let result = adopt([255], .solid, PixelSize(width: 4, height: 2), permit())
    #expect(result == .failure(.noPicture))
    #expect(VeiledFrame.solid(movedEighths: 5).content == .solid(movedEighths: 5))
  }

  @Test func `only a staff test of a staff camera is granted`() {
    let staff = record(.staffTest)
    #expect(ClearGrant.staffTest(record: staff, camera: camera(isStaff: true))?.clip == clip)
    #expect(ClearGrant.staffTest(record: staff, camera: camera(isStaff: false)) == nil)
    let customer = record(.customerFeedback)
    #expect(ClearGrant.staffTest(record: customer, camera: camera(isStaff: true)) == nil)
    let elsewhere = record(.staffTest, camera: "porch-1")
    #expect(ClearGrant.staffTest(record: elsewhere, camera: camera(isStaff: true)) == nil)
  }
}
