// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import Lockdown
import Testing

@testable import DecoderLink

/// The real watch, asked about real terminals.
@Suite struct TerminalWatchTests {
  /// A pseudo-terminal whose other end this process holds.
  private final class Terminal {
    let device: TerminalDevice
    private var master: Int32

    /// Unsafe uses: `openpty` writes two numbers, and a name into room for it; `stat` fills the
    /// structure it is given.
    init() throws {
      var ends: (master: Int32, slave: Int32) = (-1, -1)
      var name = [CChar](repeating: 0, count: 128)
      try #require(unsafe openpty(&ends.master, &ends.slave, &name, nil, nil) == 0)
      master = ends.master
      _ = fcntl(master, F_SETFD, FD_CLOEXEC)
      _ = Glibc.close(ends.slave)
      var status = stat()
      let result = unsafe stat(name, &status)
      try #require(result == 0)
      device = TerminalDevice(device: UInt64(status.st_rdev))
    }

    deinit { close() }

    func close() {
      if master >= 0 { _ = Glibc.close(master) }
      master = -1
    }
  }

  private static func look(_ device: TerminalDevice, isThorough: Bool = true) -> TerminalLook {
    TerminalLook(
      device: device, process: UInt32(getpid()), isInTmux: false, isInScreen: true,
      isThorough: isThorough)
  }

  /// Asks and waits for the answer to that question.
  private static func ask(_ host: DecoderHost, _ look: TerminalLook) throws -> TerminalFinding {
    let number = host.look(look, nowMilliseconds: Driver.now())
    let end = Driver.now() + 20_000
    while Driver.now() < end {
      for event in host.receiveLooks(nowMilliseconds: Driver.now()) {
        if case .terminal(number, let finding) = event { return finding }
      }
      usleep(2_000)
    }
    throw CocoaError(.fileReadUnknown)
  }

  @Test func theHolderIsFoundWithItsProgram() throws {
    let driver = try Driver()
    let terminal = try Terminal()
    let finding = try Self.ask(driver.host, Self.look(terminal.device))
    #expect(finding.kind == .pseudo && finding.index == terminal.device.pseudoIndex)
    #expect(finding.isComplete && finding.isInScreen && !finding.isInTmux)
    let holders = finding.parties.filter { $0.role == .holder }
    let ours = try #require(holders.first { $0.process == UInt32(getpid()) }, "\(finding)")
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    #expect(ours.path == Array(program.utf8) && ours.user == geteuid() && ours.isFileAtPath)
    #expect(!ours.isTraced)
    terminal.close()
    let later = try Self.ask(driver.host, Self.look(terminal.device, isThorough: false))
    #expect(!later.parties.contains { $0.process == UInt32(getpid()) }, "\(later)")
  }

  @Test func aQuickLookFindsWhatIsNew() throws {
    let driver = try Driver()
    let terminal = try Terminal()
    _ = try Self.ask(driver.host, Self.look(terminal.device))
    let (script, output) = (Process(), Pipe())
    script.executableURL = URL(filePath: "/usr/bin/script")
    script.arguments = ["-qec", "tty; sleep 60", "/dev/null"]
    script.standardInput = FileHandle.nullDevice
    script.standardOutput = output
    try script.run()
    defer { script.terminate() }
    let line = Built.words(output)
    let index = try #require(UInt32(line.filter(\.isNumber)), "\(line)")
    let device = TerminalDevice(major: 136, minor: index)
    let finding = try Self.ask(driver.host, Self.look(device, isThorough: false))
    let holder = try #require(finding.parties.first { $0.role == .holder }, "\(finding)")
    #expect(holder.process == UInt32(script.processIdentifier))
    #expect(holder.path == Array("/usr/bin/script".utf8) && holder.isFileRoots)
    let rules = TerminalRules(
      terminals: [], recorders: .refuse, multiplexers: .allow, otherTerminals: .allow,
      unknownTerminals: .allow)
    var plain = finding
    plain.isInScreen = false
    let verdict = TerminalVerdict(plain, rules, isCustomer: true)
    #expect(verdict.outcome == .refused && verdict.program == "script")
  }

