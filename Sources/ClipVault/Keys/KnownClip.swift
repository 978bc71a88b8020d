// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// What a key store knows of a clip's digest.
package enum KnownClip: Hashable, Sendable {
  /// The clip is in the vault.
  case clip(ClipID)
  /// The clip was erased and is not taken in again.
  case erased
}
