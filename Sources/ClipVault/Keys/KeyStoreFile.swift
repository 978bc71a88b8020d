// SPDX-License-Identifier: Apache-2.0

import Glibc
import Lockdown
import Sealing
import Vocabulary

/// A key store that was opened to be read, for one look-up or one pass and no longer.
///
/// It holds the epoch identity, and at most one block of rows in memory.
struct KeyStoreFile {
  let path: String
  /// The epoch's identity; loose rows are sealed to it too.
  let identity: AgeIdentity
  let preamble: KeyStorePreamble
  private var payload: AgePayloadReader

  /// Opens the store with whichever epoch identity of the state folder opens it.
  ///
  /// A second try follows where no epoch fitted: somebody may just have begun a new one.
  static func open(_ layout: VaultLayout, _ state: VaultState) throws(VaultError) -> KeyStoreFile {
    do throws(VaultError) {
      return try openOnce(layout, state)
    } catch {
      switch error {
      case .keyStoreDamaged, .keyStoreNewer: throw error
      default: return try openOnce(layout, state)
      }
    }
  }

  private static func openOnce(
    _ layout: VaultLayout, _ state: VaultState
  ) throws(VaultError) -> KeyStoreFile {
    let path = layout.keyStore
    let numbers = try state.epochs()
    let file = try OpenFile(path)
    let head = try file.read(0, min(file.byteCount, 4096))
    guard let header = try? AgeHeader(parsing: head.span) else { throw .keyStoreDamaged(path) }
    let (number, identity, key) = try unlock(header, numbers, state, path)
    let store = try opened(path, file, at: header.bytes.count, key, identity)
    guard store.preamble.vault == state.vault, store.preamble.epoch == number else {
      throw .keyStoreForeign(path)
    }
    return store
  }

  /// Opens the payload that begins at `start` of the file, once its header has given the key.
  static func opened(
    _ path: String, _ file: OpenFile, at start: Int, _ key: AgeFileKey, _ identity: AgeIdentity
  ) throws(VaultError) -> KeyStoreFile {
    var payload = try payload(in: file, at: start, key, path)
    let preamble = try preamble(of: &payload, path)
    return KeyStoreFile(path: path, identity: identity, preamble: preamble, payload: payload)
  }

  private static func payload(
    in file: OpenFile, at start: Int, _ key: AgeFileKey, _ path: String
  ) throws(VaultError) -> AgePayloadReader {
    try checked(path) { () throws(SealingError) in
      try AgePayloadReader(sealedByteCount: file.byteCount - start, key: key) {
        (offset, count) throws(SealingError) in
        try part(of: file, start + offset, count)
      }
    }
  }

  private static func part(
    of file: OpenFile, _ offset: Int, _ count: Int
  ) throws(SealingError) -> [UInt8] {
    guard let bytes = try? file.read(offset, count) else { throw .io }
    guard bytes.count == count else { throw .payload }
    return bytes
  }

  private static func preamble(
    of payload: inout AgePayloadReader, _ path: String
  ) throws(VaultError) -> KeyStorePreamble {
    let size = KeyStorePreamble.encodedByteCount
    guard payload.byteCount >= size else { throw .keyStoreDamaged(path) }
    var bytes = try read(&payload, 0..<size, path)
    defer { SecretBytes.wipe(&bytes) }
    switch KeyStorePreamble.read(bytes.span, total: payload.byteCount) {
    case .success(let preamble): return preamble
    case .failure(.newer): throw .keyStoreNewer(path)
    case .failure(.damaged): throw .keyStoreDamaged(path)
    }
  }

  /// The newest epoch that opens the header, and the store's key.
  private static func unlock(
    _ header: AgeHeader, _ numbers: [Int], _ state: VaultState, _ path: String
  ) throws(VaultError) -> (Int, AgeIdentity, AgeFileKey) {
    var isOneUnreadable = false
    for number in numbers.reversed() {
      guard let identity = try? state.epoch(number) else {
        isOneUnreadable = true
        continue
      }
      switch open(header, identity) {
      case .success(let key): return (number, identity, key)
      case .failure(.noMatch): continue
      case .failure: throw .keyStoreDamaged(path)
      }
    }
    throw isOneUnreadable ? .stateDamaged(state.folder) : .keyStoreForeign(path)
  }

