// SPDX-License-Identifier: Apache-2.0

/// What is said of regions.
package enum RegionPhrase: String, PhraseKey {
  package static let table = "region"

  case solid
  /// Takes a number and a key.
  case most
  /// Takes what it is, its frost and a key.
  case added
  /// Takes what it is and the clip's frost.
  case addedForNothing = "added_for_nothing"
}
