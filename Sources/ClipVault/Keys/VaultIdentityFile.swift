// SPDX-License-Identifier: Apache-2.0

import Lockdown
package import Sealing

/// `keys/vault.age`: the vault identity, sealed to everybody who may open clips.
///
/// Shape: an age file; in it one identity's text a line, the newest first. More than one stand there
/// only while `rekey` is at work, or was interrupted.
package enum VaultIdentityFile {
  /// Seals the identities to those who may open clips, durably, in place of what was there.
  ///
  /// - Throws: `vaultIdentity` where there is no recipient or no identity.
  package static func seal(
    _ identities: [AgeIdentity], for recipients: [AgeRecipient], in layout: VaultLayout
  ) throws(VaultError) {
    let path = layout.vaultIdentity
    let texts = identities.map(\.text)
    guard !texts.isEmpty, texts.count <= identityLimit else { throw .vaultIdentity(path) }
    let plain = SecretBytes(count: texts.reduce(0) { $0 + $1.count + 1 }) { target in
      var offset = 0
      for text in texts {
        text.withSpan { bytes in
          for index in bytes.indices {
            target.storeBytes(of: bytes[index], toByteOffset: offset + index, as: UInt8.self)
          }
        }
        offset += text.count + 1
        target.storeBytes(of: 0x0A, toByteOffset: offset - 1, as: UInt8.self)
      }
    }
    guard let file = plain.withSpan({ try? AgeFile.seal($0, for: recipients) }) else {
      throw .vaultIdentity(path)
    }
    try VaultDisk.put(path, file)
  }

  /// Opens the file with a person's identity; the newest identity comes first.
  ///
  /// `recipient` is what the signed policy names: a file without its identity was put there by
  /// somebody else.
  /// - Throws: `vaultIdentity` where it does not open or holds something else.
  package static func open(
    _ layout: VaultLayout, with person: AgeIdentity, expecting recipient: AgeRecipient
  ) throws(VaultError) -> [AgeIdentity] {
    let path = layout.vaultIdentity
    let file = try VaultDisk.read(path, limit: byteLimit)
    guard let plain = try? AgeFile.open(file.span, [person]),
      let identities = identities(in: plain),
      identities.contains(where: { $0.recipient == recipient })
    else { throw .vaultIdentity(path) }
    return identities
  }

  /// No such file is larger: some thousand people.
  private static let byteLimit = 1 << 20
  /// So many interrupted rekeyings at most.
  static let identityLimit = 64

  private static func identities(in plain: SecretBytes) -> [AgeIdentity]? {
    plain.withSpan { bytes in
      var identities: [AgeIdentity] = []
      var start = 0
      for index in bytes.indices where bytes[index] == 0x0A {
        let line = SecretBytes(bytes.extracting(start..<index))
        guard identities.count < identityLimit, let identity = try? AgeIdentity(text: line) else {
          return nil
        }
        identities.append(identity)
        start = index + 1
      }
      return start == bytes.count ? identities : nil
    }
  }
}
