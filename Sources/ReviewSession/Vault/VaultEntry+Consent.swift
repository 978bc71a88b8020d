// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
internal import ClipVault
internal import LabelStore
package import Vocabulary

/// What is wrong with consent records, in lines for a person.
package struct ConsentFindings: Hashable, Sendable {
  package var lines: [String] = []
  package var badCount = 0
}

/// Consent: what allows a clip to be opened, and what ends that.
extension VaultEntry {
  /// Shuts clips at once, by their names or by a pseudonym; how many there were.
  ///
  /// A pseudonym is noted, so that clips under a record from before are not taken in later.
  package func withdraw(clips ids: [ClipID], subject: String?) throws(SessionError) -> Int {
    let (count, time) = try withStore { (store) throws(SessionError) -> (Int, Int64) in
      let now = try now(store)
      var ids = ids
      if let subject { ids += try clips(ofSubject: subject, in: store) }
      let named = try named(ids)
      try inStore { () throws(StoreError) in
        try store.withdraw(named, reason: "consent", by: actor, nowMilliseconds: now)
      }
      return (named.count, now)
    }
    // The clips are shut by now: what follows may have to wait for an ingest to end.
    if let subject {
      do throws(SessionError) {
        _ = try whileLocked { (_) throws(SessionError) in
          try noteWithdrawal(of: [subject], at: time)
        }
      } catch {
        guard case .vault(.busy) = error else { throw error }
        throw .words(
          "\(count) clip\(count == 1 ? " is" : "s are") shut, but that none comes in later is not "
            + "noted yet; run it again. \(error.sentence)", exitCode: 75)
      }
    }
    return count
  }

  /// Notes who took consent back, so that clips under a consent from before are not taken in; the
  /// vault is locked.
  func noteWithdrawal(of subjects: [String], at now: Int64) throws(SessionError) {
    try inVault { () throws(VaultError) in
      try Withdrawals(vault.layout, keyStore).add(subjects, atMilliseconds: now)
    }
  }

  /// Says of records in files whether a clip could open under them now.
  package func checkConsent(_ paths: [String]) throws(SessionError) -> ConsentFindings {
    var findings = ConsentFindings()
    for path in paths {
      let name = DisplayText.line(path, limit: 200)
      let gate = vault.consentGate(keyStore)
      let document = try inVault { () throws(VaultError) in
        try ConsentFolder.document(at: path)
      }
      do throws(ConsentDefect) {
        let record = try gate.check(document, nowMilliseconds: SessionClock.wallMilliseconds)
        findings.lines.append("\(name): record \(record.recordID) is in order.")
      } catch {
        findings.badCount += 1
        findings.lines.append("\(name): \(error.field): \(error.reason).")
      }
    }
    return findings
  }

  /// Signs participant records in files, each in a new file beside it; the paths written.
  package func signConsent(_ paths: [String]) throws(SessionError) -> [String] {
    let lead = try person()
    var written: [String] = []
    for path in paths {
      let name = DisplayText.line(path, limit: 200)
      let document = try inVault { () throws(VaultError) in
        try ConsentFolder.document(at: path)
      }
      guard let record = try? ParticipantRecord(document.bytes, file: name) else {
        throw .words(
          "\(name) is no participant record; customers' records are signed by an intake key.",
          exitCode: 65)
      }
      let signed = ConsentDocument(
        bytes: document.bytes, recordID: record.recordID, signedBy: lead.signing,
        named: lead.person.name)
      guard let signature = signed?.signature else {
        throw .words("\(name) has no id that could be signed.", exitCode: 65)
      }
      let target = ConsentFolder.signaturePath(of: path)
      try inVault { () throws(VaultError) in
        try NoteFile.write(signature, toNew: target)
      }
      written.append(target)
    }
    return written
  }
}
