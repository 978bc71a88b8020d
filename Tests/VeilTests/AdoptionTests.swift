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
    finest: Frost = .frosted, grant: ClearGrant? = nil, clip: ClipID? = nil,
    regions: [Region] = []
  ) -> AdoptionPermit {
    AdoptionPermit(
      clip: clip ?? self.clip, finest: finest, plan: plan, greys: .even, regions: regions,
      grant: grant,
      largestClear: PixelSize(width: 64, height: 36))
  }

  private func adopt(
    _ bytes: [UInt8], _ frost: Frost, _ size: PixelSize, _ permit: AdoptionPermit,
    at now: Int64 = 0
  ) -> Result<VeiledFrame, VeilError> {
    Result { () throws(VeilError) in
      try VeiledFrame.adopt(
        bytes: bytes, frost: frost, size: size, at: PictureTime(sample: .zero), permit: permit,
        nowMilliseconds: now)
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

  // MARK: - Regions

  @Test func `what a region covers is refused unless it is covered`() throws {
    let box = try #require(RegionBox(x: 0, y: 0, width: 4500, height: 10_000))
    let text = try #require(
      Region(
        kind: .text, from: .zero, until: .at(1), keys: [Region.Key(time: .zero, box: box)]))
    let grant = ClearGrant.staffTest(record: record(.staffTest), camera: camera(isStaff: true))
    // The box has grown: the left half of four pixels, and 16 of 32 cells in each row.
    let size = PixelSize(width: 4, height: 1)
    let tone = (0..<3).map { RegionVeil.solidTone[$0] }
    let good = tone + tone + [9, 9, 9, 9, 9, 9]
    let clear = permit(finest: .clear, grant: grant, regions: [text])
    #expect(throws: Never.self) { try adopt(good, .clear, size, clear).get() }
    for place in 0..<6 {
      var bad = good
      bad[place] ^= 1
      #expect(adopt(bad, .clear, size, clear) == .failure(.uncovered))
    }
    let lens = permit(grant: look(.lens, lens: LensWindow(column: 0, row: 0)), regions: [text])
    let corner = LensWindow(column: 0, row: 0)
    #expect(throws: Never.self) { try adoptWindow(tone, corner, of: size, lens).get() }
    #expect(adoptWindow([9, 9, 9], corner, of: size, lens) == .failure(.uncovered))
    var cells: [UInt8] = (0..<576).map { $0 % 32 < 16 ? 0 : 5 }
    let grid = permit(regions: [text])
    #expect(throws: Never.self) { try adopt(cells, .frosted, frosted, grid).get() }
    cells[15] = 1
    #expect(adopt(cells, .frosted, frosted, grid) == .failure(.uncovered))
  }

  // MARK: - Looks

  private func look(
    _ scope: LookScope = .whole, clip: ClipID? = nil, lens: LensWindow = .centre,
    from began: Int64 = 5000
  ) -> ClearGrant {
    .look(
      LookReceipt(clip: clip ?? self.clip, number: 7, milliseconds: 1000, scope: scope),
      beganAtMilliseconds: began, lens: lens)
  }

  private func adoptWindow(
    _ bytes: [UInt8], _ window: LensWindow, of size: PixelSize, _ permit: AdoptionPermit,
    at now: Int64 = 5500
  ) -> Result<ClearWindow, VeilError> {
    Result { () throws(VeilError) in
      try ClearWindow.adopt(
        bytes: bytes, window: window, of: size, at: .zero, permit: permit, nowMilliseconds: now)
    }
  }

  @Test(arguments: [Frost.soft, .frosted, .strict])
  func `a look shows its own clip until its time is over`(frost: Frost) {
    let size = PixelSize(width: 64, height: 36)
    let bytes = [UInt8](repeating: 9, count: size.area * 3)
    let own = permit(finest: frost, grant: look())
    for now in [5000, 5500, 5999] as [Int64] {
      #expect(throws: Never.self) { try adopt(bytes, .clear, size, own, at: now).get() }
    }
    for now in [6000, 6001, .max] as [Int64] {
      #expect(adopt(bytes, .clear, size, own, at: now) == .failure(.lookIsOver))
    }
    let other = permit(finest: frost, grant: look(clip: ClipID(high: 1, low: 3)))
    #expect(adopt(bytes, .clear, size, other, at: 5500) == .failure(.clearWithoutGrant))
    #expect(
      adopt(bytes, .clear, size, permit(finest: .solid, grant: look()), at: 5500)
        == .failure(.finerThanAllowed))
  }

  @Test func `a look makes no grid finer`() throws {
    let soft = try #require(plan.gridSize(.soft))
    let bytes = [UInt8](repeating: 1, count: soft.area)
    #expect(
      adopt(bytes, .soft, soft, permit(finest: .frosted, grant: look()), at: 5500)
        == .failure(.finerThanAllowed))
    #expect(throws: Never.self) {
      try adopt(bytes, .soft, soft, permit(finest: .soft, grant: look()), at: 5500).get()
    }
  }

  @Test func `through a lens nothing outside of its window is taken`() {
    let size = PixelSize(width: 63, height: 36)
    let whole = [UInt8](repeating: 9, count: size.area * 3)
    let part = [UInt8](repeating: 9, count: 21 * 12 * 3)
    let window = LensWindow(column: 2, row: 6)
    let lens = permit(grant: look(.lens, lens: window))
    #expect(throws: Never.self) { try adoptWindow(part, window, of: size, lens).get() }
    // All of the picture, another window, more or less than the window's pixels, no lens granted.
    #expect(adopt(whole, .clear, size, lens, at: 5500) == .failure(.outsideLens))
    #expect(adoptWindow(whole, window, of: size, lens) == .failure(.wrongByteCount))
    #expect(adoptWindow(part, .centre, of: size, lens) == .failure(.outsideLens))
    #expect(
      adoptWindow(Array(part.dropLast(3)), window, of: size, lens) == .failure(.wrongByteCount))
    #expect(adoptWindow(part, window, of: size, permit(grant: look())) == .failure(.outsideLens))
    #expect(adoptWindow(part, window, of: size, permit()) == .failure(.clearWithoutGrant))
    #expect(adoptWindow(part, window, of: size, lens, at: 6000) == .failure(.lookIsOver))
    for (width, height) in [(65, 36), (64, 37), (0, 36), (-64, 36), (.max, 2)] {
      let size = PixelSize(width: width, height: height)
      #expect(adoptWindow(part, window, of: size, lens) == .failure(.wrongSize))
    }
    let moved = permit(grant: look(.lens).moved(to: window))
    #expect(throws: Never.self) { try adoptWindow(part, window, of: size, moved).get() }
    // A look at the whole picture has no window to move.
    #expect(look().moved(to: window) == look())
  }

  @Test func `a lens's part lies over the grid, which stays as it is around it`() throws {
    let size = PixelSize(width: 64, height: 36)
    var random = SystemRandomNumberGenerator()
    let cells = (0..<576).map { _ in UInt8.random(in: 0...5, using: &random) }
    let grid = try adopt(cells, .frosted, frosted, permit()).get()
    guard case .grid(_, let greys) = grid.content else { return }
    for window in [LensWindow.centre, LensWindow(column: 0, row: 0), LensWindow(column: 6, row: 6)]
    {
      let part = window.size(of: size)
      let bytes: [UInt8] = (0..<part.area * 3).map { [200, 1, 2][$0 % 3] }
      let taken = try adoptWindow(bytes, window, of: size, permit(grant: look(.lens, lens: window)))
        .get()
      let shown = try #require(taken.over(grid))
      guard shown.frost == .clear, case .colour(size, let rgb) = shown.content else {
        Issue.record("not laid out: \(shown)")
        return
      }
      let (columns, rows) = window.pixels(of: size)
      for y in 0..<36 {
        for x in 0..<64 {
          let pixel = Array(rgb[(y * 64 + x) * 3..<(y * 64 + x) * 3 + 3])
          let cell = greys[y / 2 * 32 + x / 2]
          let isClear = columns.contains(x) && rows.contains(y)
          let expected: [UInt8] = isClear ? [200, 1, 2] : [cell, cell, cell]
          #expect(pixel == expected)
        }
      }
      #expect(taken.over(.solid(movedEighths: 0)) == nil)
      #expect(taken.over(shown) == nil)
    }
  }
}
