// SPDX-License-Identifier: Apache-2.0

import ReviewCore
import Sealing
import StrictTOML
import Themes
import Vocabulary

@testable import ClipVault

extension ParserTarget {
  static let vault: [ParserTarget] = [
    ParserTarget(name: "manifest", seeds: manifests, read: readManifest),
    ParserTarget(name: "json", seeds: { lines.map { Array($0.utf8) } }, read: readJSON),
    ParserTarget(name: "consent", seeds: consents, read: readConsent),
    textTarget("taxonomy", [DefaultTaxonomy.text], readTaxonomy),
    textTarget("policy", [PolicyFile.text(Policy()), "daily_goal = 3\n"], readPolicy),
    textTarget(
      "cameras", [CamerasFile.initial, CamerasFile.stub(CameraID("a \"b\""))], readCameras),
    textTarget("theme", [themeText], readTheme),
    textTarget("keymap", [keymapText, "preset = \"numpad\"\n"], readKeymap),
    textTarget("people", [peopleText], readPeople),
    ParserTarget(name: "key-store", seeds: keyStores, read: readKeyStore),
    textTarget("timestamp", ["2026-01-14T22:15:30+01:00", "1970-01-01T00:00:00Z"], readTime),
  ]

  /// A reader of text; bytes that are no UTF-8 never get to it.
  static func textTarget(
    _ name: String, _ seeds: [String], _ read: @escaping @Sendable (String) -> Bool
  ) -> ParserTarget {
    ParserTarget(name: name, seeds: { seeds.map { Array($0.utf8) } }) { bytes in
      String(validating: bytes, as: UTF8.self).map(read) ?? false
    }
  }

  private static let taxonomy = try? TaxonomyFile.parse(DefaultTaxonomy.text)

  private static let lines = [
    """
    {"clip":"a.mp4","source":"customer-feedback","consent":"r-1","camera":"porch",\
    "recorded_at":"2026-01-14T22:15:30+01:00","alert":{"label":"animal","score":0.82,\
    "model":"cc-4.1"},"predictions":[{"label":"person","score":1e-2}]}
    """,
    #"{"clip":"\u00e9\ud83d\ude00.mkv","source":"staff-test","consent":"p","camera":"bench"}"#,
    #"{"clip":"r.mp4","source":"staff-test","consent":"p","camera":"bench","frost":"strict","#
      + #""regions":[{"kind":"face","from":0.5,"until":9,"frost":"strict","boxes":["#
      + #"{"at":0,"x":0.31,"y":0.2,"width":0.08,"height":0.14},"#
      + #"{"at":2e0,"x":0,"y":0,"width":1,"height":1}]}]}"#,
    #"{"a":[1,-2.5E+3,true,false,null,{}],"b\n\u0000":"\\\/"}"#,
  ]

  private static func manifests() -> [[UInt8]] {
    [lines[0], lines[1], lines[2], lines.joined(separator: "\n\n") + "\n"].map { Array($0.utf8) }
  }

  private static func readManifest(_ bytes: [UInt8]) -> Bool {
    guard let taxonomy else { fatalError("the default taxonomy cannot be read") }
    let manifest = ManifestFile.parse(bytes, fileName: "manifest.jsonl", taxonomy: taxonomy)
    let lines = bytes.count { $0 == 0x0A } + 1
    expect(manifest.complaints.count <= ManifestFile.complaintLimit, "complaints are bounded")
    for (name, entry) in manifest.entries {
      expect(entry.clip == name && !name.contains("/"), "a clip is a file name")
      expect((1...lines).contains(entry.line), "a line number is one")
      expect(Region.isPossible(entry.regions), "regions are bounded")
      expect(
        entry.regions.allSatisfy { $0.frost >= $0.kind.leastFrost }, "a region's frost only rises")
    }
    return !manifest.entries.isEmpty
  }

