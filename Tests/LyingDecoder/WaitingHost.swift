// SPDX-License-Identifier: Apache-2.0

import DecoderLink
import Glibc
import Lockdown
import Vocabulary

/// A host that opens a clip, prints the zygote's and the decoder's process ids, and waits.
enum WaitingHost {
  static func run(decoder: String, clip: String) -> Int32 {
    do {
      let host = try DecoderHost.start(executable: decoder)
      let handle = try host.open(
        .probe(clip: ClipID(high: 1, low: 2), sceneWidthMillimetres: 1285),
        clip: SealedClip(copyingFile: clip), nowMilliseconds: 0)
      while handle.processID == nil, host.fileDescriptor != nil {
        _ = host.receive()
        usleep(1_000)
      }
      let line = Array("\(host.processID ?? 0) \(handle.processID ?? 0)\n".utf8)
      // The array's own count is written.
      _ = unsafe write(STDOUT_FILENO, line, line.count)
      while true { pause() }
    } catch {
      return 1
    }
  }
}
