// SPDX-License-Identifier: Apache-2.0
import Foundation
import PtySupport
import TerminalModels
import TestSupport
import Testing

/// A program that ran to its end.
struct Finished {
  /// The exit code; minus the signal that ended it.
  let code: Int32
  let output: String
  let errors: String

  var text: String { output + errors }
  /// The lines of its output, each cut at tabs.
  var table: [[String]] {
    output.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
  }

  /// Runs a program; `input` is what it can read.
  init(
    _ arguments: [String], environment: [String: String] = [:], in folder: String = "/",
    input: String = ""
  ) throws {
    // Files and not pipes: a full pipe would hold up a program nobody reads.
    let names = (0..<3).map { _ in "/tmp/milkglass-attack-stream-\(UUID())" }
    defer { for name in names { try? FileManager.default.removeItem(atPath: name) } }
    for name in names {
      try Data(name == names[0] ? Array(input.utf8) : []).write(to: URL(filePath: name))
    }
    let process = Process()
    process.executableURL = URL(filePath: arguments[0])
    process.arguments = Array(arguments.dropFirst())
    process.environment = environment
    process.currentDirectoryURL = URL(filePath: folder)
    process.standardInput = try FileHandle(forReadingFrom: URL(filePath: names[0]))
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: names[1]))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: names[2]))
    try process.run()
    process.waitUntilExit()
    code = process.terminationStatus * (process.terminationReason == .exit ? 1 : -1)
    let texts = try names.dropFirst().map {
      String(decoding: try Data(contentsOf: URL(filePath: $0)), as: UTF8.self)
    }
    (output, errors) = (texts[0], texts[1])
  }
}

/// A seat in a folder of its own, run by an unprivileged user: programs, a vault, a staff test clip.
///
/// Where the tests run as root, that user is nobody that the system knows.
final class Seat {
  /// The user.
  static let user: uid_t = geteuid() == 0 ? 61_234 : geteuid()
  static let probe = BuiltProgram.path("attack-probe")

  let folder: String
  /// What every program finds in its environment.
  var environment: [String: String] {
    [
      "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "HOME": folder,
      "PATH": "/usr/bin:/bin", "USER": "r07", "XDG_STATE_HOME": "\(folder)/state",
    ]
  }

  /// Makes the folder with the programs, and a vault; `passphrase` is the founder's.
  init(passphrase: String? = nil, hasClip: Bool = true) throws {
    folder = "/tmp/milkglass-seat-\(UUID())"
    for name in ["", "/bin", "/state", "/clips"] {
      try FileManager.default.createDirectory(
        atPath: folder + name, withIntermediateDirectories: true)
    }
    for name in ["milkglass", "milkglass-decoder", "attack-probe"] {
      try FileManager.default.copyItem(
        atPath: BuiltProgram.path(name), toPath: "\(folder)/bin/\(name)")
    }
    if hasClip {
      let card = try ClipMaker.card(["--size", "320x180", "--seconds", "3"])
      try Data(card).write(to: URL(filePath: "\(folder)/clips/bench-1.mp4"))
    }
    try own()
    let secret = passphrase.map { _ in ["--passphrase-fd", "3"] } ?? ["--no-passphrases"]
    try demand(
      ["init", "vault", "--as", "ada", "--daily-goal", "5", "--quick-levels", "no"] + secret,
      input: (passphrase ?? "") + "\n")
    guard hasClip else { return }
    try demand(
      [
        "ingest", "--staff-test", "--nobody", "clips/bench-1.mp4", "--vault", "vault", "--as",
        "ada",
      ]
        + (passphrase == nil ? [] : ["--passphrase-fd", "3"]), input: (passphrase ?? "") + "\n")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Gives everything in the folder to the user.
  private func own() throws {
    guard geteuid() == 0 else { return }
    let owner: [FileAttributeKey: Any] = [
      .ownerAccountID: NSNumber(value: Self.user), .groupOwnerAccountID: NSNumber(value: Self.user),
    ]
    try FileManager.default.setAttributes(owner, ofItemAtPath: folder)
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      try FileManager.default.setAttributes(owner, ofItemAtPath: "\(folder)/\(name)")
    }
  }

