// SPDX-License-Identifier: Apache-2.0

import Sealing
import StrictTOML
import Vocabulary

/// The four policy files as bytes.
struct PolicyTexts: Hashable, Sendable {
  var bytes: [PolicyFileName: [UInt8]]

  /// A file's text.
  func text(_ file: PolicyFileName) throws(VaultError) -> String {
    guard let text = String(validating: bytes[file] ?? [], as: UTF8.self) else {
      throw .policy(PolicyFileError(file: file.rawValue, message: "is not UTF-8 text"))
    }
    return text
  }

  /// SHA-256 of a file: 64 lower-case hexadecimal digits.
  func digest(_ file: PolicyFileName) -> String {
    Hexadecimal.text(Digest.sha256(bytes[file] ?? []))
  }
}

/// What lies in `policy/`: the four files and the two signatures, as they are in force.
struct SignedPolicy: Hashable, Sendable {
  let layout: VaultLayout
  var texts: PolicyTexts
  private let peopleNote: [UInt8]
  private let policyNote: [UInt8]

  /// Reads all of it and judges nothing.
  ///
  /// - Throws: `notAVault`, `trust(unsealed)`, `trust(missing)`, or `system`.
  static func read(_ layout: VaultLayout) throws(VaultError) -> SignedPolicy {
    for folder in layout.folders {
      guard case .folder = VaultDisk.kind(folder) else {
        if let denial = VaultDisk.denial(folder) { throw .system(denial) }
        throw .notAVault(layout.root)
      }
    }
    let peopleNote = try note(.peopleSignature, layout)
    let policyNote = try note(.policySignature, layout)
    var texts: [PolicyFileName: [UInt8]] = [:]
    for file in PolicyFileName.allCases {
      texts[file] = try PolicyStage.read(.policy(file), in: layout, limit: TOMLDocument.byteLimit)
    }
    if texts[.people] == nil, peopleNote == nil, policyNote == nil {
      throw texts[.policy] == nil ? .notAVault(layout.root) : .trust(.unsealed(vault: layout.root))
    }
    guard let peopleNote else { throw .trust(.missing("people.sig")) }
    guard let policyNote else { throw .trust(.missing("policy.sig")) }
    for file in PolicyFileName.allCases where texts[file] == nil {
      throw .trust(.missing(file.rawValue))
    }
    return SignedPolicy(
      layout: layout, texts: PolicyTexts(bytes: texts), peopleNote: peopleNote,
      policyNote: policyNote)
  }

  private static func note(
    _ file: StagedFile, _ layout: VaultLayout
  ) throws(VaultError) -> [UInt8]? {
    try PolicyStage.read(file, in: layout, limit: 1 << 16)
  }

  /// The founding lead's statement, whose signature is that of the founder it names; whether that
  /// founder is to be trusted, only the pin says.
  func peopleStatement() throws(VaultError) -> PeopleStatement {
    do throws(TrustDefect) {
      let note = try Self.note(peopleNote, PeopleStatement.title, "people.sig")
      let statement = try PeopleStatement(text: note.text)
      let founder = (name: statement.founderName, key: statement.founderKey)
      guard (try? note.signer(among: [founder])) != nil else {
        throw .peopleUnsigned(founder: statement.founderName)
      }
      return statement
    } catch { throw .trust(error) }
  }

  /// The policy statement and the name of the lead who signed it.
  func policyStatement(
    leads: [(name: String, key: VerifyingKey)]
  ) throws(VaultError) -> (statement: PolicyStatement, signer: String) {
    do throws(TrustDefect) {
      let note = try Self.note(policyNote, PolicyStatement.title, "policy.sig")
      let statement = try PolicyStatement(text: note.text)
      guard let signer = try? note.signer(among: leads) else { throw .policyUnsigned }
      return (statement, signer)
    } catch { throw .trust(error) }
  }

  private static func note(
    _ bytes: [UInt8], _ title: String, _ file: String
  ) throws(TrustDefect) -> SignedNote {
    // A newer version may sign in another way, too.
    if bytes.starts(with: "\(title)\nformat ".utf8) { throw .newer(file) }
    do { return try SignedNote(bytes) } catch { throw .damaged("policy/\(file)") }
  }

  /// Refuses a founding lead whose key is not the one that was confirmed on this seat.
  func checkPin(_ statement: PeopleStatement, _ places: TrustPlaces) throws(VaultError) {
    let own = statement.founderKey.fingerprint
    guard let pin = try TrustPin.read(statement.vault, in: places) else {
      throw .trust(
        .unpinned(vault: layout.root, founder: statement.founderName, fingerprint: own))
    }
    guard TrustPin.matches(own, pin.fingerprint) else {
      throw .trust(
        .otherFounder(
          vault: layout.root, fingerprint: own, pinned: pin.fingerprint, place: pin.place))
    }
  }

  /// The list of people, which must name the vault and the founder that the statement names.
  func people(_ statement: PeopleStatement) throws(VaultError) -> People {
    let people: People
    let text = try texts.text(.people)
    do { people = try PeopleFile.parse(text) } catch { throw .policy(error) }
    guard people.vault == statement.vault else { throw .trust(.mixed) }
    guard people.founderName == statement.founderName,
      people[people.founderName]?.signer == statement.founderKey
    else { throw .trust(.founderDiffers) }
    return people
  }
}
