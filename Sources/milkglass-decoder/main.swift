// SPDX-License-Identifier: Apache-2.0

import DecoderLink
import Glibc

let code = Zygote.run { ends in DecoderProgram.run(ends) }
if code == ExitCode.notAHost {
  let sentence = Array("milkglass-decoder: is started by milkglass, not by hand\n".utf8)
  // The array's own count is written.
  _ = unsafe write(STDERR_FILENO, sentence, sentence.count)
}
exit(code)
