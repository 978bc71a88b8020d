// SPDX-License-Identifier: Apache-2.0

import Sealing
package import StrictTOML
import Vocabulary

/// Reads and writes `people.toml`.
package enum PeopleFile {
  /// No vault has more people or more intake keys.
  package static let limit = 1_000

  /// Reads the list: names and keys are unique, each role is known, an auditor is nothing else, and
  /// the founder is one of the leads.
  package static func parse(
    _ text: String, fileName: String = "people.toml"
  ) throws(PolicyFileError) -> People {
    let table = try TOMLDocument(text, fileName: fileName).table
    guard let vault = VaultID(text: try table.string("vault")) else {
      throw table.complaint("vault", "\"vault\" must be 32 lower-case hexadecimal digits")
    }
    var seen = Seen()
    var persons: [Person] = []
    for reader in try table.tables("person") {
      persons.append(try person(reader, &seen))
      try reader.finish()
    }
    var intakeKeys: [IntakeKey] = []
    for reader in try table.tables("intake") {
      let name = try name(reader, &seen)
      intakeKeys.append(IntakeKey(name: name, key: try verifyingKey(reader, "key", name, &seen)))
      try reader.finish()
    }
    let founder = try table.string("founder")
    let people = People(
      vault: vault, founderName: founder, persons: persons, intakeKeys: intakeKeys)
    guard people[founder]?.roles.contains(.lead) == true else {
      throw table.complaint("founder", "the founder must be one of the people below, and a lead")
    }
    guard persons.count <= limit, intakeKeys.count <= limit else {
      throw table.complaint("there are more than \(limit) people or intake keys")
    }
    try table.finish()
    return people
  }

  /// Who has which name and which key so far.
  private struct Seen {
    var names: [String: TextPosition] = [:]
    /// The owner of each key, by the key's text.
    var keys: [String: String] = [:]
  }

  private static func name(
    _ reader: TOMLReader, _ seen: inout Seen
  ) throws(PolicyFileError) -> String {
    let name = try reader.string("name")
    guard PersonName.isValid(name) else { throw reader.complaint("name", PersonName.rule) }
    if let other = seen.names[name] {
      throw reader.complaint("name", "the name \"\(name)\" is on line \(other.line) too")
    }
    seen.names[name] = reader.position("name")
    return name
  }

  private static func person(
    _ reader: TOMLReader, _ seen: inout Seen
  ) throws(PolicyFileError) -> Person {
    let name = try name(reader, &seen)
    let roles = try roles(reader)
    let text = try reader.string("recipient")
    let recipient: AgeRecipient
    do { recipient = try AgeRecipient(text: text) } catch {
      throw reader.complaint(
        "recipient", "\"recipient\" must be a public key that begins with age1")
    }
    try claim(recipient.text, reader, "recipient", name, &seen)
    return Person(
      name: name, roles: roles, recipient: recipient,
      signer: try verifyingKey(reader, "signer", name, &seen),
      hasPassphrase: try reader.optionalBool("passphrase") ?? true)
  }

  private static func roles(_ reader: TOMLReader) throws(PolicyFileError) -> Set<Role> {
    guard let words = try reader.optionalStrings("roles") else {
      throw reader.complaint("\"roles\" is missing")
    }
    var roles: Set<Role> = []
    for (index, word) in words.enumerated() {
      guard let role = Role(rawValue: word) else {
        throw reader.complaint(
          "roles", element: index, "\"\(word)\" is no role (lead, reviewer or auditor)")
      }
      guard roles.insert(role).inserted else {
        throw reader.complaint("roles", element: index, "\"\(word)\" is listed twice")
      }
    }
    if let defect = defect(roles) { throw reader.complaint("roles", defect) }
    return roles
  }

  /// What is wrong with a set of roles, without a full stop; nil where nothing is.
  static func defect(_ roles: Set<Role>) -> String? {
    if roles.isEmpty { return "a person needs a role (lead, reviewer or auditor)" }
    if roles.contains(.auditor), roles.count > 1 {
      return "an auditor can be neither reviewer nor lead"
    }
    return nil
  }

  private static func verifyingKey(
    _ reader: TOMLReader, _ field: String, _ name: String, _ seen: inout Seen
  ) throws(PolicyFileError) -> VerifyingKey {
    guard let key = VerifyingKey(text: try reader.string(field)) else {
      throw reader.complaint(field, "\"\(field)\" must be an Ed25519 public key in base64")
    }
    try claim(key.text, reader, field, name, &seen)
    return key
  }

  private static func claim(
    _ key: String, _ reader: TOMLReader, _ field: String, _ name: String, _ seen: inout Seen
  ) throws(PolicyFileError) {
    if let owner = seen.keys[key] {
      throw reader.complaint(field, "this key is \"\(owner)\"'s already")
    }
    seen.keys[key] = name
  }

  /// The file's text for a list, with comments.
  package static func text(_ people: People) -> String {
    var text = """
      # Who works with this vault. `milkglass person` changes this list, in the founding lead's hands.
      # Pseudonyms will do as names: labels, log and receipts name people as they are named here.
      #
      # roles       lead, reviewer, or both; or auditor alone
      # recipient   to whom the vault's key is sealed; signer: how signatures are known
      # passphrase  false: no passphrase guards this identity; for demonstrations only

      vault = \(JSONText.quoted(people.vault.text))
      founder = \(JSONText.quoted(people.founderName))

      """
    for person in people.persons {
      let roles = person.roles.sorted().map { JSONText.quoted($0.rawValue) }
      text += "\n[[person]]\nname = \(JSONText.quoted(person.name))\n"
      text += "roles = [\(roles.joined(separator: ", "))]\n"
      text += "recipient = \(JSONText.quoted(person.recipient.text))\n"
      text += "signer = \(JSONText.quoted(person.signer.text))\n"
      text += person.hasPassphrase ? "" : "passphrase = false\n"
    }
    for intake in people.intakeKeys {
      text += "\n# Signs consent records and notices.\n[[intake]]\n"
      text += "name = \(JSONText.quoted(intake.name))\nkey = \(JSONText.quoted(intake.key.text))\n"
    }
    return text
  }
}
