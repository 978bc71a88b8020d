// SPDX-License-Identifier: Apache-2.0
import Foundation
import PtySupport

/// A run of `milkglass` without a terminal.
final class ProgramRun {
  private let process = Process()
  private let streams: [URL]
  private let folder: Folder

  /// How it ended.
  struct End {
    /// The exit code; minus the number of the signal that ended it.
    let code: Int32
    let output: String
    let errors: String

    var text: String { output + errors }
  }

  /// What every program of these tests finds in its environment.
  static func environment(_ folder: Folder) -> [String: String] {
    [
      "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "TZ": "UTC",
      "HOME": folder.path, "TMPDIR": folder.path, "PATH": "/usr/bin:/bin", "USER": "nobody-here",
    ]
  }

  /// Starts it in a folder.
  init(_ arguments: [String], in folder: Folder) throws {
    self.folder = folder
    // Files and not pipes: a full pipe would hold up a program nobody reads.
    streams = ["out", "err"].map { folder.file(".\(UUID().uuidString).\($0)") }
    for stream in streams { try Data().write(to: stream) }
    process.executableURL = URL(filePath: BuiltProgram.path("milkglass"))
    process.arguments = arguments
    process.environment = Self.environment(folder)
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: streams[0])
    process.standardError = try FileHandle(forWritingTo: streams[1])
    try process.run()
  }

  /// Waits until it ended.
  func wait() throws -> End {
    process.waitUntilExit()
    let texts = try streams.map { try String(contentsOf: $0, encoding: .utf8) }
    for stream in streams { try FileManager.default.removeItem(at: stream) }
    let isExit = process.terminationReason == .exit
    return End(
      code: isExit ? process.terminationStatus : -process.terminationStatus, output: texts[0],
      errors: texts[1])
  }
}
