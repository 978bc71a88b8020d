// SPDX-License-Identifier: Apache-2.0

import Lockdown
import Sealing

/// A person's identity file, `keys/people/NAME.age`: their keys under their passphrase.
package enum IdentityFile {
  /// No identity file is larger, in bytes.
  static let byteLimit = 4096
  /// A file that asks for more work is not tried: 2^20 takes some seconds and 1 GiB.
  package static let greatestWorkFactor = 20

  /// Makes random keys for a new person and seals them.
  static func make(
    _ passphrase: SecretBytes, cost: PassphraseCost
  ) throws(VaultError) -> (keys: IdentityKeys, file: [UInt8]) {
    let keys = IdentityKeys()
    return (keys, try seal(keys, passphrase, cost: cost))
  }

  /// Seals keys under a passphrase.
  static func seal(
    _ keys: IdentityKeys, _ passphrase: SecretBytes, cost: PassphraseCost
  ) throws(VaultError) -> [UInt8] {
    do throws(SealingError) {
      return try keys.text.withSpan { (text) throws(SealingError) in
        try AgeFile.seal(text, passphrase: passphrase, workFactor: cost.workFactor)
      }
    } catch { throw .unlock(.damagedFile) }
  }

  /// Opens the identity of a name in a vault.
  static func open(
    _ name: String, in layout: VaultLayout, _ people: People, _ passphrase: SecretBytes
  ) throws(VaultError) -> Identity {
    let person = people[name]
    // Only a name from the list becomes part of a path.
    guard let person else { return try open(nil, of: nil, passphrase) }
    let file: [UInt8]?
    do throws(VaultError) {
      file = try PolicyStage.read(.identity(name), in: layout, limit: byteLimit)
    } catch {
      guard case .system(let failure) = error, failure.isNoSmallFile else { throw error }
      file = []
    }
    return try open(file, of: person, passphrase)
  }

  /// Opens an identity file.
  ///
  /// Whatever is wrong, scrypt is run once and the sentence is the same, so that a try tells nobody
  /// which names exist. `file` is nil where there is none; `person` nil where the list has none.
  static func open(
    _ file: [UInt8]?, of person: Person?, _ passphrase: SecretBytes,
    cost: PassphraseCost = .standard, attempt: Attempt = Self.attempt
  ) throws(VaultError) -> Identity {
    let text: SecretBytes
    do throws(SealingError) {
      text = try attempt(person == nil ? cost.decoy : file ?? cost.decoy, passphrase)
    } catch {
      // A file that is no age file fell before scrypt was run.
      if error == .header { _ = try? attempt(cost.decoy, passphrase) }
      throw .unlock(defect(error, person: person, file: file))
    }
    guard let person, file != nil else { throw .unlock(.unknownPerson) }
    guard let keys = try? IdentityKeys(text: text) else { throw .unlock(.damagedFile) }
    guard keys.age.recipient == person.recipient, keys.signing.publicKey == person.signer else {
      throw .unlock(.otherKeys)
    }
    return Identity(person: person, keys: keys)
  }

  /// A try to open a file's bytes with a passphrase.
  typealias Attempt = ([UInt8], SecretBytes) throws(SealingError) -> SecretBytes

  static func attempt(
    _ file: [UInt8], _ passphrase: SecretBytes
  ) throws(SealingError) -> SecretBytes {
    try AgeFile.open(file.span, passphrase: passphrase, maxWorkFactor: greatestWorkFactor)
  }

  private static func defect(
    _ error: SealingError, person: Person?, file: [UInt8]?
  ) -> UnlockDefect {
    if person == nil { return .unknownPerson }
    if file == nil { return .missingFile }
    return error == .noMatch ? .wrongPassphrase : .damagedFile
  }
}

/// Why an identity did not open; a person is told the same for each.
package enum UnlockDefect: Error, Hashable, Sendable, CaseIterable {
  /// Nobody of that name is listed.
  case unknownPerson
  /// The person has no identity file.
  case missingFile
  /// The identity file is none, or was changed.
  case damagedFile
  /// The passphrase is another one.
  case wrongPassphrase
  /// The file holds keys that are not those of the list.
  case otherKeys

  /// What to tell a person: never which of them it was.
  package var sentence: String { "That name and passphrase do not open this vault." }
}

/// How much work a try of a passphrase costs.
package struct PassphraseCost: Hashable, Sendable {
  /// scrypt's log2 N.
  let workFactor: Int

  init(workFactor: Int) { self.workFactor = workFactor }

  /// For people with a passphrase: a second or two and 256 MiB of memory a try, as `age` has it.
  package static let standard = PassphraseCost(workFactor: 18)
  /// For people without one, in demonstrations.
  static let open = PassphraseCost(workFactor: 1)

  /// A well-formed age file that no passphrase opens, at the same cost as a real one.
  var decoy: [UInt8] {
    let header = """
      age-encryption.org/v1
      -> scrypt \(String(repeating: "A", count: 22)) \(workFactor)
      \(String(repeating: "A", count: 43))
      --- \(String(repeating: "A", count: 43))

      """
    return Array(header.utf8) + [UInt8](repeating: 0, count: 32)
  }
}
