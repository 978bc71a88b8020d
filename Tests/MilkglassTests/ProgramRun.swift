// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

/// One finished run of a built program without a terminal.
struct ProgramRun {
  /// The exit code; minus the number of the signal that ended it.
  let code: Int32
  let output: String
  let errors: String

  /// Both streams' lines, without empty ones.
  var lines: [String] { (output + errors).split(separator: "\n").map(String.init) }

  /// What every program of these tests finds in its environment.
  static func environment(_ folder: String) -> [String: String] {
    [
      "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "TZ": "UTC",
      "HOME": folder, "TMPDIR": folder, "PATH": "/usr/bin:/bin", "USER": "r07",
      "XDG_STATE_HOME": "\(folder)/\(stateFolder)",
    ]
  }

  /// Where in a test's folder the account keeps what belongs to its vaults.
  static let stateFolder = "state"

  /// Runs `milkglass` to its end; `inputs` are lines that descriptors give, by their numbers.
  init(
    _ arguments: [String], inputs: [Int: String] = [:], in folder: TestFolder
  ) throws {
    self = try Running(arguments, inputs: inputs, in: folder).wait()
  }

  private init(code: Int32, output: String, errors: String) {
    self.code = code
    self.output = output
    self.errors = errors
  }

  /// A run that is not over yet.
  final class Running {
    let processID: Int32
    private let process = Process()
    private let streams: [URL]

    init(
      _ arguments: [String], inputs: [Int: String] = [:], in folder: TestFolder
    ) throws {
      // Files and not pipes: a full pipe would hold up a program nobody reads.
      streams = ["out", "err"].map {
        URL(filePath: folder.path).appending(path: ".\(UUID().uuidString).\($0)")
      }
      for stream in streams { try Data().write(to: stream) }
      let program = ClipMaker.productsDirectory.appending(path: "milkglass")
      process.executableURL = inputs.isEmpty ? program : URL(filePath: "/bin/sh")
      // The shell opens the descriptors and becomes the program.
      let redirections = inputs.keys.sorted().map { " \($0)<\"$HOME/.input-\($0)\"" }.joined()
      for (number, line) in inputs { try folder.write(".input-\(number)", line + "\n") }
      process.arguments =
        inputs.isEmpty
        ? arguments : ["-c", "exec \"$0\" \"$@\"" + redirections, program.path] + arguments
      process.environment = ProgramRun.environment(folder.path)
      process.currentDirectoryURL = URL(filePath: folder.path)
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = try FileHandle(forWritingTo: streams[0])
      process.standardError = try FileHandle(forWritingTo: streams[1])
      try process.run()
      processID = process.processIdentifier
    }

    func wait() throws -> ProgramRun {
      process.waitUntilExit()
      let texts = try streams.map { try String(contentsOf: $0, encoding: .utf8) }
      for stream in streams { try FileManager.default.removeItem(at: stream) }
      let isExit = process.terminationReason == .exit
      return ProgramRun(
        code: isExit ? process.terminationStatus : -process.terminationStatus, output: texts[0],
        errors: texts[1])
    }

    var isRunning: Bool { process.isRunning }
  }
}

/// A folder that goes with the test.
final class TestFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/milkglass-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
  }

  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  func text(_ name: String) throws -> String {
    try String(contentsOf: URL(filePath: "\(path)/\(name)"), encoding: .utf8)
  }

  /// Every file under a folder with its bytes.
  func contents(_ name: String) throws -> [String: Data] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: "\(path)/\(name)")
    var contents: [String: Data] = [:]
    for file in names {
      // A folder counts with no bytes.
      contents[file] = FileManager.default.contents(atPath: "\(path)/\(name)/\(file)") ?? Data()
    }
    return contents
  }
}
