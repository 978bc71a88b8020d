// SPDX-License-Identifier: Apache-2.0

import ClipDecoder
import DecoderLink
import Vocabulary

/// Why a decoder stops before the receiver lets it go.
enum Stop: Error {
  case clip(ClipError)
  case channel(ChannelEnd)
}

/// A decoder's life, from the fork to its exit code.
enum DecoderProgram {
  /// Serves one clip until the receiver closes its end.
  static func run(_ ends: consuming DecoderEnds) -> Int32 {
    do throws(ChannelEnd) {
      let channel = try DecoderChannel(ends)
      do throws(Stop) {
        switch channel.assignment {
        case .probe(let width): try ClipProbe.run(channel, sceneWidthMillimetres: width)
        case .play(let playing):
          var server = try ClipServer(channel, playing)
          try server.run()
        }
      } catch {
        switch error {
        case .channel(let end): throw end
        case .clip(let error):
          try channel.send(.failed(error))
        }
      }
      return ExitCode.success
    } catch {
      return error.exitCode
    }
  }
}
