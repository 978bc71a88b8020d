// SPDX-License-Identifier: Apache-2.0
import CPicturePeers
import Foundation
import PictureRenderer
import Vocabulary

/// Measures all ways to draw and all peers on the same pictures, with and without noise.
struct PictureBench {
  private let options: Options

  init(_ options: Options) { self.options = options }

  func run() throws {
    Table.tell("CPU time of this process, all threads; medians of pictures after the first.")
    Table.tell(
      "Pixels: \(Footage.size.width) × \(Footage.size.height). Cells: 120 × 36, 24-bit colours where not said otherwise."
    )
    let scene = Scene()
    for sigma: Float in [0, 3] {
      let footage =
        try options.clip.map {
          try Footage(clip: $0, frames: options.frames, sigma: sigma)
        } ?? Footage(scene: scene, frames: options.frames, sigma: sigma)
      try measure(footage)
    }
  }

  private func measure(_ footage: Footage) throws {
    let compared = footage.frames.indices.filter { $0 % 8 == 7 }
    let scaled = Dictionary(
      uniqueKeysWithValues: compared.map {
        ($0, CellRaster.scaled(footage.frames[$0], Footage.size))
      })
    let drivers = Drivers(footage: footage, shown: try footage.shown(), scaled: scaled)
    let encoders = Encoders(footage: footage, scaled: scaled)
    Table.head("Pixels, \(footage.name)")
    try pixels(drivers, encoders)
    Table.head("Cells, \(footage.name)")
    try cells(drivers, encoders, footage)
  }

  // MARK: Pixels

  private func pixels(_ drivers: Drivers, _ encoders: Encoders) throws {
    let peers = sixelPeers(encoders)
    let whole = try drivers.sixel("sixel, whole pictures", .whole)
    Table.row(whole, wholeChecks(whole, peers))
    let changed = try drivers.sixel("sixel, changed pixels", .changedPixels)
    Table.row(changed, deltaChecks(changed, peers.all))
    let strips = try drivers.sixel("sixel, opaque strips", .strips)
    Table.row(
      strips,
      [
        Check("ms to whole", ratio(strips.milliseconds, whole.milliseconds), atMost: 1.1),
        Check("bytes to whole", strips.bytes / whole.bytes, atMost: 1),
      ])
    Table.row(try drivers.sixel("sixel, fixed colours", .whole, colours: .fixed))
    Table.row(
      try drivers.sixel("sixel, fixed colours, dithered", .whole, colours: .fixed, ditherDepth: 40))
    Table.row(try drivers.kitty())
  }

  private struct SixelPeers {
    var adaptive: Measured?
    var chafa: Measured?
    var all: [Measured] = []
  }

  private func sixelPeers(_ encoders: Encoders) -> SixelPeers {
    var peers = SixelPeers()
    if Encoders.hasSixel {
      let adaptive = encoders.sixel("libsixel, adaptive", PEERS_SIXEL_ADAPTIVE)
      peers.adaptive = adaptive
      peers.all = [
        adaptive, encoders.sixel("libsixel, first picture's palette", PEERS_SIXEL_KEPT),
        encoders.sixel("libsixel, xterm's 256", PEERS_SIXEL_XTERM256),
      ]
    } else {
      Table.skipped("libsixel", "not installed")
    }
    if Encoders.hasChafa {
      let middle = encoders.chafaSixel("chafa, work 0.5", work: 0.5)
      peers.chafa = middle
      peers.all += [encoders.chafaSixel("chafa, work 0", work: 0), middle]
    } else {
      Table.skipped("chafa", "not installed")
    }
    for peer in peers.all { Table.row(peer) }
    return peers
  }

  private func wholeChecks(_ whole: Measured, _ peers: SixelPeers) -> [Check] {
    var checks = [Check("PSNR", whole.likeness?.psnr ?? .nan, atLeast: 37)]
    for peer in [peers.adaptive, peers.chafa].compactMap(\.self) {
      checks.append(
        Check(
          "1/s to \(peer.name)", ratio(peer.milliseconds, whole.milliseconds), atLeast: 8))
    }
    return checks
  }

  private func deltaChecks(_ changed: Measured, _ peers: [Measured]) -> [Check] {
    let seen = peers.filter { $0.likeness != nil }
    guard let best = seen.max(by: { psnr($0) < psnr($1) }),
      let leanest = seen.min(by: { $0.bytes < $1.bytes })
    else { return [] }
    return [
      Check("bytes to \(best.name)", changed.bytes / best.bytes, atMost: 0.1),
      Check("dB more than that", psnr(changed) - psnr(best), atLeast: -1),
      Check("bytes to the leanest, \(leanest.name),", changed.bytes / leanest.bytes),
    ]
  }

