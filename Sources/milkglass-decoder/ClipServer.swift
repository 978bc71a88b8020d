// SPDX-License-Identifier: Apache-2.0

import DecoderLink
import Veil
import Vocabulary

/// Shows one clip: one pass that sends what moved and the frosted grids, and keeps clear pictures
/// where they may be asked for, at once or during a look; then it serves wishes until the receiver
/// lets go.
struct ClipServer {
  private let channel: DecoderChannel
  private let playing: Assignment.Playing
  private let facts: StreamFacts
  private var pass: DecodingPass
  private var cache: PictureCache
  private var isComplete = false
  /// Makes the grids, and covers the regions in all that is sent.
  private var frost: FrostPass
  /// The times of the pictures in the cache.
  private var times: [MediaTime] = []

  /// The clear pictures of the clip on screen: at most 320 MiB.
  private static let activeByteLimit = 320 << 20
  /// The clear pictures of a clip that waits for its turn: 32 MiB, then the pass pauses.
  private static let prefetchByteLimit = 32 << 20

  /// Opens the clip and says so.
  init(_ channel: DecoderChannel, _ playing: Assignment.Playing) throws(Stop) {
    self.channel = channel
    self.playing = playing
    pass = try DecodingPass(channel)
    facts = pass.facts
    // A clip that shows clear goes to *frosted* or more at once: its soft grids would be many.
    frost = FrostPass(
      plan: playing.plan, greys: playing.greys,
      finest: playing.isClear ? .frosted : playing.finest, regions: playing.regions)
    cache = PictureCache(byteLimit: Self.activeByteLimit, target: PixelSize(width: 1, height: 1))
    cache.aim(at: size(for: playing.raster))
    try channel.tell(.opened(facts))
  }

  /// Serves the clip; it ends by a throw, mostly that of the receiver's closing.
  mutating func run() throws(Stop) {
    var motion = MotionMeter()
    while try pass.next() {
      let (now, time) = (pass, pass.time)
      let (entry, grids) = try now.withLuma { luma, shape in
        (motion.add(luma, shape, at: time), frost.add(luma, shape, at: time))
      }
      try channel.tell(.timeline(index: pass.frameCount - 1, entry))
      // Grids go before the picture: the receiver compares its regions with them.
      for grid in grids {
        do { try channel.send(grid) } catch { throw .channel(error) }
      }
      times.append(time)
      if playing.keepsClear {
        cache.put(try pass.scaled(to: cache.target), at: pass.frameCount - 1)
      }
      try serve()
      try pauseIfPrefetched()
    }
    isComplete = true
    try pass.complete()
    while true {
      try answer()
      if let refit = channel.wishes.refit {
        channel.wishes.refit = nil
        try rescale(for: refit.raster, refit.generation)
      } else {
        try channel.listen(waiting: true)
      }
    }
  }

  /// Takes the instructions that are there, without waiting, and answers.
  private func serve() throws(Stop) {
    try channel.listen(waiting: false)
    try answer()
  }

  /// Answers the newest wish for a picture, if that is there.
  private func answer() throws(Stop) {
    guard let wish = channel.wishes.frame, cache.count > 0 else { return }
    guard channel.mayAnswer(lens: wish.lens) else { return channel.wishes.frame = nil }
    let index = isComplete ? min(wish.index, cache.count - 1) : wish.index
    guard let picture = cache[index] else { return }
    channel.wishes.frame = nil
    let part = wish.lens.map(picture.part) ?? picture.rgb
    let covered = frost.regions.covered(
      part, of: picture.size, part: wish.lens, at: times[index])
    // The grids of a picture that is in the cache have been made; without them it is not sent.
    guard let covered else { throw .clip(.damaged) }
    do {
      try channel.send(
        frame: index, serial: wish.serial, size: picture.size, rgb: covered, lens: wish.lens)
    } catch { throw .channel(error) }
  }

  private mutating func pauseIfPrefetched() throws(Stop) {
    guard playing.isPrefetch, playing.keepsClear, !channel.wishes.isActive,
      cache.byteCount >= Self.prefetchByteLimit
    else { return }
    try channel.tell(.paused)
    while !channel.wishes.isActive {
      try channel.listen(waiting: true)
      try answer()
    }
  }

  /// Scales all pictures anew in a second pass, serving those at hand meanwhile; a newer raster
  /// ends it.
  private mutating func rescale(for raster: Raster, _ generation: UInt32) throws(Stop) {
    let wanted = size(for: raster)
    if wanted != cache.target, playing.keepsClear {
      cache.aim(at: wanted)
      var pass = try DecodingPass(channel)
      while pass.frameCount < cache.count, try pass.next() {
        cache.put(try pass.scaled(to: cache.target), at: pass.frameCount - 1)
        try channel.tell(.progress(generation: generation, frameCount: pass.frameCount))
        try serve()
        if channel.wishes.refit != nil { return }
      }
    }
    try channel.tell(.refitted(generation: generation))
  }

  /// The largest size of clear pictures that fits the raster, a ring slot and, as far as the headers
  /// tell the number of pictures, the cache.
  private func size(for raster: Raster) -> PixelSize {
    let fitted = PictureFit.size(
      source: playing.plan.size, pixelAspect: playing.plan.pixelAspect, limit: raster.limit,
      targetPixelAspect: raster.pixelAspect)
    let expected = facts.expectedDuration.seconds * facts.frameRate.value
    let share = Double(Self.activeByteLimit / 3) / min(max(1, expected), 7_200)
    let area = min(Double(channel.largestClearArea), share)
    guard Double(fitted.area) > area else { return fitted }
    let scale = (area / Double(fitted.area)).squareRoot()
    return PixelSize(
      width: max(1, Int(Double(fitted.width) * scale)),
      height: max(1, Int(Double(fitted.height) * scale)))
  }
}
