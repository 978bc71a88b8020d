// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import Foundation
internal import Lockdown

/// The 16-byte key of one age file, in protected memory.
package final class AgeFileKey: Sendable {
  private let secret: SecretBytes

  static let byteCount = 16
  /// The size of a file key under another key: with its tag.
  static let wrappedByteCount = 32

  /// Makes a random one.
  package init() { secret = .random(count: Self.byteCount) }

  /// Opens a wrapped key; nil where the wrapping key is another.
  init?(unwrapping body: [UInt8], _ wrapKey: SymmetricKey) {
    let zeros = [UInt8](repeating: 0, count: 12)
    guard body.count == Self.wrappedByteCount,
      let box = try? ChaChaPoly.SealedBox(combined: zeros + body),
      var key = try? ChaChaPoly.open(box, using: wrapKey)
    else { return nil }
    secret = SecretBytes(wiping: &key)
  }

  /// The key under another, which is used only once: its nonce is zero.
  func wrapped(under wrapKey: SymmetricKey) -> [UInt8] {
    do {
      let nonce = try ChaChaPoly.Nonce(data: [UInt8](repeating: 0, count: 12))
      return try unsafe secret.withBytes { key in
        Array(try unsafe ChaChaPoly.seal(key, using: wrapKey, nonce: nonce).combined.dropFirst(12))
      }
    } catch {
      // The library refuses other sizes only: the nonce has 12 bytes, every wrapping key 32.
      fatalError("a file key was not wrapped")
    }
  }

  /// The key of the header's code, or of a payload with its nonce as the salt.
  func derive(salt: [UInt8] = [], _ purpose: String) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: secret), salt: salt, info: Array(purpose.utf8),
      outputByteCount: 32)
  }
}
