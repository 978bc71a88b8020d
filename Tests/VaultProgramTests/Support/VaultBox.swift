// SPDX-License-Identifier: Apache-2.0
import ClipVault
import Foundation
import GRDB
import Sealing
import Synchronization
import TestSupport
import Testing
import Vocabulary

/// A vault with its state folder, copied from one that was made once.
///
/// Founding lead and reviewer is `ada`, another lead `cleo`, reviewers are `bob` and `eve`, auditor
/// is `dan`; nobody has a passphrase. Three customers' clips, `kim`'s two and `lou`'s one, and a
/// staff test clip, in this order.
struct VaultBox {
  let folder: Folder

  init() throws { try self.init(copying: Self.original.get().folder) }

  /// A copy, as it stands now, of a vault that nobody works in.
  init(copying other: Folder) throws {
    folder = try Folder()
    for name in ["vault", "state", "consent"] {
      try FileManager.default.copyItem(at: other.file(name), to: folder.file(name))
    }
  }

  // MARK: - Running

  /// Starts a command as somebody; `--vault`, `--state` and `--as` are added.
  func start(_ arguments: [String], as name: String? = "ada") throws -> ProgramRun {
    try ProgramRun(Self.complete(arguments, name), in: folder)
  }

  /// Runs a command to its end.
  func run(_ arguments: [String], as name: String? = "ada") throws -> ProgramRun.End {
    try start(arguments, as: name).wait()
  }

  /// Runs a command that has to succeed; its output.
  @discardableResult
  func expect(
    _ arguments: [String], as name: String? = "ada",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let end = try run(arguments, as: name)
    try #require(end.code == 0, "\(arguments): \(end.text)", sourceLocation: sourceLocation)
    return end.output
  }

  private static func complete(_ arguments: [String], _ name: String?) -> [String] {
    arguments + ["--vault", "vault", "--state", "state", "--seat", "desk"]
      + (name.map { ["--as", $0] } ?? [])
  }

  // MARK: - Looking

  /// Reads or changes the store behind the program's back.
  func store<Value>(_ body: (Database) throws -> Value) throws -> Value {
    let queue = try DatabaseQueue(path: folder.path + "/vault/store/labels.sqlite")
    defer { try? queue.close() }
    return try queue.writeWithoutTransaction(body)
  }

  /// A count that the store gives of one clip.
  func count(_ sql: String, _ clip: ClipID) throws -> Int {
    try store { try Int.fetchOne($0, sql: sql, arguments: [clip.text]) ?? 0 }
  }

  /// The clips in order of ingest.
  func clips() throws -> [ClipID] {
    try store { database in
      try String.fetchAll(database, sql: "SELECT id FROM clip ORDER BY position")
    }.map { try #require(ClipID(text: $0)) }
  }

  /// The vault as it is now, believed as the program believes it.
  func vault() throws -> Vault {
    try Vault.open(folder.path + "/vault", TrustPlaces(stateRoot: folder.path + "/state"))
  }

  /// The vault's own state folder, below the test's.
  var stateFolder: String {
    get throws { "state/" + (try #require(try folder.names("state").first)) }
  }

  // MARK: - Clips

  /// Writes a new clip into the folder; its bytes.
  func newClip(_ name: String, seconds: String) throws -> [UInt8] {
    let bytes = try ClipMaker.card(["--seconds", seconds])
    try folder.write(name, bytes)
    return bytes
  }

  /// What the clips' files held, in order of ingest.
  static let sources: [[UInt8]] = (try? original.get().clipBytes) ?? []

  private static let original: Result<Original, any Error> = Result { try Original() }
}

/// The vault that the others are copies of.
private struct Original: Sendable {
  let folder: Folder
  let clipBytes: [[UInt8]]

  private static let files = ["kim-1.mp4", "kim-2.mp4", "lou-1.mp4", "bench-1.mp4"]
  private static let kept = Mutex<[Folder]>([])

  init() throws {
    folder = try Folder()
    clipBytes = try ["h264", "mpeg4", "h264", "mpeg4"].enumerated().map { index, codec in
      try ClipMaker.card(["--seconds", index < 2 ? "2" : "1.\(index)", "--codec", codec])
    }
    Self.kept.withLock { $0.append(folder) }
    atexit { Original.removeAll() }
    let state = ["--state", "state"]
    try Self.run(["init", "vault", "--as", "ada", "--no-passphrases"] + state, folder)
    let ada = ["--vault", "vault", "--as", "ada"] + state
    for (name, role) in [
      ("bob", "reviewer"), ("eve", "reviewer"), ("cleo", "lead"), ("dan", "auditor"),
    ] {
      try Self.run(["person", "add", name, "--role", role] + ada, folder)
    }
    try Self.run(
      [
        "policy", "edit", "consent_signature=false", "keep_source=true", "recorders=allow",
        "multiplexers=allow",
      ] + ada, folder)
    for (file, bytes) in zip(Self.files, clipBytes) { try folder.write(file, bytes) }
    try folder.write(
      "consent/CR-1.json", Consent(record: "CR-1", subject: "kim", of: clipBytes[0...1]).text)
    try folder.write(
      "consent/CR-2.json", Consent(record: "CR-2", subject: "lou", of: clipBytes[2...2]).text)
    let records = ["CR-1", "CR-1", "CR-2"]
    try folder.write(
      "manifest.jsonl",
      zip(Self.files, records).map {
        Consent.manifestLine($0, $1, camera: $1 == "CR-1" ? Consent.camera : Consent.otherCamera)
      }.joined())
    try Self.run(
      ["ingest", "--manifest", "manifest.jsonl"] + Self.files.prefix(3) + ada, folder)
    try Self.run(["ingest", "--staff-test", "--nobody", Self.files[3]] + ada, folder)
  }

  private static func run(_ arguments: [String], _ folder: Folder) throws {
    let end = try ProgramRun(arguments, in: folder).wait()
    try #require(end.code == 0, "\(arguments): \(end.text)")
  }

  private static func removeAll() {
    for folder in kept.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: folder.path) }
  }
}
