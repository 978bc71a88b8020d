// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// The right to see one clip clear: because it is a staff test clip, or for a look.
package struct ClearGrant: Hashable, Sendable {
  /// The clip it is for, and no other.
  package let clip: ClipID
  /// When it ends, by the monotonic clock; nil where it lasts as long as the clip is open.
  package let deadlineMilliseconds: Int64?
  /// The only part that may be clear; nil where all of the picture may be.
  package private(set) var lens: LensWindow?

  private init(clip: ClipID, deadlineMilliseconds: Int64?, lens: LensWindow?) {
    self.clip = clip
    self.deadlineMilliseconds = deadlineMilliseconds
    self.lens = lens
  }

  /// The grant that comes with a staff test clip.
  ///
  /// Nil unless the clip's source is a staff test, and `camera` is the clip's camera and marked as
  /// staff's.
  package static func staffTest(record: ClipRecord, camera: Camera) -> ClearGrant? {
    guard record.source == .staffTest, camera.isStaff, record.camera == camera.id else {
      return nil
    }
    return ClearGrant(clip: record.id, deadlineMilliseconds: nil, lens: nil)
  }

  /// The grant of a look that stands durably in the log.
  ///
  /// - Parameters:
  ///   - receipt: The log's proof, which says of which clip, for how long, and how much of it.
  ///   - began: When the look's time began, by the monotonic clock in milliseconds.
  ///   - lens: Where the window lies; of no meaning for a look at the whole picture.
  /// - Returns: The grant, for that clip and until that look's time is over.
  package static func look(
    _ receipt: LookReceipt, beganAtMilliseconds began: Int64, lens: LensWindow
  ) -> ClearGrant {
    ClearGrant(
      clip: receipt.clip, deadlineMilliseconds: began + max(0, receipt.milliseconds),
      lens: receipt.scope == .lens ? lens : nil)
  }

  /// The same grant with its window elsewhere; one without a window stays as it is.
  package func moved(to window: LensWindow) -> ClearGrant {
    var grant = self
    if lens != nil { grant.lens = window }
    return grant
  }
}
