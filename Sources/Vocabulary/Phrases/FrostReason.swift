// SPDX-License-Identifier: Apache-2.0

/// Why a clip has the frost that it opens with.
package enum FrostReason: String, PhraseKey {
  package static let table = "frost_reason"

  case staffClip = "staff_clip"
  case privateRoom = "private_room"
  case unknownCamera = "unknown_camera"
  case notStaffCamera = "not_staff_camera"
  case customerClip = "customer_clip"
  case manifest
  case flaggedBefore = "flagged_before"
}
