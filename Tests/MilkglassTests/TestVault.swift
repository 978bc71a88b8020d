// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

/// A vault called `vault` in a folder of its own: a copy of one that was made once.
struct TestVault {
  let folder: TestFolder

  /// Two staff test clips and two customers' clips, by turns; the first has all predictions.
  static func mixed() throws -> TestVault { try TestVault(copying: mixedOriginal.get()) }

  /// Two customers' clips.
  static func customers() throws -> TestVault { try TestVault(copying: customersOriginal.get()) }

  private static let mixedOriginal = Result {
    try makeOriginal([staffCard, customersCard, staffShort, customersShort])
  }
  private static let customersOriginal = Result {
    try makeOriginal([customersCard, customersShort])
  }
  /// The originals' folders, removed when the tests are over.
  private static let originals = Mutex<[TestFolder]>([])

  /// The vault that lies in a folder already.
  init(in folder: TestFolder) { self.folder = folder }

  private init(copying original: TestFolder) throws {
    folder = try TestFolder()
    try FileManager.default.copyItem(
      atPath: original.path + "/vault", toPath: folder.path + "/vault")
  }

  // MARK: - Labels

  /// The exported lines, each read as JSON.
  func exportedLabels() throws -> [[String: Any]] {
    let run = try ProgramRun(["labels", "export", "--vault", "vault"], in: folder)
    try #require(run.code == 0, "\(run.errors)")
    return try run.output.split(separator: "\n").map { line in
      try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
  }

  // MARK: - Making

  /// A clip and its line in the manifest.
  struct Clip: Sendable {
    let file: String
    let isStaff: Bool
    let recordedAt: String
    /// Label and score.
    let predictions: [(label: String, score: Double)]
    let options: [String]

    func manifestLine(alert: String) -> String {
      let predicted = predictions.map { "{\"label\":\"\($0.label)\",\"score\":\($0.score)}" }
      let provenance =
        isStaff
        ? "\"source\":\"staff-test\",\"camera\":\"bench\""
        : "\"source\":\"customer-feedback\",\"consent\":\"CR-7\",\"camera\":\"porch-1\""
      return """
        {"clip":"\(file)",\(provenance),"recorded_at":"\(recordedAt)",\
        "alert":{"label":"\(alert)","score":0.82,"model":"cc-4.1"},\
        "predictions":[\(predicted.joined(separator: ","))]}

        """
    }
  }

  static let staffCard = Clip(
    file: "bench-1.mp4", isStaff: true, recordedAt: "2026-01-14T22:15:30+01:00",
    predictions: [("animal", 0.82), ("transit", 0.71), ("level_0", 0.64)],
    options: ["--size", "320x180", "--seconds", "2"])
  static let customersCard = Clip(
    file: "porch-1.mp4", isStaff: false, recordedAt: "2026-01-15T07:40:00+01:00",
    predictions: [("person", 0.91), ("loitering", 0.55), ("level_2", 0.6)],
    options: ["--size", "320x180", "--seconds", "2", "--codec", "mpeg4"])
  static let staffShort = Clip(
    file: "bench-2.mp4", isStaff: true, recordedAt: "2026-01-16T12:00:00+01:00",
    predictions: [("person", 0.74)], options: ["--seconds", "1.5"])
  static let customersShort = Clip(
    file: "porch-2.mp4", isStaff: false, recordedAt: "2026-01-17T03:05:00+01:00",
    predictions: [], options: ["--seconds", "1"])

  /// A camera that is 0.8 m of scene wide: 20 × 11 cells at *frosted*.
  static let porchCamera = """

    [[camera]]
    id = "porch-1"
    field_of_view_degrees = 90
    nearest_subject_metres = 0.4
    room = "porch"
    staff = false

    """
  /// The grid of that camera's pictures.
  static let porchGrid = (columns: 20, rows: 11)

  /// An empty vault in a folder of its own.
  static func empty() throws -> TestFolder {
    let folder = try TestFolder()
    let made = try ProgramRun(["init", "vault"], in: folder)
    try #require(made.code == 0, "\(made.errors)")
    let cameras = "vault/policy/cameras.toml"
    try folder.write(cameras, try folder.text(cameras) + porchCamera)
    return folder
  }

  private static func removeOriginals() {
    for folder in originals.withLock({ $0 }) {
      try? FileManager.default.removeItem(atPath: folder.path)
    }
  }

  private static func makeOriginal(_ clips: [Clip]) throws -> TestFolder {
    let folder = try empty()
    originals.withLock { $0.append(folder) }
    atexit { TestVault.removeOriginals() }
    for clip in clips { try folder.write(clip.file, try ClipMaker.card(clip.options)) }
    try folder.write(
      "manifest.jsonl", clips.map { $0.manifestLine(alert: "animal") }.joined())
    let taken = try ProgramRun(
      ["ingest", "--vault", "vault", "--manifest", "manifest.jsonl"] + clips.map(\.file),
      in: folder)
    try #require(taken.code == 0, "\(taken.lines)")
    return folder
  }
}
