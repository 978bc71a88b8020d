// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// What a process gives up before it touches anything hostile or holds a key.
///
/// Every lock is for good and binds one thread and what it starts later: so each is taken while the
/// process has a single thread.
package enum ProcessLock {
  /// The address space a decoder may use, in bytes: 1 GiB.
  package static let decoderAddressSpace = 1 << 30
  /// The number of descriptors a decoder may have open.
  package static let decoderDescriptorCount = 16
  /// The processor time that a decoder has for each second of the longest clip.
  ///
  /// A pass over 60 s of 2160p at 120 pictures a second takes about 150 s, and each new size of the
  /// pane may take another: ten times the clip lets four such passes through. What hangs is found
  /// by the receiver in 2 s; this ends what nobody watches any more.
  package static let decoderSecondsPerClipSecond = 10

  /// Which locks hold this process now.
  package static var status: LockStatus { LockStatus.now }

  /// Locks a process that will hold keys: unreadable for its account's other processes, no core dump.
  ///
  /// A crash ends it at once, whatever the environment asks for: Swift's backtrace prints registers
  /// and the memory behind them.
  package static func lockKeyHolder() throws(SystemError) {
    try setLimit(RLIMIT_CORE, 0)
    try SystemError.check("prctl", cl_set_undumpable())
    for number in [SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP] {
      try SystemError.check("signal", cl_default_signal(number))
    }
  }

  /// Confines this process and all its later threads to what is named, for good: the kernel denies
  /// everything else.
  ///
  /// Called again it can only take more away. Throws where a second thread runs already, which the
  /// lock would not bind, and where the kernel refuses or has no filters; without Landlock it goes
  /// on, and the status says so.
  package static func confine(to confinement: Confinement) throws(SystemError) {
    try demandOneThread()
    try lockKeyHolder()
    let filter = try SystemCallFilter(
      .keyHolder(
        process: getpid(), sockets: confinement.sockets,
        canMakeUnexecutableFiles: cl_has_unexecutable_files() != 0))
    try lockMemory()
    let version = try Landlock.restrict(to: confinement.files)
    try filter.install()
    LockStatus.note(landlockVersion: version)
  }

  // MARK: - The decoder program

  /// Makes what every decoder's lock needs, once, so that a fork takes its lock in a moment.
  ///
  /// Where it was not called, the first lock does so.
  package static func prepareDecoders() throws(SystemError) { _ = try decoderFilter.get() }

  /// Locks the process that forks decoders: it opens no file, runs no program, starts no thread, and
  /// speaks on its socket alone.
  ///
  /// It ends with its socket. It is also set to die with its parent, but the kernel does not kill it
  /// for a parent that has confined itself since: no signal leaves that (Landlock 6).
  /// - Throws: `ESRCH` where the parent ends meanwhile; what the kernel refuses.
  package static func lockZygote(socket: Int32 = 3) throws(SystemError) {
    try demandOneThread()
    try dieWith(parent: getppid())
    try prepareDecoders()
    let filter = try SystemCallFilter(.zygote(socket: socket))
    try lockSilent()
    _ = try Landlock.restrict(to: [])
    try filter.install()
  }

  /// Locks the process that looks who holds the terminal: it reads files and folders, writes none,
  /// starts nothing, and speaks on its socket alone.
  ///
  /// It ends with that, as the zygote does.
  package static func lockWatch(socket: Int32 = 4) throws(SystemError) {
    try demandOneThread()
    try dieWith(parent: getppid())
    let filter = try SystemCallFilter(.watch(socket: socket))
    try lockSilent()
    try filter.install()
  }

  /// Locks a decoder, just forked: it dies with `parent`, has little memory, few descriptors and
  /// little time, and no way to reach a file, a process or a network.
  ///
  /// `longestClipSeconds` is the length of the longest clip that is taken.
  /// - Throws: `ESRCH` where the parent is gone already; what the kernel refuses.
  package static func lockDecoder(
    parent: Int32, longestClipSeconds: Int = 60
  ) throws(SystemError) {
    try dieWith(parent: parent)
    // Before the limits: making the table writes a file in memory.
    let filter = try decoderFilter.get()
    try lockSilent()
    try setLimit(RLIMIT_AS, decoderAddressSpace)
    try setLimit(RLIMIT_CPU, longestClipSeconds * decoderSecondsPerClipSecond)
    try setLimit(RLIMIT_NOFILE, decoderDescriptorCount)
    try setLimit(RLIMIT_FSIZE, 0)
    // A message to a log that is a file must fail as a call, and not end the decoder.
    try SystemError.check("signal", cl_ignore_signal(SIGXFSZ))
    _ = try Landlock.restrict(to: [])
    try filter.install()
  }

  private static let decoderFilter = Result { () throws(SystemError) in
    try SystemCallFilter(.decoder)
  }

  // MARK: - Parts

  /// The parts that need no table: unreadable, no core dump, no new rights, no new code.
  private static func lockSilent() throws(SystemError) {
    try setLimit(RLIMIT_CORE, 0)
    try SystemError.check("prctl", cl_set_undumpable())
    try lockMemory()
  }

  /// No program gains rights, no memory becomes code; the latter as far as the kernel can.
  private static func lockMemory() throws(SystemError) {
    try SystemError.check("prctl", cl_set_no_new_privileges())
    guard cl_executable_memory_refused() == 0 else { return }
    try SystemError.check("prctl", cl_refuse_executable_memory())
  }

  /// Ends this process with its parent; throws `ESRCH` where that is gone already.
  private static func dieWith(parent: Int32) throws(SystemError) {
    try SystemError.check("prctl", cl_set_parent_death_signal(SIGKILL))
    guard getppid() == parent else { throw SystemError(call: "getppid", code: ESRCH) }
  }

  /// Throws `EBUSY` where a second thread runs, which no lock would bind, or `/proc` does not tell.
  private static func demandOneThread() throws(SystemError) {
    guard cl_thread_count() == 1 else {
      throw SystemError(call: "lock with other threads running", code: EBUSY)
    }
  }

  /// Sets both limits, unless they are so already.
  ///
  /// Unsafe use: `getrlimit` and `setrlimit` use the structure they are given.
  private static func setLimit(_ resource: __rlimit_resource, _ most: Int) throws(SystemError) {
    let kind = __rlimit_resource_t(resource.rawValue)
    let wanted = rlim_t(most)
    var limit = rlimit()
    if unsafe getrlimit(kind, &limit) == 0, limit.rlim_cur == wanted, limit.rlim_max == wanted {
      return
    }
    limit = rlimit(rlim_cur: wanted, rlim_max: wanted)
    guard unsafe setrlimit(kind, &limit) == 0 else {
      throw SystemError(call: "setrlimit", code: errno)
    }
  }
}
