// SPDX-License-Identifier: Apache-2.0

import Lockdown
import Testing
import Veil
import Vocabulary

@testable import DecoderLink

/// Regions from the request to the picture, with real decoders and lying ones.
@Suite struct RegionTests {
  private static func region(
    _ kind: RegionKind, _ frost: Frost? = nil, from: Int64 = 0, until: Int64 = 60_000,
    box: RegionBox? = .whole, keyCount: Int = 1
  ) throws -> Region {
    let box = try #require(box)
    return try #require(
      Region(
        kind: kind, frost: frost, from: MediaTime(milliseconds: from),
        until: MediaTime(milliseconds: until),
        keys: (0..<keyCount).map {
          Region.Key(time: MediaTime(milliseconds: Int64($0)), box: box)
        }))
  }

  // MARK: messages

  @Test func regionsComeBackFromTheirMessages() throws {
    let regions = try [
      Self.region(.face, from: 1200, until: 8000, box: RegionBox(x: 1, y: 2, width: 3, height: 4)),
      Self.region(.text, keyCount: 240), Self.region(.person, .strict, keyCount: 6),
    ]
    var read: [Region] = []
    var head: Instruction.RegionHead?
    var keys: [Region.Key] = []
    for message in Instruction.messages(for: regions) {
      let bytes = message.encoded()
      #expect(bytes.count == 64)
      switch try Instruction(bytes) {
      case .region(let next): (head, keys) = (next, [])
      case .regionKeys(let more): keys += more
      default: Issue.record("not a region: \(message)")
      }
      if let head, keys.count == head.keyCount, let region = head.region(keys) {
        read.append(region)
      }
    }
    #expect(read == regions)
  }

  @Test func hostileRegionsAreRefused() throws {
    let head = Instruction.region(
      Instruction.RegionHead(
        kind: .face, frost: .frosted, from: .zero, until: MediaTime(milliseconds: 5), keyCount: 1)
    ).encoded()
    let keys = Instruction.regionKeys([
      Region.Key(time: .zero, box: try #require(RegionBox(x: 1, y: 1, width: 1, height: 1)))
    ]).encoded()
    #expect(throws: Never.self) { try Instruction(head) }
    #expect(throws: Never.self) { try Instruction(keys) }
    // Kind, frost, a time beyond an hour, no keys, more than 240.
    for (place, value) in [(1, 4), (2, 5), (6, 255), (10, 255), (11, 0), (11, 241), (12, 1)] {
      var bytes = head
      bytes[place] = UInt8(value)
      #expect(throws: LinkViolation.malformed, "\(place)") { try Instruction(bytes) }
    }
    // None or more than five, a time beyond an hour, a box outside the picture or empty, padding.
    for (place, value) in [
      (1, 0), (1, 2), (1, 6), (1, 255), (5, 255), (7, 255), (9, 255), (10, 0), (11, 255), (14, 1),
    ] {
      var bytes = keys
      bytes[place] = UInt8(value)
      #expect(throws: LinkViolation.malformed, "\(place)") { try Instruction(bytes) }
    }
  }

  @Test func moreRegionsThanAClipCanHaveMakeItSolid() throws {
    let one = try Self.region(.face)
    let full = Driver.play(isClear: true, regions: Array(repeating: one, count: 64))
    guard case .play(let possible) = full.mode else { return }
    #expect(possible.regions.count == 64 && possible.isClear)
    let many = try Self.region(.face, keyCount: 240)
    for regions in [Array(repeating: one, count: 65), Array(repeating: many, count: 9)] {
      let request = Driver.play(isClear: true, mayLook: true, regions: regions)
      guard case .play(let showing) = request.mode else { return }
      #expect(showing.finest == .solid && !showing.keepsClear && showing.regions.isEmpty)
    }
    // All that is possible fits the pipe, which takes a thousand messages.
    let most = Array(repeating: many, count: 8) + Array(repeating: one, count: 56)
    #expect(Region.isPossible(most) && Instruction.messages(for: most).count < 700)
  }

  // MARK: a real decoder

  private static let card = Result { try Built.card() }
  private static let half = RegionBox(x: 0, y: 0, width: 4545, height: 10_000)

  /// Opens the card, takes all of its pass, and gives the grids of the frosts by hold.
  private static func decode(
    _ request: DecodeRequest, _ driver: Driver
  ) throws -> (DecoderHandle, [Frost: [VeiledFrame]]) {
    let handle = try driver.open(request, try card.get())
    var grids: [Frost: [VeiledFrame]] = [:]
    for case .grid(let frost, _, let veiled) in driver.run(handle, until: \.isComplete) {
      grids[frost, default: []].append(veiled)
    }
    return (handle, grids)
  }

  private static func frame(
    _ index: Int, _ handle: DecoderHandle, _ driver: Driver
  ) -> (size: PixelSize, rgb: [UInt8])? {
    handle.requestFrame(index: index, nowMilliseconds: Driver.now())
    for case .frame(_, let veiled) in driver.run(handle, until: \.isFrame) {
      if case .colour(let size, let rgb) = veiled.content { return (size, rgb) }
    }
    return nil
  }

  @Test func aClearClipIsCoveredWhereItsRegionIsAndThenNoMore() throws {
    let driver = try Driver()
    let face = try Self.region(.face, until: 500, box: Self.half)
    let (plain, _) = try Self.decode(Driver.play(isClear: true), driver)
    let (handle, grids) = try Self.decode(Driver.play(isClear: true, regions: [face]), driver)
    for index in [0, 3] {
      let before = try #require(Self.frame(index, plain, driver))
      let covered = try #require(Self.frame(index, handle, driver))
      #expect(covered.size == PixelSize(width: 80, height: 45) && covered.size == before.size)
      guard case .grid(let cells, let greys) = try #require(grids[.frosted]?.first).content else {
        return
      }
      for y in 0..<45 {
        for x in 0..<80 {
          let pixel = Array(covered.rgb[(y * 80 + x) * 3..<(y * 80 + x) * 3 + 3])
          if x < 40 {
            let row = (2 * y + 1) * cells.height / 90
            let grey = greys[row * cells.width + (2 * x + 1) * cells.width / 160]
            #expect(pixel == [grey, grey, grey])
          } else {
            #expect(pixel == Array(before.rgb[(y * 80 + x) * 3..<(y * 80 + x) * 3 + 3]))
          }
        }
      }
    }
    #expect(Self.frame(5, plain, driver)?.rgb == Self.frame(5, handle, driver)?.rgb)
  }

  /// Solid in the left half: in every grid, in the whole of a look and in its lens.
  @Test func noLookOpensARegion() throws {
    let driver = try Driver()
    let text = try Self.region(.text, box: Self.half)
    let (handle, grids) = try Self.decode(Driver.play(mayLook: true, regions: [text]), driver)
    #expect(grids.keys.sorted() == [.frosted, .strict] && grids[.frosted]?.count == 2)
    for (frost, holds) in grids {
      for case .grid(let size, let greys) in holds.map(\.content) {
        let darkest = GreyScale.even[frost][0]
        let left = greys.indices.filter { $0 % size.width < size.width / 2 }
        #expect(left.allSatisfy { greys[$0] == darkest })
        #expect(Set(greys).count > 2)
      }
    }
    let receipt = LookReceipt(clip: Driver.id, number: 1, milliseconds: 20_000, scope: .whole)
    let now = Driver.now()
    handle.beginLook(
      .look(receipt, beganAtMilliseconds: now, lens: .centre), nowMilliseconds: now)
    let (size, rgb) = try #require(Self.frame(2, handle, driver))
    let tone = (0..<3).map { RegionVeil.solidTone[$0] }
    for y in 0..<size.height {
      for x in 0..<40 { #expect(Array(rgb[(y * 80 + x) * 3..<(y * 80 + x) * 3 + 3]) == tone) }
    }
    #expect(Set(rgb).count > 30, "the other half is clear")
    let lens = LookReceipt(clip: Driver.id, number: 2, milliseconds: 20_000, scope: .lens)
    let window = LensWindow(column: 1, row: 3)
    handle.beginLook(.look(lens, beganAtMilliseconds: now, lens: window), nowMilliseconds: now)
    handle.requestFrame(index: 2, lens: window, nowMilliseconds: Driver.now())
    let events = driver.run(handle) { if case .window = $0 { true } else { false } }
    guard case .window(2, let part) = events.last, let hold = grids[.frosted]?.first,
      case .colour(size, let laid) = part.over(hold)?.content
    else {
      Issue.record("no window: \(events)")
      return
    }
    // Columns 8 to 34 of 80: all of the lens lies in the region.
    let place = (22 * 80 + 20) * 3
    #expect(Array(laid[place..<place + 3]) == tone)
    #expect(handle.fileDescriptor != nil)
  }

  // MARK: a lying one

  @Test func whatIsCoveredAsTheGridSaysIsTaken() throws {
    let driver = try Driver("lying-decoder")
    let handle = try driver.open(
      Driver.play(isClear: true, regions: [try Self.region(.face)]), lie: "region-honest")
    handle.requestFrame(index: 0, nowMilliseconds: Driver.now())
    let events = driver.run(handle, until: \.isComplete)
    guard case .frame(0, let veiled) = events.first(where: \.isFrame) else {
      Issue.record("no picture: \(events)")
      return
    }
    let grey = GreyScale.even.frosted[1]
    #expect(
      veiled.content
        == .colour(size: PixelSize(width: 4, height: 4), rgb: Array(repeating: grey, count: 48)))
    let grid = try driver.open(
      Driver.play(regions: [try Self.region(.face, .strict)]), lie: "region-honest-grid")
    #expect(driver.run(grid, until: \.isComplete).last?.isComplete == true)
  }

  @Test(arguments: ["region-clear", "region-one-pixel", "region-early"])
  func whatIsNotCoveredEndsTheDecoder(lie: String) throws {
    let driver = try Driver("lying-decoder")
    let handle = try driver.open(
      Driver.play(isClear: true, regions: [try Self.region(.face)]), lie: lie)
    handle.requestFrame(index: 0, nowMilliseconds: Driver.now())
    #expect(driver.failure(handle) == .lied(.refused(.uncovered)))
    // The same lie about a clip without regions is none.
    let plain = try driver.open(Driver.play(isClear: true), lie: lie)
    plain.requestFrame(index: 0, nowMilliseconds: Driver.now())
    let events = driver.run(plain, until: \.isFrame)
    #expect(events.count(where: \.isFrame) == 1)
  }

  @Test(arguments: ["region-grid", "region-grid-early"])
  func aGridThatSaysMoreThanItsRegionEndsTheDecoder(lie: String) throws {
    let driver = try Driver("lying-decoder")
    let handle = try driver.open(
      Driver.play(regions: [try Self.region(.face, .strict)]), lie: lie)
    #expect(driver.failure(handle) == .lied(.refused(.uncovered)))
  }
}
