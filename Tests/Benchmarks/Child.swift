// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// A program that was started, with what it cost once it has ended.
///
/// Unsafe uses: C strings and arrays made for one system call, results written to locals.
struct Child {
  /// Its process id, which leads a session of its own.
  let processID: pid_t
  /// When it was started.
  let start: ContinuousClock.Instant

  /// What a program cost from its start to its end.
  struct Cost {
    let wall: Duration
    /// User and system time, with that of the children it waited for.
    let cpuSeconds: Double
    /// Its exit code; nil where a signal ended it.
    let exitCode: Int32?
  }

  /// Starts a program whose input, output and errors are `device`.
  init(_ arguments: [String], device: String) throws(BenchError) {
    guard let program = Self.path(of: arguments[0]) else { throw .missing(arguments[0]) }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, device, O_RDWR, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, 0, 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // POSIX_SPAWN_SETSID, which the C library's Swift module lacks: a session leader that opens a
    // terminal is controlled by it.
    unsafe posix_spawnattr_setflags(&attributes, 0x80)
    let words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    let variables = unsafe Self.environment.map { unsafe strdup("\($0)=\($1)") } + [nil]
    defer { unsafe (words + variables).forEach { unsafe free($0) } }
    var child: pid_t = 0
    start = .now
    let result = unsafe posix_spawn(&child, program, &actions, &attributes, words, variables)
    guard result == 0 else { throw .system("posix_spawn of \(program)", result) }
    processID = child
  }

  /// Waits for its end.
  func wait() -> Cost {
    var status: Int32 = 0
    var usage = rusage()
    while unsafe wait4(processID, &status, 0, &usage) < 0, errno == EINTR {}
    let cpu = [usage.ru_utime, usage.ru_stime]
      .reduce(0.0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    return Cost(
      wall: start.duration(to: .now), cpuSeconds: cpu,
      exitCode: status & 0x7F == 0 ? status >> 8 & 0xFF : nil)
  }

  /// Runs a program to its end without a terminal; throws where it fails.
  @discardableResult
  static func run(_ arguments: [String]) throws(BenchError) -> Cost {
    let cost = try Child(arguments, device: "/dev/null").wait()
    guard cost.exitCode == 0 else { throw .failed(arguments.joined(separator: " ")) }
    return cost
  }

  /// Where a program lies: as named, or in the search path; nil where it is not installed.
  static func path(of program: String) -> String? {
    if program.contains("/") { return program }
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    return folders.split(separator: ":").map { "\($0)/\(program)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private static var environment: [String: String] {
    var variables = ProcessInfo.processInfo.environment
    for name in ["NO_COLOR", "LINES", "COLUMNS"] { variables[name] = nil }
    variables["TERM"] = "xterm-256color"
    variables["COLORTERM"] = "truecolor"
    return variables
  }
}

/// CPU time of running processes, from `/proc`.
enum ProcessTree {
  /// Seconds of user and system time that a process, its descendants and those they waited for have
  /// used so far; a tick of the clock, 10 ms as a rule, is the resolution.
  static func cpuSeconds(from root: pid_t) -> Double {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    var parents: [pid_t: pid_t] = [:]
    var ticks: [pid_t: Int] = [:]
    for process in names.compactMap({ pid_t($0) }) {
      guard let data = FileManager.default.contents(atPath: "/proc/\(process)/stat"),
        let fields = String(decoding: data, as: UTF8.self).split(separator: ")").last
      else { continue }
      // After the name: state, parent, and utime, stime, cutime, cstime as the 12th to 15th.
      let values = fields.split(separator: " ")
      guard values.count > 14 else { continue }
      parents[process] = pid_t(values[1])
      ticks[process] = values[11...14].reduce(0) { $0 + (Int($1) ?? 0) }
    }
    var total = 0
    for process in ticks.keys where isDescendant(process, of: root, parents) {
      total += ticks[process] ?? 0
    }
    return Double(total) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  /// The memory of a process and its descendants, in units of 10⁶ bytes, shared parts divided among
  /// those that share them (`Pss`); nil where the system does not tell.
  static func memoryMegabytes(from root: pid_t) -> Double? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    var parents: [pid_t: pid_t] = [:]
    for process in names.compactMap({ pid_t($0) }) {
      guard let data = FileManager.default.contents(atPath: "/proc/\(process)/stat"),
        let fields = String(decoding: data, as: UTF8.self).split(separator: ")").last
      else { continue }
      let values = fields.split(separator: " ")
      if values.count > 1 { parents[process] = pid_t(values[1]) }
    }
    var kibibytes = 0
    for process in parents.keys where isDescendant(process, of: root, parents) {
      guard let data = FileManager.default.contents(atPath: "/proc/\(process)/smaps_rollup"),
        let match = String(decoding: data, as: UTF8.self).firstMatch(of: /\nPss: +(\d+) kB/),
        let count = Int(match.output.1)
      else { return nil }
      kibibytes += count
    }
    return Double(kibibytes) * 1024 / 1_000_000
  }

  private static func isDescendant(
    _ process: pid_t, of root: pid_t, _ parents: [pid_t: pid_t]
  ) -> Bool {
    var ancestor: pid_t? = process
    while let here = ancestor, here > 1 {
      if here == root { return true }
      ancestor = parents[here]
    }
    return false
  }
}
