// SPDX-License-Identifier: Apache-2.0
import ClipVault
import DecoderLink
import Glibc
import LabelStore
import Lockdown
import ReviewSession
import Veil
import Vocabulary

/// How soon a decoder is there, and its first picture; the zygote has been started before.
struct DecoderFigures {
  let peers: Peers

  func measure(_ vault: Fixture.Filled) throws {
    let request = try request(vault)
    let clip = try vault.opener().seal(vault.row(of: request.clip))
    let host = try DecoderHost.start(executable: try Installation.program("milkglass-decoder"))
    defer { host.close() }
    try wait(on: [host.fileDescriptor], for: "the zygote") { host.receive().contains(.ready) }
    var (forks, pictures) = (Samples(), Samples())
    var (spawns, ffmpeg) = (Samples(), Samples())
    for round in 0..<40 {
      let times = try open(request, clip, host)
      forks.add(times.forked.inMilliseconds)
      pictures.add(times.picture.inMilliseconds)
      spawns.add(try Child.run(["true"]).wall.inMilliseconds)
      if round < 10 { ffmpeg.add(try peers.decodeFirstFrame()) }
    }
    Table.print(
      Figure(
        name: "a decoder forked (it locks itself next)", unit: .milliseconds, samples: forks,
        references: [.init(name: "posix_spawn of true, to its end", samples: spawns)],
        target: "≤ 3 ms"))
    Table.print(
      Figure(
        name: "a decoder forked → first 1080p picture", unit: .milliseconds, samples: pictures,
        references: [.init(name: "ffmpeg decodes one frame", samples: ffmpeg)]))
  }

  private func request(_ vault: Fixture.Filled) throws -> DecodeRequest {
    let store = try LabelStore.open(directory: vault.vault.layout.store)
    defer { try? store.close() }
    guard let id = vault.clips.first, let record = try store.record(id),
      let camera = vault.vault.cameras[record.camera]
    else { throw BenchError.failed("reading the clip's record") }
    let pane = PixelSize(width: Review.pane.columns, height: Review.pane.rows * 2)
    return .play(
      clip: id, facts: record.facts, sceneWidthMillimetres: camera.sceneWidthMillimetres,
      finest: .clear, grant: .staffTest(record: record, camera: camera),
      raster: Raster(limit: pane, pixelAspect: .one), isPrefetch: false)
  }

  private func open(
    _ request: DecodeRequest, _ clip: SealedClip, _ host: DecoderHost
  ) throws -> (forked: Duration, picture: Duration) {
    let start = ContinuousClock.now
    let decoder = try host.open(
      request, clip: clip, nowMilliseconds: SessionClock.monotonicMilliseconds)
    defer { decoder.close() }
    decoder.requestFrame(index: 0, nowMilliseconds: SessionClock.monotonicMilliseconds)
    var forked: Duration?
    try wait(on: [host.fileDescriptor, decoder.fileDescriptor], for: "the decoder's picture") {
      _ = host.receive()
      if forked == nil, decoder.processID != nil { forked = start.duration(to: .now) }
      return decoder.receive(nowMilliseconds: SessionClock.monotonicMilliseconds).contains {
        if case .frame = $0 { true } else { false }
      }
    }
    return (forked ?? .zero, start.duration(to: .now))
  }

  /// Waits until something is true that may become so when a descriptor can be read.
  ///
  /// Unsafe use: `poll` gets an array and its own count.
  private func wait(
    on descriptors: [Int32?], for what: String, until isDone: () -> Bool
  ) throws(BenchError) {
    let deadline = ContinuousClock.now + .seconds(30)
    while !isDone() {
      guard ContinuousClock.now < deadline else { throw .timedOut(what) }
      var entries = descriptors.compactMap { $0 }.map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      _ = unsafe poll(&entries, nfds_t(entries.count), 100)
    }
  }
}
