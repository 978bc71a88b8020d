// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import Lockdown

/// Each profile in processes of its own: what its work needs goes on, samples of the rest are denied.
@Suite struct ProcessLockTests {
  private final class Folder {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("lock-\(UUID().uuidString)").path

    /// Makes it, with these files in it and in folders of their own.
    init(_ files: [String]) throws {
      for name in files {
        let file = URL(fileURLWithPath: "\(path)/\(name)")
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("x".utf8).write(to: file)
      }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  /// What `LockProbe` printed: for each act how it ended free and locked.
  private static func acts(_ profile: String) throws -> [String: (free: String, locked: String)] {
    let folder = try Folder(["a"])
    let lines = try probe(["acts", profile, folder.path])
    let pairs = try lines.map { line in
      let match = try #require(line.wholeMatch(of: /(.+): (.+), (.+)/), "\(line)")
      return (String(match.1), (free: String(match.2), locked: String(match.3)))
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  private static func probe(_ arguments: [String]) throws -> [String] {
    // A file and not a pipe: Foundation traps where a signal interrupts the reading of a pipe.
    let folder = try Folder(["output"])
    let output = URL(fileURLWithPath: folder.path + "/output")
    let process = Process()
    process.executableURL = ClipMaker.productsDirectory.appending(path: "LockProbe")
    process.arguments = arguments
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    return try String(contentsOf: output, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  /// What is allowed under each lock; every other act is denied.
  @Test(arguments: [
    ("decoder", ["allocate", "time"]),
    ("zygote", ["allocate", "time", "message", "fork", "set a limit"]),
    (
      "watch",
      [
        "allocate", "time", "message", "read ours", "read another", "list another",
        "size of another",
      ]
    ),
    (
      "keys",
      [
        "allocate", "time", "memory file", "read ours", "make ours", "rename ours",
        "size of another", "pipe", "message", "thread", "signal itself",
      ]
    ),
  ])
  func aLockLeavesWhatTheWorkNeeds(profile: String, allowed: [String]) throws {
    let acts = try Self.acts(profile)
    #expect(acts.count == 25)
    for (name, ends) in acts {
      #expect(ends.free == "done", "\(name) must go where nothing is locked: \(ends.free)")
      #expect((ends.locked == "done") == allowed.contains(name), "\(name): \(ends.locked)")
      #expect(ends.locked != "errno 255", "\(name): not locked at all")
    }
    #expect(allowed.allSatisfy { acts[$0] != nil })
  }

  @Test func aDecoderIsEndedForAskingAndFindsNoFile() throws {
    let acts = try Self.acts("decoder")
    for name in ["map code", "socket", "program", "memory file", "pipe", "signal its parent"] {
      #expect(acts[name]?.locked == "signal \(SIGSYS)", "\(name)")
    }
    for name in ["read ours", "make ours", "read another", "list another"] {
      #expect(acts[name]?.locked == "errno \(ENOENT)", "\(name)")
    }
    #expect(acts["thread"]?.locked == "errno \(EAGAIN)")
  }

  @Test func aSecondLockOnlyTakesAway() throws {
    let folder = try Folder(["a/file", "b/file"])
    #expect(
      try Self.probe(["narrow", folder.path]) == [
        "free: true true, true true", "both: true true, true true",
        "narrow: true false, true true", "widened: true false, true true", "confinements 3",
      ])
  }

  @Test func aSecondThreadMakesConfiningThrow() throws {
    let lines = try Self.probe(["threads"])
    #expect(lines.count == 2 && lines.last == "status false")
    #expect(lines.first?.hasPrefix("refused: lock with other threads running") == true)
  }

  @Test func theKernelSaysWhatIsInForce() throws {
    let lines = try Self.probe(["status"])
    let hasLandlock = LockOffer.kernel.landlockVersion > 0
    #expect(lines.last == "confined true true false true \(hasLandlock)")
    #expect(lines.first?.hasPrefix("free false ") == true)
    #expect(lines.first?.hasSuffix(" false false") == true)
  }

  @Test func anOlderKernelLocksWhatItCan() throws {
    // A filter, seccomp's state, is in force before too: it is the pretence itself.
    #expect(
      try Self.probe(["older"]) == [
        "free true true true false false", "confined true true false true false", "passwd true",
        "memory file true", "socket false",
      ])
  }

  @Test func everyTableBecomesAFilter() throws {
    let tables: [SystemCallRules] = [
      .decoder, .zygote(socket: 3), .watch(socket: 4),
      .keyHolder(process: 7, sockets: [10, 11], canMakeUnexecutableFiles: true),
      .keyHolder(process: 7, sockets: [], canMakeUnexecutableFiles: false),
    ]
    for table in tables {
      #expect(try (50...4096).contains(SystemCallFilter(table).count))
      #expect(table.rules.allSatisfy { !$0.why.isEmpty && !$0.calls.isEmpty })
    }
    let typo = SystemCallRules(otherwise: .kill, rules: [.allow("raed", why: "a slip")])
    #expect(throws: SystemError(call: "raed", code: EINVAL)) { try SystemCallFilter(typo) }
  }

  @Test func olderKernelsForbidLess() {
    #expect(Landlock.Reach(version: 0) == Landlock.Reach(version: -1))
    let files = (1...8).map { Landlock.Reach(version: $0).files.nonzeroBitCount }
    #expect(files == [13, 14, 15, 15, 16, 16, 16, 16])
    #expect((1...7).map { Landlock.Reach(version: $0).net != 0 }.count(where: \.self) == 4)
    #expect((1...7).map { Landlock.Reach(version: $0).scoped != 0 }.count(where: \.self) == 2)
  }

  @Test func rightsFitTheKindOfFile() {
    let all = FileRight("x", .arrange, isTerminal: true)
    #expect(Landlock.bits(of: all, isFolder: false).nonzeroBitCount == 4)
    #expect(Landlock.bits(of: all, isFolder: true).nonzeroBitCount == 10)
    let grow = FileRight.Access.allCases.map {
      Landlock.bits(of: FileRight("x", $0), isFolder: true).nonzeroBitCount
    }
    #expect(grow == [2, 3, 6, 9])
    #expect(
      FileRight.Access.allCases.allSatisfy {
        Landlock.bits(of: FileRight("x", $0), isFolder: true) & 1 == 0
      }, "nothing may be executed")
  }
}
