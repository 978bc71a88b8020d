// SPDX-License-Identifier: Apache-2.0
import ClipDecoder
import Foundation
import PtySupport
import StackingAttack
import TerminalModels
import TestSupport
import Testing
import Vocabulary

@testable import Veil

/// What somebody gets who stacks all pictures of a face that drifts: no more than a face a few
/// pixels wide.
@Suite("Stacking frames")
struct StackingTests {
  @Test("the attack undoes a mosaic without levels")
  func positiveControl() throws {
    let portrait = try Portrait(seed: 1)
    let stack = portrait.stack(.frosted) { boxes, _ in boxes.means.map { Double($0) / 256 } }
    #expect(stack.effectivePixels(portrait.face) > 14)
  }

  @Test(
    "all 300 frames, did each give a picture, show no more than the frost's bound",
    arguments: [Frost.frosted, .strict], 1...3)
  func everyFrame(frost: Frost, seed: Int) throws {
    let portrait = try Portrait(seed: seed)
    let greys = portrait.greys[frost]
    let levels = GreyLevels(greys: greys)
    let stack = portrait.stack(frost) { boxes, before in
      boxes.means.enumerated().map { cell, mean in
        let old = before.flatMap { greys.firstIndex(of: UInt8($0[cell])) }
        let level = old.map { levels.level(of: mean, after: UInt8($0)) } ?? levels.level(of: mean)
        return Double(greys[Int(level)])
      }
    }
    #expect(stack.sampleCount > 2000)
    let pixels = stack.effectivePixels(portrait.face)
    #expect(pixels <= Self.bound(frost), "\(pixels)")
  }

