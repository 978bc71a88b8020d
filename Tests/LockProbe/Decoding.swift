// SPDX-License-Identifier: Apache-2.0

import CLinux
import ClipDecoder
import Glibc
import Lockdown
import Vocabulary

/// Whether the lock slows decoding: the same clip in free and in locked children, by turns.
///
/// Unsafe uses: the clip's bytes live as long as its reader; `wait4` fills a structure.
enum Decoding {
  /// Prints the processor time of each kind of child, its median and least, in milliseconds.
  static func run(file: String, count: Int) {
    guard let clip = try? SealedClip(copyingFile: file),
      let bytes = try? SealedClip.map(clip.descriptor)
    else { return print("no clip") }
    guard (try? ProcessLock.prepareDecoders()) != nil else { return print("not prepared") }
    var (free, locked): ([Int], [Int]) = ([], [])
    for _ in 0..<count {
      free.append(one(bytes, isLocked: false))
      locked.append(one(bytes, isLocked: true))
    }
    say("free", free.sorted())
    say("locked", locked.sorted())
  }

  /// A child's processor time in microseconds; -1 where it did not decode the clip.
  private static func one(_ clip: MappedMemory, isLocked: Bool) -> Int {
    let parent = getpid()
    let process = cl_fork()
    if process == 0 {
      do {
        if isLocked { try ProcessLock.lockDecoder(parent: parent) }
        let reader = try unsafe ClipReader(bytes: clip.bytes)
        var sum = 0
        while try reader.next() {
          sum += try reader.withLuma { luma, _ in Int(luma[luma.count / 2]) }
          if reader.frameCount % 4 == 0 {
            sum += try reader.scaled(to: PixelSize(width: 480, height: 270)).rgb.count
          }
        }
        _exit(sum > 0 ? 0 : 1)
      } catch { _exit(2) }
    }
    var status: Int32 = 0
    var usage = rusage()
    guard unsafe wait4(process, &status, 0, &usage) == process, status == 0 else { return -1 }
    let seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
    return seconds * 1_000_000 + Int(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
  }

  private static func say(_ name: String, _ sorted: [Int]) {
    print("\(name): median \(sorted[sorted.count / 2] / 1000) ms, least \(sorted[0] / 1000) ms")
  }
}
