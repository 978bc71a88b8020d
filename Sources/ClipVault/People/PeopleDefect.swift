// SPDX-License-Identifier: Apache-2.0

/// Why people, or the policy, cannot be changed that way; nothing was changed.
package enum PeopleDefect: Error, Hashable, Sendable {
  /// Only the founding lead, who is named, changes the list of people.
  case notFounder(String)
  /// Only a lead signs the policy; the person named is none.
  case notLead(String)
  /// The name breaks `PersonName`'s rule.
  case badName(String)
  /// Someone, or an intake key, has that name.
  case nameTaken(String)
  /// Someone has that key.
  case keyTaken(String)
  /// The roles do not go together, in words.
  case badRoles(String)
  /// Nobody has that name.
  case unknown(String)
  /// The founding lead cannot be removed.
  case founderStays(String)
  /// The founding lead's keys are those of the vault and cannot be replaced.
  case founderReset(String)
  /// A person needs a passphrase in a vault like this.
  case emptyPassphrase
  /// The person has no passphrase to change.
  case openPerson(String)
  /// The vault has as many people as it can have.
  case tooMany
  /// That file is changed in another way.
  case notEditable(PolicyFileName)

  /// What to tell a person: what is wrong, and what to do next.
  package var sentence: String {
    switch self {
    case .notFounder(let founder):
      "Only the founding lead, \(founder), changes the list of people; ask \(founder)."
    case .notLead(let name): "\(name) is not a lead, and only a lead signs the policy."
    case .badName(let name): "\"\(name)\" cannot be a name: \(PersonName.rule)."
    case .nameTaken(let name): "\"\(name)\" is taken; choose another name."
    case .keyTaken(let name): "That key is \(name)'s already."
    case .badRoles(let words): "Those roles do not go together: \(words)."
    case .unknown(let name):
      "Nobody here is called \"\(name)\"; `milkglass person list` shows who is."
    case .founderStays(let name):
      "\(name) founded this vault, whose trust hangs on that key, and cannot be removed."
    case .founderReset(let name):
      "\(name) founded this vault, whose trust hangs on that key, so it cannot be made anew; change "
        + "the passphrase with `milkglass person passphrase`."
    case .emptyPassphrase: "An empty passphrase guards nothing; choose one."
    case .openPerson(let name):
      "\(name) has no passphrase in this vault, which is for demonstrations only."
    case .tooMany: "This vault has \(PeopleFile.limit) people or intake keys, and takes no more."
    case .notEditable(let file):
      "\(file.rawValue) is changed by `milkglass person`, in the founding lead's hands."
    }
  }
}
