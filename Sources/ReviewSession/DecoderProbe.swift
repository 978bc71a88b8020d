// SPDX-License-Identifier: Apache-2.0

package import ClipVault
internal import DecoderLink
internal import Lockdown
package import Vocabulary

/// Measures clips in decoder processes, one fresh process a clip; the parent parses nothing.
package final class DecoderProbe: ClipProbe {
  private let host: DecoderHost

  /// Measures in decoders of that program.
  package init(_ decoders: Decoders) { host = decoders.host }

  /// What the clip is; or why it cannot be played.
  package func probe(_ bytes: [UInt8]) throws(ClipRefusal) -> ClipFacts {
    // The name only ties messages of one decoder together; the vault gives the clip its own.
    let request = DecodeRequest.probe(
      clip: ClipID(high: 0, low: 0),
      sceneWidthMillimetres: Camera.unknownSceneWidthMillimetres)
    let decoder: DecoderHandle
    do {
      decoder = try host.open(
        request, clip: try SealedClip(bytes),
        nowMilliseconds: SessionClock.monotonicMilliseconds)
    } catch {
      throw ClipRefusal("no decoder could be started for it")
    }
    defer { decoder.close() }
    var measured = Measurement()
    while true {
      for event in host.waitForEvents(of: decoder) {
        if case .failed(let failure) = event {
          throw ClipRefusal("it \(failure.sentence)")
        }
        if let facts = measured.take(event) { return facts }
      }
    }
  }

  /// What a probe has told so far.
  private struct Measurement {
    private var stream: StreamFacts?
    private var greys: GreyScale?
    private var length: (duration: MediaTime, frameCount: Int)?
    private var frames: [TimelineFrame] = []

    /// So many parts a clip's motion is kept in: a strip that fits a line.
    private static let motionParts = 60

    /// The facts once they are complete.
    mutating func take(_ event: DecoderEvent) -> ClipFacts? {
      switch event {
      case .opened(let facts): stream = facts
      case .greys(let scale): greys = scale
      case .passComplete(let duration, let frameCount): length = (duration, frameCount)
      case .timeline(let frame): frames.append(frame)
      case .grid, .frame, .window, .rescaled, .failed: break
      }
      guard let stream, let greys, let length else { return nil }
      return ClipFacts(
        size: stream.size, pixelAspect: stream.pixelAspect, duration: length.duration,
        frameCount: length.frameCount, frameRate: stream.frameRate, codec: stream.codec,
        greys: greys,
        motion: MotionProfile.strip(frames, length.duration, count: Self.motionParts))
    }
  }
}