  // MARK: Cells

  private func cells(_ drivers: Drivers, _ encoders: Encoders, _ footage: Footage) throws {
    let timg = try players(footage)
    if !Encoders.hasChafa { Table.skipped("chafa", "not installed") }
    func chafa(_ name: String, _ symbols: Encoders.Symbols) -> Measured? {
      guard Encoders.hasChafa else { return nil }
      let peer = encoders.chafaCells("chafa, \(name), work 0.5", symbols, work: 0.5)
      Table.row(peer)
      return peer
    }
    let halves = chafa("halves", .halves)
    let half = drivers.cells("half blocks", HalfBlockDriver(colours: .direct))
    let exact = drivers.cells(
      "half blocks, exact", HalfBlockDriver(colours: .direct), isSettling: true)
    Table.row(half, lean(half, timg, 0.25, exact: exact) + glyphs(half, halves))
    Table.row(exact, lean(exact, timg, 0.5, exact: nil))
    Table.row(drivers.cells("half blocks, 256 colours", HalfBlockDriver(colours: .indexed256)))
    Table.row(drivers.cells("half blocks, 16 colours", HalfBlockDriver(colours: .named16)))
    for (name, set, symbols) in [
      ("quadrants", BlockSet.quadrants, Encoders.Symbols.quadrants),
      ("sextants", .sextants, .sextants), ("braille", .braille, .braille),
    ] {
      let peer = chafa(name, symbols)
      let ours = drivers.cells(name, BlockDriver(set: set, colours: .direct))
      Table.row(ours, glyphs(ours, peer))
    }
    let blocks = chafa("blocks", .blocks)
    let octants = drivers.cells("octants", BlockDriver(set: .octants, colours: .direct))
    Table.row(octants, glyphs(octants, blocks))
    Table.row(
      drivers.cells("letters", LetterDriver(colours: .direct), isCompared: false))
    Table.row(drivers.cells("letters without colour", ASCIIDriver(), isCompared: false))
    Table.row(drivers.cells("console", ConsoleDriver()))
  }

  /// Prints the players; timg's half blocks, or nil.
  private func players(_ footage: Footage) throws -> Measured? {
    guard !options.skipsPlayers else { return nil }
    guard Program.path(of: "ffmpeg") != nil else {
      Table.skipped("timg, mpv", "ffmpeg, which makes their file, is not installed")
      return nil
    }
    let players = try Players(footage)
    defer { players.remove() }
    var timg: Measured?
    if Program.path(of: "timg") == nil {
      Table.skipped("timg", "not installed")
    } else {
      let halves = try players.timg("timg, halves (start, decoding)", "h")
      timg = halves
      Table.row(halves)
      Table.row(try players.timg("timg, quarters (start, decoding)", "q"))
    }
    if Program.path(of: "mpv") == nil {
      Table.skipped("mpv", "not installed")
    } else {
      Table.row(try players.mpv("mpv, halves (start, decoding)"))
    }
    return timg
  }

  private func lean(
    _ ours: Measured, _ peer: Measured?, _ target: Double, exact: Measured?
  ) -> [Check] {
    guard let peer else { return [] }
    var checks = [Check("bytes to timg", ours.bytes / peer.bytes, atMost: target)]
    // timg's pixels are exact, so that ours are what its would be.
    if let exact {
      checks.append(Check("dB more than exact", psnr(ours) - psnr(exact), atLeast: -1))
    }
    return checks
  }

  private func glyphs(_ ours: Measured, _ peer: Measured?) -> [Check] {
    guard let peer else { return [] }
    return [
      Check("1/s to \(peer.name)", ratio(peer.milliseconds, ours.milliseconds), atLeast: 5),
      Check("dB more", psnr(ours) - psnr(peer), atLeast: 0),
      Check(
        "SSIM more", (ours.likeness?.ssim ?? .nan) - (peer.likeness?.ssim ?? .nan), atLeast: 0),
    ]
  }

  private func psnr(_ measured: Measured) -> Double { measured.likeness?.psnr ?? .nan }

  private func ratio(_ left: Double?, _ right: Double?) -> Double {
    (left ?? .nan) / (right ?? .nan)
  }
}
