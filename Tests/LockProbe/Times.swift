// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import Lockdown

/// How long a fork and its lock take.
///
/// Unsafe uses: system calls with local values that live through the call.
enum Times {
  /// Prints median and 99th percentile of `fork to locked` and of the lock alone, in microseconds.
  static func run(count: Int) {
    guard (try? ProcessLock.prepareDecoders()) != nil else { return print("not prepared") }
    var (whole, alone): ([Int64], [Int64]) = ([], [])
    for _ in 0..<count {
      guard let times = one() else { return print("no lock") }
      whole.append(times.whole)
      alone.append(times.alone)
    }
    say("fork and lock", whole.sorted())
    say("lock", alone.sorted())
  }

  private static func one() -> (whole: Int64, alone: Int64)? {
    guard let pipe = try? OwnedDescriptor.pipe() else { return nil }
    let parent = getpid()
    let start = now()
    let process = cl_fork()
    if process == 0 {
      let begin = now()
      do { try ProcessLock.lockDecoder(parent: parent) } catch { _exit(1) }
      var times = (begin, now())
      _ = unsafe write(pipe.writing.number, &times, 16)
      _exit(0)
    }
    var times: (Int64, Int64) = (0, 0)
    let count = unsafe read(pipe.reading.number, &times, 16)
    waitpid(process, nil, 0)
    guard count == 16 else { return nil }
    return ((times.1 - start) / 1000, (times.1 - times.0) / 1000)
  }

  private static func say(_ name: String, _ sorted: [Int64]) {
    print(
      "\(name): median \(sorted[sorted.count / 2]) µs, p99 \(sorted[sorted.count * 99 / 100]) µs")
  }

  private static func now() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
