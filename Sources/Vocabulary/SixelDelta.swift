// SPDX-License-Identifier: Apache-2.0

/// What a sixel picture may leave to the one that the terminal shows already.
package enum SixelDelta: String, CaseIterable, Hashable, Sendable {
  /// Pixels that did not change: the terminal keeps what a picture with a clear ground leaves open.
  case changedPixels
  /// Rows of cells in which nothing changed; what is sent is opaque.
  case strips
  /// Nothing: every picture is whole.
  case whole
}
