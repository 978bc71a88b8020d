// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import Lockdown
internal import Vocabulary

/// Somebody who is signed in again, and the door that their keys open.
struct SignedIn: Sendable {
  let entry: VaultEntry
  let door: ClipDoor
}

/// Why somebody is not signed in again.
struct SignInRefusal: Error, Hashable, Sendable {
  let sentence: String
  /// Whether it was the passphrase's fault.
  let isWrong: Bool
}

/// Signing in again after a lock.
extension VaultEntry {
  /// Reads the vault anew, which may have other people and rules by now, and opens it for a reviewer.
  ///
  /// Takes as long as a try of a passphrase does.
  func signIn(
    _ reviewer: ReviewerID, _ passphrase: SecretBytes
  ) -> Result<SignedIn, SignInRefusal> {
    do throws(VaultError) {
      let now = try Vault.open(path, places)
      let identity = try now.unlock(reviewer.text, passphrase)
      try Rights.demand(.review, of: identity.person, in: now.people)
      var entry = self
      entry.vault = now
      entry.identity = identity
      do throws(SessionError) {
        return .success(SignedIn(entry: entry, door: try ClipDoor(entry)))
      } catch { return .failure(SignInRefusal(sentence: error.spoken(texts), isWrong: false)) }
    } catch {
      if case .unlock = error {
        return .failure(
          SignInRefusal(sentence: texts(LockPhrase.wrongPassphrase, reviewer.text), isWrong: true))
      }
      return .failure(SignInRefusal(sentence: error.spoken(texts), isWrong: false))
    }
  }
}
