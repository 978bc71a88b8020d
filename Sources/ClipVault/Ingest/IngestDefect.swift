// SPDX-License-Identifier: Apache-2.0

/// What goes wrong in ingest alone.
package enum IngestDefect: Error, Hashable, Sendable {
  /// The policy does not let customers' source files stay.
  case mustNotKeepSources
  /// The source file at that path is no longer the one that was taken in.
  case sourceChanged(String)
  /// The source file at that path is gone, but its bytes have other names on the disk.
  case sourceHasOtherNames(String)
  /// A clip cannot be sealed to the vault's key.
  case unsealable
  /// The list of those who withdrew, at that path, cannot be understood.
  case withdrawalsDamaged(String)
  /// A text cannot be a consent record's id.
  case recordID(String)

  /// What to tell a person.
  package var sentence: String {
    switch self {
    case .mustNotKeepSources:
      "This vault's policy does not let source files stay (keep_source = false in policy.toml), "
        + "so nothing was taken in."
    case .sourceChanged(let path):
      "\(path) has changed since it was read; compare it with the clip, then remove it."
    case .sourceHasOtherNames(let path):
      "\(path) was removed, but hard links to it remain; find and remove them."
    case .unsealable:
      "The clip cannot be sealed to the vault's key; check the policy with `milkglass policy "
        + "verify`."
    case .withdrawalsDamaged(let path):
      "\(path) is damaged, so nobody can tell who withdrew; bring it back from a copy of today."
    case .recordID(let id):
      "\"\(id)\" cannot be a consent record's id: 1 to 64 letters, digits, dots, hyphens and "
        + "underscores will do."
    }
  }

  /// The exit code after `sysexits.h`.
  package var exitCode: Int32 { self == .mustNotKeepSources ? 77 : 65 }
}