  @Test(
    "nor do the bytes on the terminal, at any size",
    arguments: [Frost.frosted, .strict],
    [
      CellSize(columns: 80, rows: 24), CellSize(columns: 120, rows: 36),
      CellSize(columns: 200, rows: 60),
    ])
  func fromTheTerminal(frost: Frost, size: CellSize) throws {
    let portrait = try Portrait(seed: 2)
    let seat = try Seat(try portrait.vault(frost), size: size)
    try seat.waitForClip(1)
    if frost == .strict {
      // It opens with its contact sheet, paused.
      try seat.waitFor("1–9 go there")
      seat.program.send("\u{1B}")
      try seat.wait { seat.isAtStart }
    } else {
      try seat.pauseAtStart()
    }
    var pictures: [(frame: Int, cells: [Double])] = []
    for start in [0, portrait.framesPerSecond / 2 + 1] {
      // On from the start by single frames, then by seconds: each hold once.
      seat.program.send("hhhhhhhhhhhhhhhhhhhh" + String(repeating: ".", count: start))
      for second in 0..<19 where frost == .frosted || second % 2 == 0 && start == 0 {
        try seat.program.waitForIdle(quietMilliseconds: 40)
        let frame = start + second * portrait.framesPerSecond
        let hold = frost.holdIndex(at: portrait.times[frame])
        let first = try #require(portrait.times.firstIndex { frost.holdIndex(at: $0) == hold })
        try seat.wait { seat.clock == frame / portrait.framesPerSecond }
        pictures.append((first, try #require(portrait.grid(seat.picture, frost))))
        seat.program.send(frost == .frosted ? "l" : "ll")
      }
    }
    #expect(Set(pictures.map(\.cells)).count > (frost == .frosted ? 20 : 2))
    let stack = portrait.stack(frost, pictures)
    let pixels = stack.effectivePixels(portrait.face)
    #expect(pixels <= Self.bound(frost), "\(pixels)")
    #expect(try seat.leave())
  }

  private static func bound(_ frost: Frost) -> Double { frost == .frosted ? 10 : 7 }
}

extension Seat {
  /// The whole second that the time line shows.
  fileprivate var clock: Int? {
    screen.text.firstMatch(of: /[║▶] (\d):(\d\d)\.\d \//).flatMap { match in
      Int(match.output.1).flatMap { minutes in
        Int(match.output.2).map { minutes * 60 + $0 }
      }
    }
  }
}

/// The clip of a face that drifts, and what is known of it.
private struct Portrait {
  let framesPerSecond = 15
  let bytes: [UInt8]
  let times: [MediaTime]
  let greys: GreyScale
  /// The face itself, in luma.
  private(set) var face: [Double] = []
  private let lumas: [[UInt8]]
  private static let size = PixelSize(width: 384, height: 216)
  private static let side = 48

  /// Draws and decodes it.
  init(seed: Int) throws {
    bytes = try ClipMaker.portrait(seed: seed)
    var placement = GreyPlacement(plan: Self.plan)
    var (times, lumas): ([MediaTime], [[UInt8]]) = ([], [])
    // The bytes outlive the reader, which lives within this call alone.
    try unsafe bytes.withUnsafeBytes { raw in
      let reader = try unsafe ClipReader(bytes: raw)
      while try reader.next() {
        times.append(reader.time)
        let luma = try reader.withLuma { luma, shape in
          placement.add(luma, shape, at: reader.time)
          return (0..<shape.size.height).flatMap { row in
            (0..<shape.size.width).map { luma[row * shape.stride + $0] }
          }
        }
        lumas.append(luma)
      }
    }
    greys = placement.greys()
    (self.times, self.lumas) = (times, lumas)
    let corner = Self.corner(0)
    face = (0..<Self.side).flatMap { row in
      (0..<Self.side).map { column in
        Double(lumas[0][(corner.y + row) * Self.size.width + corner.x + column])
      }
    }
  }

  /// The grids of the strictest camera.
  private static var plan: FrostPlan {
    FrostPlan(
      size: size, pixelAspect: .one,
      sceneWidthMillimetres: Camera.unknownSceneWidthMillimetres)
  }

  /// Where the face is in a frame, as scenegen's portrait has it.
  private static func corner(_ frame: Int) -> (x: Int, y: Int) {
    let reach = size.width / 32
    let places = 2 * reach + 1
    return (
      size.width * 7 / 16 + frame * 7919 % places - reach,
      size.height * 7 / 18 + frame * 4801 / places % places - reach
    )
  }

  private static func grid(_ frost: Frost) -> PixelSize {
    plan.gridSize(frost) ?? PixelSize(width: 1, height: 1)
  }

  /// Stacks all frames, of which `read` makes a grid each, given the one before.
  func stack(_ frost: Frost, _ read: (BoxMeans, [Double]?) -> [Double]) -> StackingAttack {
    var boxes = BoxMeans(grid: Self.grid(frost))
    var before: [Double]?
    let pictures = lumas.enumerated().map { frame, luma in
      if let shape = LumaShape(size: Self.size, stride: Self.size.width, turns: .none) {
        boxes.measure(luma.span, shape)
      }
      before = read(boxes, before)
      return (frame, before ?? [])
    }
    return stack(frost, pictures)
  }

  /// Stacks grids of frames, their values brought to the true scale first.
  func stack(_ frost: Frost, _ pictures: [(frame: Int, cells: [Double])]) -> StackingAttack {
    let grid = Self.grid(frost)
    let cell = Self.size.width / grid.width
    let scale = scale(pictures, grid, cell)
    var stack = StackingAttack(
      side: Self.side, cell: cell, surround: Double(lumas[0][0]))
    for (frame, cells) in pictures {
      let corner = Self.corner(frame)
      for index in cells.indices {
        stack.add(
          scale.gain * cells[index] + scale.offset, x: index % grid.width * cell - corner.x,
          y: index / grid.width * cell - corner.y)
      }
    }
    return stack
  }

  /// The line that brings shown values nearest to the true means of their cells.
  private func scale(
    _ pictures: [(frame: Int, cells: [Double])], _ grid: PixelSize, _ cell: Int
  ) -> (gain: Double, offset: Double) {
    var (count, x, y, square, product) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for (frame, cells) in pictures {
      for index in cells.indices {
        let mean = mean(frame, index % grid.width * cell, index / grid.width * cell, cell)
        count += 1
        x += cells[index]
        y += mean
        square += cells[index] * cells[index]
        product += cells[index] * mean
      }
    }
    let spread = count * square - x * x
    let gain = spread > 0 ? (count * product - x * y) / spread : 1
    return (gain, (y - gain * x) / max(1, count))
  }

  private func mean(_ frame: Int, _ left: Int, _ top: Int, _ cell: Int) -> Double {
    var sum = 0
    for row in top..<top + cell {
      for column in left..<left + cell { sum += Int(lumas[frame][row * Self.size.width + column]) }
    }
    return Double(sum) / Double(cell * cell)
  }

  // MARK: - In the program

  /// A vault with this clip, shown under a frost.
  func vault(_ frost: Frost) throws -> TestVault {
    let folder = try TestVault.empty()
    try folder.write(
      "cameras.toml",
      """
      [[camera]]
      id = "porch-1"
      field_of_view_degrees = 110
      nearest_subject_metres = 0.45
      room = "\(frost == .strict ? "bedroom" : "porch")"
      staff = false

      """)
    try TestVault.demand(
      ["policy", "edit", "--file", "cameras.toml", "--from", "cameras.toml"], in: folder)
    try folder.write("face.mp4", bytes)
    let clip = TestVault.Clip(
      file: "face.mp4", isStaff: false, recordedAt: "2026-01-15T07:40:00+01:00", predictions: [],
      options: [])
    try folder.write("manifest.jsonl", clip.manifestLine(alert: "person"))
    try TestConsent.write(into: folder)
    try TestVault.demand(["ingest", "--manifest", "manifest.jsonl", "face.mp4"], in: folder)
    return TestVault(in: folder)
  }

  /// The grid that a picture on the terminal shows; nil where it shows none.
  func grid(_ picture: Picture, _ frost: Frost) -> [Double]? {
    let surround = picture.samples[0][0]
    let rows = picture.samples.indices.filter { row in
      picture.samples[row].contains { $0 != nil && $0 != surround }
    }
    guard let top = rows.first, let bottom = rows.last else { return nil }
    let columns = picture.samples[top].indices.filter { column in
      rows.contains {
        picture.samples[$0][column] != nil && picture.samples[$0][column] != surround
      }
    }
    guard let left = columns.first, let right = columns.last else { return nil }
    let grid = Self.grid(frost)
    let (width, height) = (right - left + 1, bottom - top + 1)
    return (0..<grid.area).map { index in
      let x = left + (2 * (index % grid.width) + 1) * width / (2 * grid.width)
      let y = top + (2 * (index / grid.width) + 1) * height / (2 * grid.height)
      // Under a letter of the mark lies the mean of its cell.
      let ground = picture.marks[Picture.Place(column: x, row: y / 2)]?.ground
      return Double((picture.samples[y][x] ?? ground)?.red ?? 0)
    }
  }
}
