// SPDX-License-Identifier: Apache-2.0

import Crypto
import Vocabulary

/// What lies in `keys` for one clip: its digest, size and consent.
struct KeyFile: Hashable {
  /// SHA-256 of the clip's bytes, 64 lower-case hexadecimal digits.
  let sha256: String
  /// The clip's size in bytes.
  let byteCount: Int
  /// The consent record's id; empty for staff test clips.
  let consent: String
  /// When it was taken in, milliseconds since 1970.
  let addedAtMilliseconds: Int64

  /// No key file is larger, in bytes.
  static let byteLimit = 4096

  /// The digest of a clip's bytes, as `sha256` holds it.
  static func digest(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { byte in
      let digits = String(byte, radix: 16)
      return digits.utf8.count == 1 ? "0" + digits : digits
    }.joined()
  }

  /// The file's text.
  var text: String {
    JSONText.object([
      ("sha256", JSONText.quoted(sha256)), ("bytes", String(byteCount)),
      ("consent", JSONText.quoted(consent)),
      ("added_at", JSONText.quoted(Timestamp.text(milliseconds: addedAtMilliseconds))),
      ("added_at_ms", String(addedAtMilliseconds)),
    ]) + "\n"
  }

  init(sha256: String, byteCount: Int, consent: String, addedAtMilliseconds: Int64) {
    self.sha256 = sha256
    self.byteCount = byteCount
    self.consent = consent
    self.addedAtMilliseconds = addedAtMilliseconds
  }

  /// Reads a file's text; nil where it is none of ours.
  init?(_ bytes: [UInt8]) {
    guard let node = try? JSONScanner.parse(bytes[...]), case .object(let members) = node.value
    else { return nil }
    let fields = Dictionary(members.map { ($0.name, $0.node.value) }) { first, _ in first }
    guard case .string(let sha256)? = fields["sha256"], sha256.utf8.count == 64,
      case .number(let size)? = fields["bytes"], let byteCount = Int(exactly: size),
      case .string(let consent)? = fields["consent"],
      case .number(let time)? = fields["added_at_ms"], let added = Int64(exactly: time)
    else { return nil }
    self.init(
      sha256: sha256, byteCount: byteCount, consent: consent, addedAtMilliseconds: added)
  }

  /// Reads a clip's key file.
  static func read(_ id: ClipID, in layout: VaultLayout) throws(VaultError) -> KeyFile {
    let path = layout.key(id)
    guard case .file = VaultDisk.kind(path) else { throw .clipMissing(id) }
    guard let key = KeyFile(try VaultDisk.read(path, limit: byteLimit)) else {
      throw .keyDamaged(id)
    }
    return key
  }
}
