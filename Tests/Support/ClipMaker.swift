// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Makes clips for tests with `scenegen`, which is built beside the test bundle.
package enum ClipMaker {
  /// Why no clip was made.
  package enum MakerError: Error {
    /// `scenegen` gave this exit status and words.
    case failed(status: Int32, words: String)
  }

  /// The bytes of a computed test card: 160 × 90, one second at ten frames, H.264 in MP4, unless
  /// `scenegen card` options say otherwise.
  package static func card(_ options: [String] = []) throws -> [UInt8] {
    let defaults = [("--size", "160x90"), ("--seconds", "1"), ("--fps", "10")]
    let missing = defaults.filter { !options.contains($0.0) }.flatMap { [$0.0, $0.1] }
    let container = options.firstIndex(of: "--container").map { options[$0 + 1] } ?? "mp4"
    return try make(["card"], container: container, options: missing + options)
  }

  /// The bytes of an MP4 of 20 s, 384 × 216, in which a face drifts; the seed decides whose.
  package static func portrait(seed: Int) throws -> [UInt8] {
    try make(["portrait"], container: "mp4", options: ["--size", "384x216", "--seed", "\(seed)"])
  }

  /// The bytes of an MP4 of one second that has sound and no pictures.
  package static func soundOnly() throws -> [UInt8] {
    let options = ["--audio-only", "--seconds", "1"]
    return try make(["scene", "porch-2-burglar"], container: "mp4", options: options)
  }

  private static func make(
    _ words: [String], container: String, options: [String]
  ) throws -> [UInt8] {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("milkglass-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: directory) }
    let clip = directory.appendingPathComponent("clip.\(container)")
    try run(words + [clip.path] + options, errors: directory.appendingPathComponent("words"))
    return [UInt8](try Data(contentsOf: clip))
  }

  /// Where the products of the build lie.
  package static var productsDirectory: URL {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
  }

  private static func run(_ arguments: [String], errors: URL) throws {
    // A file and not a pipe: Foundation traps where a signal interrupts the reading of a pipe.
    try Data().write(to: errors)
    let process = Process()
    process.executableURL = productsDirectory.appendingPathComponent("scenegen")
    process.arguments = arguments
    process.standardError = try FileHandle(forWritingTo: errors)
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw MakerError.failed(
        status: process.terminationStatus,
        words: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }
  }
}
