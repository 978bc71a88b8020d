// SPDX-License-Identifier: Apache-2.0

internal import DecoderLink

/// The decoder program, started before this process locks itself: later it could not be.
package final class Decoders {
  let host: DecoderHost

  /// Starts it.
  package init() throws(SessionError) {
    let program = try Installation.program("milkglass-decoder")
    do { host = try DecoderHost.start(executable: program) } catch { throw .decoder(error) }
  }

  /// The sockets to it and to the terminal's watch.
  var sockets: [Int32] { [host.fileDescriptor, host.watchDescriptor].compactMap(\.self) }
}
