// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// A flagged clip as it stands before a lead: where and when, never a label.
package struct FlagItem: Hashable, Sendable {
  package let clip: ClipID
  package let camera: CameraID
  /// ISO 8601 with zone; empty if unknown.
  package let recordedAt: String
  package let duration: MediaTime
  /// How much moved, in equal parts of the clip, 0 to 7 each; empty where nobody measured it.
  package let motion: [UInt8]
  package let flaggedBy: ReviewerID
  /// Milliseconds since 1970.
  package let flaggedAtMilliseconds: Int64
  /// Nil where nobody said.
  package let reason: FlagReason?
  /// When it is erased unless somebody decides, milliseconds since 1970.
  package let dueAtMilliseconds: Int64
  /// The hold's reason, one word; nil where it is not held.
  package let heldReason: String?

  /// Makes one.
  package init(
    clip: ClipID, camera: CameraID, recordedAt: String, duration: MediaTime, motion: [UInt8],
    flaggedBy: ReviewerID, flaggedAtMilliseconds: Int64, reason: FlagReason?,
    dueAtMilliseconds: Int64, heldReason: String?
  ) {
    self.clip = clip
    self.camera = camera
    self.recordedAt = recordedAt
    self.duration = duration
    self.motion = motion
    self.flaggedBy = flaggedBy
    self.flaggedAtMilliseconds = flaggedAtMilliseconds
    self.reason = reason
    self.dueAtMilliseconds = dueAtMilliseconds
    self.heldReason = heldReason
  }
}

/// The flagged clips, the oldest flag first.
package struct FlagList: Hashable, Sendable {
  /// Nil until the store told.
  package private(set) var items: [FlagItem]?
  package var selection = 0
  /// The clip of which is asked whether it is to be erased; nil where none is.
  package var asking: ClipID?
  /// The clip on which an act is on its way to the disk; nil where none is.
  package var pending: ClipID?
  /// Clips whose erasure was ordered here and is not done yet.
  package var erasing: [ClipID] = []

  var selected: FlagItem? {
    guard let items, items.indices.contains(selection) else { return nil }
    return items[selection]
  }

  mutating func load(_ fresh: [FlagItem]) {
    let held = selected?.clip
    items = fresh
    selection = held.flatMap { id in fresh.firstIndex { $0.clip == id } } ?? selection
    if let asking, !fresh.contains(where: { $0.clip == asking }) { self.asking = nil }
    move(by: 0)
  }

  mutating func remove(_ clip: ClipID) {
    pending = nil
    items?.removeAll { $0.clip == clip }
    move(by: 0)
  }

  mutating func move(by step: Int) {
    selection = min(max(0, selection + step), max(0, (items?.count ?? 0) - 1))
  }
}
