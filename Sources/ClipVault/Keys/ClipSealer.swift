// SPDX-License-Identifier: Apache-2.0

package import Sealing

/// Seals clips for the vault; needs no secret.
package struct ClipSealer: Sendable {
  private let recipient: AgeRecipient

  /// Takes the public half of the vault identity, as the policy statement names it.
  ///
  /// Read the statement after taking the vault's lock: a clip sealed to an identity that `rekey`
  /// has replaced since would never open.
  package init(_ recipient: AgeRecipient) { self.recipient = recipient }

  /// A sealed clip; header and payload after each other are an age file.
  package struct Sealed {
    /// For the clip's row.
    package let header: [UInt8]
    /// For the clip's file.
    package let payload: [UInt8]
    /// To read the file back with; in locked memory.
    package let key: AgeFileKey
  }

  /// Seals a clip's bytes.
  ///
  /// - Throws: `SealingError.key` where the recipient is of low order.
  package func seal(_ clip: Span<UInt8>) throws(SealingError) -> Sealed {
    let key = AgeFileKey()
    let header = try AgeHeader(key, for: [recipient])
    return Sealed(header: header.bytes, payload: AgePayload.seal(clip, key), key: key)
  }
}
