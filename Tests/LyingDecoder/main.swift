// SPDX-License-Identifier: Apache-2.0
//
// A decoder program that breaks the protocol: the clip's bytes say how. Started with the arguments
// `host DECODER CLIP` it is a host instead, which opens a clip, says two process ids and waits to be
// killed.

import DecoderLink
import Glibc

if CommandLine.arguments.count == 4, CommandLine.arguments[1] == "host" {
  exit(WaitingHost.run(decoder: CommandLine.arguments[2], clip: CommandLine.arguments[3]))
}
exit(Zygote.run { ends in Liar.run(ends) })