  private static func open(
    _ header: AgeHeader, _ identity: AgeIdentity
  ) -> Result<AgeFileKey, SealingError> {
    do throws(SealingError) {
      return .success(try header.key([identity]))
    } catch {
      return .failure(error)
    }
  }

  /// The row of a clip; nil where the store has none.
  mutating func row(of id: ClipID) throws(VaultError) -> KeyRow? {
    var found: KeyRow?
    let path = path
    _ = try search(preamble.rows, size: KeyRow.encodedByteCount) { (bytes) throws(VaultError) in
      let other = ClipID(bytes, at: 0)
      if other == id {
        guard let row = KeyRow(bytes, at: 0) else { throw .keyStoreDamaged(path) }
        found = row
      }
      return other < id
    }
    return found
  }

  /// Whether the store has a row of the clip.
  mutating func contains(_ id: ClipID) throws(VaultError) -> Bool {
    var isFound = false
    _ = try search(preamble.rows, size: KeyRow.encodedByteCount) { (bytes) throws(VaultError) in
      let other = ClipID(bytes, at: 0)
      if other == id { isFound = true }
      return other < id
    }
    return isFound
  }

  /// What the store knows of a digest; a tombstone outranks a clip.
  mutating func knowledge(of digest: [UInt8]) throws(VaultError) -> KnownClip? {
    let size = KeyDigest.encodedByteCount
    var index = try search(preamble.digests, size: size) { (bytes) throws(VaultError) in
      KeyDigest(bytes, at: 0).digest.lexicographicallyPrecedes(digest)
    }
    var known: KnownClip?
    while index < preamble.digestCount {
      let start = preamble.digests.lowerBound + index * size
      let bytes = try read(start..<start + size)
      let entry = KeyDigest(bytes.span, at: 0)
      guard entry.digest == digest else { break }
      if entry.id == KeyRow.nobody { return .erased }
      known = .clip(entry.id)
      index += 1
    }
    return known
  }

  /// Lends a part of the store block by block, each a whole number of items.
  mutating func forEachBlock(
    of part: Range<Int>, size: Int, _ body: (Span<UInt8>) throws(VaultError) -> Void
  ) throws(VaultError) {
    let step = max(1, Self.blockByteCount / size) * size
    for start in stride(from: part.lowerBound, to: part.upperBound, by: step) {
      var block = try read(start..<min(start + step, part.upperBound))
      // Erased rows are among them, and must not stay in freed memory.
      defer { SecretBytes.wipe(&block) }
      try body(block.span)
    }
  }

  /// The first item of a sorted part for which `isBefore` does not hold; all items, where it does
  /// for each.
  private mutating func search(
    _ part: Range<Int>, size: Int, _ isBefore: (Span<UInt8>) throws(VaultError) -> Bool
  ) throws(VaultError) -> Int {
    var low = 0
    var high = part.count / size
    while low < high {
      let middle = low + (high - low) / 2
      let start = part.lowerBound + middle * size
      var item = try read(start..<start + size)
      defer { SecretBytes.wipe(&item) }
      if try isBefore(item.span) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func read(_ range: Range<Int>) throws(VaultError) -> [UInt8] {
    try Self.read(&payload, range, path)
  }

  private static func read(
    _ payload: inout AgePayloadReader, _ range: Range<Int>, _ path: String
  ) throws(VaultError) -> [UInt8] {
    try checked(path) { () throws(SealingError) in try payload.read(range) }
  }

  private static func checked<Value>(
    _ path: String, _ body: () throws(SealingError) -> Value
  ) throws(VaultError) -> Value {
    do {
      return try body()
    } catch {
      guard error == .io else { throw .keyStoreDamaged(path) }
      throw .system(SystemFailure(.read, path, code: EIO))
    }
  }

  private static let blockByteCount = 192 << 10
}
