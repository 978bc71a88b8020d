// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// What this process knows of its own terminal without asking others.
package struct TerminalSurroundings: Hashable, Sendable {
  /// The terminal that pictures go to; of kind `none` where standard output is no terminal.
  package let device: TerminalDevice
  /// Whether the environment that the program was started with names tmux (`TMUX`) or screen
  /// (`STY`).
  package let isInTmux: Bool
  package let isInScreen: Bool
  /// The process itself.
  package let process: UInt32

  /// This process's own.
  ///
  /// `TMUX` and `STY` are those that the program was started with.
  package static var current: TerminalSurroundings {
    TerminalSurroundings(
      device: outputDevice, isInTmux: isSet("TMUX"),
      isInScreen: isSet("STY"), process: UInt32(clamping: getpid()))
  }

  /// A variable that is set to nothing says nothing.
  private static func isSet(_ name: String) -> Bool {
    ProgramStart.environment[name]?.isEmpty == false
  }

  /// Unsafe use: `fstat` fills the structure it is given.
  private static var outputDevice: TerminalDevice {
    var status = stat()
    guard isatty(STDOUT_FILENO) == 1, unsafe fstat(STDOUT_FILENO, &status) == 0 else {
      return TerminalDevice(major: 0, minor: 0)
    }
    return TerminalDevice(device: UInt64(status.st_rdev))
  }
}
