// SPDX-License-Identifier: Apache-2.0

import Sealing
package import Vocabulary

/// What opens one clip, and what is known of it without opening it.
package struct KeyRow: Hashable, Sendable {
  package let id: ClipID
  /// The age header whose payload lies in `clips`; 1 to 212 bytes.
  package let header: [UInt8]
  /// `KeyStore.keyedDigest(ofSHA256:)` of the clip's bytes; 32 bytes.
  package let digest: [UInt8]
  /// The clip's own size in bytes, 0 to 100 MiB.
  package let byteCount: Int
  /// The consent record's id, at most 64 bytes of UTF-8.
  package let consent: String
  /// When it was taken in, milliseconds since 1970.
  package let addedAtMilliseconds: Int64
  /// When it must be gone, milliseconds since 1970.
  package let expiresAtMilliseconds: Int64
  /// The least frost it may be seen at.
  package let frostFloor: Frost
  /// 32 random bytes; without them nobody can tell which clip the audit log names.
  package let logSalt: [UInt8]

  /// Makes a row; nil where a part has a size that a row cannot hold, or the id is all zeros.
  package init?(
    id: ClipID, header: [UInt8], digest: [UInt8], byteCount: Int, consent: String,
    addedAtMilliseconds: Int64, expiresAtMilliseconds: Int64, frostFloor: Frost, logSalt: [UInt8]
  ) {
    guard id != Self.nobody, (1...Self.headerLimit).contains(header.count), digest.count == 32,
      (0...KeyRow.clipByteLimit).contains(byteCount),
      consent.utf8.count <= Self.consentByteLimit, logSalt.count == 32
    else { return nil }
    self.id = id
    self.header = header
    self.digest = digest
    self.byteCount = byteCount
    self.consent = consent
    self.addedAtMilliseconds = addedAtMilliseconds
    self.expiresAtMilliseconds = expiresAtMilliseconds
    self.frostFloor = frostFloor
    self.logSalt = logSalt
  }

  /// The greatest clip that is taken in or opened, in bytes.
  package static let clipByteLimit = 100 << 20
  /// A consent record's id is no longer, in bytes of UTF-8.
  package static let consentByteLimit = 64

  /// What the audit log calls the clip.
  package var logName: ClipLogName {
    guard let name = ClipLogName(Array(Digest.hmac(id.bytes, key: logSalt).prefix(16))) else {
      // A digest has 32 bytes, of which 16 were taken.
      fatalError("a log name of another size")
    }
    return name
  }

  /// 32 random bytes for `logSalt`.
  package static func randomSalt() -> [UInt8] {
    (0..<32).map { _ in UInt8.random(in: .min ... .max) }
  }

  /// The same row with another header.
  func rewrapped(_ header: [UInt8]) -> KeyRow? {
    KeyRow(
      id: id, header: header, digest: digest, byteCount: byteCount, consent: consent,
      addedAtMilliseconds: addedAtMilliseconds, expiresAtMilliseconds: expiresAtMilliseconds,
      frostFloor: frostFloor, logSalt: logSalt)
  }

  /// The id that stands for no clip: in the key store it marks a digest as erased.
  static let nobody = ClipID(high: 0, low: 0)
  static let headerLimit = 212
}

/// A row as it lies on disk: 384 bytes, numbers with their most significant byte first.
///
/// | at | bytes | what |
/// |---|---|---|
/// | 0 | 16 | id |
/// | 16 | 2, 1, 1 | header's size, consent's size, frost |
/// | 20 | 8, 8, 8 | clip's size, taken in at, expires at |
/// | 44 | 32, 32 | digest, log salt |
/// | 108 | 64 | consent, zeros behind it |
/// | 172 | 212 | header, zeros behind it |
extension KeyRow {
  /// The size of a row.
  static let encodedByteCount = 384

  /// The row's bytes.
  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.encodedByteCount)
    bytes += id.bytes
    bytes += [UInt8(header.count >> 8), UInt8(header.count & 0xFF)]
    bytes += [UInt8(consent.utf8.count), UInt8(frostFloor.rawValue)]
    for number in [Int64(byteCount), addedAtMilliseconds, expiresAtMilliseconds] {
      bytes += BigEndian.bytes(UInt64(bitPattern: number))
    }
    bytes += digest + logSalt
    bytes += Self.padded(Array(consent.utf8), to: Self.consentByteLimit)
    bytes += Self.padded(header, to: Self.headerLimit)
    return bytes
  }

  /// Reads the row that begins at an offset of the bytes; nil where it is none.
  init?(_ bytes: Span<UInt8>, at offset: Int) {
    guard offset >= 0, bytes.count - offset >= Self.encodedByteCount else { return nil }
    let row = bytes.extracting(offset..<offset + Self.encodedByteCount)
    let headerCount = Int(row[16]) << 8 | Int(row[17])
    guard let frost = Frost(rawValue: Int(row[19])),
      let byteCount = Int(exactly: BigEndian.number(row, at: 20)),
      let consent = Self.text(row, at: 108, count: Int(row[18]), of: Self.consentByteLimit),
      let header = Self.part(row, at: 172, count: headerCount, of: Self.headerLimit)
    else { return nil }
    self.init(
      id: ClipID(row, at: 0), header: header, digest: BigEndian.slice(row, 44..<76),
      byteCount: byteCount, consent: consent,
      addedAtMilliseconds: Int64(bitPattern: BigEndian.number(row, at: 28)),
      expiresAtMilliseconds: Int64(bitPattern: BigEndian.number(row, at: 36)),
      frostFloor: frost, logSalt: BigEndian.slice(row, 76..<108))
  }

  private static func padded(_ bytes: [UInt8], to count: Int) -> [UInt8] {
    bytes + [UInt8](repeating: 0, count: count - bytes.count)
  }

  /// The first bytes of a field, where the rest of it is zero.
  private static func part(
    _ row: Span<UInt8>, at offset: Int, count: Int, of size: Int
  ) -> [UInt8]? {
    guard count <= size else { return nil }
    for index in offset + count..<offset + size where row[index] != 0 { return nil }
    return BigEndian.slice(row, offset..<offset + count)
  }

  private static func text(
    _ row: Span<UInt8>, at offset: Int, count: Int, of size: Int
  ) -> String? {
    part(row, at: offset, count: count, of: size).flatMap {
      String(validating: $0, as: UTF8.self)
    }
  }
}
