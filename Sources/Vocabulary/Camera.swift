// SPDX-License-Identifier: Apache-2.0

/// Names a camera as the manifest and `cameras.toml` do.
package struct CameraID: TextIdentifier {
  package let text: String

  /// Takes the name as it stands; hostile characters are made harmless where it is shown.
  package init(_ text: String) { self.text = text }
}

/// What `cameras.toml` says of one camera: what the frost's scale and default depend on.
package struct Camera: Hashable, Sendable, Codable {
  package var id: CameraID
  /// Width of the scene at the nearest subject distance in millimetres, `2·d·tan(fov/2)`; positive.
  package var sceneWidthMillimetres: Int
  /// The room, one word as the file gives it (`bedroom`, `porch`…); empty when not said.
  package var room: String
  /// Whether it is a staff test camera, whose clips may be ingested without a customer's consent.
  package var isStaff: Bool

  /// Makes a camera.
  package init(id: CameraID, sceneWidthMillimetres: Int, room: String, isStaff: Bool) {
    self.id = id
    self.sceneWidthMillimetres = sceneWidthMillimetres
    self.room = room
    self.isStaff = isStaff
  }

  /// The scene width of a camera nobody described: 110° at 0.45 m, the strictest.
  package static let unknownSceneWidthMillimetres = 1285

  /// Rooms whose cameras show at least *strict*.
  package static let privateRooms: Set<String> = ["bedroom", "bathroom", "child", "nursery"]
}
