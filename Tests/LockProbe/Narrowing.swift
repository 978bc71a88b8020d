// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import Lockdown

/// Locks upon locks, and locks that come too late.
///
/// Unsafe uses: system calls with strings and local values that live through the call.
enum Narrowing {
  /// Confines itself twice, prints after each what it may do in the folders `a` and `b`, and tries to
  /// widen again.
  static func run(folder: String) {
    let (a, b) = ("\(folder)/a", "\(folder)/b")
    say("free", a, b)
    confine([FileRight(a, .change), FileRight(b, .change)])
    say("both", a, b)
    confine([FileRight(a, .read), FileRight(b, .change)])
    say("narrow", a, b)
    confine([FileRight("/", .arrange)])
    say("widened", a, b)
    print("confinements \(ProcessLock.status.confinements)")
  }

  /// Confines itself while a second thread runs.
  static func lockWithTwoThreads() {
    var thread = pthread_t()
    let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { _ in
      sleep(60)
      return nil
    }
    guard unsafe pthread_create(&thread, nil, body, nil) == 0 else { return }
    confine([])
    print("status \(ProcessLock.status.isConfined)")
  }

  /// Confines itself on what seems a kernel without Landlock, MDWE and unexecutable files, and prints
  /// what it may do then.
  static func confineOnAnOlderKernel() {
    guard OlderKernel.pretend() else { return print("no pretence") }
    print("free \(describe(ProcessLock.status))")
    confine([])
    print("confined \(describe(ProcessLock.status))")
    print("passwd \(keep(unsafe open("/etc/passwd", O_RDONLY)))")
    print("memory file \(keep(unsafe cl_memfd_create("probe")))")
    print("socket \(keep(socket(AF_UNIX, 1, 0)))")
  }

  /// Prints what the kernel says of itself, free and confined.
  static func printStatus() {
    print("free \(describe(ProcessLock.status))")
    confine([])
    print("confined \(describe(ProcessLock.status))")
  }

  private static func describe(_ status: LockStatus) -> String {
    "\(status.filtersSystemCalls) \(status.hasNoNewPrivileges) \(status.isDumpable) "
      + "\(status.isConfined) \(status.landlockVersion > 0)"
  }

  private static func confine(_ files: [FileRight]) {
    do {
      try ProcessLock.confine(to: Confinement(files: files))
    } catch {
      print("refused: \(error.sentence)")
    }
  }

  private static func say(_ when: String, _ a: String, _ b: String) {
    let tried = [a, b].map { "\(canRead($0)) \(canWrite($0))" }
    print("\(when): \(tried.joined(separator: ", "))")
  }

  private static func canRead(_ folder: String) -> Bool {
    keep(unsafe open("\(folder)/file", O_RDONLY))
  }

  private static func canWrite(_ folder: String) -> Bool {
    keep(unsafe open("\(folder)/file", O_WRONLY))
  }

  private static func keep(_ descriptor: Int32) -> Bool {
    guard descriptor >= 0 else { return false }
    close(descriptor)
    return true
  }
}