  private static func readJSON(_ bytes: [UInt8]) -> Bool {
    do throws(JSONSyntaxError) {
      let node = try JSONScanner.parse(bytes[...])
      let text = printed(node)
      let again = try? JSONScanner.parse(Array(text.utf8)[...])
      expect(again.map(printed) == text, "JSON written and read is the same")
      return true
    } catch {
      expect((0...bytes.count).contains(error.offset), "a complaint has its place")
      return false
    }
  }

  private static func printed(_ node: JSONNode) -> String {
    switch node.value {
    case .object(let members):
      JSONText.object(members.map { ($0.name, printed($0.node)) })
    case .array(let nodes): JSONText.array(nodes.map(printed))
    case .string(let text): JSONText.quoted(text)
    case .number(let number): JSONText.number(number)
    case .bool(let truth): truth ? "true" : "false"
    case .null: "null"
    }
  }

  private static func consents() throws -> [[UInt8]] {
    let digest = [UInt8](repeating: 0xAB, count: 32)
    let record = ConsentTemplate(
      recordID: "r-1", principal: "s-1", digests: [digest], rules: ConsentRules(),
      givenAtMilliseconds: 1_768_428_900_000, storageDays: 30, controllerName: "Acme",
      controllerContact: "privacy@example.com")
    let staff = ParticipantRecord(
      recordID: "p-1", participants: ["k", "m"], camera: CameraID("bench"), digests: [digest],
      agreedAtMilliseconds: 1_768_428_900_000, storageDays: 30)
    return [Array(record.text.utf8), Array((staff?.text ?? "").utf8)]
  }

  private static func readConsent(_ bytes: [UInt8]) -> Bool {
    if let record = try? ParticipantRecord(bytes, file: "p.json") {
      let again = try? ParticipantRecord(Array(record.text.utf8), file: "p.json")
      // Times are written to the second, from 1970 on.
      expect(again?.text == record.text, "a participant record written and read is the same")
      return true
    }
    guard let record = try? ConsentRecord(bytes, file: "r.json") else { return false }
    expect(ConsentNames.isRecordID(record.recordID), "a record's id is one")
    expect(record.validUntil > record.givenAt, "a record ends after it began")
    _ = record.lastEvent
    return true
  }

  private static func readTaxonomy(_ text: String) -> Bool {
    guard let taxonomy = try? TaxonomyFile.parse(text) else { return false }
    let reasons = taxonomy.cannotJudgeReasons + taxonomy.skipReasons
    expect(taxonomy.terms.count <= TaxonomyFile.termLimit, "terms are bounded")
    let keys = taxonomy.terms.map(\.key) + [taxonomy.cannotJudgeKey]
    expect(Set(keys).count == keys.count, "no key has two meanings")
    expect(keys.allSatisfy { ReservedKeys.actions[$0] == nil }, "no action's key is a label's")
    expect(reasons.allSatisfy { !$0.id.isEmpty }, "a reason has an id")
    return true
  }

  private static func readPolicy(_ text: String) -> Bool {
    guard let policy = try? PolicyFile.parse(text) else { return false }
    expect((try? PolicyFile.parse(PolicyFile.text(policy))) == policy, "a policy comes back")
    return true
  }

  private static func readCameras(_ text: String) -> Bool {
    guard let book = try? CamerasFile.parse(text) else { return false }
    expect(book.sceneWidthMillimetres(of: CameraID("bench")) > 0, "a scene has a width")
    return true
  }

  private static func readTheme(_ text: String) -> Bool {
    guard let theme = try? ThemeFile.parse(text, fileName: "t.toml") else { return false }
    expect(theme.styles.count == StyleRole.allCases.count, "every role has its style")
    return true
  }

  private static func readKeymap(_ text: String) -> Bool {
    guard let file = try? KeymapFile.parse(text, fileName: "k.toml") else { return false }
    let keys = file.keymap.bindings.flatMap(\.keys)
    expect(Set(keys).count == keys.count, "no key has two actions")
    expect(file.keymap.bindings.allSatisfy { !$0.keys.isEmpty }, "every action has a key")
    for (key, action) in Keymap.fixed {
      expect(file.keymap.action(key) == action, "what is fixed stays so")
    }
    return true
  }

