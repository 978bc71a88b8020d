// SPDX-License-Identifier: Apache-2.0

import Lockdown
package import Sealing

/// A new vault identity and a new epoch: every header is wrapped anew, no payload is touched.
///
/// It helps against an identity that was stolen; not against one who has already kept a header with
/// it, since the clips' own keys stay.
///
/// Order, and why a crash before or after any step leaves a vault that opens:
/// 1. `vault.age` holds the new identity and every older one, so that both open headers.
/// 2. `publish` makes the signed policy name the new one: from now on clips are sealed to it.
/// 3. The key store is rewritten under a new epoch, every header sealed to the new identity.
/// 4. `vault.age` holds the new identity alone.
///
/// After a crash it is simply begun again, with yet another identity: whoever was removed meanwhile
/// may know the one that was begun.
package struct Rekey {
  private let store: KeyStore

  /// Takes the key store; the caller holds the vault's lock.
  package init(_ store: KeyStore) { self.store = store }

  /// Does it.
  ///
  /// `old` is what `VaultIdentityFile.open` gave, `recipients` are those who may open clips from now
  /// on. `publish` must make the policy durable before it returns; called again with another
  /// recipient it replaces it. `progress` is told how many headers are done.
  /// - Returns: the new vault identity.
  /// - Throws: `clipSealedToOther` or `keyDamaged` where a header opens with no identity: nothing is
  ///   lost, both identities stay.
  @discardableResult
  package func run(
    from old: [AgeIdentity], to recipients: [AgeRecipient],
    publish: (AgeRecipient) throws(VaultError) -> Void, progress: @escaping (Int) -> Void = { _ in }
  ) throws(VaultError) -> AgeIdentity {
    try store.recover()
    let identity = AgeIdentity()
    let both = [identity] + old
    try store.willDo(.writeBothIdentities)
    try VaultIdentityFile.seal(both, for: recipients, in: store.layout)
    try store.willDo(.publish)
    try publish(identity.recipient)
    try store.willDo(.rewrap)
    var count = 0
    _ = try store.renew { (row) throws(VaultError) in
      let bytes = try Self.rewrap(row, both, identity.recipient, store.layout.keyStore)
      count += 1
      progress(count)
      return bytes
    }
    try store.willDo(.writeNewIdentity)
    try VaultIdentityFile.seal([identity], for: recipients, in: store.layout)
    try store.willDo(.done)
    return identity
  }

  private static func rewrap(
    _ bytes: Span<UInt8>, _ identities: [AgeIdentity], _ recipient: AgeRecipient, _ path: String
  ) throws(VaultError) -> [UInt8] {
    guard let row = KeyRow(bytes, at: 0) else { throw .keyStoreDamaged(path) }
    guard let header = try? AgeHeader(parsing: row.header.span) else { throw .keyDamaged(row.id) }
    let key: AgeFileKey
    do { key = try header.key(identities) } catch {
      throw error == .noMatch ? .clipSealedToOther(row.id) : .keyDamaged(row.id)
    }
    guard let wrapped = try? AgeHeader(key, for: [recipient]),
      let row = row.rewrapped(wrapped.bytes)
    else { throw .keyDamaged(row.id) }
    return row.encoded
  }
}
