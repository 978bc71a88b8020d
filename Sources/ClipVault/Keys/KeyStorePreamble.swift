// SPDX-License-Identifier: Apache-2.0

import Vocabulary

/// What the key store begins with, and so where its parts lie.
///
/// Shape of the store, all of it inside one age file that is sealed to the epoch identity: this
/// preamble (384 bytes); the rows, 384 bytes each, their ids rising; the digests, 48 bytes each, their
/// digests rising: 32 bytes of keyed digest and the clip's id, or zeros where that clip was erased.
///
/// | at | bytes | what |
/// |---|---|---|
/// | 0 | 24 | `milkglass keys 1`, a line end, zeros |
/// | 24 | 8, 8, 8 | epoch, number of rows, number of digests |
/// | 48 | 16 | vault |
/// | 64 | 32 | the key of the digests |
/// | 96 | 288 | zeros |
struct KeyStorePreamble {
  /// The number of the epoch whose identity opens this store; positive.
  let epoch: Int
  /// The number of rows.
  let rowCount: Int
  /// The number of digests: one a row, and one a tombstone.
  let digestCount: Int
  let vault: VaultID
  /// 32 random bytes, made with the vault: without them a digest tells nothing.
  let digestKey: [UInt8]

  static let encodedByteCount = 384

  /// Where the rows' part begins and ends.
  var rows: Range<Int> {
    let start = Self.encodedByteCount
    return start..<start + rowCount * KeyRow.encodedByteCount
  }
  /// Where the digests' part begins and ends.
  var digests: Range<Int> {
    rows.upperBound..<rows.upperBound + digestCount * KeyDigest.encodedByteCount
  }

  /// The preamble's bytes.
  var encoded: [UInt8] {
    var bytes = Self.magic + [UInt8](repeating: 0, count: 24 - Self.magic.count)
    for number in [epoch, rowCount, digestCount] { bytes += BigEndian.bytes(UInt64(number)) }
    bytes += vault.bytes + digestKey
    return bytes + [UInt8](repeating: 0, count: Self.encodedByteCount - bytes.count)
  }

  /// Why a preamble is refused.
  enum Defect: Error { case newer, damaged }

  init(epoch: Int, rowCount: Int, digestCount: Int, vault: VaultID, digestKey: [UInt8]) {
    self.epoch = epoch
    self.rowCount = rowCount
    self.digestCount = digestCount
    self.vault = vault
    self.digestKey = digestKey
  }

  /// Reads the preamble of a store with `total` bytes.
  static func read(_ bytes: Span<UInt8>, total: Int) -> Result<KeyStorePreamble, Defect> {
    do throws(Defect) {
      return .success(try KeyStorePreamble(bytes, total: total))
    } catch {
      return .failure(error)
    }
  }

  private init(_ bytes: Span<UInt8>, total: Int) throws(Defect) {
    guard bytes.count >= 24 else { throw .damaged }
    try Self.checkFormat(bytes)
    guard bytes.count == Self.encodedByteCount,
      let epoch = Int(exactly: BigEndian.number(bytes, at: 24)), epoch > 0,
      let rowCount = Int(exactly: BigEndian.number(bytes, at: 32)),
      let digestCount = Int(exactly: BigEndian.number(bytes, at: 40)),
      rowCount <= total / KeyRow.encodedByteCount,
      digestCount <= total / KeyDigest.encodedByteCount,
      let vault = VaultID(bytes: BigEndian.slice(bytes, 48..<64))
    else { throw .damaged }
    self.init(
      epoch: epoch, rowCount: rowCount, digestCount: digestCount, vault: vault,
      digestKey: BigEndian.slice(bytes, 64..<96))
    guard digests.upperBound == total else { throw .damaged }
    for index in 96..<Self.encodedByteCount where bytes[index] != 0 { throw .damaged }
  }

  private static let magic = Array("milkglass keys 1\n".utf8)
  private static let formatOffset = 15

  private static func checkFormat(_ bytes: Span<UInt8>) throws(Defect) {
    for index in 0..<formatOffset where bytes[index] != magic[index] { throw .damaged }
    var number = 0
    var index = formatOffset
    while index < 24, (48...57).contains(bytes[index]) {
      number = number * 10 + Int(bytes[index] - 48)
      index += 1
    }
    guard index > formatOffset, index < 24, bytes[index] == 0x0A, number > 0 else {
      throw .damaged
    }
    guard number == 1 else { throw .newer }
    // One form only: no other digits for the number, nothing behind the line.
    for index in formatOffset..<24 where bytes[index] != (index < magic.count ? magic[index] : 0) {
      throw .damaged
    }
  }
}

/// One entry of the digests' part.
struct KeyDigest {
  /// 32 bytes.
  let digest: [UInt8]
  /// The clip that has it; `KeyRow.nobody` where the clip was erased.
  let id: ClipID

  static let encodedByteCount = 48

  var encoded: [UInt8] { digest + id.bytes }

  /// Whether its digest is less than that of the entry at an offset.
  func precedes(_ bytes: Span<UInt8>, at offset: Int) -> Bool {
    for index in 0..<32 where digest[index] != bytes[offset + index] {
      return digest[index] < bytes[offset + index]
    }
    return false
  }

  init(digest: [UInt8], id: ClipID) {
    self.digest = digest
    self.id = id
  }

  /// Reads the entry at an offset; the caller has checked that it is there.
  init(_ bytes: Span<UInt8>, at offset: Int) {
    digest = BigEndian.slice(bytes, offset..<offset + 32)
    id = ClipID(bytes, at: offset + 32)
  }
}