  private static let keymapText =
    "preset = \"mpv-like\"\n[keys]\nskip = [\"f2\", \"-\"]\npause = [\"space\", \"5\"]\n"

  private static let themeText: String = {
    var text = "name = \"odd\"\nbackground = \"#102030\"\n"
    for role in StyleRole.allCases {
      text += "[styles.\(role.name)]\nforeground = \"default\"\nbold = true\n"
    }
    return text
  }()

  private static let peopleText: String = {
    guard let vault = VaultID(text: vaultText) else { return "" }
    let lead = Person(
      name: "lead", roles: [.lead, .reviewer], recipient: identity.recipient,
      signer: signer.publicKey)
    let intake = IntakeKey(name: "app", key: SigningKey().publicKey)
    return PeopleFile.text(
      People(vault: vault, founderName: "lead", persons: [lead], intakeKeys: [intake]))
  }()

  private static func readPeople(_ text: String) -> Bool {
    guard let people = try? PeopleFile.parse(text) else { return false }
    expect((try? PeopleFile.parse(PeopleFile.text(people))) == people, "people come back")
    return true
  }

  private static func readTime(_ text: String) -> Bool {
    guard let time = Timestamp.milliseconds(text) else { return false }
    let written = Timestamp.text(milliseconds: time)
    // It is written to the second.
    let again = Timestamp.milliseconds(written)
    expect(again.map { Timestamp.text(milliseconds: $0) } == written, "a time comes back")
    return true
  }

  private static func keyStores() throws -> [[UInt8]] {
    guard let vault = VaultID(text: vaultText) else { return [] }
    let header = try AgeHeader(AgeFileKey(), for: [identity.recipient])
    let rows = [1, 2].compactMap { number in
      KeyRow(
        id: ClipID(high: 1, low: number), header: header.bytes,
        digest: [UInt8](repeating: 3, count: 32), byteCount: 1000, consent: "r-1",
        addedAtMilliseconds: 5, expiresAtMilliseconds: .max, frostFloor: .strict,
        logSalt: [UInt8](repeating: 9, count: 32))
    }
    let preamble = KeyStorePreamble(
      epoch: 3, rowCount: rows.count, digestCount: 1, vault: vault,
      digestKey: [UInt8](repeating: 4, count: 32))
    let digest = KeyDigest(digest: [UInt8](repeating: 3, count: 32), id: ClipID(high: 1, low: 1))
    return [preamble.encoded + rows.flatMap(\.encoded) + digest.encoded, rows[0].encoded]
  }

  private static func readKeyStore(_ bytes: [UInt8]) -> Bool {
    let row = KeyRow(bytes.span, at: 0)
    if let row {
      expect(row.encoded == Array(bytes.prefix(KeyRow.encodedByteCount)), "a row has one form")
    }
    let head = Array(bytes.prefix(KeyStorePreamble.encodedByteCount))
    guard case .success(let preamble) = KeyStorePreamble.read(head.span, total: bytes.count) else {
      return row != nil
    }
    expect(preamble.encoded == head, "a preamble has one form")
    expect(preamble.digests.upperBound == bytes.count, "its parts fill the store")
    for index in 0..<preamble.rowCount {
      let offset = preamble.rows.lowerBound + index * KeyRow.encodedByteCount
      guard let row = KeyRow(bytes.span, at: offset) else { continue }
      let own = Array(bytes[offset..<offset + KeyRow.encodedByteCount])
      expect(row.encoded == own, "a row has one form")
    }
    for index in 0..<preamble.digestCount {
      let offset = preamble.digests.lowerBound + index * KeyDigest.encodedByteCount
      let digest = KeyDigest(bytes.span, at: offset)
      let own = Array(bytes[offset..<offset + KeyDigest.encodedByteCount])
      expect(digest.encoded == own, "a digest has one form")
    }
    return true
  }
}
