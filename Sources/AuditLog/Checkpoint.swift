// SPDX-License-Identifier: Apache-2.0

internal import Foundation
package import Sealing

/// A signed statement of how a log stood: whoever keeps one finds every later change before it.
///
/// Shape, after C2SP tlog-checkpoint: a signed note of four lines, `milkglass/<vault id>`, the
/// number of events, the chain's hash there in base64, and `at` with milliseconds since 1970;
/// signed under the name `log`.
package struct Checkpoint: Hashable, Sendable {
  /// The number of events it covers, above zero.
  package let size: Int64
  /// The chain's hash after them: 32 bytes.
  package let hash: [UInt8]
  /// When it was signed, milliseconds since 1970.
  package let atMilliseconds: Int64

  /// The name under which the log's key signs.
  package static let signerName = "log"

  /// No two checkpoints of a log are further apart, in events.
  package static let interval: Int64 = 64

  /// States where a log's chain ends.
  package init(_ head: AuditHead, atMilliseconds: Int64) {
    size = head.size
    hash = head.hash
    self.atMilliseconds = atMilliseconds
  }

  /// The signed note's text.
  package func note(signedBy signer: AuditSigner) -> String {
    SignedNote(text(vault: signer.vault), signedBy: signer.key, named: Self.signerName).encoded
  }

  /// Reads a signed note, which must be exactly what `note` writes.
  ///
  /// - Throws: `malformed`; `unsigned` where the key did not sign it; `otherVault`.
  package init(note: [UInt8], vault: String, key: VerifyingKey) throws(AuditError) {
    let signed: SignedNote
    do { signed = try SignedNote(note) } catch { throw .malformed }
    guard Array(signed.encoded.utf8) == note else { throw .malformed }
    do {
      _ = try signed.signer(among: [(Self.signerName, key)])
    } catch { throw .unsigned }
    let lines = signed.text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 5, lines[3].hasPrefix("at "), let size = Int64(lines[1]), size > 0,
      let hash = Data(base64Encoded: String(lines[2])), hash.count == 32,
      let time = Int64(lines[3].dropFirst(3))
    else { throw .malformed }
    guard lines[0] == Self.origin(vault) else { throw .otherVault }
    self.size = size
    self.hash = Array(hash)
    atMilliseconds = time
    guard text(vault: vault) == signed.text else { throw .malformed }
  }

  private static func origin(_ vault: String) -> String { "milkglass/\(vault)" }

  private func text(vault: String) -> String {
    "\(Self.origin(vault))\n\(size)\n\(Data(hash).base64EncodedString())\nat \(atMilliseconds)\n"
  }
}
