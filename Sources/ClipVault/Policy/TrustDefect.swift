// SPDX-License-Identifier: Apache-2.0

/// Why a vault's policy is not believed; each of them opens nothing.
package enum TrustDefect: Error, Hashable, Sendable {
  /// Clips lay unsealed in vaults of version 0.1.
  case unsealed(vault: String)
  /// A newer Milkglass wrote that file.
  case newer(String)
  /// A signed file of the policy is missing.
  case missing(String)
  /// A signed file, or a file of the state folder, has not the form it must have.
  case damaged(String)
  /// Nobody has confirmed the founding lead's key on this seat yet.
  case unpinned(vault: String, founder: String, fingerprint: String)
  /// The founding lead's key is not the one that was confirmed; `place` holds that one.
  case otherFounder(vault: String, fingerprint: String, pinned: String, place: String)
  /// The fingerprint that a person gave is not that of this vault's founding lead.
  case otherFingerprint(vault: String, fingerprint: String)
  /// A line of the system's trust file is none.
  case trustFile(String, line: Int)
  /// The list of people is not signed by the founding lead.
  case peopleUnsigned(founder: String)
  /// The list of people is not the one that the founding lead signed.
  case peopleChanged(founder: String)
  /// The founder of the list is not the founder that signed it.
  case founderDiffers
  /// No lead of the list signed the policy.
  case policyUnsigned
  /// A file was changed after it was signed.
  case changed(PolicyFileName, signer: String, version: Int, vault: String)
  /// The signed files speak of different vaults.
  case mixed
  /// The policy is older than one that was seen here.
  case older(version: Int, seen: Int)
  /// The list of people is older than one that was seen here.
  case olderPeople(version: Int, seen: Int)
  /// Someone is listed without a passphrase, which the policy does not allow.
  case openPerson(String)

  /// What to tell a person: what is wrong, and what to do next.
  package var sentence: String {
    switch self {
    case .unsealed(let vault):
      "\(vault) was made before clips were sealed; make a new vault with `milkglass init` and take "
        + "the clips in again."
    case .newer(let file):
      "policy/\(file) was made by a newer Milkglass; install that version to open this vault."
    case .missing(let file):
      "policy/\(file) is missing, so nothing is opened; bring it back from a copy."
    case .damaged(let file):
      "\(file) is damaged, so nothing is opened; bring it back from a copy."
    case .unpinned(let vault, let founder, let fingerprint):
      "Nobody has confirmed on this seat that \(vault) is \(founder)'s; ask \(founder) for the "
        + "fingerprint that `milkglass init` printed, and if it is \(fingerprint), run "
        + "`milkglass trust --vault \(vault) --fingerprint \(fingerprint)`."
    case .otherFounder(let vault, let fingerprint, let pinned, let place):
      "\(vault) is not the vault that was confirmed: its founding lead's fingerprint is "
        + "\(fingerprint), \(place) says \(pinned); open nothing and tell a lead."
    case .otherFingerprint(let vault, let fingerprint):
      "That is not the fingerprint of \(vault), which is \(fingerprint); do not trust it before the "
        + "founding lead has told you which is right."
    case .trustFile(let file, let line):
      "\(file):\(line): a line must be a vault's id, a space and a fingerprint."
    case .peopleUnsigned(let founder):
      "policy/people.sig is not signed by the founding lead, \(founder), so nothing is opened; "
        + "bring it back from a copy."
    case .peopleChanged(let founder):
      "policy/people.toml was changed after \(founder) signed it; only the founding lead changes it, "
        + "with `milkglass person`, or checks it and runs `milkglass policy sign`."
    case .founderDiffers:
      "policy/people.toml names another founding lead than policy/people.sig, so nothing is opened; "
        + "bring both back from a copy."
    case .policyUnsigned:
      "policy/policy.sig is not signed by a lead of this vault, so nothing is opened; a lead checks "
        + "the policy and runs `milkglass policy sign`."
    case .changed(let file, let signer, let version, let vault):
      "policy/\(file.rawValue) was changed after lead \(signer) signed version \(version); a lead "
        + "checks it and runs `milkglass policy sign --vault \(vault)`."
    case .mixed:
      "The signed files of the policy are of different vaults, so nothing is opened; bring them back "
        + "from a copy."
    case .older(let version, let seen):
      "The policy is version \(version), but version \(seen) was in force here already; bring the "
        + "newer one back."
    case .olderPeople(let version, let seen):
      "The list of people is version \(version), but version \(seen) was in force here already; "
        + "bring the newer one back."
    case .openPerson(let name):
      "\(name) has no passphrase, which the policy does not allow (open_people), so nothing is "
        + "opened; the founding lead resets the passphrase or removes the person."
    }
  }

  /// The exit code after `sysexits.h`: 77 where trust is missing, 65 where files are wrong.
  package var exitCode: Int32 {
    switch self {
    case .unpinned, .otherFounder, .otherFingerprint: 77
    default: 65
    }
  }
}
