// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The terminal of a kiosk: its keys neither stop nor end the program, and nothing that is typed
/// shows by itself, from `init` until `restore`.
///
/// `^C`, `^\` and `^Z` come in as bytes, which mean nothing to Milkglass. It holds through prompts
/// and screens, since these set other modes than the keys themselves.
/// Unsafe use: a pointer to a local value across one system call.
package struct HeldTerminal {
  private let descriptor: Int32
  private let original: termios

  /// Holds the terminal of standard input; nil where that is none.
  package init?(descriptor: Int32 = STDIN_FILENO) {
    var modes = termios()
    guard unsafe tcgetattr(descriptor, &modes) == 0 else { return nil }
    self.descriptor = descriptor
    original = modes
    // Zero stands for no key (_POSIX_VDISABLE).
    unsafe withUnsafeMutableBytes(of: &modes.c_cc) { keys in
      for key in [VINTR, VQUIT, VSUSP] { unsafe keys[Int(key)] = 0 }
    }
    modes.c_lflag &= ~tcflag_t(ECHO | ECHONL)
    _ = unsafe tcsetattr(descriptor, TCSANOW, &modes)
  }

  /// Gives the keys back, and every mode as it was.
  package func restore() {
    var modes = original
    _ = unsafe tcsetattr(descriptor, TCSADRAIN, &modes)
  }
}
