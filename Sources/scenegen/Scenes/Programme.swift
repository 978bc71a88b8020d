// SPDX-License-Identifier: Apache-2.0

/// The demo's clips and cameras.
enum Programme {
  /// One camera's line in `cameras.toml`.
  struct Camera: Sendable {
    var id: String
    var fieldOfViewDegrees: Int
    var nearestSubjectMetres: Double
    var room: String
    var isStaff: Bool
  }

  /// Every camera that a scene names.
  static let cameras: [Camera] = [
    Camera(
      id: "porch-1", fieldOfViewDegrees: 110, nearestSubjectMetres: 2.5, room: "porch",
      isStaff: true),
    Camera(
      id: "porch-2", fieldOfViewDegrees: 110, nearestSubjectMetres: 2.5, room: "porch",
      isStaff: false),
    Camera(
      id: "street-1", fieldOfViewDegrees: 100, nearestSubjectMetres: 3, room: "porch",
      isStaff: true),
    Camera(
      id: "garden-1", fieldOfViewDegrees: 105, nearestSubjectMetres: 2.8, room: "garden",
      isStaff: false),
    Camera(
      id: "living-1", fieldOfViewDegrees: 110, nearestSubjectMetres: 1.5, room: "living-room",
      isStaff: false),
    Camera(
      id: "bedroom-1", fieldOfViewDegrees: 105, nearestSubjectMetres: 1.3, room: "bedroom",
      isStaff: false),
    Camera(
      id: "bench-1", fieldOfViewDegrees: 100, nearestSubjectMetres: 2, room: "workshop",
      isStaff: true),
  ]

  /// The clips in the order in which the demo shows them.
  static let scenes: [Scene] = porches + street + garden + indoors

  /// The scene of a name.
  static func scene(_ name: String) throws(SceneError) -> Scene {
    guard let scene = scenes.first(where: { $0.name == name }) else { throw .noSuchScene(name) }
    return scene
  }

  private typealias Scored = (label: String, score: Double)

  private static let porches: [Scene] = [
    customer(
      "porch-2-burglar", "porch-2", "CR-2026-0117", "2026-01-14 22:15:30", seconds: 26, wide,
      ("person", 0.87), [("person", 0.93), ("intrusion", 0.61), ("level_3", 0.55)],
      PorchScenes.burglar),
    staff(
      "porch-1-delivery", "porch-1", "2026-03-02 10:41:07", seconds: 22, wide,
      ("person", 0.91),
      [("person", 0.96), ("package", 0.82), ("expected_activity", 0.77), ("level_0", 0.8)],
      PorchScenes.delivery),
    staff(
      "porch-1-theft", "porch-1", "2026-03-02 15:58:44", seconds: 20, narrow,
      ("package", 0.64),
      [("person", 0.94), ("package", 0.71), ("transit", 0.52), ("level_1", 0.44)],
      PorchScenes.theft),
    customer(
      "porch-2-loiterer", "porch-2", "CR-2026-0117", "2026-01-16 23:02:11", seconds: 27, narrow,
      ("person", 0.79), [("person", 0.9), ("loitering", 0.58), ("level_2", 0.51)],
      PorchScenes.loiterer),
    staff(
      "porch-1-visitor", "porch-1", "2026-03-04 14:20:03", seconds: 21, narrow,
      ("person", 0.93), [("person", 0.97), ("intrusion", 0.41), ("level_2", 0.4)],
      PorchScenes.visitor),
    customer(
      "porch-2-insect", "porch-2", "CR-2026-0131", "2026-02-02 02:47:52", seconds: 24, narrow,
      ("animal", 0.55), [("animal", 0.62), ("level_0", 0.7)], PorchScenes.insect),
  ]

  private static let street: [Scene] = [
    staff(
      "street-1-fight", "street-1", "2026-03-05 17:33:20", seconds: 25, wide,
      ("person", 0.88), [("person", 0.95), ("fighting_or_assault", 0.66), ("level_3", 0.49)],
      StreetScenes.fight),
    staff(
      "street-1-headlights", "street-1", "2026-03-05 21:12:38", seconds: 24, wide,
      ("person", 0.43), [("person", 0.47), ("level_2", 0.38)], StreetScenes.headlights),
    staff(
      "street-1-passing", "street-1", "2026-03-06 09:05:16", seconds: 25, narrow,
      ("vehicle", 0.9),
      [("vehicle", 0.94), ("person", 0.8), ("animal", 0.57), ("transit", 0.83), ("level_0", 0.9)],
      StreetScenes.passing),
  ]

  private static let garden: [Scene] = [
    customer(
      "garden-1-cat", "garden-1", "CR-2026-0094", "2026-02-09 03:26:41", seconds: 22, narrow,
      ("person", 0.52), [("person", 0.54), ("intrusion", 0.36), ("level_2", 0.33)],
      GardenScenes.cat),
    customer(
      "garden-1-dog", "garden-1", "CR-2026-0094", "2026-02-21 11:48:09", seconds: 21, wide,
      ("animal", 0.86), [("animal", 0.91), ("transit", 0.6), ("level_0", 0.88)],
      GardenScenes.dog),
  ]

  private static let indoors: [Scene] = [
    customer(
      "living-1-curtain", "living-1", "CR-2026-0102", "2026-02-12 13:15:55", seconds: 23, narrow,
      ("person", 0.61), [("person", 0.58), ("level_2", 0.42)], IndoorScenes.curtain),
    customer(
      "living-1-robot", "living-1", "CR-2026-0102", "2026-02-13 10:02:24", seconds: 24, narrow,
      ("motion", 0.7), [("animal", 0.68), ("level_0", 0.74)], IndoorScenes.robot),
    customer(
      "bedroom-1-changing", "bedroom-1", "CR-2026-0125", "2026-02-18 22:31:12", seconds: 26, wide,
      ("person", 0.74), [("person", 0.81), ("expected_activity", 0.48), ("level_0", 0.5)],
      IndoorScenes.changing),
    staff(
      "bench-1-test", "bench-1", "2026-03-09 08:30:00", seconds: 24, narrow,
      ("motion", 0.99), [("person", 0.98), ("expected_activity", 0.9), ("level_0", 0.97)],
      IndoorScenes.bench),
  ]

  private static let wide = (width: 1280, height: 720, rate: 12)
  private static let narrow = (width: 640, height: 360, rate: 15)

  private static func customer(
    _ name: String, _ camera: String, _ consent: String, _ recorded: String, seconds: Double,
    _ picture: (width: Int, height: Int, rate: Int), _ alert: Scored, _ predictions: [Scored],
    _ act: @escaping @Sendable (Point, UInt64) -> Act
  ) -> Scene {
    var scene = staff(
      name, camera, recorded, seconds: seconds, picture, alert, predictions, act)
    scene.source = "customer-feedback"
    scene.consent = consent
    return scene
  }

  private static func staff(
    _ name: String, _ camera: String, _ recorded: String, seconds: Double,
    _ picture: (width: Int, height: Int, rate: Int), _ alert: Scored, _ predictions: [Scored],
    _ act: @escaping @Sendable (Point, UInt64) -> Act
  ) -> Scene {
    let parts = recorded.split(separator: " ")
    let clock = parts[1].split(separator: ":").compactMap { Int($0) }
    return Scene(
      name: name, camera: camera, source: "staff-test", consent: "P-" + camera,
      recorded: .init(
        date: String(parts[0]), hour: clock[0], minute: clock[1], second: clock[2],
        zone: "+01:00"),
      alert: alert, predictions: predictions, width: picture.width, height: picture.height,
      framesPerSecond: picture.rate, seconds: seconds, act: act)
  }
}
