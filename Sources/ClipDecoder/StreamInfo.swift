// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// What the container and the codec's headers say of a clip's pictures before any is decoded.
package struct StreamInfo: Hashable, Sendable {
  /// The size as stored, before turning; each side 1 to `ClipLimits.side`.
  package let storedSize: PixelSize
  /// The clockwise turn that makes a stored picture upright.
  package let turns: QuarterTurns
  /// The shape of a pixel of the *upright* picture, width : height, reduced; both at most 4,095.
  package let pixelAspect: Ratio
  /// Pictures a second: the stream's average, 25 where nothing sensible is said.
  package let frameRate: Ratio
  /// The length that the container claims; zero where it claims none.
  package let expectedDuration: MediaTime
  /// libavcodec's name of the codec (`h264`).
  package let codecName: String

  /// The size as a person sees it, before the pixel aspect.
  package var uprightSize: PixelSize { turns.upright(storedSize) }
}
