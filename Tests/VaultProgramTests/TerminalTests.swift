// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Glibc
import PtySupport
import TerminalModels
import Testing
import Vocabulary

/// The whole program inside what records terminals or keeps a copy of them, with policies that refuse
/// it and that allow it.
@Suite(.serialized) struct TerminalTests {
  /// What a review is run in.
  enum Room: String, CaseIterable, Sendable {
    case plain, script, asciinema, tmux, screen, python

    /// What the log calls it.
    var kind: String {
      switch self {
      case .plain, .python: "other"
      case .script, .asciinema: "recorder"
      case .tmux, .screen: "multiplexer"
      }
    }

    /// The policy's field for it.
    var field: String {
      switch self {
      case .plain, .python: "other_terminals"
      case .script, .asciinema: "recorders"
      case .tmux, .screen: "multiplexers"
      }
    }

    /// The arguments that run a command in it, in a folder.
    func around(_ command: [String], _ folder: Folder) throws -> [String] {
      let line = command.map { "'\($0)'" }.joined(separator: " ")
      switch self {
      case .plain: return command
      case .script: return ["/usr/bin/script", "-qec", line, "/dev/null"]
      case .asciinema:
        return ["/usr/bin/asciinema", "rec", "-q", "-c", line, "\(folder.path)/recording"]
      case .tmux:
        try folder.write("tmux.conf", "set -g status off\nset -g default-shell /bin/sh\n")
        return [
          "/usr/bin/tmux", "-S", "\(folder.path)/tmux", "-f", "\(folder.path)/tmux.conf",
          "new-session", line,
        ]
      case .screen:
        return ["/usr/bin/screen", "-U", "-c", "/dev/null", "-S", "room", "/bin/sh", "-c", line]
      case .python:
        return [
          "/usr/bin/python3", "-c", "import pty, sys; pty.spawn(sys.argv[1:])",
        ] + command
      }
    }
  }

