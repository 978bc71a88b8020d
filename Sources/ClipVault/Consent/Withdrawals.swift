// SPDX-License-Identifier: Apache-2.0

import Sealing
import Vocabulary

/// Who took all consent back, and when: clips under older consent are not taken in any more.
///
/// The label store closes the clips that are in the vault; this list outlives them, so that the
/// next batch of clips does not bring a withdrawn person back. It holds no pseudonym, but its
/// digest under the key store's key.
///
/// Shape: `keys/consent/withdrawn`, lines of 64 hexadecimal digits, a space, and milliseconds since
/// 1970.
package struct Withdrawals {
  private let path: String
  private let folder: String
  private let keys: KeyStore

  /// Names the list of a vault; nothing is read.
  package init(_ layout: VaultLayout, _ keys: KeyStore) {
    folder = layout.keys + "/consent"
    path = folder + "/withdrawn"
    self.keys = keys
  }

  /// Adds pseudonyms durably; the caller holds the vault's lock.
  ///
  /// One that is there already keeps the later time.
  package func add(
    _ subjects: [String], atMilliseconds time: Int64
  ) throws(VaultError) {
    guard !subjects.isEmpty else { return }
    var times = try read()
    for name in try names(subjects) { times[name] = max(time, times[name] ?? time) }
    let text = times.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined()
    try VaultDisk.makeFolder(folder)
    try VaultDisk.put(path, Array(text.utf8))
  }

  /// When the last of these pseudonyms took consent back; nil where none did.
  ///
  /// - Throws: `ingest(withdrawalsDamaged)` where the list cannot be understood: then nobody can
  ///   tell who is on it.
  package func latest(of subjects: [String]) throws(VaultError) -> Int64? {
    guard !subjects.isEmpty, case .file = VaultDisk.kind(path) else { return nil }
    let times = try read()
    return try names(subjects).compactMap { times[$0] }.max()
  }

  private func names(_ subjects: [String]) throws(VaultError) -> [String] {
    // The first line keeps these digests apart from those of clips.
    let digests = subjects.map { Digest.sha256(Array("milkglass subject\n\($0)".utf8)) }
    return try keys.keyedDigests(ofSHA256: digests).map(Hexadecimal.text)
  }

  private func read() throws(VaultError) -> [String: Int64] {
    guard case .file = VaultDisk.kind(path) else { return [:] }
    let bytes = try VaultDisk.read(path, limit: Self.byteLimit)
    guard bytes.last == 0x0A else { throw .ingest(.withdrawalsDamaged(path)) }
    var times: [String: Int64] = [:]
    for line in bytes.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false) {
      let parts = String(decoding: line, as: UTF8.self)
        .split(separator: " ", omittingEmptySubsequences: false)
      guard parts.count == 2, Hexadecimal.bytes(parts[0], count: 32) != nil,
        let time = Int64(parts[1])
      else { throw .ingest(.withdrawalsDamaged(path)) }
      times[String(parts[0])] = time
    }
    return times
  }

  /// The list of more than half a million people.
  private static let byteLimit = 64 << 20
}
