// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// What the terminal sent, told apart.
package enum InputEvent: Hashable, Sendable {
  /// A key.
  case key(KeyPress)
  /// The answer `CSI 0 n` to a frame's `CSI 5 n`.
  case frameAcknowledged
  /// The answer to DA1, the last of all that is asked before the screen; it came late.
  case lastAnswer
  /// `CSI I` and `CSI O`: the window has the focus, or has it no longer.
  case focusGained, focusLost
}
