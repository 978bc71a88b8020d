// SPDX-License-Identifier: Apache-2.0

/// A policy whose files may have been changed by hand: believed as far as signing anew needs it.
///
/// The founding lead's pin and signature hold, and so does the last lead's signature, since the
/// vault's keys stand there; what the digests say of the files is what a new signature changes.
struct PolicyDraft {
  let texts: PolicyTexts
  let founding: PeopleStatement
  /// The list as it lies there now.
  let people: People
  let statement: PolicyStatement
  private let seen: SeenVersions

  init(_ layout: VaultLayout, _ places: TrustPlaces) throws(VaultError) {
    let signed = try SignedPolicy.read(layout)
    texts = signed.texts
    founding = try signed.peopleStatement()
    try signed.checkPin(founding, places)
    people = try signed.people(founding)
    (statement, _) = try signed.policyStatement(leads: people.leadKeys)
    guard statement.vault == founding.vault else { throw .trust(.mixed) }
    seen = try SeenVersions.read(VaultState(root: places.stateRoot, vault: founding.vault))
  }

  /// Whether the founding lead's signature is not over this list, or over one that fell behind.
  var peopleNeedSigning: Bool {
    texts.digest(.people) != founding.digest || founding.version < seen.people
  }

  /// A lead who signs a vault that was brought back from a copy puts its policy in force again.
  var nextVersion: Int { max(statement.version, seen.policy) + 1 }
  var nextPeopleVersion: Int { max(founding.version, seen.people) + 1 }
}
