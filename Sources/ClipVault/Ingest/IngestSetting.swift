// SPDX-License-Identifier: Apache-2.0

package import Sealing
package import Vocabulary

/// What ingest needs of a vault and its policy.
package struct IngestSetting {
  package let layout: VaultLayout
  package let keys: KeyStore
  package let cameras: CameraBook
  package let rules: ConsentRules
  package let signers: ConsentSigners
  /// Whether the policy lets a customer's source file stay.
  package let mayKeepSources: Bool
  /// To whom clips are sealed.
  ///
  /// Asked once the vault's lock is held, so that no clip is sealed to an
  /// identity that has just been replaced.
  package let recipient: () throws(VaultError) -> AgeRecipient
  /// The least frost for a clip of that source and camera; nil is a camera that nobody described.
  package let frostFloor: (ClipSource, Camera?) -> Frost

  /// Gathers them.
  package init(
    layout: VaultLayout, keys: KeyStore, cameras: CameraBook, rules: ConsentRules,
    signers: ConsentSigners, mayKeepSources: Bool,
    recipient: @escaping () throws(VaultError) -> AgeRecipient,
    frostFloor: @escaping (ClipSource, Camera?) -> Frost
  ) {
    self.layout = layout
    self.keys = keys
    self.cameras = cameras
    self.rules = rules
    self.signers = signers
    self.mayKeepSources = mayKeepSources
    self.recipient = recipient
    self.frostFloor = frostFloor
  }
}
