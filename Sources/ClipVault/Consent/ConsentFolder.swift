// SPDX-License-Identifier: Apache-2.0

import Sealing
import Vocabulary

/// A point in putting a record into the vault, just before which a crash must do no harm.
enum ConsentStep: Int, CaseIterable {
  case writeRecord, writeSignature, nameSignature, syncSignature, nameRecord, syncRecord, done
}

/// The vault's consent and participant records: `keys/consent/ID.json`, each with its `ID.sig`.
///
/// A record is replaced by a later one of the same id only. Its signature takes its place first:
/// where a crash then leaves a signature of the record that is still under its incoming name,
/// that record is the one that is read. Whoever writes holds the vault's lock.
package struct ConsentFolder: Sendable {
  /// How a record stands to the one of its id in the vault.
  package enum Standing: Sendable, Hashable {
    /// The vault has none, or none that can be read.
    case new
    /// It is the very same, signature included.
    case same
    /// Its last event (for participants: their agreement) is later.
    case newer
    /// It is not later, and differs: it must not replace the vault's.
    case outdated
  }

  private let path: String
  /// Called before each step; tests crash here.
  var willDo: @Sendable (ConsentStep) throws(VaultError) -> Void = { _ throws(VaultError) in }

  /// Names the folder of a vault; nothing is read.
  package init(_ layout: VaultLayout) { path = layout.keys + "/consent" }

  /// Names a folder of records that came with clips, one not in a vault.
  package init(folder: String) { path = VaultLayout(root: folder).root }

  /// The record of an id; nil where there is none, or where the id cannot be one.
  package func read(_ recordID: String) throws(VaultError) -> ConsentDocument? {
    guard ConsentNames.isRecordID(recordID) else { return nil }
    let signature = try contents(file(recordID, "sig"))
    if let incoming = try contents(incoming(recordID, "json")),
      Self.isSigned(incoming, recordID, by: signature)
    {
      return ConsentDocument(bytes: incoming, signature: signature)
    }
    guard let bytes = try contents(file(recordID, "json")) else { return nil }
    return ConsentDocument(bytes: bytes, signature: signature)
  }

  /// The record in a file, with the signature that lies beside it (`ID.sig`), if any.
  package static func document(at path: String) throws(VaultError) -> ConsentDocument {
    let bytes = try VaultDisk.read(path, limit: ConsentRecord.byteLimit)
    let sidecar = signaturePath(of: path)
    guard case .file = VaultDisk.kind(sidecar) else {
      return ConsentDocument(bytes: bytes, signature: nil)
    }
    return ConsentDocument(
      bytes: bytes, signature: try VaultDisk.read(sidecar, limit: ConsentRecord.byteLimit))
  }

  /// Where the signature of a record's file lies: `.sig` in place of `.json`.
  package static func signaturePath(of path: String) -> String {
    (path.hasSuffix(".json") ? String(path.dropLast(5)) : path) + ".sig"
  }

  /// How a record stands to the vault's own of that id.
  package func standing(
    of document: ConsentDocument, recordID: String
  ) throws(VaultError) -> Standing {
    guard let own = try read(recordID) else { return .new }
    if own == document { return .same }
    // The same text, signed anew: there is no older state to fall back to.
    if own.bytes == document.bytes { return .newer }
    guard let ownTime = Self.time(own) else { return .new }
    guard let time = Self.time(document), time.isCustomers == ownTime.isCustomers,
      time.milliseconds > ownTime.milliseconds
    else { return .outdated }
    return .newer
  }

  /// Puts a record into the vault durably; the caller has asked for its standing before.
  package func keep(_ document: ConsentDocument, recordID: String) throws(VaultError) {
    guard ConsentNames.isRecordID(recordID) else {
      throw .ingest(.recordID(DisplayText.line(recordID, limit: 64)))
    }
    try VaultDisk.makeFolder(path)
    let incomingRecord = incoming(recordID, "json")
    let incomingSignature = incoming(recordID, "sig")
    try willDo(.writeRecord)
    try VaultDisk.remove(incomingRecord)
    try VaultDisk.writeNew(incomingRecord, document.bytes)
    try willDo(.writeSignature)
    if let signature = document.signature {
      try VaultDisk.remove(incomingSignature)
      try VaultDisk.writeNew(incomingSignature, signature)
      try willDo(.nameSignature)
      try VaultDisk.move(incomingSignature, to: file(recordID, "sig"))
    } else {
      try willDo(.nameSignature)
      try VaultDisk.remove(file(recordID, "sig"))
    }
    try willDo(.syncSignature)
    try VaultDisk.syncFolder(path)
    try willDo(.nameRecord)
    try VaultDisk.move(incomingRecord, to: file(recordID, "json"))
    try willDo(.syncRecord)
    try VaultDisk.syncFolder(path)
    try willDo(.done)
  }

  /// Settles what a crash left: a record whose signature is in place gets its name, the rest goes.
  package func recover() throws(VaultError) {
    guard case .folder = VaultDisk.kind(path) else { return }
    let prefix = VaultLayout.incomingPrefix
    let names = try VaultDisk.names(path).filter { $0.hasPrefix(prefix) }
    for name in names {
      let own = String(name.dropFirst(prefix.count))
      if own.hasSuffix(".json"), let bytes = try contents("\(path)/\(name)") {
        let recordID = String(own.dropLast(5))
        if Self.isSigned(bytes, recordID, by: try contents(file(recordID, "sig"))) {
          try VaultDisk.move("\(path)/\(name)", to: "\(path)/\(own)")
          continue
        }
      }
      try VaultDisk.remove("\(path)/\(name)")
    }
    if !names.isEmpty { try VaultDisk.syncFolder(path) }
  }

  /// The ids of all records that name a pseudonym as who agreed or took part, sorted; records that
  /// cannot be read name nobody.
  package func recordIDs(ofSubject subject: String) throws(VaultError) -> [String] {
    guard case .folder = VaultDisk.kind(path) else { return [] }
    var ids: [String] = []
    for name in try VaultDisk.names(path) where name.hasSuffix(".json") {
      let recordID = String(name.dropLast(5))
      guard let document = try read(recordID) else { continue }
      if Self.subjects(document).contains(subject) { ids.append(recordID) }
    }
    return ids
  }

  /// The pseudonyms a record names; none where it cannot be read or is of drawn clips.
  package static func subjects(_ document: ConsentDocument) -> [String] {
    if let record = try? ConsentRecord(document.bytes, file: "") { return [record.principal] }
    return (try? ParticipantRecord(document.bytes, file: ""))?.participants ?? []
  }

  private static func time(_ document: ConsentDocument) -> (milliseconds: Int64, isCustomers: Bool)?
  {
    if let record = try? ConsentRecord(document.bytes, file: "") {
      return (record.lastEvent.atMilliseconds, true)
    }
    return (try? ParticipantRecord(document.bytes, file: "")).map { ($0.agreedAt, false) }
  }

  private static func isSigned(
    _ bytes: [UInt8], _ recordID: String, by signature: [UInt8]?
  ) -> Bool {
    guard let signature, let note = try? SignedNote(signature) else { return false }
    return note.text == ConsentDocument.statement(recordID: recordID, bytes: bytes)
  }

  private func contents(_ path: String) throws(VaultError) -> [UInt8]? {
    guard case .file = VaultDisk.kind(path) else { return nil }
    return try VaultDisk.read(path, limit: ConsentRecord.byteLimit)
  }

  private func file(_ recordID: String, _ ending: String) -> String {
    "\(path)/\(recordID).\(ending)"
  }

  private func incoming(_ recordID: String, _ ending: String) -> String {
    "\(path)/\(VaultLayout.incomingPrefix)\(recordID).\(ending)"
  }
}
