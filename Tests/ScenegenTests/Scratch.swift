// SPDX-License-Identifier: Apache-2.0
import Foundation

@testable import scenegen

/// A folder of a test's own that goes when the test ends.
final class Scratch {
  let path: String

  /// Makes the folder.
  init() throws {
    path = NSTemporaryDirectory() + "scenegen-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A file inside the folder.
  func file(_ name: String) -> String { path + "/" + name }

  /// A file's bytes.
  func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: file(name))) }

  /// The names of what is there.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }
}

/// A clip small enough for tests that are built without optimisation.
func smallFormat(
  _ codec: ClipCodec = .h264, _ container: ClipContainer = .mp4, frames: Int = 6
) -> ClipFormat {
  var format = ClipFormat()
  (format.width, format.height) = (96, 64)
  format.framesPerSecond = 6
  format.seconds = Double(frames) / 6
  format.codec = codec
  format.container = container
  return format
}
