// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// Programs that are run to their end.
enum Program {
  /// Where a program lies in the search path; nil where it is not installed.
  static func path(of program: String) -> String? {
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    return folders.split(separator: ":").map { "\($0)/\(program)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// What a program writes; throws where it is missing or fails.
  static func output(_ arguments: [String], input: [UInt8]? = nil) throws -> [UInt8] {
    guard let path = path(of: arguments[0]) else {
      throw BenchError.usage("\(arguments[0]) is not installed")
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = Array(arguments.dropFirst())
    var environment = ProcessInfo.processInfo.environment
    environment["TERM"] = "xterm-256color"
    environment["COLORTERM"] = "truecolor"
    process.environment = environment
    let folder = FileManager.default.temporaryDirectory
    let source = folder.appendingPathComponent("picture-bench-\(getpid()).in")
    defer { try? FileManager.default.removeItem(at: source) }
    if let input { try Data(input).write(to: source) }
    process.standardInput =
      input == nil ? FileHandle.nullDevice : try FileHandle(forReadingFrom: source)
    process.standardError = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw BenchError.failed(arguments[0]) }
    return [UInt8](data)
  }

  /// CPU seconds of this process, of all its threads.
  static var cpuSeconds: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// CPU seconds of the programs that have ended.
  static var childrenCPUSeconds: Double {
    var usage = rusage()
    unsafe getrusage(RUSAGE_CHILDREN.rawValue, &usage)
    return [usage.ru_utime, usage.ru_stime]
      .reduce(0.0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
  }
}
