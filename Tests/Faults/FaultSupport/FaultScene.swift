// SPDX-License-Identifier: Apache-2.0
package import Foundation
import TestSupport

/// A folder of its own for one run, with what the run needs in it; removed when it goes.
package final class FaultScene: Sendable {
  /// Absolute, without links in it.
  package let path: String

  /// Makes an empty one, in memory where the system has a place for that.
  package init() throws {
    let memory = "/dev/shm"
    let isThere = FileManager.default.isWritableFile(atPath: memory)
    let root = isThere ? URL(filePath: memory) : FileManager.default.temporaryDirectory
    let folder = root.resolvingSymlinksInPath().appending(
      path: "milkglass-fault-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    path = folder.path
  }

  /// Makes a copy of another one.
  package convenience init(copying original: FaultScene) throws {
    try self.init()
    for name in try FileManager.default.contentsOfDirectory(atPath: original.path) {
      try FileManager.default.copyItem(
        atPath: "\(original.path)/\(name)", toPath: "\(path)/\(name)")
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file of the scene.
  package func write(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
  }

  /// The bytes of a file of the scene; nil where there is none.
  package func bytes(_ name: String) -> Data? {
    FileManager.default.contents(atPath: "\(path)/\(name)")
  }

  /// The sorted names in a folder of the scene; none where it is not there.
  package func names(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []).sorted()
  }

  /// Every file below some folders of the scene by its absolute path, with its bytes; a folder
  /// counts with none.
  package func contents(_ folders: [String]) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for folder in folders.map({ "\(path)/\($0)" })
    where FileManager.default.fileExists(atPath: folder) {
      contents[folder] = Data()
      for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
        let file = "\(folder)/\(name)"
        contents[file] = FileManager.default.contents(atPath: file) ?? Data()
      }
    }
    return contents
  }

  /// What a program finds in its environment: state and home in the scene.
  package var environment: [String: String] {
    [
      "LANG": "C.UTF-8", "TZ": "UTC", "HOME": path, "TMPDIR": path, "PATH": "/usr/bin:/bin",
      "USER": "r07", "XDG_STATE_HOME": path + "/state", "TERM": "xterm-256color",
      "COLORTERM": "truecolor",
    ]
  }

  /// Runs `milkglass` in the scene to its end; `input` is what it reads, `extra` goes into its
  /// environment.
  package func milkglass(
    _ arguments: [String], input: String = "", extra: [String: String] = [:]
  ) async throws -> ProgramEnd {
    let program = ClipMaker.productsDirectory.appending(path: "milkglass").path
    return try await run([program] + arguments, input: input, extra: extra)
  }

  /// Runs any program by its path, as `milkglass` does.
  package func run(
    _ arguments: [String], input: String = "", extra: [String: String] = [:]
  ) async throws -> ProgramEnd {
    // Outside of the scene, so that nobody takes them for the program's.
    let streams = try FaultScene()
    try streams.write("in", Array(input.utf8))
    let code = try await ChildProcess.run(
      arguments, environment: environment.merging(extra) { $1 }, folder: path,
      streams: ["in", "out", "err"].map { "\(streams.path)/\($0)" })
    func text(_ name: String) -> String {
      String(decoding: streams.bytes(name) ?? Data(), as: UTF8.self)
    }
    return ProgramEnd(code: code, output: text("out"), errors: text("err"))
  }
}
