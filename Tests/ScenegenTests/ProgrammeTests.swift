// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import scenegen

@Suite struct ProgrammeTests {
  private static let moved: Set = ["person", "vehicle", "animal", "package", "nothing"]
  private static let terms = moved.union([
    "transit", "expected_activity", "loitering", "intrusion", "stealing_or_damage",
    "fighting_or_assault", "level_0", "level_1", "level_2", "level_3", "level_4",
  ])

  private struct Line: Decodable {
    struct Alert: Decodable {
      var label: String
      var score: Double
      var model: String
    }

    struct Prediction: Decodable {
      var label: String
      var score: Double
    }

    var clip: String
    var source: String
    var consent: String
    var camera: String
    var recorded_at: String
    var alert: Alert
    var predictions: [Prediction]
  }

  @Test func theManifestIsWhatTheIngestReads() throws {
    let text = try Manifest.lines(Programme.scenes)
    let lines = text.split(separator: "\n")
    #expect(lines.count == Programme.scenes.count && lines.count >= 14)
    let known: Set = [
      "clip", "source", "consent", "camera", "recorded_at", "alert", "predictions",
    ]
    var staff = 0
    for line in lines {
      let data = Data(line.utf8)
      let fields = try #require(
        try JSONSerialization.jsonObject(with: data) as? [String: Any])
      #expect(Set(fields.keys).isSubset(of: known))
      let entry = try JSONDecoder().decode(Line.self, from: data)
      let camera = try #require(Programme.cameras.first { $0.id == entry.camera })
      let isStaff = entry.source == "staff-test"
      #expect(camera.isStaff == isStaff)
      #expect(isStaff ? entry.consent == "P-\(entry.camera)" : entry.consent.hasPrefix("CR-"))
      #expect(isStaff || entry.source == "customer-feedback")
      #expect(Self.moved.contains(entry.alert.label) || entry.alert.label == "motion")
      #expect(entry.predictions.allSatisfy { Self.terms.contains($0.label) })
      #expect(
        (entry.predictions.map(\.score) + [entry.alert.score]).allSatisfy { $0 > 0 && $0 < 1 })
      #expect(ISO8601DateFormatter().date(from: entry.recorded_at) != nil)
      #expect(entry.clip == entry.camera + entry.clip.dropFirst(entry.camera.count))
      staff += isStaff ? 1 : 0
    }
    #expect(abs(staff * 2 - lines.count) <= 1)
    #expect(Set(Programme.scenes.map(\.name)).count == Programme.scenes.count)
  }

  @Test func everyCameraHasItsTable() {
    let text = Manifest.cameras(Programme.cameras)
    #expect(text.components(separatedBy: "[[camera]]").count - 1 == Programme.cameras.count)
    #expect(text.contains("id = \"porch-2\"\nfield_of_view_degrees = 110\n"))
    #expect(text.contains("nearest_subject_metres = 1.3\nroom = \"bedroom\"\nstaff = false\n"))
    for scene in Programme.scenes { #expect(text.contains("id = \"\(scene.camera)\"")) }
  }

  /// At some time of the action, more of the picture must change than the wind moves.
  @Test(arguments: Programme.scenes.map(\.name))
  func somethingHappensAfterAStillStart(name: String) throws {
    let scene = try Programme.scene(name)
    #expect(scene.seconds >= 20 && scene.seconds <= 30)
    var canvas = Canvas(width: 96, height: 54)
    let act = scene.act(canvas.size, 1)
    act.paint(&canvas)
    let background = canvas
    func picture(_ time: Double) -> [Colour] {
      canvas.restore(from: background)
      act.draw(&canvas, Float(time))
      return canvas.pixels
    }
    func change(_ first: [Colour], _ second: [Colour]) -> Float {
      zip(first, second).reduce(0) { $0 + abs(($1.0 - $1.1).x) } / Float(first.count)
    }
    let start = picture(0.2)
    let idle = change(start, picture(1.2))
    let most =
      stride(from: 6, to: scene.seconds - 1, by: 1.5).map { change(start, picture($0)) }
      .max() ?? 0
    #expect(most > 0.0008)
    #expect(most > idle * 1.5)
  }

  @Test func whatExistsIsKeptAndTheRestIsMade() async throws {
    let scratch = try Scratch()
    for scene in Programme.scenes.dropFirst() {
      try Data("kept".utf8).write(to: URL(filePath: scratch.file(scene.fileName)))
    }
    var lines: [String] = []
    try await Demo(folder: scratch.path, jobs: 2, isQuick: true).make { lines.append($0) }
    let count = Programme.scenes.count
    #expect(lines.count == count)
    #expect(lines.last?.hasPrefix("\(count)/\(count) ") == true)
    let made = try #require(Programme.scenes.first)
    #expect(ClipProbe(scratch.file(made.fileName))?.luma.count == 40)
    #expect(try scratch.bytes(Programme.scenes[1].fileName) == Data("kept".utf8))
    let files = Set(Programme.scenes.map(\.fileName) + ["manifest.jsonl", "cameras.toml"])
    #expect(try Set(scratch.names()) == files)
  }

  @Test func aFolderThatCannotBeMadeIsAnError() async throws {
    let scratch = try Scratch()
    try Data().write(to: URL(filePath: scratch.file("file")))
    await #expect(throws: SceneError.self) {
      try await Demo(folder: scratch.file("file"), jobs: 1, isQuick: true).make { _ in }
    }
  }
}
