// SPDX-License-Identifier: Apache-2.0

package import Sealing

/// Who keeps a vault's audit log: the vault's id and the key that signs checkpoints.
package struct AuditSigner: Sendable {
  /// 32 hexadecimal digits.
  package let vault: String
  package let key: SigningKey

  /// Makes a signer.
  package init(vault: String, key: SigningKey) {
    self.vault = vault
    self.key = key
  }
}

/// Where a log's chain ends: hash(n) = SHA-256(hash(n − 1) ‖ body(n)).
package struct AuditHead: Hashable, Sendable {
  /// The number of the last event; zero for an empty log.
  package private(set) var size: Int64
  /// 32 bytes.
  package private(set) var hash: [UInt8]

  /// The start of a vault's log: SHA-256 of `milkglass audit` and the vault's id.
  package init(vault: String) {
    size = 0
    hash = Digest.sha256(Array("milkglass audit".utf8), Array(vault.utf8))
  }

  /// A place in the chain: the number of its last event and the hash there.
  package init(size: Int64, hash: [UInt8]) {
    self.size = size
    self.hash = hash
  }

  /// Chains the next event's body.
  package mutating func extend(_ body: [UInt8]) {
    hash = Digest.sha256(hash, body)
    size += 1
  }
}
