// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lockdown
import Sealing
import TestSupport
import Testing

/// Both ways between ours and Debian's `age`.
@Suite struct DebianAgeTests {
  static let program = "/usr/bin/age"
  static let isInstalled = FileManager.default.isExecutableFile(atPath: program)

  @Test(.enabled(if: isInstalled)) func filesCrossBothWays() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "milkglass-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let identity = AgeIdentity()
    let files = ["key", "plain", "sealed", "opened", "theirs"].map { folder.appending(path: $0) }
    try Data(identity.text.array).write(to: files[0])

    var generator = SeededGenerator(seed: 29)
    let random = (0..<(isSoak ? 1000 : 200)).map { _ in
      Int.random(in: 0...140_000, using: &generator)
    }
    for count in [0, 1, 65535, 65536, 65537] + random {
      let plain = [UInt8].random(count, &generator)
      try Data(AgeFile.seal(plain.span, for: [identity.recipient])).write(to: files[2])
      try Self.age(["-d", "-i", files[0].path, files[2].path], output: files[3])
      #expect(try [UInt8](Data(contentsOf: files[3])) == plain, "ours, \(count) bytes")

      try Data(plain).write(to: files[1])
      try Self.age(["-r", identity.recipient.text, files[1].path], output: files[4])
      let theirs = [UInt8](try Data(contentsOf: files[4]))
      #expect(try AgeFile.open(theirs.span, [identity]).array == plain, "theirs, \(count) bytes")
    }
  }

  private static func age(_ arguments: [String], output: URL) throws {
    try Data().write(to: output)
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "age \(arguments)")
  }
}
