// SPDX-License-Identifier: Apache-2.0

import Foundation
package import StrictTOML
package import Vocabulary

/// The cameras that the vault's policy describes.
package struct CameraBook: Hashable, Sendable {
  /// Each camera by its id.
  package let cameras: [CameraID: Camera]

  /// Makes a book.
  package init(_ cameras: [CameraID: Camera]) { self.cameras = cameras }

  /// The camera of an id; nil where nobody described it.
  package subscript(id: CameraID) -> Camera? { cameras[id] }

  /// The width of a camera's scene in millimetres; the strictest where nobody described it.
  package func sceneWidthMillimetres(of id: CameraID) -> Int {
    cameras[id]?.sceneWidthMillimetres ?? Camera.unknownSceneWidthMillimetres
  }
}

/// Reads and writes `cameras.toml`.
package enum CamerasFile {
  /// Reads the cameras.
  ///
  /// Fields: `id`, `field_of_view_degrees` (1 to 179), `nearest_subject_metres` (above 0, at most
  /// 100), `room` (may be missing) and `staff` (false where it is missing).
  package static func parse(
    _ text: String, fileName: String = "cameras.toml"
  ) throws(PolicyFileError) -> CameraBook {
    let document = try TOMLDocument(text, fileName: fileName)
    var cameras: [CameraID: Camera] = [:]
    var lines: [CameraID: Int] = [:]
    for table in try document.table.tables("camera") {
      let camera = try camera(table)
      if let line = lines[camera.id] {
        throw table.complaint("id", "camera \"\(camera.id.text)\" is described on line \(line) too")
      }
      lines[camera.id] = table.position("id").line
      cameras[camera.id] = camera
    }
    try document.table.finish()
    return CameraBook(cameras)
  }

  private static func camera(_ table: TOMLReader) throws(PolicyFileError) -> Camera {
    let id = try table.string("id")
    guard PolicyText.isPlainName(id) else {
      throw table.complaint("id", "\"id\" must be 1 to 64 printable characters")
    }
    let degrees = try table.double("field_of_view_degrees")
    guard (1...179).contains(degrees) else {
      throw table.complaint("field_of_view_degrees", "the field of view must be 1 to 179 degrees")
    }
    let metres = try table.double("nearest_subject_metres")
    guard metres > 0, metres <= 100 else {
      throw table.complaint(
        "nearest_subject_metres", "the distance must be above 0 and at most 100 metres")
    }
    let millimetres = Int(2 * metres * tan(degrees * .pi / 360) * 1000)
    guard millimetres > 0 else {
      throw table.complaint("nearest_subject_metres", "the scene would be narrower than 1 mm")
    }
    let camera = Camera(
      id: CameraID(id), sceneWidthMillimetres: millimetres,
      room: try table.optionalString("room") ?? "",
      isStaff: try table.optionalBool("staff") ?? false)
    try table.finish()
    return camera
  }

  /// The file of a new vault: one staff test camera to try things out with.
  package static let initial = """
    # The cameras that clips come from. Frost depends on this file: a clip of a camera that is not
    # here is shown as coarse as can be.
    #
    # field_of_view_degrees    the horizontal angle the camera sees, 1 to 179
    # nearest_subject_metres   how near people come to it
    # room                     porch, kitchen, …; bedroom, bathroom, child, nursery: more frost
    # staff                    true: our own test camera, nobody's home

    [[camera]]
    id = "bench"
    field_of_view_degrees = 90
    nearest_subject_metres = 1.5
    room = "workshop"
    staff = true

    """

  /// A stub for a camera that a lead has yet to describe: as strict as an unknown one.
  package static func stub(_ id: CameraID) -> String {
    """
    [[camera]]
    id = \(JSONText.quoted(id.text))
    field_of_view_degrees = 110     # from the camera's data sheet
    nearest_subject_metres = 0.45   # measure it: how near do people come?
    room = ""
    staff = false

    """
  }
}
