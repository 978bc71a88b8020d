// SPDX-License-Identifier: Apache-2.0

import DecoderLink
import Veil
import Vocabulary

/// Measures a clip at ingest: a whole pass without pictures gives its facts and its greys.
enum ClipProbe {
  /// Runs the pass and says what was found; the time line's entries are the signs of life.
  static func run(_ channel: DecoderChannel, sceneWidthMillimetres: Int) throws(Stop) {
    var pass = try DecodingPass(channel)
    let facts = pass.facts
    try channel.tell(.opened(facts))
    let plan = FrostPlan(
      size: facts.size, pixelAspect: facts.pixelAspect,
      sceneWidthMillimetres: sceneWidthMillimetres)
    var placement = GreyPlacement(plan: plan)
    var motion = MotionMeter()
    while try pass.next() {
      let time = pass.time
      let entry = try pass.withLuma { luma, shape in
        placement.add(luma, shape, at: time)
        return motion.add(luma, shape, at: time)
      }
      try channel.tell(.timeline(index: pass.frameCount - 1, entry))
      try channel.listen(waiting: false)
    }
    try channel.tell(.greys(placement.greys()))
    try pass.complete()
  }
}
