// SPDX-License-Identifier: Apache-2.0

package import Sealing
import Vocabulary

/// What a lead signs in `policy/policy.sig`: which four files are in force, and the vault's keys.
///
/// Shape: a signed note whose text has these lines, in this order, and no other: `milkglass policy`,
/// `vault ID`, `version N`, `recipient age1…`, `log BASE64`, `at ISO-8601`, then for `people.toml`,
/// `policy.toml`, `cameras.toml` and `taxonomy.toml` the name and `sha256:HEX`.
package struct PolicyStatement: Hashable, Sendable {
  /// The vault it is for.
  package let vault: VaultID
  /// From 1; each signature raises it.
  package let version: Int
  /// To whom clips are sealed: the public half of the vault's identity.
  package let recipient: AgeRecipient
  /// By which the audit log's checkpoints are known.
  package let logKey: VerifyingKey
  /// When it was signed, in ISO 8601 with a zone.
  package let at: String
  /// SHA-256 of each file: 64 lower-case hexadecimal digits.
  package let digests: [PolicyFileName: String]

  /// The text that is signed.
  var text: String {
    var lines = [
      Self.title, "vault \(vault.text)", "version \(version)", "recipient \(recipient.text)",
      "log \(logKey.text)", "at \(at)",
    ]
    for file in PolicyFileName.allCases {
      lines.append("\(file.rawValue) sha256:\(digests[file, default: ""])")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  init(
    vault: VaultID, version: Int, recipient: AgeRecipient, logKey: VerifyingKey, at: String,
    digests: [PolicyFileName: String]
  ) {
    self.vault = vault
    self.version = version
    self.recipient = recipient
    self.logKey = logKey
    self.at = at
    self.digests = digests
  }

  /// Reads a text of exactly that shape.
  ///
  /// - Throws: `newer` where another version of Milkglass wrote it, else `damaged`.
  init(text: String) throws(TrustDefect) {
    var lines = StatementLines(text, file: "policy/policy.sig")
    try lines.begin(Self.title)
    vault = try lines.vault()
    version = try lines.count("version")
    guard let recipient = try? AgeRecipient(text: try lines.value("recipient")),
      let logKey = VerifyingKey(text: try lines.value("log"))
    else { throw lines.damaged }
    self.recipient = recipient
    self.logKey = logKey
    at = try lines.value("at")
    guard Timestamp.isValid(at) else { throw lines.damaged }
    var digests: [PolicyFileName: String] = [:]
    for file in PolicyFileName.allCases { digests[file] = try lines.digest(file) }
    self.digests = digests
    try lines.end()
  }

  static let title = "milkglass policy"

  /// The digests of the four files.
  static func digests(_ files: PolicyTexts) -> [PolicyFileName: String] {
    files.bytes.mapValues { Hexadecimal.text(Digest.sha256($0)) }
  }
}

/// What the founding lead signs in `policy/people.sig`: which list of people is in force.
///
/// Shape: a signed note whose text has these lines, in this order, and no other: `milkglass people`,
/// `vault ID`, `version N`, `founder NAME BASE64`, `people.toml sha256:HEX`. The founder's key
/// stands here so that the list itself is read only once its signature was found to be good; the
/// version, so that a person who was removed cannot bring back a list that names them.
package struct PeopleStatement: Hashable, Sendable {
  /// The vault it is for.
  package let vault: VaultID
  /// From 1; each change of the list raises it.
  package let version: Int
  /// The founding lead's name.
  package let founderName: String
  /// The founding lead's key, whose fingerprint is pinned outside of the vault.
  package let founderKey: VerifyingKey
  /// SHA-256 of `people.toml`: 64 lower-case hexadecimal digits.
  package let digest: String

  /// The text that is signed.
  var text: String {
    "\(Self.title)\nvault \(vault.text)\nversion \(version)\n"
      + "founder \(founderName) \(founderKey.text)\npeople.toml sha256:\(digest)\n"
  }

  init(
    vault: VaultID, version: Int, founderName: String, founderKey: VerifyingKey, digest: String
  ) {
    self.vault = vault
    self.version = version
    self.founderName = founderName
    self.founderKey = founderKey
    self.digest = digest
  }

  /// Reads a text of exactly that shape.
  init(text: String) throws(TrustDefect) {
    var lines = StatementLines(text, file: "policy/people.sig")
    try lines.begin(Self.title)
    vault = try lines.vault()
    version = try lines.count("version")
    let founder = try lines.value("founder")
      .split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard founder.count == 2, PersonName.isValid(founder[0]),
      let key = VerifyingKey(text: founder[1])
    else { throw lines.damaged }
    (founderName, founderKey) = (founder[0], key)
    digest = try lines.digest(.people)
    try lines.end()
  }

  static let title = "milkglass people"
}
