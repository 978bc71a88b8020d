// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import PtySupport
import TerminalModels
import Testing
import Vocabulary

/// The kiosk behind sshd, as kiosk.md sets it up: on the loopback, by a configuration of the test's
/// own.
@Suite("Kiosk over ssh")
struct KioskOverSSHTests {
  /// An sshd that runs nothing but the kiosk, and what its clients need.
  private final class Server {
    let vault: TestVault
    let port: Int
    private let server: PtyProgram

    /// `isKiosk` leaves the snippet out where it is false.
    init(_ vault: TestVault, isKiosk: Bool = true) throws {
      self.vault = vault
      let port = 20_000 + Int(getpid()) % 20_000 * 2 + (isKiosk ? 1 : 0)
      self.port = port
      let folder = vault.folder.path
      for key in ["host", "client"] {
        try Self.run(
          "/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", "\(folder)/\(key)"]
        )
      }
      try FileManager.default.copyItem(
        atPath: "\(folder)/client.pub", toPath: "\(folder)/authorized")
      // Where sshd puts its unprivileged half as root; usually made at boot.
      if getuid() == 0 {
        try FileManager.default.createDirectory(
          atPath: "/run/sshd", withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o755])
      }
      try vault.folder.write(
        "sshd_config", try Self.configuration(folder, port: port, isKiosk: isKiosk))
      server = try PtyProgram(
        ["/usr/sbin/sshd", "-D", "-f", "\(folder)/sshd_config", "-E", "\(folder)/sshd.log"],
        environment: ProgramRun.environment(folder))
    }

    /// The snippet of kiosk.md, with what a test needs around it.
    private static func configuration(_ folder: String, port: Int, isKiosk: Bool) throws -> String {
      let command =
        "env HOME=\(folder) XDG_STATE_HOME=\(folder)/\(ProgramRun.stateFolder) "
        + "\(BuiltProgram.path("milkglass")) review --kiosk \(folder)/vault --seat desk-3"
      return """
        Port \(port)
        ListenAddress 127.0.0.1
        HostKey \(folder)/host
        PidFile \(folder)/sshd.pid
        AuthorizedKeysFile \(folder)/authorized
        StrictModes no
        UsePAM no
        PermitRootLogin yes
        Subsystem sftp internal-sftp
        AcceptEnv LANG LC_* COLORTERM
        \(isKiosk ? "Match User \(NSUserName())\n  ForceCommand \(command)\n\(try snippet())" : "")
        """
    }

    /// What stands in kiosk.md below its own ForceCommand.
    private static func snippet() throws -> String {
      let path = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(
          path: "Sources/milkglass/kiosk.md")
      let text = try String(contentsOf: path, encoding: .utf8)
      let block = try #require(
        text.firstMatch(of: /ForceCommand [^\n]*\n((?: +[A-Z][^\n]*\n)+)```/))
      return String(block.output.1)
    }

    private static func run(_ program: String, _ arguments: [String]) throws {
      let process = Process()
      process.executableURL = URL(filePath: program)
      process.arguments = arguments
      try process.run()
      process.waitUntilExit()
      try #require(process.terminationStatus == 0, "\(program) failed")
    }

    private var options: [String] {
      [
        "-i", "\(vault.folder.path)/client", "-o", "StrictHostKeyChecking=no", "-o",
        "UserKnownHostsFile=/dev/null", "-o", "BatchMode=yes", "-o", "LogLevel=ERROR", "-F",
        "/dev/null",
      ]
    }

    /// A client at a terminal of its own; tried until the server is up.
    func session(_ words: [String] = []) throws -> PtyProgram {
      let program = try PtyProgram(
        ["/usr/bin/ssh", "-tt", "-p", "\(port)", "-o", "ConnectionAttempts=20"] + options
          + ["127.0.0.1"] + words,
        environment: ProgramRun.environment(vault.folder.path),
        size: CellSize(columns: 120, rows: 36), cellPixels: PixelSize(width: 8, height: 16))
      return program
    }

    /// What a client gets that wants no terminal: how it ended, and all that it said.
    func run(_ program: String, _ words: [String]) throws -> (isGood: Bool, output: String) {
      let client = try PtyProgram(
        ["/usr/bin/timeout", "20", program] + options + words,
        environment: ProgramRun.environment(vault.folder.path))
      let end = try client.waitForExit()
      return (end == .exited(0), String(decoding: client.output, as: UTF8.self))
    }
  }

  @Test("can do all that, without the snippet")
  func control() throws {
    let server = try Server(.mixed(), isKiosk: false)
    let folder = server.vault.folder.path
    let port = "\(server.port)"
    let patience = ["-o", "ConnectionAttempts=20"]
    let list = try server.run(
      "/usr/bin/ssh", patience + ["-T", "-p", port, "127.0.0.1", "ls /"])
    #expect(list.isGood && list.output.contains("usr\r\n"), "\(list)")
    let copy = try server.run(
      "/usr/bin/scp", ["-P", port, "127.0.0.1:/etc/passwd", "\(folder)/got"])
    #expect(copy.isGood && FileManager.default.fileExists(atPath: "\(folder)/got"), "\(copy)")
    let forwarded = try server.run(
      "/usr/bin/ssh", ["-p", port, "-W", "127.0.0.1:\(port)", "127.0.0.1"])
    #expect(forwarded.output.contains("SSH-2.0"), "\(forwarded)")
  }

  @Test("reviews, and does nothing else whatever it is asked")
  func session() throws {
    let server = try Server(.mixed())
    let program = try server.session(["ls", "/"])
    try program.waitFor("Who are you?")
    program.send("r07\r")
    try program.waitUntil { $0.rowText(33).contains(/clip \d+ of/) }
    program.send("v")
    try program.waitFor("draft")
    #expect(program.screen.text.contains("desk-3 · r07"))
    let folder = server.vault.folder.path
    try server.vault.folder.write("bait", "bait")
    let port = "\(server.port)"
    for (tool, words) in [
      ("/usr/bin/ssh", ["-T", "-p", port, "127.0.0.1", "ls /"]),
      ("/usr/bin/ssh", ["-T", "-p", port, "127.0.0.1"]),
      ("/usr/bin/ssh", ["-p", port, "-s", "127.0.0.1", "sftp"]),
      ("/usr/bin/scp", ["-P", port, "127.0.0.1:/etc/passwd", "\(folder)/got"]),
      ("/usr/bin/scp", ["-O", "-P", port, "127.0.0.1:/etc/passwd", "\(folder)/got"]),
      ("/usr/bin/scp", ["-P", port, "\(folder)/bait", "127.0.0.1:\(folder)/put"]),
      ("/usr/bin/ssh", ["-p", port, "-W", "127.0.0.1:\(port)", "127.0.0.1"]),
      (
        "/usr/bin/ssh",
        [
          "-p", port, "-o", "ExitOnForwardFailure=yes", "-N", "-R", "0:127.0.0.1:1",
          "127.0.0.1",
        ]
      ),
    ] {
      let end = try server.run(tool, words)
      #expect(!end.isGood, "\(words): \(end)")
      #expect(!end.output.contains("root:") && !end.output.contains("usr\r\n"), "\(words): \(end)")
      #expect(!end.output.contains("SSH-2.0"), "nothing is forwarded: \(end)")
    }
    for name in ["got", "put"] {
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/\(name)"))
    }
    // The connection is lost; label and lease are not.
    program.signal(SIGKILL)
    #expect(try program.waitForExit() == .signalled(SIGKILL))
    let seat = try Seat(server.vault)
    try seat.waitForClip(1)
    #expect(seat.screen.text.contains("draft"))
    #expect(try seat.leave())
  }
}
