// SPDX-License-Identifier: Apache-2.0

import Lockdown
import Sealing
import Vocabulary

/// A row in a file of its own, until the next rewriting of the key store takes it in.
///
/// Shape of the file: an age file sealed to the epoch identity, which holds `milkglass row 1`, a line
/// end, and the row's 384 bytes.
struct LooseRow {
  let id: ClipID
  /// The row's keyed digest, 32 bytes.
  let digest: [UInt8]
  /// The row's 384 bytes.
  let bytes: SecretBytes

  /// Seals a row; the result is the file.
  static func seal(_ row: KeyRow, _ recipient: AgeRecipient) -> [UInt8]? {
    var plain = magic + row.encoded
    defer { SecretBytes.wipe(&plain) }
    return try? AgeFile.seal(plain.span, for: [recipient])
  }

  /// Opens the file of a clip's loose row.
  ///
  /// - Throws: `keyDamaged` where the identity does not open it, or it is another clip's.
  init(_ file: [UInt8], of id: ClipID, _ identity: AgeIdentity) throws(VaultError) {
    guard let plain = try? AgeFile.open(file.span, [identity]),
      let digest = Self.digest(in: plain, of: id)
    else { throw .keyDamaged(id) }
    self.id = id
    self.digest = digest
    bytes = plain.withSpan { SecretBytes($0.extracting(Self.magic.count...)) }
  }

  /// The row.
  var row: KeyRow? { bytes.withSpan { KeyRow($0, at: 0) } }

  /// No such file is larger, in bytes.
  static let byteLimit = 4096

  private static let magic = Array("milkglass row 1\n".utf8)

  /// The digest, where these are the bytes of that clip's row.
  ///
  /// The rest is not read here: an erased row must not be copied into ordinary memory.
  private static func digest(in plain: SecretBytes, of id: ClipID) -> [UInt8]? {
    plain.withSpan { bytes in
      let start = magic.count
      guard bytes.count == start + KeyRow.encodedByteCount,
        BigEndian.slice(bytes, 0..<start) == magic, ClipID(bytes, at: start) == id
      else { return nil }
      return BigEndian.slice(bytes, start + 44..<start + 76)
    }
  }
}
