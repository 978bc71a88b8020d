// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// The bounds of what crosses between a decoder and the process that shows its pictures.
///
/// They repeat the decoder's own limits, because its word is not taken for them.
package enum LinkLimits {
  /// The most pictures of a clip: 60 s at 120 a second.
  package static let frameCount = 7_200
  /// The latest time a picture may have.
  package static let latestTime = MediaTime(milliseconds: 60_000)
  /// The greatest length of a clip: its last picture may stand for two seconds.
  package static let longestDuration = MediaTime(milliseconds: 62_000)
  /// The greatest width and height of a picture, in pixels.
  package static let side = 4096
  /// The most pixels of a clear picture: 4 Mi, more than a terminal shows, 12 MiB in the ring.
  package static let clearArea = 4 << 20
  /// How long a decoder that owes an answer may be silent, in milliseconds.
  package static let silenceMilliseconds: Int64 = 2_000
  /// A deadline checked later than this, in milliseconds, was missed by us (stopped, suspended) and
  /// is set anew.
  package static let latenessMilliseconds: Int64 = 500
  /// The longest look at a time, in milliseconds.
  package static let lookMilliseconds = 60_000
  /// The most decoders at a time.
  package static let decoderCount = 16
}
