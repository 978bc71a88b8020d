// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary

@testable import ReviewCore

/// Regions: placed by keyboard, added as an event, taken back by who added them.
@Suite struct RegionTests {
  private var desk = Desk()

  private mutating func openClear() {
    desk.open(frost: .clear, source: .staffTest)
    desk.type(" ")
  }

  private static func region(
    _ kind: RegionKind = .face, frost: Frost? = nil, from: Int64 = 0
  ) throws -> Region {
    try #require(
      Region(
        kind: kind, frost: frost, from: MediaTime(milliseconds: from),
        until: MediaTime(milliseconds: 10_000), keys: [Region.Key(time: .zero, box: .whole)]))
  }

  private static func event(
    _ region: Region, by reviewer: String, ordinal: Int = 0
  ) -> LabelEvent {
    LabelEvent(
      clip: Desk.id(1), ordinal: ordinal, reviewer: ReviewerID(reviewer), atMilliseconds: 1,
      taxonomyVersion: "2026.1", change: .addRegion(region))
  }

  private var covers: [[Region]] {
    desk.allEffects.compactMap { if case .cover(_, let regions) = $0 { regions } else { nil } }
  }

  @Test mutating func arrowsAndLettersPlaceTheBox() throws {
    openClear()
    desk.type("R")
    #expect(desk.state.placedCover == RegionBox(x: 4000, y: 4000, width: 2000, height: 2000)?.grown)
    desk.type("→→↑")
    #expect(desk.state.placedCover == RegionBox(x: 4500, y: 3750, width: 2000, height: 2000)?.grown)
    desk.type("lljkkk")
    #expect(desk.state.placedCover == RegionBox(x: 4500, y: 3750, width: 2500, height: 1500)?.grown)
    // To every edge, and down to a step and up to all of the picture, always within it.
    desk.type(String(repeating: "←", count: 60) + String(repeating: "↓", count: 60))
    #expect(desk.state.placedCover == RegionBox(x: 0, y: 8500, width: 2500, height: 1500)?.grown)
    desk.type(String(repeating: "l", count: 60) + String(repeating: "j", count: 60))
    #expect(desk.state.placedCover == .whole)
    desk.type(String(repeating: "h", count: 60) + String(repeating: "k", count: 60))
    #expect(desk.state.placedCover == RegionBox(x: 0, y: 0, width: 250, height: 250)?.grown)
    #expect(desk.changes.isEmpty && desk.sheet?.isEmpty == true)
  }

  @Test mutating func aDigitAddsItFromHereToTheEnd() throws {
    openClear()
    let here = try #require(desk.state.clip?.playhead.time)
    #expect(here > .zero)
    desk.type("R←⏎")
    #expect(desk.screen().contains("Frost from here on:"))
    #expect(desk.row(containing: "1–4").contains("what the region is"))
    #expect(desk.state.picture == .frames)
    desk.type("1")
    let region = try #require(desk.sheet?.regions.first)
    #expect(desk.changes == [.addRegion(region)])
    #expect(region.kind == .face && region.frost == .frosted)
    #expect(region.from == here && region.until == MediaTime(milliseconds: 10_000))
    #expect(region.keys.map(\.box) == [RegionBox(x: 3750, y: 4000, width: 2000, height: 2000)])
    #expect(covers == [[region]])
    #expect(desk.state.mode == .review && desk.state.clip?.player.isPlaying == false)
    #expect(desk.notice == "Region: face, frosted from here on; u takes it back")
    #expect(desk.row(containing: "porch-2").contains("1 region frosted: face"))
  }

  @Test(arguments: [("1", RegionKind.face), ("2", .person), ("3", .text), ("4", .screen)])
  mutating func eachKindHasItsKey(key: String, kind: RegionKind) {
    openClear()
    desk.type("R⏎\(key)")
    #expect(desk.sheet?.regions.map(\.kind) == [kind])
    #expect(desk.sheet?.regions.map(\.frost) == [kind.leastFrost])
    // The digit labels nothing, also where it is held.
    desk.press(.character(Character(key)), after: 30)
    #expect(desk.setTerms.isEmpty)
  }

  @Test mutating func escLeavesWithoutAndPlaysOn() {
    desk.open(frost: .clear, source: .staffTest)
    #expect(desk.state.clip?.player.isPlaying == true)
    for keys in ["R", "R⏎"] {
      desk.type(keys)
      #expect(desk.state.clip?.player.isPlaying == false)
      desk.type("⎋")
      #expect(desk.state.mode == .review && !desk.state.isBlanked)
      #expect(desk.state.clip?.player.isPlaying == true)
    }
    #expect(covers.isEmpty && desk.sheet?.isEmpty == true)
  }

  @Test mutating func otherKeysDoNothingAndXWithdraws() {
    openClear()
    for keys in ["R", "R⏎"] {
      desk.type(keys)
      let mode = desk.state.mode
      desk.type("pvn cuUm-zgEG/?q⇥⌦09y" + (keys == "R" ? "" : "hjkl←→↑↓⏎"))
      #expect(desk.state.mode == mode && desk.changes.isEmpty && desk.effects.isEmpty)
      desk.type("⎋")
    }
    desk.type("RX")
    #expect(desk.state.clip?.isFlagged == true && desk.state.mode == .review)
    desk.type("R")
    #expect(desk.state.mode == .review && desk.notice.hasPrefix("Withdrawn"))
  }

  @Test mutating func singleFramesMayBeLookedAtInTheMode() throws {
    openClear()
    let here = try #require(desk.state.clip?.playhead.frame)
    desk.type("R,,.⏎1")
    #expect(desk.state.clip?.playhead.frame == here - 1)
    #expect(desk.sheet?.regions.first?.from == desk.state.clip?.playhead.time)
  }

  @Test mutating func undoAndRedoDecodeAnewAndStandStill() throws {
    openClear()
    desk.type("R⏎3")
    let region = try #require(desk.sheet?.regions.first)
    desk.type(" u")
    #expect(desk.sheet?.regions.isEmpty == true && desk.notice == "Taken back: text region")
    #expect(covers == [[region], []])
    #expect(desk.state.clip?.player.isPlaying == false)
    desk.type("U")
    #expect(desk.sheet?.regions == [region] && covers.last == [region])
    // What never reached the disk goes again, and nothing of it stays.
    desk.send(.storeFailed(Desk.id(1), sentence: "the disk is full", lostCount: 3))
    #expect(desk.sheet?.regions.isEmpty == true && covers.last == [])
    // Other labels ask for nothing.
    let count = covers.count
    desk.type("pu")
    #expect(covers.count == count)
  }

  @Test mutating func nobodyTakesAnothersRegionBack() throws {
    desk.open(events: [Self.event(try Self.region(.text), by: "r08")], frost: .clear)
    #expect(desk.state.clip?.regions.count == 1 && covers.isEmpty)
    desk.type("u")
    #expect(desk.sheet?.regions.count == 1 && desk.changes.isEmpty)
    #expect(desk.notice == "text region: only r08 can take it back")
    // The control: one's own goes.
    desk.open(events: [Self.event(try Self.region(.text), by: "r07")], frost: .clear)
    desk.type("u")
    #expect(desk.sheet?.regions.isEmpty == true)
  }

  @Test mutating func whatIsNotThereToCoverIsNotCovered() {
    desk.open(frost: .solid)
    desk.type("R")
    #expect(desk.state.mode == .review && desk.notice.hasPrefix("Solid"))
    desk.open(2)
    desk.type("R⏎1")
    #expect(
      desk.notice == "Region: face, from here on; all of this clip is frosted already")
    for _ in 1..<Region.mostAdded { desk.type("R⏎1") }
    desk.type("R")
    #expect(desk.state.mode == .review && desk.notice.contains("takes 32 regions"))
    desk.send(.clipFailed(Desk.id(2), sentence: "broken"))
    desk.type("R")
    #expect(desk.state.mode == .review)
    desk.send(.nothingDue(WorklistCounts()))
    desk.type("R")
    #expect(desk.state.mode == .review)
  }

  @Test mutating func theModeGoesWithItsClip() {
    for message in [
      Message.clipClosed(Desk.id(1), Notice("gone")), .clipFailed(Desk.id(1), sentence: "broken"),
      .nothingDue(WorklistCounts()),
    ] {
      openClear()
      desk.type("R")
      #expect(desk.state.placedCover != nil)
      desk.send(message)
      #expect(desk.state.placedCover == nil && desk.state.mode == .review)
    }
  }

  @Test mutating func theScreenSaysWhatIsCovered() throws {
    var record = Desk.record(1)
    record.regions = try [Self.region(.text), Self.region(.face), Self.region(.face)]
    desk.send(
      .clipOpened(
        OpenedClip(
          record: record, events: [Self.event(try Self.region(.face, frost: .strict), by: "r08")],
          timeline: Desk.timeline(), position: 1, frost: .clear, frostReason: "")))
    #expect(
      desk.screen(160, 40).contains("4 regions: 2 face frosted, face strict, text solid"))
    // Where there is no room for that, the place in the worklist is worth more than the kinds.
    #expect(desk.row(containing: "4 regions", columns: 80, rows: 24).contains("clip 1 of"))
    desk.open(2, events: [], frost: .strict)
    #expect(!desk.screen(160, 40).contains("region"))
    record.regions = [try Self.region(.face)]
    desk.send(
      .clipOpened(
        OpenedClip(
          record: record, events: [], timeline: Desk.timeline(), position: 1, frost: .strict,
          frostReason: "")))
    // A clip's own frost is a region's least.
    #expect(desk.screen(160, 40).contains("1 region strict: face"))
  }

  @Test(arguments: [(60, 20), (80, 24), (120, 36)])
  mutating func theHintsNameTheMode(columns: Int, rows: Int) {
    openClear()
    desk.type("R")
    let hints = desk.rows(columns, rows).last ?? ""
    #expect(hints.contains("move region") && hints.contains("enter place it"))
    #expect(hints.contains("esc leave it"))
    desk.type("⏎")
    #expect(desk.screen(columns, rows).contains("3 text"))
  }
}
