// SPDX-License-Identifier: Apache-2.0

internal import Foundation
package import Lockdown

/// Whole small age files in memory.
package enum AgeFile {
  /// Seals bytes to recipients.
  ///
  /// - Throws: `key` where there is no recipient, or one of low order.
  package static func seal(_ plain: Span<UInt8>, for recipients: [AgeRecipient])
    throws(SealingError) -> [UInt8]
  {
    let key = AgeFileKey()
    let header = try AgeHeader(key, for: recipients)
    return header.bytes + AgePayload.seal(plain, key)
  }

  /// Seals bytes under a passphrase; `workFactor` is scrypt's log2 N, 1 to 22.
  ///
  /// - Throws: `key` for another work factor, `io` where memory is short.
  package static func seal(_ plain: Span<UInt8>, passphrase: SecretBytes, workFactor: Int)
    throws(SealingError) -> [UInt8]
  {
    let key = AgeFileKey()
    let header = try AgeHeader(key, passphrase: passphrase, workFactor: workFactor)
    return header.bytes + AgePayload.seal(plain, key)
  }

  /// Opens a file; what was opened is in protected memory.
  ///
  /// - Throws: what `AgeHeader` and `AgePayload` do.
  package static func open(_ file: Span<UInt8>, _ identities: [AgeIdentity]) throws(SealingError)
    -> SecretBytes
  {
    let header = try AgeHeader(parsing: file)
    return try payload(file, header, try header.key(identities))
  }

  /// Opens a file under a passphrase; a work factor above `maxWorkFactor` is refused.
  ///
  /// - Throws: what `AgeHeader` and `AgePayload` do.
  package static func open(_ file: Span<UInt8>, passphrase: SecretBytes, maxWorkFactor: Int)
    throws(SealingError) -> SecretBytes
  {
    let header = try AgeHeader(parsing: file)
    return try payload(
      file, header, try header.key(passphrase: passphrase, maxWorkFactor: maxWorkFactor))
  }

  private static func payload(_ file: Span<UInt8>, _ header: AgeHeader, _ key: AgeFileKey)
    throws(SealingError) -> SecretBytes
  {
    let sealed = file.extracting(droppingFirst: header.bytes.count)
    // The format counts the nonce to the header.
    guard sealed.count >= AgeStream.nonceByteCount else { throw .header }
    guard let count = AgePayload.plainByteCount(sealed.count) else { throw .payload }
    return try SecretBytes(count: count) { bytes throws(SealingError) in
      var offset = 0
      try AgePayload.open(sealed, key) { chunk throws(SealingError) in
        for index in chunk.indices {
          bytes.storeBytes(of: chunk[index], toByteOffset: offset + index, as: UInt8.self)
        }
        offset += chunk.count
      }
    }
  }
}
