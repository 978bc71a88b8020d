// SPDX-License-Identifier: Apache-2.0

package import Veil
package import Vocabulary

/// What a decoder says of a clip once it has opened it; its word, within bounds.
package struct StreamFacts: Hashable, Sendable {
  /// The upright size; each side 1 to 4096.
  package var size: PixelSize
  /// The shape of an upright pixel, width : height.
  package var pixelAspect: Ratio
  /// Pictures a second: the stream's average.
  package var frameRate: Ratio
  /// The length that the container claims, at most 62 s; zero where it claims none.
  package var expectedDuration: MediaTime
  /// libavcodec's name of the codec (`h264`): at most 16 small letters, digits and underscores.
  package var codec: String

  /// Makes a decoder's first answer.
  package init(
    size: PixelSize, pixelAspect: Ratio, frameRate: Ratio, expectedDuration: MediaTime,
    codec: String
  ) {
    self.size = size
    self.pixelAspect = pixelAspect
    self.frameRate = frameRate
    self.expectedDuration = expectedDuration
    self.codec = codec
  }
}

/// What comes from a decoder, checked.
package enum DecoderEvent: Hashable, Sendable {
  /// The clip is one that can be decoded.
  case opened(StreamFacts)
  /// The next picture of the pass, in order; times rise strictly.
  case timeline(TimelineFrame)
  /// A frost's picture for one hold; a frost's holds come in order without gaps, from 0.
  case grid(frost: Frost, hold: Int, VeiledFrame)
  /// The clear picture that was asked for; `index` is the last one's where the clip ends before.
  case frame(index: Int, VeiledFrame)
  /// The same through a lens: the clear part of the picture.
  case window(index: Int, ClearWindow)
  /// All clear pictures have the size that was asked for last.
  case rescaled
  /// The greys of a clip that is probed.
  case greys(GreyScale)
  /// Every picture has been seen: the clip's length and their number; a probe's last event.
  case passComplete(duration: MediaTime, frameCount: Int)
  /// Nothing more comes; the last event.
  case failed(DecoderFailure)
}
