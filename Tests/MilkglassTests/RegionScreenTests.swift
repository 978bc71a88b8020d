// SPDX-License-Identifier: Apache-2.0
import Foundation
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

/// Regions as they are seen on the terminal: from the manifest, and added by keyboard.
@Suite("Regions")
struct RegionScreenTests {
  /// The test card is 320 × 180 and hued all over; its face lies left of the middle.
  private static let face =
    #""regions":[{"kind":"face","from":0,"until":60,"boxes":["#
    + #"{"at":0,"x":0.2,"y":0.25,"width":0.2,"height":0.4}]}]"#

  private static func vault(_ more: String) throws -> TestVault {
    let folder = try TestVault.empty()
    let clip = TestVault.staffCard
    try folder.write(clip.file, try ClipMaker.card(clip.options))
    let line = clip.manifestLine(alert: "animal")
    try folder.write("manifest.jsonl", String(line.dropLast(2)) + ",\(more)}\n")
    try TestConsent.write(into: folder)
    try TestVault.demand(["ingest", "--manifest", "manifest.jsonl", clip.file], in: folder)
    return TestVault(in: folder)
  }

  /// The samples of a picture that lie in a box given in shares of it, with a margin of shares left out
  /// (in) or added (out).
  private static func samples(
    _ seat: Seat, x: ClosedRange<Double>, y: ClosedRange<Double>
  ) -> [RGB] { samples(seat.picture, seat, x: x, y: y) }

  private static func samples(
    _ picture: Picture, _ seat: Seat, x: ClosedRange<Double>, y: ClosedRange<Double>
  ) -> [RGB] {
    // The picture is 16 : 9 in half cells of 8 × 8 and stands in the pane's middle.
    let (columns, rows) = (seat.pane.size.columns, seat.pane.size.rows * 2)
    let width = min(columns, rows * 16 / 9)
    let height = min(rows, columns * 9 / 16)
    let (left, top) = ((columns - width) / 2, (rows - height) / 2)
    return (0..<height).flatMap { row -> [RGB] in
      guard y.contains((Double(row) + 0.5) / Double(height)) else { return [] }
      return (0..<width).compactMap { column in
        x.contains((Double(column) + 0.5) / Double(width))
          ? picture.samples[top + row][left + column] : nil
      }
    }
  }

  private static func inside(_ seat: Seat) -> [RGB] { samples(seat, x: 0.2...0.4, y: 0.25...0.65) }
  private static func outside(_ seat: Seat) -> [RGB] { samples(seat, x: 0.5...0.95, y: 0.1...0.9) }

  @Test(
    "a staff test clip is clear but for the face in its manifest",
    arguments: [CellSize(columns: 80, rows: 24), CellSize(columns: 120, rows: 36)])
  func aFaceIsFrosted(size: CellSize) throws {
    let seat = try Seat(try Self.vault(Self.face), size: size)
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    try seat.wait { seat.picture.hasHue && seat.screen.text.contains("1 region frosted") }
    for _ in 0..<4 {
      let (inside, outside) = (Self.inside(seat), Self.outside(seat))
      #expect(inside.count > 20 && !inside.contains(where: Picture.isHued))
      #expect(Set(inside).count <= 9, "six greys and what the edge mixes")
      #expect(outside.contains(where: Picture.isHued))
      seat.program.send("l,")
      try seat.program.waitForIdle(quietMilliseconds: 300)
    }
    // The control: without the region the same place is hued.
    let plain = try Seat(try .mixed(), size: size)
    try plain.waitForClip(1)
    try plain.pauseAtStart()
    try plain.wait { plain.picture.hasHue }
    #expect(Self.inside(plain).contains(where: Picture.isHued))
    #expect(try plain.leave())
    #expect(try seat.leave())
  }