  /// A review in a room; the vault's policy has the rule for it, and allows everything else.
  private static func enter(
    _ room: Room, _ rule: String
  ) throws -> (box: VaultBox, program: PtyProgram) {
    let box = try VaultBox()
    let fields = ["recorders", "multiplexers", "other_terminals", "unknown_terminals"]
    // Beyond the room lies the tests' own terminal, whatever that is.
    try box.expect(
      ["policy", "edit"] + fields.map { "\($0)=\($0 == room.field ? rule : "allow")" })
    let command = try room.around(Self.review(box.folder), box.folder)
    var variables = ProgramRun.environment(box.folder)
    variables["SHELL"] = "/bin/sh"
    variables["SCREENDIR"] = "\(box.folder.path)/screens"
    try FileManager.default.createDirectory(
      atPath: "\(box.folder.path)/screens", withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    let program = try PtyProgram(
      command, environment: variables, size: Desk.size,
      cellPixels: PixelSize(width: 8, height: 16), holdsToGrammar: room == .plain)
    return (box, program)
  }

  static func review(_ folder: Folder) -> [String] {
    [
      "/usr/bin/env", "-C", folder.path, BuiltProgram.path("milkglass"), "review", "vault",
      "--state", "state", "--as", "bob", "--seat", "desk",
    ]
  }

  private static func log(_ box: VaultBox) throws -> String {
    try box.expect(["audit", "show", "--all"], as: "dan")
  }

  private static func hasShownAPicture(_ box: VaultBox) -> Bool {
    let query = "SELECT count(*) FROM audit_event WHERE instr(body, CAST('first_picture' AS BLOB))"
    return (try? box.store { try Int.fetchOne($0, sql: query) ?? 0 }) ?? 0 > 0
  }

  private static func leave(_ program: PtyProgram) throws {
    program.send("q")
    try program.waitFor("This session", .seconds(20))
    program.send("q")
    _ = try program.waitForExit()
  }

  @Test(arguments: Room.allCases) func whatThePolicyRefusesShowsNoCustomersClip(_ room: Room) throws
  {
    let (box, program) = try Self.enter(room, "refuse")
    // The customers' clips are passed over; the staff test clip is the fourth.
    try program.waitFor("clip 4 of", .seconds(20))
    program.send("k")
    try program.waitUntil(.seconds(20)) {
      $0.text.contains("clip 3 of") && $0.text.contains("This clip does not open")
    }
    try Self.leave(program)
    let log = try Self.log(box)
    #expect(log.contains("result=refused"), "\(log)")
    #expect(log.contains("kind=\(room.kind)"), "\(log)")
    #expect(log.contains("seat refused") && log.contains("field=terminal"), "\(log)")
    let opened = try box.expect(["audit", "show", "--all", "--kind", "open"], as: "dan")
    let lines = opened.split(separator: "\n").filter { $0.contains("  open  ") }
    #expect(!lines.isEmpty && lines.allSatisfy { $0.contains("frost=clear") }, "\(opened)")
  }

  @Test(arguments: Room.allCases) func whatThePolicyAllowsShowsThem(_ room: Room) throws {
    let (box, program) = try Self.enter(room, "allow")
    try program.waitFor("clip 1 of", .seconds(20))
    try program.waitUntil(.seconds(20)) { _ in Self.hasShownAPicture(box) }
    try Self.leave(program)
    let log = try Self.log(box)
    #expect(log.contains("  terminal  ") && log.contains("kind="), "\(log)")
    #expect(!log.contains("seat refused") && !log.contains("result=refused"), "\(log)")
    #expect(log.contains("first picture"), "\(log)")
  }

  @Test func aNoticeIsGivenOnce() throws {
    let (box, program) = try Self.enter(.script, "notice")
    try program.waitFor("is recorded by script", .seconds(20))
    try program.waitFor("clip 1 of", .seconds(20))
    program.send("j")
    try program.waitFor("clip 2 of", .seconds(20))
    try program.waitUntil(.seconds(20)) { !$0.text.contains("is recorded by script") }
    try Self.leave(program)
    let log = try Self.log(box)
    #expect(log.contains("result=notice"))
    #expect(log.split(separator: "\n").count { $0.contains("  terminal  ") } == 1, "\(log)")
  }

  @Test func theEnvironmentOfTmuxCountsAlone() throws {
    let box = try VaultBox()
    try box.expect(["policy", "edit", "multiplexers=refuse"])
    let bare = try PtyProgram(
      Self.review(box.folder),
      environment: ProgramRun.environment(box.folder).merging(["TMUX": "/tmp/x,1,0"]) { $1 },
      size: Desk.size)
    try bare.waitFor("clip 4 of", .seconds(20))
    try Self.leave(bare)
    #expect(try Self.log(box).contains("program=tmux"))
  }

  @Test func aPipeIsNoTerminal() throws {
    let box = try VaultBox()
    let end = try box.run(["doctor", "--json"], as: nil)
    let object = try JSONSerialization.jsonObject(with: Data(end.output.utf8)) as? [String: Any]
    let report = try #require(object, "\(end.text)")
    #expect(report["terminal"] == nil && report["format"] as? Int == 1)
    #expect(report["asked"] as? String == "C" && report["fit"] as? Bool == true)
    #expect(end.code == 0 && end.errors.isEmpty)
    try box.expect(["policy", "edit", "seat_grade=A"])
    let unfit = try box.run(["doctor"], as: nil)
    #expect(unfit.code == 78 && unfit.output.hasPrefix("Seat grade "))
  }

  @Test func belowThePolicysGradeNoCustomersClipOpens() throws {
    let box = try VaultBox()
    try box.expect(["policy", "edit", "seat_grade=A"])
    let desk = try Desk(box)
    try desk.waitForPicture(of: 4)
    desk.press("k")
    try desk.wait { desk.position == 3 && desk.text.contains("and the policy asks for A") }
    #expect(desk.text.contains("says why"))
    try desk.leave()
    let log = try Self.log(box)
    #expect(log.contains("field=seat") && log.contains("asked=A"), "\(log)")
    #expect(log.contains(/seat grade .*grade=[BC]/), "\(log)")
  }

  // MARK: - A remote login

  /// An sshd of the test's own, on this machine alone.
  private final class RemoteLogin {
    /// Not as a `Process`: sshd closes what that learns of its end by, which then waits for ever.
    private let server: PtyProgram
    let port = Int.random(in: 20_000..<30_000)
    private let folder: Folder

    init(_ folder: Folder) throws {
      self.folder = folder
      try #require(geteuid() == 0, "sshd on loopback is tried as root")
      for key in ["host", "user"] {
        let maker = Process()
        maker.executableURL = URL(filePath: "/usr/bin/ssh-keygen")
        maker.arguments = ["-q", "-t", "ed25519", "-N", "", "-f", "\(folder.path)/\(key)"]
        try maker.run()
        maker.waitUntilExit()
      }
      // Debian's sshd wants this folder, which its service makes.
      try FileManager.default.createDirectory(
        atPath: "/run/sshd", withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o755])
      try folder.write(
        "sshd.conf",
        """
        ListenAddress 127.0.0.1:\(port)
        HostKey \(folder.path)/host
        AuthorizedKeysFile \(folder.path)/user.pub
        PermitRootLogin prohibit-password
        PasswordAuthentication no
        StrictModes no
        UsePAM no
        PidFile none

        """)
      server = try PtyProgram(
        ["/usr/sbin/sshd", "-D", "-e", "-f", "\(folder.path)/sshd.conf"], environment: [:],
        holdsToGrammar: false)
    }

    /// The arguments that run a command in a login at a terminal; tried again until it listens.
    func around(_ command: [String]) -> [String] {
      let line = command.map { "'\($0)'" }.joined(separator: " ")
      return [
        "/usr/bin/ssh", "-tt", "-q", "-F", "none", "-p", "\(port)", "-i", "\(folder.path)/user",
        "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o",
        "ConnectionAttempts=20", "root@127.0.0.1", line,
      ]
    }
  }

  @Test func aRemoteLoginIsNoRecorder() throws {
    let box = try VaultBox()
    try box.expect(
      ["policy", "edit"]
        + ["recorders", "multiplexers", "other_terminals", "unknown_terminals"].map {
          "\($0)=refuse"
        })
    let login = try RemoteLogin(box.folder)
    let program = try PtyProgram(
      login.around(Self.review(box.folder)), environment: ProgramRun.environment(box.folder),
      size: Desk.size)
    try program.waitFor("clip 1 of", .seconds(20))
    try program.waitUntil(.seconds(20)) { _ in Self.hasShownAPicture(box) }
    try Self.leave(program)
    withExtendedLifetime(login) {}
    let log = try Self.log(box)
    #expect(log.contains("kind=login") && log.contains("result=allowed"), "\(log)")
  }
}
