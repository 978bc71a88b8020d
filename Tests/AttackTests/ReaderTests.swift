// SPDX-License-Identifier: Apache-2.0
import Foundation
import PtySupport
import Testing

/// Another process of the same user reads neither keys nor frames.
///
/// None of these tests is skipped: where the user, the victim or a core dump cannot be had, they fail.
@Suite struct ReaderTests {
  /// Ways to a process's memory that every kernel has, as the reader calls them.
  static let ways: Set<String> = [
    "ptrace, attach and peek", "ptrace, seize and interrupt", "process_vm_readv",
    "process_vm_writev", "/proc/PID/mem", "/proc/PID/environ", "/proc/PID/maps", "/proc/PID/auxv",
    "/proc/PID/fd, list", "/proc/PID/fd, open", "/proc/PID/exe", "/proc/PID/cwd", "pidfd_getfd",
  ]

  /// Waits in memory that it does not guard.
  final class Victim {
    let process = Process()
    let id: Int32
    /// Where the marker lies.
    let address: String
    private let input = Pipe()

    init(_ seat: Seat, program: String = "attack-probe", folder: String) throws {
      let output = Pipe()
      let words = seat.words(program, ["victim"])
      process.executableURL = URL(filePath: words[0])
      process.arguments = Array(words.dropFirst())
      process.environment = ["MARKER": "frosted"]
      process.currentDirectoryURL = URL(filePath: folder)
      process.standardInput = input
      process.standardOutput = output
      try process.run()
      var line: [UInt8] = []
      while line.last != 10, let byte = try output.fileHandleForReading.read(upToCount: 1)?.first {
        line.append(byte)
      }
      let numbers = String(decoding: line, as: UTF8.self).split { !$0.isNumber }.map(String.init)
      try #require(numbers.count == 2, "the victim says where it is")
      id = try #require(Int32(numbers[0]))
      address = numbers[1]
    }

    deinit {
      try? input.fileHandleForWriting.close()
      process.terminate()
      process.waitUntilExit()
    }
  }

  @Test func nothingOfASessionIsReadWhileAClipPlays() throws {
    let seat = try Seat()
    let victim = try Victim(seat, folder: seat.folder)
    let control = try seat.read(victim.id, victim.address)
    let worked = Set(control.table.filter { $0.count == 2 && $0[1] == "works" }.map { $0[0] })
    #expect(worked.isSuperset(of: Self.ways), "the victim must be read: \(control.text)")
    let (program, processes) = try seat.playing()
    #expect(processes.forked.count >= 1 && processes.zygote != nil)
    for (name, process) in processes.named {
      #expect(getsid(process) >= 0, "\(name) runs")
      let run = try seat.read(process, victim.address)
      #expect(run.code == 0, "\(name): \(run.text)")
      #expect(run.output.contains("read\t0 of 16"), "\(name): \(run.text)")
    }
    program.send("qq")
    _ = try program.waitForExit()
  }

  @Test func atThePassphrasesPromptItIsUnreadableAlready() throws {
    let seat = try Seat(passphrase: "the long way home", hasClip: false)
    let victim = try Victim(seat, folder: seat.folder)
    #expect(try seat.read(victim.id, victim.address).code == 1, "the victim must be read")
    let program = try seat.review()
    try program.waitFor("assphrase")
    let processes = SeatProcesses(startedBy: program.processID)
    let review = try #require(processes.review)
    // No key is there before the passphrase is: what was readable until the lock holds none.
    for thread in SeatProcesses.threads(review) {
      let run = try seat.read(thread, victim.address)
      #expect(run.output.contains("read\t0 of 16"), "\(run.text)")
    }
    program.send("\u{3}")
    _ = try program.waitForExit()
  }

  @Test(arguments: [SIGABRT, SIGQUIT, SIGSEGV])
  func noCoreIsDumped(signal: Int32) throws {
    let seat = try Seat()
    let dump = "\(seat.folder)/dump"
    let control = try Finished(
      [Seat.probe, "end", dump, "\(Seat.user)", "/bin/sh", "-c", "kill -\(signal) $$"],
      in: seat.folder)
    #expect(control.code == 0)
    let dumped = try String(contentsOfFile: dump, encoding: .utf8)
    #expect(
      dumped == "signal \(signal) core 1\n", "a shell must dump core, or this shows nothing")
    let cores = {
      try FileManager.default.contentsOfDirectory(atPath: seat.folder).filter {
        $0.hasPrefix("core")
      }
    }
    let before = try cores()
    let (program, processes) = try seat.playing()
    for (name, process) in processes.named {
      let limits = try String(contentsOfFile: "/proc/\(process)/limits", encoding: .utf8)
      #expect(limits.contains(#/Max core file size +0 +0 /#), "\(name)")
    }
    kill(try #require(processes.review), signal)
    _ = try program.waitForExit()
    let end = try String(contentsOfFile: "\(seat.folder)/end", encoding: .utf8)
    #expect(end.hasSuffix("core 0\n"), "\(end)")
    #expect(try cores() == before)
  }

  @Test(arguments: [SIGABRT, SIGQUIT])
  func theDecodersDumpNoCore(signal: Int32) throws {
    let seat = try Seat()
    let (program, processes) = try seat.playing()
    for process in processes.forked { kill(process, signal) }
    let zygote = try #require(processes.zygote)
    kill(zygote, signal)
    program.send("qq")
    _ = try program.waitForExit()
    for folder in ["/", seat.folder, "/tmp"] {
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      for process in processes.forked + [zygote] {
        #expect(!names.contains("core.\(process)"), "\(folder)")
      }
    }
  }
}
