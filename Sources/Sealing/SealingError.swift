// SPDX-License-Identifier: Apache-2.0

/// Why something sealed could not be opened, or a signature not be believed.
///
/// None of them tells more than a caller may pass on: a wrong passphrase and a damaged file differ
/// for the caller, never for the person at the keys.
package enum SealingError: Error, Hashable, Sendable {
  /// The header is no age header, or breaks one of the format's rules.
  case header
  /// No stanza opens with what was given.
  case noMatch
  /// The header's authentication code is wrong.
  case headerChanged
  /// A chunk of the payload is missing, changed, or out of its place.
  case payload
  /// A key's text is none.
  case key
  /// A signed note is none, or no signature on it is of a key that was asked for.
  case signature
  /// Reading the source, or writing what was opened, failed outside of this module.
  case io
}
