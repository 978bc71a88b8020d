// SPDX-License-Identifier: Apache-2.0
import Glibc
import Vocabulary

/// The system calls of a pseudo-terminal.
///
/// Unsafe uses: buffers and C strings that live across one call; `spawn` frees what it allocates.
enum PtyTerminal {
  /// A master, its slave and the slave's path.
  struct Ends {
    let master: Int32
    let slave: Int32
    let name: String
  }

  static func open(size: CellSize, cellPixels: PixelSize) throws(PtyError) -> Ends {
    var master: Int32 = -1
    var slave: Int32 = -1
    var name = [CChar](repeating: 0, count: 128)
    let result = unsafe name.withUnsafeMutableBufferPointer { buffer in
      unsafe openpty(&master, &slave, buffer.baseAddress, nil, nil)
    }
    guard result == 0 else { throw .system("openpty", errno: errno) }
    for end in [master, slave] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    setSize(size, cellPixels, of: master)
    let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return Ends(master: master, slave: slave, name: String(decoding: bytes, as: UTF8.self))
  }

  static func setSize(_ size: CellSize, _ cellPixels: PixelSize, of descriptor: Int32) {
    var window = winsize(
      ws_row: UInt16(size.rows), ws_col: UInt16(size.columns),
      ws_xpixel: UInt16(size.columns * cellPixels.width),
      ws_ypixel: UInt16(size.rows * cellPixels.height))
    _ = unsafe ioctl(descriptor, UInt(TIOCSWINSZ), &window)
  }

  static func modes(_ descriptor: Int32) -> termios {
    var modes = termios()
    _ = unsafe tcgetattr(descriptor, &modes)
    return modes
  }

  /// How many bytes of input nobody has read.
  static func inputCount(_ descriptor: Int32) -> Int {
    var count: Int32 = 0
    // FIONREAD, a macro over a cast that Swift does not import everywhere.
    return unsafe ioctl(descriptor, UInt(0x541B), &count) == 0 ? Int(count) : 0
  }

  /// Takes the input that nobody has read, lines or not.
  static func takeInput(_ slave: Int32) -> [UInt8] {
    let before = modes(slave)
    var raw = before
    raw.c_lflag &= ~tcflag_t(ICANON)
    _ = unsafe tcsetattr(slave, TCSANOW, &raw)
    let bytes = read(slave, milliseconds: 0)
    raw = before
    _ = unsafe tcsetattr(slave, TCSANOW, &raw)
    return bytes
  }

  static func read(_ descriptor: Int32, milliseconds: Int32, atMost: Int = 65_536) -> [UInt8] {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&entry, 1, milliseconds) > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: max(1, atMost))
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    }
    return Array(bytes.prefix(max(0, count)))
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(
          descriptor, buffer.baseAddress.map { unsafe $0 + done }, bytes.count - done)
      }
      guard count > 0 else { return }
      done += count
    }
  }

  /// Starts a session leader whose controlling terminal, input, output and errors are the slave.
  static func spawn(
    _ arguments: [String], _ environment: [String: String], terminal: String
  ) throws(PtyError) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, 0, 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // POSIX_SPAWN_SETSID (0x80), which the C library's Swift module lacks, and signals as usual.
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(0x80 | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe sigfillset(&signals)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    var child: pid_t = 0
    let variables = environment.map { "\($0.key)=\($0.value)" }.sorted()
    let words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    let settings = unsafe variables.map { unsafe strdup($0) } + [nil]
    defer {
      unsafe (words + settings).forEach { unsafe free($0) }
    }
    let result = unsafe posix_spawn(
      &child, arguments.first ?? "", &actions, &attributes, words, settings)
    guard result == 0 else { throw .system("posix_spawn", errno: result) }
    return child
  }
}
