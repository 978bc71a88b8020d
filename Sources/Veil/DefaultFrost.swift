// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// The frost that a clip opens with, and why.
package struct DefaultFrost: Hashable, Sendable {
  /// The finest frost that the clip may open with.
  package let frost: Frost
  /// Why.
  package let reason: FrostReason

  /// Decides by the clip's source and its camera; nil is a camera that nobody described.
  package init(source: ClipSource, camera: Camera?) {
    if source == .staffTest, let camera, camera.isStaff {
      self.init(.clear, .staffClip)
    } else if let camera, Self.isPrivate(room: camera.room) {
      self.init(.strict, .privateRoom)
    } else if camera == nil {
      self.init(.frosted, .unknownCamera)
    } else if source == .staffTest {
      self.init(.frosted, .notStaffCamera)
    } else {
      self.init(.frosted, .customerClip)
    }
  }

  /// Decides by a clip's record and its camera: the manifest may ask for more.
  package init(record: ClipRecord, camera: Camera?) {
    self = DefaultFrost(source: record.source, camera: camera)
      .raised(to: record.leastFrost, because: .manifest)
  }

  /// The same, or the floor, with its reason, where that is more frost.
  package func raised(to floor: Frost, because reason: FrostReason) -> DefaultFrost {
    floor > frost ? DefaultFrost(floor, reason) : self
  }

  private init(_ frost: Frost, _ reason: FrostReason) {
    self.frost = frost
    self.reason = reason
  }

  /// Whether any word of a room's name is a private room's (`Child's room`, `bedroom-2`).
  private static func isPrivate(room: String) -> Bool {
    room.lowercased().split { !$0.isLetter }.contains { Camera.privateRooms.contains(String($0)) }
  }
}
