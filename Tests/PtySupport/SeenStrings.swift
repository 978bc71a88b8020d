// SPDX-License-Identifier: Apache-2.0
import CVTerm

/// A second opinion on bytes, by libvterm's own parser: how many control strings a terminal would
/// see in them.
package struct SeenStrings: Hashable, Sendable {
  /// Titles, clipboard, colours.
  package let osc: Int
  /// Pictures and settings.
  package let dcs: Int

  /// Unsafe use: a buffer that lives across one call.
  package init(_ bytes: [UInt8]) {
    let seen = unsafe bytes.withUnsafeBytes { buffer in
      unsafe vterm_strings(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
    }
    (osc, dcs) = (Int(seen.osc), Int(seen.dcs))
  }
}
