// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Vocabulary

@testable import DecoderLink
@testable import Lockdown

/// Seals, descriptors, and who dies with whom.
@Suite struct ProcessHygieneTests {
  @Test func unsealedClipIsRefused() throws {
    let memory = try SharedFile.create("test")
    #expect(ftruncate(memory.number, 4096) == 0)
    #expect(throws: MemoryError.notSealed) { try SealedClip.map(memory) }
    let driver = try Driver()
    let unsealed = SealedClip(descriptor: memory, byteCount: 4096)
    #expect(driver.failure(try driver.open(Driver.play(), unsealed)) == .crashed(.exited(code: 76)))
  }

  @Test func sealedClipCanBeMappedAndNotChanged() throws {
    let clip = try SealedClip([1, 2, 3])
    #expect(try SealedClip.map(clip.descriptor).copy(at: 0, count: 3) == [1, 2, 3])
    let number = clip.descriptor.number
    // The literal's own count is written.
    #expect(unsafe write(number, [9], 1) == -1 && errno == EPERM)
    #expect(ftruncate(number, 1) == -1 && ftruncate(number, 9) == -1)
    let loose = try SharedFile.create("control")
    #expect(unsafe write(loose.number, [9], 1) == 1)
    #expect(ftruncate(loose.number, 0) == 0)
  }

  @Test func emptyAndOversizeClipsAreRefused() throws {
    #expect(throws: MemoryError.wrongSize(0)) { try SealedClip([]) }
    var writer = try SealedClipWriter()
    let chunk = [UInt8](repeating: 0, count: 50 << 20)
    try writer.append(chunk.span)
    try writer.append(chunk.span)
    var refusal: MemoryError?
    do { try writer.append([UInt8(0)].span) } catch { refusal = error }
    #expect(refusal == .tooLarge(limit: 100 << 20))
    #expect(try writer.finish().byteCount == 100 << 20)
    #expect(throws: MemoryError.notAFile) { try SealedClip(copyingFile: "/dev/zero") }
  }

  @Test func ringKeepsItsSize() throws {
    let (descriptor, memory) = try SharedMemory.create(byteCount: 8192)
    #expect(ftruncate(descriptor.number, 0) == -1 && errno == EPERM)
    #expect(ftruncate(descriptor.number, 16384) == -1)
    let other = try SharedMemory.map(descriptor)
    #expect(other.write([5, 6], at: 8190))
    #expect(memory.copy(at: 8190, count: 2) == [5, 6])
    #expect(!other.write([5, 6], at: 8191))
    #expect(memory.copy(at: 8191, count: 2) == nil && memory.copy(at: -1, count: 1) == nil)
  }

  @Test(.enabled(if: geteuid() == 0, "a decoder's descriptors are hidden from its own user"))
  func decoderHasItsTwoPipesAndNothingElse() throws {
    let driver = try Driver()
    let handle = try driver.open(
      Driver.play(isClear: true), try DecoderProcessTests.card.get())
    driver.run(handle, until: \.isComplete)
    let open = try ProcessTable.descriptors(try driver.process(handle))
    #expect(open.prefix(3) == ["/dev/null", "/dev/null", "/dev/null"])
    #expect(open.count == 5)
    #expect(open.dropFirst(3).allSatisfy { $0.hasPrefix("pipe:") })
    let zygote = try ProcessTable.descriptors(try #require(driver.host.processID))
    #expect(zygote.count == 5, "\(zygote)")
    #expect(zygote[3].hasPrefix("socket:") && zygote[4] == "anon_inode:[signalfd]")
  }

  @Test func decoderIsLimitedAndWeAreNot() throws {
    let driver = try Driver()
    let handle = try driver.open(
      Driver.play(isClear: true), try DecoderProcessTests.card.get())
    driver.run(handle, until: \.isComplete)
    let process = "\(try driver.process(handle))"
    let limits = [
      "Max core file size 0 0", "Max file size 0 0", "Max open files 16 16",
      "Max address space 1073741824 1073741824", "Max cpu time 620 620",
    ]
    let (its, ours) = (try Self.words("limits", of: process), try Self.words("limits", of: "self"))
    for limit in limits {
      #expect(its.contains { $0.hasPrefix(limit) }, "\(limit)")
      #expect(!ours.contains { $0.hasPrefix(limit) } || limit.contains("core"), "\(limit)")
    }
    #expect(try Self.words("status", of: process).contains("NoNewPrivs: 1"))
    #expect(try Self.words("status", of: process).contains("Threads: 1"))
  }

  /// The lines of a `/proc` file with single spaces.
  static func words(_ file: String, of process: String) throws -> [String] {
    try String(contentsOfFile: "/proc/\(process)/\(file)", encoding: .utf8)
      .split(separator: "\n").map {
        $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      }
  }

  @Test func aDecoderStartedByHandSaysWhoStartsIt() throws {
    let process = Process()
    let errors = Pipe()
    process.executableURL = URL(filePath: try Built.program("milkglass-decoder"))
    process.standardError = errors
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 64)
    let sentence = Built.words(errors)
    #expect(sentence.hasSuffix("is started by milkglass, not by hand\n"))
  }

