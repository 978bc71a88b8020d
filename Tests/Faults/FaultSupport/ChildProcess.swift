// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Glibc

/// A child process with its streams in files.
///
/// Unsafe uses: C strings and structures made for one call, freed or let go after it.
enum ChildProcess {
  /// How long a program may run before it counts as hanging and is killed.
  static let patience: Duration = .seconds(120)

  /// Starts a program by its path and waits for it, without holding up the caller's thread.
  ///
  /// - Returns: the exit code, or minus the signal that ended it.
  static func run(
    _ arguments: [String], environment: [String: String], folder: String, streams: [String]
  ) async throws -> Int32 {
    let child = try start(arguments, environment, folder, streams)
    return await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: wait(child)) }
    }
  }

  private static func wait(_ child: pid_t) -> Int32 {
    let end = ContinuousClock.now + patience
    var status: Int32 = 0
    while unsafe waitpid(child, &status, WNOHANG) == 0 {
      if ContinuousClock.now > end { kill(child, SIGTERM) }
      usleep(1000)
    }
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
  }

  /// `streams` are the files that become input (read), output and errors (made anew).
  private static func start(
    _ arguments: [String], _ environment: [String: String], _ folder: String, _ streams: [String]
  ) throws(FaultError) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (number, path) in streams.enumerated() {
      let flags = number == 0 ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC
      unsafe posix_spawn_file_actions_addopen(&actions, Int32(number), path, flags, 0o600)
    }
    let variables = environment.map { "\($0.key)=\($0.value)" }.sorted()
    // `env` changes the folder and becomes the program, of the same process id.
    let arguments = ["/usr/bin/env", "-C", folder] + arguments
    let words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    let settings = unsafe variables.map { unsafe strdup($0) } + [nil]
    defer {
      unsafe (words + settings).forEach { unsafe free($0) }
    }
    var child: pid_t = 0
    let result = unsafe posix_spawn(
      &child, arguments[0], &actions, nil, words, settings)
    guard result == 0 else { throw .system("posix_spawn", code: result) }
    return child
  }
}
