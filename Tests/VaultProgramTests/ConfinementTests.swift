// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Glibc
import PtySupport
import Testing

/// How the whole program is locked, seen from outside.
@Suite struct ConfinementTests {
  @Test func everyThreadOfAReviewIsLocked() throws {
    let box = try VaultBox()
    let desk = try Desk(box)
    try desk.waitForPicture(of: 1)
    let folder = "/proc/\(desk.program.processID)/task"
    let threads = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(threads.count > 1, "the store has a thread of its own")
    for thread in threads {
      let status = try String(contentsOfFile: "\(folder)/\(thread)/status", encoding: .utf8)
      #expect(status.contains("\nSeccomp:\t2\n"), "\(status)")
      #expect(status.contains("\nNoNewPrivs:\t1\n"), "\(status)")
      // Dispatch ends a process whose threads it cannot watch in /proc: so it has none.
      #expect(!status.hasPrefix("Name:\toot.") && !status.contains("qos"), "\(status)")
    }
    // Positive control: the test's own process is not.
    let own = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    #expect(own.contains("\nSeccomp:\t0\n"))
    try desk.leave()
  }

  @Test func nothingInheritedStaysOpen() throws {
    let box = try VaultBox()
    try box.folder.write("loot", "taken along")
    let desk = try Self.desk(box, "exec 7<loot 8>>loot 9<. ; exec \"$@\"")
    try desk.waitFor("clip 1 of")
    let open = try Self.descriptors(of: desk.processID)
    #expect(open[7] != "\(box.folder.path)/loot" && open[9] != box.folder.path)
    let files = open.values.filter { $0.hasPrefix("/") && !$0.hasPrefix("/dev/") }
    // The store's files, a session's lock, memory files; nothing else.
    for path in files {
      #expect(
        path.hasPrefix("\(box.folder.path)/vault/store/") || path.hasPrefix("/memfd:"),
        "\(path) is open")
    }
    #expect(files.contains { $0.hasSuffix("/labels.sqlite") }, "the test sees what is open")
    let devices = Set(open.values.filter { $0.hasPrefix("/dev/") && !$0.hasPrefix("/dev/pts/") })
    #expect(devices.isSubset(of: ["/dev/null", "/dev/urandom", "/dev/tty"]), "\(devices)")
    let sockets = open.values.filter { $0.hasPrefix("socket:") }
    #expect(sockets.count <= 2, "\(sockets)")
    try Self.leave(desk)
  }

  @Test func closedStandardDescriptorsHarmNothing() throws {
    let box = try VaultBox()
    let program = BuiltProgram.path("milkglass")
    let end = try Self.shell(
      box, "exec 0<&- 1>&- 2>&-; exec \(program) labels export --vault vault --state state --as ada"
    )
    #expect(end == 0)
    let verdict = try box.expect(["audit", "verify"], as: nil)
    #expect(verdict.contains("are whole and in order"), "\(verdict)")
  }

  @Test func terminalsAreDescribedByTheSystemAlone() throws {
    let box = try VaultBox()
    // Where this were read, the program could not start: it is no description.
    try box.folder.write("evil/x/xterm-256color", "no description")
    try box.folder.write(".terminfo/x/xterm-256color", "no description")
    let desk = try Self.desk(
      box, "TERMINFO=\(box.folder.path)/evil; export TERMINFO; exec \"$@\"")
    try desk.waitFor("clip 1 of")
    try Self.leave(desk)
  }

  @Test func whatIsDueIsErasedBesideTheReview() throws {
    let box = try VaultBox()
    try box.store { database in
      try database.execute(sql: "UPDATE clip SET expires_ms = 1 WHERE position = 1")
    }
    let desk = try Desk(box)
    try desk.wait { desk.position.map { $0 != 1 } ?? false }
    #expect(try box.clips().count == 3)
    #expect(try box.folder.names("vault/store/receipts") == ["1.txt"])
    try desk.leave()
  }

  // MARK: - Support

  /// A review that a shell started, after doing something of its own.
  private static func desk(_ box: VaultBox, _ script: String) throws -> PtyProgram {
    try PtyProgram(
      [
        "/usr/bin/env", "-C", box.folder.path, "/bin/sh", "-c", script, "sh",
        BuiltProgram.path("milkglass"), "review", "vault", "--state", "state", "--as", "bob",
        "--seat", "desk",
      ], environment: ProgramRun.environment(box.folder), size: Desk.size)
  }

  private static func leave(_ program: PtyProgram) throws {
    program.send("q")
    try program.waitFor("This session")
    program.send("q")
    #expect(try program.waitForExit() == .exited(0))
  }

  /// What a process has open, by number.
  ///
  /// Only root may look into a process that is unreadable for its own account.
  private static func descriptors(of process: Int32) throws -> [Int: String] {
    let folder = "/proc/\(process)/fd"
    var found: [Int: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      guard let number = Int(name),
        let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)")
      else { continue }
      found[number] = path
    }
    return found
  }

  private static func shell(_ box: VaultBox, _ script: String) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script]
    process.environment = ProgramRun.environment(box.folder)
    process.currentDirectoryURL = URL(filePath: box.folder.path)
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
