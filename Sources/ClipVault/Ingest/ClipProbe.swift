// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// Measures a clip before it is taken in: hostile bytes, decoded in a process of their own.
package protocol ClipProbe {
  /// What the clip is; or why it cannot be played.
  func probe(_ bytes: [UInt8]) throws(ClipRefusal) -> ClipFacts
}

/// Why a clip cannot be taken in.
package struct ClipRefusal: Error, Hashable, Sendable {
  /// The reason without the clip's name, a capital or a full stop: `it has no picture, only sound`.
  package let reason: String

  /// Makes a refusal.
  package init(_ reason: String) { self.reason = reason }
}