  @Test func consolesAndLinesAreToldWithoutHolders() throws {
    let driver = try Driver()
    let kinds: [(TerminalDevice, TerminalDevice.Kind)] = [
      (TerminalDevice(major: 4, minor: 2), .console), (TerminalDevice(major: 4, minor: 65), .line),
      (TerminalDevice(major: 0, minor: 0), .none),
    ]
    for (device, kind) in kinds {
      let finding = try Self.ask(driver.host, Self.look(device))
      #expect(finding.kind == kind)
      #expect(!finding.parties.contains { $0.role == .holder })
    }
  }

  /// The watch of a host: the zygote's child of that name.
  private static func watch(of host: DecoderHost) throws -> Int32 {
    let zygote = try #require(host.processID)
    let end = Driver.now() + 20_000
    while Driver.now() < end {
      for name in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
        guard let process = Int32(name),
          let text = try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8),
          text.contains("(milkglass-watch)"),
          text.contains(") S \(zygote) ")
            || text.contains(") R \(zygote) ")
        else { continue }
        return process
      }
      usleep(5_000)
    }
    throw CocoaError(.fileNoSuchFile)
  }

  @Test func aWatchThatIsGoneFoundNothing() throws {
    let driver = try Driver()
    let terminal = try Terminal()
    let watch = try Self.watch(of: driver.host)
    #expect(try Self.ask(driver.host, Self.look(terminal.device)) != .noLook)
    kill(watch, SIGKILL)
    #expect(ProcessTable.waitForEnd(watch))
    #expect(try Self.ask(driver.host, Self.look(terminal.device)) == .noLook)
    #expect(driver.host.watchDescriptor == nil)
    // Clips are decoded all the same.
    let handle = try driver.open(Driver.play(), try DecoderProcessTests.card.get())
    let events = driver.run(handle, until: \.isComplete)
    #expect(events.last?.isComplete == true)
  }

  @Test func aWatchThatDoesNotAnswerFoundNothing() throws {
    let driver = try Driver()
    let terminal = try Terminal()
    let watch = try Self.watch(of: driver.host)
    kill(watch, SIGSTOP)
    defer { kill(watch, SIGCONT) }
    let start = Driver.now()
    let number = driver.host.look(Self.look(terminal.device), nowMilliseconds: start)
    #expect(driver.host.lookDeadlineMilliseconds == start + 2_000)
    #expect(driver.host.receiveLooks(nowMilliseconds: start + 1_999).isEmpty)
    #expect(
      driver.host.receiveLooks(nowMilliseconds: start + 2_000) == [.terminal(number, .noLook)])
    // What comes late answers nothing; the next question is answered again.
    kill(watch, SIGCONT)
    #expect(try Self.ask(driver.host, Self.look(terminal.device)) != .noLook)
  }

  @Test func theWatchEndsWithItsHostAndWithTheZygote() throws {
    let first = try Driver()
    let watch = try Self.watch(of: first.host)
    first.host.close()
    #expect(ProcessTable.waitForEnd(watch))
    let second = try Driver()
    let other = try Self.watch(of: second.host)
    kill(try #require(second.host.processID), SIGKILL)
    #expect(second.hear { $0 == .zygoteLost })
    #expect(ProcessTable.waitForEnd(other))
  }

  @Test(arguments: 0..<5) func aWatchThatSpeaksOtherwiseIsNotHeard(lie: Int) throws {
    let ends = try OwnedDescriptor.socketPair()
    try ends.0.setNonBlocking()
    let link = TerminalWatchLink(ends.0)
    let terminal = TerminalDevice(major: 136, minor: 1)
    let asked = link.ask(Self.look(terminal), nowMilliseconds: 0)
    let finding = TerminalFinding(
      kind: .pseudo, parties: [TerminalParty(role: .holder, process: 1, name: [])])
    var messages = TerminalAnswer.encoded(finding, serial: asked)
    switch lie {
    case 0: break
    case 1: messages[0].removeLast()
    case 2: messages[1][1] ^= 1
    case 3: messages[0][383] = 1
    default: messages.swapAt(0, 1)
    }
    for message in messages {
      // The array's own count is sent.
      #expect(unsafe send(ends.1.number, message, message.count, 0) == message.count)
    }
    let answers = link.receive(nowMilliseconds: 1)
    #expect(answers.map(\.serial) == [asked])
    #expect(answers.map(\.finding) == [lie == 0 ? finding : .noLook])
    #expect((link.fileDescriptor == nil) == (lie != 0))
  }
}
