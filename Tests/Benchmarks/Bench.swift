// SPDX-License-Identifier: Apache-2.0
import Foundation
import ClipVault
import LabelStore
import Vocabulary

/// Takes all figures, one after the other, and prints the table.
struct Bench {
  let options: Options
  private let fixture: Fixture

  /// The length of the clip that is drawn.
  private static let seconds = 12
  /// How many clips are walked through.
  private static let walkedClips = 25

  static func run(_ options: Options) throws {
    let fixture = try Fixture(in: options.directory)
    defer { fixture.remove() }
    try Bench(options: options, fixture: fixture).run()
  }

  private func run() throws {
    let scenes = try scenes()
    Table.printHeader()
    for part in options.parts {
      tell("measuring \(part.rawValue)")
      if let scenes { try measure(part, scenes) }
      switch part {
      case .worklist:
        for count in options.isFull ? [10_000, 1_000_000] : [10_000] {
          try WorklistFigures().measure(
            Fixture.Filled(entry: try fixture.makeVault("worklist-\(count)"), clips: []),
            clips: count)
        }
      case .erasure: try ErasureFigures(fixture: fixture).measure(clips: 10_000)
      case .log:
        try LogFigures(fixture: fixture).measure(events: options.isFull ? 1_000_000 : 100_000)
      case .pictures, .keys, .day, .labels, .decoders, .vault: break
      }
    }
  }

  /// The clips that are drawn, the longer one in a vault.
  private struct Scenes {
    let short: String
    let vault: Fixture.Filled
    let peers: Peers
  }

  /// Draws them; nil where no part needs any.
  private func scenes() throws -> Scenes? {
    guard options.parts.contains(where: \.needsClips) else { return nil }
    tell("drawing and encoding clips")
    let clip = try options.clip ?? fixture.scene(seconds: Self.seconds)
    let short = try fixture.scene(seconds: 2)
    let vault = try fixture.vault("one", clips: [clip])
    return Scenes(short: short, vault: vault, peers: try peers(of: clip, vault))
  }

  private func measure(_ part: Part, _ scenes: Scenes) throws {
    switch part {
    case .pictures: try PictureFigures(vault: scenes.vault, peers: scenes.peers).measure()
    case .keys:
      try KeyFigures().seek(scenes.vault)
      let copies = try fixture.copies(of: scenes.short, Self.walkedClips)
      try KeyFigures().commit(try fixture.vault("walked", clips: copies))
    case .day:
      let copies = try fixture.copies(of: scenes.short, DayFigures.clipCount + 1)
      try DayFigures().measure(try fixture.predictedVault("day", clips: copies))
    case .labels:
      for count in options.isFull ? [10, 10_000, 1_000_000] : [10, 10_000] {
        let stored = try fixture.vault("labels-\(count)", clips: [scenes.short])
        try LabelFigures().measure(stored, storedLabels: count)
      }
    case .decoders: try DecoderFigures(peers: scenes.peers).measure(scenes.vault)
    case .vault: try VaultFigures(fixture: fixture).measure(scenes.short)
    case .worklist, .erasure, .log: break
    }
  }

  private func peers(of clip: String, _ vault: Fixture.Filled) throws -> Peers {
    let store = try LabelStore.open(directory: vault.vault.layout.store)
    defer { try? store.close() }
    guard let id = vault.clips.first, let facts = try store.record(id)?.facts else {
      throw BenchError.failed("reading the clip's record")
    }
    // Keys step and seek over eight seconds.
    guard facts.duration.seconds >= 10 else {
      throw BenchError.usage("The clip is too short: ten seconds are needed")
    }
    return Peers(
      clip: clip, framesPerSecond: facts.frameRate.value, seconds: facts.duration.seconds)
  }

  private func tell(_ what: String) {
    FileHandle.standardError.write(Data("… \(what)\n".utf8))
  }
}
