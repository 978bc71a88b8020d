// SPDX-License-Identifier: Apache-2.0

/// What the audit log calls a clip: the first 16 bytes of HMAC-SHA-256(the clip's log salt, its id).
///
/// Who has no salt cannot tell which clip it is; erasing the salt unlinks the log.
package struct ClipLogName: Hashable, Sendable {
  /// 16 bytes.
  package let bytes: [UInt8]

  /// Takes 16 bytes; nil for another number.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// 32 lower-case hexadecimal digits.
  package var text: String { Hexadecimal.text(bytes) }
}
