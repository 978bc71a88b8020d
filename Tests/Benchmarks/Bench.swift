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
    tell("drawing and encoding clips")
    let clip = try options.clip ?? fixture.scene(seconds: Self.seconds)
    let short = try fixture.scene(seconds: 2)
    let vault = try fixture.vault("one", clips: [clip])
    let peers = try peers(of: clip, vault)
    Table.printHeader()
    for part in options.parts {
      tell("measuring \(part.rawValue)")
      switch part {
      case .pictures: try PictureFigures(vault: vault, peers: peers).measure()
      case .keys:
        try KeyFigures().seek(vault)
        let copies = try fixture.copies(of: short, Self.walkedClips)
        try KeyFigures().commit(try fixture.vault("walked", clips: copies))
      case .labels:
        for count in options.isFull ? [10, 10_000, 1_000_000] : [10, 10_000] {
          let stored = try fixture.vault("labels-\(count)", clips: [short])
          try LabelFigures().measure(stored, storedLabels: count)
        }
      case .decoders: try DecoderFigures(peers: peers).measure(vault)
      case .worklist:
        try WorklistFigures().measure(
          try fixture.vault("worklist", clips: []), clips: options.isFull ? 1_000_000 : 10_000)
      }
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