  @Test("a manifest's frost raises the whole clip, and the screen says why")
  func aManifestRaisesTheFrost() throws {
    let seat = try Seat(try Self.vault(#""frost":"strict""#))
    // A strict clip opens with its contact sheet.
    try seat.waitFor("1–9 go there")
    seat.program.send("\u{1B}")
    try seat.waitForClip(1)
    try seat.waitFor("frost: manifest")
    try seat.wait { seat.screen.text.contains("strict") && seat.picture.colours.count > 2 }
    #expect(!seat.picture.hasHue && seat.picture.columnEdges <= 17)
    #expect(try seat.leave())
  }

  @Test("R covers a place from here on, for this reviewer and the next, and in the export")
  func aReviewersRegionStands() throws {
    let vault = try TestVault.mixed()
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    try seat.wait { seat.picture.hasHue }
    seat.program.send("R")
    try seat.waitFor("move region")
    // A box in the middle, moved to the left by two tenths; it is covered while it is placed.
    for _ in 0..<8 { seat.program.send("\u{1B}[D") }
    try seat.wait { Set(Self.samples(seat, x: 0.22...0.38, y: 0.42...0.58)).count == 1 }
    seat.program.send("\r")
    try seat.waitFor("1–4 what the region is")
    let before = seat.program.output.count
    seat.program.send("3")
    try seat.waitFor("1 region solid: text")
    try seat.wait { isText(seat) && Self.outside(seat).contains(where: Picture.isHued) }
    try Self.expectNeverHued(seat, after: before)
    // Taken back it is as it was; done again it stands.
    seat.program.send("u")
    try seat.wait { Self.samples(seat, x: 0.2...0.4, y: 0.4...0.6).contains(where: Picture.isHued) }
    seat.program.send("U")
    try seat.wait { isText(seat) && Self.outside(seat).contains(where: Picture.isHued) }
    #expect(try seat.leave())

    let next = try Seat(vault, reviewer: "r08")
    try next.waitForClip(1)
    try next.waitFor("1 region solid: text")
    try next.pauseAtStart()
    try next.wait { isText(next) && Self.outside(next).contains(where: Picture.isHued) }
    next.program.send("u")
    try next.waitFor("only r07 can take it back")
    #expect(isText(next))
    next.program.send("n0")
    try next.commit()
    #expect(try next.leave())
    let label = try #require(try vault.exportedLabels().first)
    let region = try #require((label["regions"] as? [[String: Any]])?.first)
    #expect(region["kind"] as? String == "text" && region["frost"] as? String == "solid")
    #expect(region["x"] as? Double == 0.2 && region["width"] as? Double == 0.2)
    #expect(region["y"] as? Double == 0.4 && region["start_seconds"] as? Double == 0)
    #expect(region["end_seconds"] as? Double == 2)
  }

  /// From that byte of the output on, no frame that was ever on the screen shows a hue in the place of
  /// the text, and at least one shows nothing at all: the pane is solid until the clip is covered.
  private static func expectNeverHued(_ seat: Seat, after start: Int) throws {
    let screen = try #require(TerminalModel(size: seat.size))
    let end = Array("\u{1B}[?2026l\u{1B}[5n".utf8)
    let output = seat.program.output
    var (written, frames, solid) = (0, 0, 0)
    for index in output.indices where output[index...].starts(with: end) {
      screen.write(Array(output[written..<index + end.count]))
      written = index + end.count
      guard index > start else { continue }
      let picture = Picture(screen, seat.pane)
      frames += 1
      if !picture.hasHue { solid += 1 }
      #expect(!samples(picture, seat, x: 0.2...0.4, y: 0.4...0.6).contains(where: Picture.isHued))
    }
    #expect(solid > 0 && frames > solid, "\(frames) frames, \(solid) solid")
  }

  /// Whether the place that was covered shows the one dark tone of *solid*.
  private func isText(_ seat: Seat) -> Bool {
    let inside = Set(Self.samples(seat, x: 0.2...0.4, y: 0.4...0.6))
    return inside.count == 1 && inside.allSatisfy { max($0.red, $0.green, $0.blue) < 40 }
  }
}