  /// The words that start a program of this seat as its user.
  func words(_ program: String, _ arguments: [String]) -> [String] {
    [Self.probe, "as", "\(Self.user)", "\(folder)/bin/\(program)"] + arguments
  }

  /// Runs `milkglass` to its end.
  func run(
    _ arguments: [String], input: String = "", environment more: [String: String] = [:]
  ) throws -> Finished {
    // The shell gives the input a number of its own, and becomes the program.
    try Finished(
      ["/bin/sh", "-c", "exec \"$0\" \"$@\" 3<&0"] + words("milkglass", arguments),
      environment: environment.merging(more) { $1 }, in: folder,
      input: input)
  }

  /// Runs `milkglass`, which must succeed.
  @discardableResult
  func demand(_ arguments: [String], input: String = "") throws -> Finished {
    let run = try run(arguments, input: input)
    try #require(run.code == 0, "\(arguments): \(run.text)")
    return run
  }

  /// Starts a review in a terminal of its own; how it ends is written to `end`.
  func review(
    environment more: [String: String] = [:], options: [String] = []
  ) throws -> PtyProgram {
    let arguments = ["review", "vault", "--as", "ada", "--seat", "seat-3"] + options
    return try PtyProgram(
      [
        "/usr/bin/env", "-C", folder, Self.probe, "end", "\(folder)/end", "\(Self.user)",
        "\(folder)/bin/milkglass",
      ] + arguments,
      environment: environment.merging(more) { $1 })
  }

  /// Starts a review and waits until the clip's decoder is there and the clip plays.
  func playing(
    environment more: [String: String] = [:], options: [String] = []
  ) throws -> (program: PtyProgram, processes: SeatProcesses) {
    let program = try review(environment: more, options: options)
    try program.waitUntil { $0.text.contains(#/\d:\d\d\.\d \/ 0:03/#) }
    var processes = SeatProcesses(startedBy: program.processID)
    try program.waitUntil { _ in
      processes = SeatProcesses(startedBy: program.processID)
      return !processes.decoders.isEmpty
    }
    return (program, processes)
  }

  /// What a process of this user can read of another.
  func read(_ process: Int32, _ address: String) throws -> Finished {
    try Finished(words("attack-probe", ["read", "\(process)", address]))
  }
}

/// The processes of a review.
struct SeatProcesses {
  /// `milkglass review`.
  let review: Int32?
  /// The zygote.
  let zygote: Int32?
  /// What the zygote has forked: the terminal's watch and decoders.
  let forked: [Int32]

  /// The decoders, and the terminal's watch: whatever the zygote forked.
  var decoders: [Int32] { forked }

  /// Follows the line from the process that was started in the terminal.
  init(startedBy first: Int32) {
    let all = Self.table()
    let children = { (parent: Int32?) in
      all.filter { $0.parent == parent }.map(\.id).sorted()
    }
    review = children(first).first
    zygote = review.flatMap { children($0).first }
    forked = children(zygote)
  }

  /// Every thread of the review and every other process, by a name for messages.
  var named: [(String, Int32)] {
    let threads = review.map(Self.threads) ?? []
    return threads.map { ("review", $0) } + (zygote.map { [("zygote", $0)] } ?? [])
      + forked.map { ("forked by the zygote", $0) }
  }

  static func threads(_ process: Int32) -> [Int32] {
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
    return names.compactMap { Int32($0) }.sorted()
  }

  private static func table() -> [(id: Int32, parent: Int32)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { Int32($0) }.compactMap { id in
      guard let text = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8),
        let bracket = text.lastIndex(of: ")")
      else { return nil }
      let fields = text[text.index(after: bracket)...].split(separator: " ")
      guard fields.count > 1, fields[0] != "Z", let parent = Int32(fields[1]) else { return nil }
      return (id, parent)
    }
  }
}
