// SPDX-License-Identifier: Apache-2.0

import Lockdown
import Sealing

/// Makes the two signatures of a policy.
struct PolicySigner {
  let identity: Identity
  /// Milliseconds since 1970.
  let nowMilliseconds: Int64

  /// The next policy statement over these files, signed.
  func policyNote(
    _ texts: PolicyTexts, vault: VaultID, version: Int, recipient: AgeRecipient,
    logKey: VerifyingKey
  ) -> [UInt8] {
    var digests: [PolicyFileName: String] = [:]
    for file in PolicyFileName.allCases { digests[file] = texts.digest(file) }
    let statement = PolicyStatement(
      vault: vault, version: version, recipient: recipient, logKey: logKey,
      at: Timestamp.text(milliseconds: nowMilliseconds), digests: digests)
    return note(statement.text)
  }

  /// The next statement over the list of people, signed; the identity is the founder's.
  func peopleNote(_ texts: PolicyTexts, vault: VaultID, version: Int) -> [UInt8] {
    let statement = PeopleStatement(
      vault: vault, version: version, founderName: identity.person.name,
      founderKey: identity.signing.publicKey, digest: texts.digest(.people))
    return note(statement.text)
  }

  private func note(_ text: String) -> [UInt8] {
    Array(SignedNote(text, signedBy: identity.signing, named: identity.person.name).encoded.utf8)
  }

  /// `keys/vault.age` for other recipients; what it holds is opened by the identity.
  func resealedVaultIdentity(
    _ layout: VaultLayout, for people: People
  ) throws(VaultError) -> [UInt8] {
    let sealed = try PolicyStage.read(.vaultIdentity, in: layout, limit: 1 << 20)
    guard let sealed else { throw .trust(.damaged(layout.vaultIdentity)) }
    do throws(SealingError) {
      let secret = try AgeFile.open(sealed.span, [identity.age])
      return try secret.withSpan { (secret) throws(SealingError) in
        try AgeFile.seal(secret, for: people.clipRecipients)
      }
    } catch { throw .trust(.damaged(layout.vaultIdentity)) }
  }
}
