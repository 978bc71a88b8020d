// SPDX-License-Identifier: Apache-2.0

import Foundation
import Sealing
import StrictTOML
import Testing
import Vocabulary

@testable import ClipVault

@Suite struct PeopleFileTests {
  private static func person(
    _ name: String, _ roles: Set<Role>, hasPassphrase: Bool = true
  ) -> Person {
    let keys = IdentityKeys()
    return Person(
      name: name, roles: roles, recipient: keys.age.recipient, signer: keys.signing.publicKey,
      hasPassphrase: hasPassphrase)
  }

  private let vault = VaultID.random()
  private let ada = Self.person("ada", [.lead, .reviewer])

  private func text(_ persons: [Person], _ intakeKeys: [IntakeKey] = []) -> String {
    PeopleFile.text(
      People(vault: vault, founderName: "ada", persons: persons, intakeKeys: intakeKeys))
  }

  /// The list's complaint, with its place; nil where it has none.
  private func complaint(_ text: String) -> String? {
    do throws(PolicyFileError) {
      _ = try PeopleFile.parse(text)
      return nil
    } catch { return error.description }
  }

  @Test func aListIsReadBackAsItWasWritten() throws {
    let people = People(
      vault: vault, founderName: "ada",
      persons: [
        ada, Self.person("r07", [.reviewer]), Self.person("a.u-d_2", [.auditor]),
        Self.person("0", [.lead], hasPassphrase: false),
      ],
      intakeKeys: [IntakeKey(name: "porch-desk", key: SigningKey().publicKey)])
    let text = PeopleFile.text(people)
    #expect(try PeopleFile.parse(text) == people)
    #expect(PeopleFile.text(try PeopleFile.parse(text)) == text)
    #expect(people.having(.lead).map(\.name) == ["ada", "0"])
    #expect(people.clipRecipients == [0, 1, 3].map { people.persons[$0].recipient })
    #expect(people.has("porch-desk") && !people.has("nobody"))
  }

  @Test func namesAreFileNamesAndSignersNames() {
    let good = ["a", "0", "r07", "a.b", "a-b_c", "log2", String(repeating: "a", count: 40)]
    for name in good {
      #expect(PersonName.isValid(name), "\(name)")
    }
    let hostile = [
      "", ".", "..", "-a", "_a", ".a", "A", "Ada", "a b", "a+b", "a/b", "../a", "a\n", "a\0", "ä",
      "a\u{301}", "ａ", "а", "log", "housekeeping", "\u{202E}a", String(repeating: "a", count: 41),
    ]
    for name in hostile {
      #expect(!PersonName.isValid(name), "\(name)")
      let list = text([ada]).replacingOccurrences(of: "\"ada\"", with: JSONText.quoted(name))
      #expect(complaint(list) != nil, "\(name)")
    }
    #expect(complaint(text([ada])) == nil)
  }

  @Test func clashesAreNamedWhereTheyStand() {
    let rex = Self.person("rex", [.reviewer])
    let list = text([ada, rex])
    #expect(complaint(list) == nil)
    func swapped(_ old: String, _ new: String) -> String? {
      complaint(list.replacingOccurrences(of: old, with: new))
    }
    let twin = Person(
      name: "ada", roles: [.reviewer], recipient: rex.recipient, signer: rex.signer)
    #expect(
      complaint(text([ada, twin])) == "people.toml:18:1: the name \"ada\" is on line 12 too")
    #expect(
      swapped(rex.recipient.text, ada.recipient.text)
        == "people.toml:20:1: this key is \"ada\"'s already")
    #expect(
      swapped(rex.signer.text, ada.signer.text)
        == "people.toml:21:1: this key is \"ada\"'s already")
    let intake = IntakeKey(name: "desk", key: ada.signer)
    #expect(complaint(text([ada], [intake]))?.contains("this key is \"ada\"'s already") == true)
    let namesake = IntakeKey(name: "ada", key: rex.signer)
    #expect(complaint(text([ada], [namesake]))?.contains("is on line 12 too") == true)
  }

  @Test func rolesAreKnownAndGoTogether() {
    let list = text([ada])
    func roles(_ words: String) -> String? {
      complaint(list.replacingOccurrences(of: "[\"lead\", \"reviewer\"]", with: words))
    }
    #expect(roles("[\"lead\"]") == nil)
    #expect(
      roles("[\"lead\", \"boss\"]")
        == "people.toml:13:18: \"boss\" is no role (lead, reviewer or auditor)")
    #expect(roles("[\"lead\", \"lead\"]") == "people.toml:13:18: \"lead\" is listed twice")
    #expect(
      roles("[]") == "people.toml:13:1: a person needs a role (lead, reviewer or auditor)")
    #expect(
      roles("[\"lead\", \"auditor\"]")
        == "people.toml:13:1: an auditor can be neither reviewer nor lead")
    #expect(roles("[\"reviewer\"]")?.contains("the founder must be one of the people") == true)
    #expect(roles("[\"auditor\"]")?.contains("the founder must be one of the people") == true)
    #expect(roles("\"lead\"")?.contains("must be a list of texts") == true)
    #expect(roles("[1]")?.contains("must be a text in quotes") == true)
  }

  @Test func whatIsMissingOrUnknownIsNamed() {
    let list = text([ada])
    #expect(complaint(list) == nil)
    for field in ["vault", "founder", "name", "roles", "recipient", "signer"] {
      let without = list.split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.hasPrefix("\(field) = ") }.joined(separator: "\n")
      #expect(complaint(without)?.contains("\"\(field)\" is missing") == true, "\(field)")
    }
    #expect(complaint(list + "shoe = 1\n")?.contains("unknown field \"shoe\"") == true)
    #expect(complaint("shoe = 1\n" + list)?.contains("unknown field \"shoe\"") == true)
    #expect(complaint(list + "[[intake]]\nname = \"x\"\n")?.contains("\"key\" is missing") == true)
    for (old, new) in [
      (vault.text, vault.text.uppercased() + "A"), (ada.recipient.text, "age1x"),
      (ada.signer.text, "AAAA"), ("founder = \"ada\"", "founder = \"bob\""),
      ("signer = ", "passphrase = 1\nsigner = "),
    ] {
      #expect(complaint(list.replacingOccurrences(of: old, with: new)) != nil, "\(new)")
    }
  }
}
