// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import Lockdown

/// The process that finds out who holds the reviewer's terminal.
///
/// It is forked by the zygote before anything else, because a process under Landlock may not read
/// what others have open. It has one thread, answers questions from its socket one by one, and ends
/// with it. What it reads was chosen by other processes: names and paths are bytes to it.
struct TerminalWatch {
  /// The descriptor of the socket that the program is started with.
  static let socket: Int32 = 4

  private var survey = ProcessSurvey()

  /// Forks the watch; the caller goes on without its socket.
  static func fork() {
    let zygote = getpid()
    if cl_fork() == 0 { _exit(live(zygote)) }
    close(socket)
  }

  /// Unsafe use: the name is a literal.
  private static func live(_ zygote: Int32) -> Int32 {
    close(Zygote.socket)
    guard cl_ignore_signal(SIGPIPE) == 0 else { return ExitCode.systemError }
    unsafe cl_set_process_name("milkglass-watch")
    do { try ProcessLock.lockWatch(socket: socket) } catch { return ExitCode.systemError }
    // Whose zygote is gone already has no host to answer. (A later end shows by the socket: the
    // kernel delivers no signal from the zygote, whose own lock keeps signals in.)
    guard getppid() == zygote else { return ExitCode.systemError }
    var watch = TerminalWatch()
    return watch.serve()
  }

  /// Unsafe use: `recvmsg` fills at most the arrays' own counts.
  private mutating func serve() -> Int32 {
    while true {
      var bytes = [UInt8](repeating: 0, count: TerminalMessage.byteCount)
      var numbers = [Int32](repeating: -1, count: Int(CL_MOST_DESCRIPTORS))
      var numberCount: Int32 = 0
      let count = unsafe cl_receive(Self.socket, &bytes, bytes.count, &numbers, &numberCount)
      // It is given none; one that comes is not kept.
      for descriptor in numbers.prefix(Int(numberCount)) { close(descriptor) }
      if count == -Int(EINTR) { continue }
      guard count > 0 else { return ExitCode.success }
      guard count == bytes.count, let question = try? TerminalQuestion(bytes) else {
        return ExitCode.protocolError
      }
      let finding = survey.look(question.look)
      for message in TerminalAnswer.encoded(finding, serial: question.serial) {
        guard send(message) else { return ExitCode.success }
      }
    }
  }

  /// Unsafe use: `sendmsg` reads the array's own count and no descriptor.
  private func send(_ message: [UInt8]) -> Bool {
    while true {
      let sent = unsafe cl_send(Self.socket, message, message.count, nil, 0)
      if sent == -Int(EINTR) { continue }
      return sent == message.count
    }
  }
}
