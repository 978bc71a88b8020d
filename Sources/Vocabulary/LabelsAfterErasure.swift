// SPDX-License-Identifier: Apache-2.0

/// What becomes of a clip's labels when the clip is erased; the raw value is the policy's word.
package enum LabelsAfterErasure: String, Hashable, Sendable, CaseIterable {
  /// The verdict is kept without clip, camera and exact time.
  case keep
  /// It goes with the clip.
  case drop
  /// It is kept as above, under a random name in place of the reviewer's.
  case pseudonymise
}
