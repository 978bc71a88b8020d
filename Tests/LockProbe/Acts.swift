// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import Lockdown

/// What a process may try, and what each profile makes of it.
///
/// Unsafe uses: system calls with literals and local values that live through the call.
struct Acts: Sendable {
  let name: String
  /// 0, or the errno value of a failure.
  let act: @Sendable () -> Int32

  /// Runs every act in two children, free and locked, and prints `name: free, locked`.
  static func print(profile: String, folder: String) {
    let sockets = try? OwnedDescriptor.socketPair()
    let socket = sockets?.0.number ?? -1
    for entry in all(folder, socket: socket) {
      let free = Child.run(entry.act)
      let locked = Child.run {
        do { try lock(profile, folder, socket) } catch { return 255 }
        return entry.act()
      }
      Swift.print("\(entry.name): \(free), \(locked)")
    }
  }

  private static func lock(_ profile: String, _ folder: String, _ socket: Int32) throws {
    switch profile {
    case "decoder": try ProcessLock.lockDecoder(parent: getppid())
    case "zygote": try ProcessLock.lockZygote(socket: socket)
    case "watch": try ProcessLock.lockWatch(socket: socket)
    default:
      try ProcessLock.confine(
        to: Confinement(
          files: [FileRight(folder, .change), FileRight("\(folder)/none", .arrange)],
          sockets: [socket]))
    }
  }

  private static func all(_ folder: String, socket: Int32) -> [Acts] {
    memory + files(folder) + descriptors(socket) + processes
  }

  private static func result(_ answer: Int) -> Int32 { answer < 0 ? errno : 0 }
  private static func result(_ answer: Int32) -> Int32 { answer < 0 ? errno : 0 }

  private static let memory = [
    Acts(name: "allocate") {
      // Larger than malloc's threshold for maps, smaller ones, and giving all of it back.
      let blocks = (1...200).map { [UInt8](repeating: 1, count: $0 * 4096) }
      return blocks.count == 200 ? 0 : ENOMEM
    },
    Acts(name: "map code") {
      let map = unsafe mmap(
        nil, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      return unsafe map == MAP_FAILED ? errno : 0
    },
    Acts(name: "turn into code") {
      let map = unsafe mmap(
        nil, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      return result(unsafe mprotect(map, 4096, PROT_READ | PROT_EXEC))
    },
    Acts(name: "time") {
      var wait = timespec(tv_sec: 0, tv_nsec: 1000)
      return result(unsafe nanosleep(&wait, nil))
    },
    Acts(name: "memory file") { result(unsafe cl_memfd_create("probe")) },
  ]

  private static func files(_ folder: String) -> [Acts] {
    [
      Acts(name: "read ours") { result(unsafe open("\(folder)/a", O_RDONLY)) },
      Acts(name: "make ours") { result(unsafe open("\(folder)/b", O_WRONLY | O_CREAT, 0o600)) },
      Acts(name: "rename ours") {
        result(unsafe rename("\(folder)/a", "\(folder)/c")) == 0
          ? result(unsafe rename("\(folder)/c", "\(folder)/a")) : errno
      },
      Acts(name: "make a folder") {
        unsafe mkdir("\(folder)/d", 0o700) == 0
          ? result(unsafe rmdir("\(folder)/d")) : errno
      },
      Acts(name: "read another") { result(unsafe open("/etc/passwd", O_RDONLY)) },
      Acts(name: "write another") { result(unsafe open("/dev/null", O_WRONLY)) },
      Acts(name: "list another") { unsafe opendir("/etc") == nil ? errno : 0 },
      Acts(name: "size of another") {
        var status = stat()
        return result(unsafe stat("/etc/passwd", &status))
      },
      Acts(name: "change a mode") { result(unsafe chmod("\(folder)/a", 0o600)) },
    ]
  }

  private static func descriptors(_ messages: Int32) -> [Acts] {
    [
      Acts(name: "pipe") {
        var ends: [Int32] = [0, 0]
        return result(unsafe cl_pipe(&ends))
      },
      Acts(name: "message") {
        var byte: UInt8 = 1
        return Int32(max(0, -(unsafe cl_send(messages, &byte, 1, nil, 0))))
      },
      Acts(name: "message elsewhere") {
        var byte: UInt8 = 1
        let copy = dup2(messages, 9)
        guard copy == 9 else { return errno }
        return Int32(max(0, -(unsafe cl_send(9, &byte, 1, nil, 0))))
      },
      Acts(name: "socket") { result(socket(AF_INET, 1, 0)) },
      Acts(name: "local socket") { result(socket(AF_UNIX, 1, 0)) },
    ]
  }

  private static let processes = [
    Acts(name: "fork") {
      let process = cl_fork()
      if process == 0 { _exit(0) }
      guard process > 0 else { return -process }
      return result(waitpid(process, nil, 0))
    },
    Acts(name: "thread") {
      var thread = pthread_t()
      return unsafe pthread_create(&thread, nil, { _ in nil }, nil)
    },
    Acts(name: "program") {
      var words: [UnsafeMutablePointer<CChar>?] = unsafe [strdup("true"), nil]
      return result(unsafe execv("/bin/true", &words))
    },
    Acts(name: "signal itself") { result(raise(SIGCONT)) },
    Acts(name: "signal its parent") { result(kill(getppid(), SIGCONT)) },
    Acts(name: "set a limit") {
      var limit = rlimit(rlim_cur: 0, rlim_max: 0)
      return result(unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit))
    },
  ]
}
