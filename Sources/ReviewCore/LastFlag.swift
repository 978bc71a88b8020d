// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// The clip that was flagged last in a session, and when.
package struct LastFlag: Hashable, Sendable {
  package let clip: ClipID
  /// By the wall clock, as the flag itself.
  package let atMilliseconds: Int64
}
