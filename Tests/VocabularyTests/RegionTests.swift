// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing
import Vocabulary

@Suite struct RegionTests {
  private func box(_ x: Int, _ y: Int, _ width: Int, _ height: Int) throws -> RegionBox {
    try #require(RegionBox(x: x, y: y, width: width, height: height))
  }

  private func at(_ milliseconds: Int64) -> MediaTime { MediaTime(milliseconds: milliseconds) }

  private static func anyBox(_ random: inout SeededGenerator) -> RegionBox {
    let x = Int.random(in: 0..<RegionBox.side, using: &random)
    let y = Int.random(in: 0..<RegionBox.side, using: &random)
    return RegionBox(
      x: x, y: y, width: Int.random(in: 1...RegionBox.side - x, using: &random),
      height: Int.random(in: 1...RegionBox.side - y, using: &random)) ?? .whole
  }

  private static func anyRegion(_ random: inout SeededGenerator) -> Region? {
    var time = MediaTime.zero
    let keys = (0..<Int.random(in: 1...5, using: &random)).map { _ in
      time = time + MediaTime(microseconds: Int64.random(in: 1...9_000_000, using: &random))
      return Region.Key(time: time, box: anyBox(&random))
    }
    let from = MediaTime(microseconds: Int64.random(in: 0...20_000_000, using: &random))
    return Region(
      kind: .face, from: from, until: from + MediaTime(milliseconds: 500), keys: keys)
  }

  @Test func boxesOutsideThePictureAreNone() {
    for (x, y, width, height) in [
      (-1, 0, 5, 5), (0, -1, 5, 5), (0, 0, 0, 5), (0, 0, 5, 0), (0, 0, -5, 5), (9_999, 0, 2, 5),
      (0, 9_999, 5, 2), (10_000, 0, 1, 1), (0, 0, 10_001, 1), (.max, 0, 1, 1), (0, 0, .max, 1),
      (.min, .min, .min, .min), (5, 5, .max, .max),
    ] {
      #expect(RegionBox(x: x, y: y, width: width, height: height) == nil)
    }
    #expect(RegionBox(x: 0, y: 0, width: 10_000, height: 10_000) == .whole)
    #expect(RegionBox(x: 9_999, y: 9_999, width: 1, height: 1) != nil)
  }

  @Test func nonsenseIsNoRegion() throws {
    let key = Region.Key(time: .zero, box: .whole)
    func region(
      _ kind: RegionKind = .face, _ frost: Frost? = nil, from: Int64 = 0, until: Int64 = 100,
      keys: [Region.Key]
    ) -> Region? {
      Region(kind: kind, frost: frost, from: at(from), until: at(until), keys: keys)
    }
    #expect(region(keys: [key]) != nil)
    #expect(region(keys: []) == nil)
    #expect(region(keys: (0...240).map { Region.Key(time: at($0), box: .whole) }) == nil)
    #expect(region(keys: (0..<240).map { Region.Key(time: at($0), box: .whole) }) != nil)
    #expect(region(keys: [key, key]) == nil)
    #expect(region(keys: [Region.Key(time: at(-1), box: .whole)]) == nil)
    #expect(region(keys: [Region.Key(time: at(4_000_000), box: .whole)]) == nil)
    #expect(region(from: 100, keys: [key]) == nil && region(from: 101, keys: [key]) == nil)
    #expect(region(from: -1, keys: [key]) == nil && region(until: 4_000_000, keys: [key]) == nil)
    for kind in RegionKind.allCases {
      for frost in Frost.allCases {
        #expect((region(kind, frost, keys: [key]) != nil) == (frost >= kind.leastFrost))
      }
    }
    #expect(RegionKind.allCases.map(\.leastFrost) == [.frosted, .frosted, .solid, .solid])
  }

