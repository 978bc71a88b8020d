// SPDX-License-Identifier: Apache-2.0

import Lockdown
import Sealing

/// A key store being written, sealed as its parts come; at most one chunk waits in memory.
final class KeyStoreWriter {
  private let file: NewFile
  private var sealer: AgePayloadSealer?
  private let promised: Int
  private var written = 0

  /// Starts a store at a path where nothing lies yet.
  init(
    _ path: String, _ preamble: KeyStorePreamble, _ recipient: AgeRecipient
  ) throws(VaultError) {
    let key = AgeFileKey()
    guard let header = try? AgeHeader(key, for: [recipient]) else {
      throw .keyStoreDamaged(path)
    }
    file = try NewFile(path)
    promised = preamble.digests.upperBound
    var output = header.bytes
    sealer = AgePayloadSealer(key, to: &output)
    try file.append(output.span)
    var bytes = preamble.encoded
    defer { SecretBytes.wipe(&bytes) }
    try append(bytes.span)
  }

  /// Adds plain bytes at the end.
  func append(_ bytes: Span<UInt8>) throws(VaultError) {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + 4096)
    sealer?.append(bytes, to: &output)
    written += bytes.count
    guard output.count > 0 else { return }
    try file.append(output.span)
  }

  /// Makes the store durable; false where the preamble promised another number of bytes.
  func finish() throws(VaultError) -> Bool {
    var output: [UInt8] = []
    sealer.take()?.finish(to: &output)
    try file.append(output.span)
    try file.finish()
    return written == promised
  }
}
