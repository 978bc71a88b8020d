// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// The two files that tell the ingest about the clips.
enum Manifest {
  private struct Line: Encodable {
    struct Alert: Encodable {
      var label: String
      var score: Double
      var model: String
    }

    struct Prediction: Encodable {
      var label: String
      var score: Double
    }

    var clip: String
    var source: String
    var consent: String?
    var camera: String
    var recordedAt: String
    var alert: Alert
    var predictions: [Prediction]

    enum CodingKeys: String, CodingKey {
      case clip, source, consent, camera, alert, predictions
      case recordedAt = "recorded_at"
    }
  }

  /// The text of `manifest.jsonl`: one JSON object a line for each scene.
  static func lines(_ scenes: [Scene]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try scenes.map { scene in
      let line = Line(
        clip: scene.fileName, source: scene.source, consent: scene.consent, camera: scene.camera,
        recordedAt: scene.recorded.iso8601,
        alert: .init(label: scene.alert.label, score: scene.alert.score, model: "cc-4.1"),
        predictions: scene.predictions.map { .init(label: $0.label, score: $0.score) })
      return String(decoding: try encoder.encode(line), as: UTF8.self) + "\n"
    }.joined()
  }

  /// The text of `cameras.toml`: one table for each camera.
  static func cameras(_ cameras: [Programme.Camera]) -> String {
    cameras.map { camera in
      """
      [[camera]]
      id = "\(camera.id)"
      field_of_view_degrees = \(camera.fieldOfViewDegrees)
      nearest_subject_metres = \(camera.nearestSubjectMetres)
      room = "\(camera.room)"
      staff = \(camera.isStaff)

      """
    }.joined(separator: "\n")
  }
}

extension Scene {
  /// The name of the demo's clip file.
  var fileName: String { name + ".mp4" }
}