  @Test func theBoxMovesEvenlyAndStandsBeforeAndAfter() throws {
    let region = try #require(
      Region(
        kind: .person, from: .zero, until: at(9000),
        keys: [
          Region.Key(time: at(1000), box: try box(1000, 2000, 500, 700)),
          Region.Key(time: at(2000), box: try box(3000, 1000, 900, 700)),
        ]))
    #expect(region.box(at: .zero) == (try box(1000, 2000, 500, 700)))
    #expect(region.box(at: at(1000)) == (try box(1000, 2000, 500, 700)))
    #expect(region.box(at: at(1500)) == (try box(2000, 1500, 700, 700)))
    #expect(region.box(at: at(2000)) == (try box(3000, 1000, 900, 700)))
    #expect(region.box(at: at(8000)) == (try box(3000, 1000, 900, 700)))
    #expect(region.isActive(at: .zero) && region.isActive(at: at(8999)))
    #expect(!region.isActive(at: at(9000)) && !region.isActive(at: at(-1)))
  }

  /// Whatever the keys are: every box lies in the picture and between its keys, never smaller than on
  /// the straight way, and what is covered holds it with a tenth around it, as far as there is picture.
  @Test func boxesStayInThePictureAndBetweenTheirKeys() throws {
    var random = SeededGenerator(seed: 21)
    for _ in 0..<3_000 {
      let region = try #require(Self.anyRegion(&random))
      let time = MediaTime(microseconds: Int64.random(in: 0...60_000_000, using: &random))
      let box = region.box(at: time)
      #expect(RegionBox(x: box.x, y: box.y, width: box.width, height: box.height) == box)
      let lefts = region.keys.map(\.box.x)
      #expect((lefts.min() ?? 0)...(lefts.max() ?? 0) ~= box.x)
      if let next = region.keys.firstIndex(where: { time < $0.time }), next > 0 {
        let (a, b) = (region.keys[next - 1], region.keys[next])
        let share = (time.seconds - a.time.seconds) / (b.time.seconds - a.time.seconds)
        let left = Double(a.box.x) + Double(b.box.x - a.box.x) * share
        let bottom = Double(a.box.bottom) + Double(b.box.bottom - a.box.bottom) * share
        #expect(Double(box.x) <= left + 1e-6 && left < Double(box.x) + 1.001)
        #expect(Double(box.bottom) >= bottom - 1e-6 && bottom > Double(box.bottom) - 1.001)
      }
      let cover = region.cover(at: time)
      #expect(cover.x == max(0, box.x - (box.width + 9) / 10))
      #expect(cover.bottom == min(RegionBox.side, box.bottom + (box.height + 9) / 10))
    }
  }

  /// The pixels that a box touches are those whose own part of the picture overlaps it.
  @Test func touchedPartsOverlapTheBox() {
    var random = SeededGenerator(seed: 22)
    for _ in 0..<500 {
      let box = Self.anyBox(&random)
      let count = Int.random(in: 1...300, using: &random)
      let columns = box.columns(of: count)
      for part in 0..<count {
        let overlaps =
          part * RegionBox.side < box.right * count && (part + 1) * RegionBox.side > box.x * count
        #expect(columns.contains(part) == overlaps)
      }
    }
    #expect(RegionBox.whole.rows(of: 0).isEmpty && RegionBox.whole.rows(of: -5).isEmpty)
    #expect(RegionBox.whole.columns(of: .max).lowerBound == 0)
  }

  @Test func raisingNeverLowers() throws {
    let region = try #require(
      Region(
        kind: .face, frost: .strict, from: .zero, until: at(1),
        keys: [Region.Key(time: .zero, box: .whole)]))
    for frost in Frost.allCases {
      #expect(region.raised(to: frost).frost == max(.strict, frost))
      #expect(region.raised(to: frost).keys == region.keys)
    }
  }

  @Test func whatIsStoredComesBackAndNonsenseIsRefused() throws {
    var random = SeededGenerator(seed: 23)
    for _ in 0..<50 {
      let region = try #require(Self.anyRegion(&random))
      let bytes = try JSONEncoder().encode(region)
      #expect(try JSONDecoder().decode(Region.self, from: bytes) == region)
    }
    let region = try #require(
      Region(
        kind: .text, from: .zero, until: at(1),
        keys: [Region.Key(time: .zero, box: try box(1, 2, 3, 4))]))
    let text = String(decoding: try JSONEncoder().encode(region), as: UTF8.self)
    for (old, new) in [
      ("\"frost\":4", "\"frost\":2"), ("\"frost\":4", "\"frost\":9"), ("\"text\"", "\"hat\""),
      ("\"width\":3", "\"width\":0"), ("\"x\":1", "\"x\":10000"),
      ("\"microseconds\":1000", "\"microseconds\":0"),
    ] {
      #expect(text.contains(old), "\(text)")
      let changed = Data(text.replacing(old, with: new).utf8)
      #expect(throws: DecodingError.self) { try JSONDecoder().decode(Region.self, from: changed) }
    }
  }

  @Test func recordsAndSheetsFromBeforeThereWereRegionsHaveNone() throws {
    let record = ClipRecord(
      id: ClipID(high: 1, low: 2), source: .staffTest, consent: "", camera: CameraID("b"),
      recordedAt: "", alert: CameraAlert(label: "", score: nil, model: ""), predictions: [],
      facts: ClipFacts(
        size: PixelSize(width: 1, height: 1), pixelAspect: .one, duration: .zero, frameCount: 1,
        frameRate: .one, codec: "", greys: .even), ingestedAtMilliseconds: 0)
    let plain = try JSONEncoder().encode(record)
    #expect(!String(decoding: plain, as: UTF8.self).contains("regions"))
    #expect(try JSONDecoder().decode(ClipRecord.self, from: plain) == record)
    var more = record
    more.leastFrost = .strict
    more.regions = [
      try #require(
        Region(
          kind: .face, from: .zero, until: at(5),
          keys: [Region.Key(time: .zero, box: .whole)]))
    ]
    #expect(
      try JSONDecoder().decode(ClipRecord.self, from: try JSONEncoder().encode(more)) == more)
    let sheet = LabelSheet()
    let bytes = try JSONEncoder().encode(sheet)
    #expect(!String(decoding: bytes, as: UTF8.self).contains("regions"))
    #expect(try JSONDecoder().decode(LabelSheet.self, from: bytes) == sheet)
  }
}
