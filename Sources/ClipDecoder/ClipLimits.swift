// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// The bounds that a clip must keep, checked when it is opened and again while it is decoded.
package enum ClipLimits {
  /// The greatest width and height of a stored picture, in pixels.
  package static let side = 4096
  /// The latest time a picture may have.
  package static let duration = MediaTime(milliseconds: 60_000)
  /// The most pictures: 60 s at 120 a second.
  package static let frameCount = 7_200
  /// The most bytes: 100 MiB.
  package static let byteCount = 100 << 20
  /// The most packets a container may hand out; a hostile index can name one byte many times.
  static let packetCount = 200_000
}
