// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import Foundation
package import Lockdown

/// Lets swift-crypto take a secret in place.
///
/// What it makes of it (`SymmetricKey`, private keys, shared secrets) lies in ordinary memory, which
/// that library wipes when the value goes; such values live within one call here.
extension SecretBytes: ContiguousBytes {
  /// Lends the bytes, as `withBytes` does.
  package func withUnsafeBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try unsafe withBytes(body)
  }

  /// Takes over bytes that a library handed out, and wipes them there.
  convenience init(wiping data: inout Data) {
    self.init(data.span)
    Self.wipe(&data)
  }

  /// Overwrites a library's copy of something secret in place.
  static func wipe(_ data: inout Data) {
    var bytes = data.mutableBytes
    wipe(&bytes)
  }
}
