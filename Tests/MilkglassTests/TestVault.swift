// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

/// A vault called `vault` in a folder of its own, with the state that belongs to it: a copy of one
/// that was made once.
///
/// Nobody in it has a passphrase. Its founding lead is `ada`, `r07` and `r08` are reviewers and
/// `olga` is an auditor.
struct TestVault {
  let folder: TestFolder
  static let lead = "ada"

  /// Two staff test clips and two customers' clips, by turns; the first has all predictions.
  static func mixed() throws -> TestVault { try TestVault(copying: mixedOriginal.get()) }

  /// Two customers' clips.
  static func customers() throws -> TestVault { try TestVault(copying: customersOriginal.get()) }

  private static let emptyOriginal = Result { try makeEmpty() }
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

  /// A copy of the vault that lies in a folder.
  init(copying original: TestFolder) throws {
    folder = try TestFolder()
    for name in ["vault", ProgramRun.stateFolder] {
      try FileManager.default.copyItem(
        atPath: "\(original.path)/\(name)", toPath: "\(folder.path)/\(name)")
    }
  }

  /// The demo's own vault, made by the program, with this one's people in it.
  static func demo() throws -> TestVault {
    let vault = TestVault(in: try TestFolder())
    let run = try ProgramRun(["demo", "--prepare", "--directory", "demo"], in: vault.folder)
    try #require(run.code == 0, "\(run.lines)")
    try FileManager.default.createDirectory(
      atPath: "\(vault.folder.path)/\(ProgramRun.stateFolder)", withIntermediateDirectories: true)
    try vault.moveToDemo(false)
    for (name, role) in [(lead, "lead"), ("r07", "reviewer")] {
      try vault.demand(["person", "add", name, "--role", role], as: "demo")
    }
    return vault
  }

  /// Moves the vault and its state into the demo's folder, or back from there.
  func moveToDemo(_ isInto: Bool) throws {
    let pairs = [
      ("vault", "demo/vault"), ("\(ProgramRun.stateFolder)/milkglass", "demo/state"),
    ]
    for (own, demos) in pairs {
      let (from, to) = isInto ? (own, demos) : (demos, own)
      try FileManager.default.moveItem(
        atPath: "\(folder.path)/\(from)", toPath: "\(folder.path)/\(to)")
    }
  }

  // MARK: - Commands

  /// Runs a command on the vault in somebody's name.
  func run(_ words: [String], as name: String = lead) throws -> ProgramRun {
    try Self.run(words, as: name, in: folder)
  }

  /// Runs a command on the vault that must succeed.
  @discardableResult
  func demand(_ words: [String], as name: String = lead) throws -> ProgramRun {
    try Self.demand(words, as: name, in: folder)
  }

  static func run(
    _ words: [String], as name: String = lead, in folder: TestFolder
  ) throws -> ProgramRun {
    try ProgramRun(words + ["--vault", "vault", "--as", name], in: folder)
  }

  @discardableResult
  static func demand(
    _ words: [String], as name: String = lead, in folder: TestFolder
  ) throws -> ProgramRun {
    let run = try run(words, as: name, in: folder)
    try #require(run.code == 0, "\(words): \(run.lines)")
    return run
  }

  /// The ids of the clips that lie in the vault, sorted.
  var clips: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/vault/clips")
        .filter { !$0.hasPrefix(".") }.sorted()
    }
  }

  // MARK: - Labels

  /// The exported lines, each read as JSON.
  func exportedLabels() throws -> [[String: Any]] {
    try demand(["labels", "export"]).output.split(separator: "\n").map { line in
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
        ? "\"source\":\"staff-test\",\"consent\":\"\(TestConsent.staff)\",\"camera\":\"bench\""
        : "\"source\":\"customer-feedback\",\"consent\":\"\(TestConsent.customers)\","
          + "\"camera\":\"porch-1\""
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

  /// An empty vault in a folder of its own, with everyone enrolled.
  static func empty() throws -> TestFolder {
    try TestVault(copying: emptyOriginal.get()).folder
  }

  private static func makeEmpty() throws -> TestFolder {
    let folder = try TestFolder()
    keep(folder)
    let made = try ProgramRun(
      ["init", "vault", "--no-passphrases", "--as", lead], in: folder)
    try #require(made.code == 0, "\(made.errors)")
    try folder.write(
      "cameras.toml", try folder.text("vault/policy/cameras.toml") + porchCamera)
    try demand(["policy", "edit", "--file", "cameras.toml", "--from", "cameras.toml"], in: folder)
    try demand(
      [
        "policy", "edit", "consent_signature=false", "keep_source=true", "retention_days=365",
        "recorders=allow", "multiplexers=allow",
      ],
      in: folder)
    for (name, role) in [("r07", "reviewer"), ("r08", "reviewer"), ("olga", "auditor")] {
      try demand(["person", "add", name, "--role", role], in: folder)
    }
    return folder
  }

  /// Keeps a folder until the tests are over.
  static func keep(_ original: TestFolder) {
    originals.withLock { $0.append(original) }
    atexit { TestVault.removeOriginals() }
  }

  private static func removeOriginals() {
    for folder in originals.withLock({ $0 }) {
      try? FileManager.default.removeItem(atPath: folder.path)
    }
  }

  private static func makeOriginal(_ clips: [Clip]) throws -> TestFolder {
    let folder = try empty()
    keep(folder)
    try ingest(clips, in: folder)
    return folder
  }

  /// Takes clips in with a manifest and the records they need.
  static func ingest(_ clips: [Clip], in folder: TestFolder) throws {
    for clip in clips { try folder.write(clip.file, try ClipMaker.card(clip.options)) }
    try folder.write(
      "manifest.jsonl", clips.map { $0.manifestLine(alert: "animal") }.joined())
    try TestConsent.write(into: folder)
    try demand(["ingest", "--manifest", "manifest.jsonl"] + clips.map(\.file), in: folder)
  }
}
