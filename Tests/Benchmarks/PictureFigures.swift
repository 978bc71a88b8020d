// SPDX-License-Identifier: Apache-2.0

/// How fast a clip comes, and what it costs to show it.
struct PictureFigures {
  let vault: Fixture.Filled
  let peers: Peers

  func measure() throws {
    try start()
    try play()
  }

  // Peers are measured in turn with us, so that what else the machine does meets all alike.
  private func start() throws {
    var (ours, timg, ffmpeg) = (Samples(), Samples(), Samples())
    for _ in 0..<20 {
      let review = try Review(vault)
      ours.add(review.timeToFirstPicture.inMilliseconds)
      review.leave()
      timg.add(try peers.timgStart())
      ffmpeg.add(try peers.decodeFirstFrame())
    }
    Table.print(
      Figure(
        name: "start → first 1080p picture", unit: .milliseconds, samples: ours,
        references: [
          .init(name: "timg", samples: timg),
          .init(name: "ffmpeg decodes one frame", samples: ffmpeg),
        ], target: "≤ 0.50 of timg"))
  }

  /// What plays of the whole clip cost, ours and others'.
  private struct Plays {
    var (cpu, replayed, shown) = (Samples(), Samples(), Samples())
    var (deltas, wholes, all) = (Samples(), Samples(), Samples())
    var (timgCPU, timgBytes, decoding) = (Samples(), Samples(), Samples())
  }

  private func play() throws {
    var plays = Plays()
    for _ in 0..<3 {
      try play(into: &plays)
      plays.decoding.add(try peers.decodeAll())
      let timg = try peers.timgPlay()
      plays.timgCPU.add(timg?.cpu)
      plays.timgBytes.add(timg?.kilobytes)
    }
    print(plays)
  }

  private func print(_ plays: Plays) {
    let decoding = Figure.Reference(name: "ffmpeg decodes only", samples: plays.decoding)
    Table.print(
      Figure(
        name: "play at 120×36, start included", unit: .cpuSecondsASecond, samples: plays.cpu,
        references: [decoding, .init(name: "timg, start included", samples: plays.timgCPU)],
        target: "≤ 1.25 of decoding"))
    Table.print(
      Figure(
        name: "replay", unit: .cpuSecondsASecond, samples: plays.replayed, references: [decoding],
        target: "≈ 0"))
    let rate = Samples([peers.framesPerSecond])
    Table.print(
      Figure(
        name: "pictures that look different", unit: .framesASecond, samples: plays.shown,
        references: [.init(name: "the clip's rate", samples: rate)]))
    Table.print(
      Figure(
        name: "all bytes, for each of the clip's pictures", unit: .kilobytes, samples: plays.all,
        references: [.init(name: "timg", samples: plays.timgBytes)], target: "≤ 0.50 of timg"))
    Table.print(
      Figure(
        name: "bytes of a picture", unit: .kilobytes, samples: plays.deltas,
        references: [.init(name: "a whole picture", samples: plays.wholes)]))
  }

  private func play(into plays: inout Plays) throws {
    let review = try Review(vault)
    let terminal = review.terminal
    // A session that resumes opens its clip paused.
    terminal.press(" ")
    terminal.watch(.seconds(peers.seconds + 0.5))
    review.rest()
    let cpu = review.cpuSeconds
    let pictures = review.pictures
    plays.cpu.add(cpu / peers.seconds)
    plays.shown.add(Double(pictures.count) / peers.seconds)
    plays.all.add(
      Double(terminal.stream.byteCount) / (peers.framesPerSecond * peers.seconds) / 1000)
    for picture in pictures.dropFirst() { plays.deltas.add(Double(picture.byteCount) / 1000) }
    if let whole = pictures.first { plays.wholes.add(Double(whole.byteCount) / 1000) }
    terminal.press("e ")
    let start = ContinuousClock.now
    terminal.watch(.seconds(4))
    let time = start.duration(to: .now).inSeconds
    plays.replayed.add((review.cpuSeconds - cpu) / time)
    review.leave()
  }
}
