// SPDX-License-Identifier: Apache-2.0
import CVTerm
import Glibc

/// How wide the C library, and with it ncurses, holds characters to be.
package enum CharacterWidth {
  /// Chooses a UTF-8 locale, without which no character beyond ASCII has a width.
  ///
  /// Unsafe use: a C string that the call only reads.
  package static func prepare() { unsafe setlocale(LC_CTYPE, "C.UTF-8") }

  /// The cells that a scalar takes; -1 for none that can be shown.
  package static func cells(_ scalar: UInt32) -> Int { Int(vterm_c_library_width(scalar)) }
}