  @Test func decoderProcessesAreNotInOurSession() throws {
    let driver = try Driver()
    let handle = try driver.open(Driver.play(), try DecoderProcessTests.card.get())
    driver.run(handle, until: \.isComplete)
    let zygote = try #require(driver.host.processID)
    #expect(getsid(zygote) == zygote && getsid(zygote) != getsid(0))
    #expect(getsid(try driver.process(handle)) == zygote)
  }

  @Test func zygotesDeathEndsItsDecodersAndIsTold() throws {
    let driver = try Driver()
    let handle = try driver.open(
      Driver.play(isClear: true), try DecoderProcessTests.card.get())
    driver.run(handle, until: \.isComplete)
    let process = try driver.process(handle)
    kill(try #require(driver.host.processID), SIGKILL)
    #expect(driver.hear { $0 == .zygoteLost })
    #expect(driver.failure(handle) == .hostGone)
    #expect(ProcessTable.waitForEnd(process))
    #expect(throws: LinkError.hostGone) {
      try driver.open(Driver.play(), try DecoderProcessTests.card.get())
    }
  }

  @Test func zygoteAndDecodersDieWithTheirHost() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "link-\(UUID()).txt")
    try Data("a stand-in clip".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let output = Pipe()
    let parent = Process()
    let liar = try Built.program("lying-decoder")
    parent.executableURL = URL(filePath: liar)
    parent.arguments = ["host", liar, file.path]
    parent.standardOutput = output
    try parent.run()
    let line = Built.words(output)
    let processes = line.split { !$0.isNumber }.compactMap { Int32($0) }
    try #require(processes.count == 2 && processes.allSatisfy { $0 > 1 }, "\(line)")
    #expect(ProcessTable.isAlive(processes[0]))
    kill(parent.processIdentifier, SIGKILL)
    parent.waitUntilExit()
    #expect(ProcessTable.waitForEnd(processes[0]))
    #expect(ProcessTable.waitForEnd(processes[1]))
  }

  @Test func aHostThatClosesLeavesNoProcess() throws {
    let driver = try Driver()
    let handle = try driver.open(
      Driver.play(isClear: true), try DecoderProcessTests.card.get())
    driver.run(handle, until: \.isComplete)
    let (zygote, decoder) = (
      try #require(driver.host.processID), try driver.process(handle)
    )
    driver.host.close()
    #expect(ProcessTable.state(zygote) == nil)
    #expect(ProcessTable.waitForEnd(decoder))
  }

  @Test func aProgramThatIsNoDecoderIsTold() throws {
    #expect(throws: LinkError.self) { try DecoderHost.start(executable: "/no/such/decoder") }
    let host = try DecoderHost.start(executable: "/bin/true")
    var isLost = false
    let end = Driver.now() + 20_000
    while !isLost, Driver.now() < end {
      isLost = host.receive().contains(.zygoteLost)
      usleep(1_000)
    }
    #expect(isLost)
  }
}
