// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
package import ClipVault
internal import LabelStore
internal import Sealing
internal import Vocabulary

/// Withdrawals and erasures that seats without a network are told by signed lists.
extension VaultEntry {
  /// Writes a signed list into a new file.
  package func writeNotices(
    number: Int, orders: [Notices.Order], to path: String
  ) throws(SessionError) {
    let lead = try person()
    guard
      let notices = Notices(
        vault: vault.id, number: number, atMilliseconds: SessionClock.wallMilliseconds,
        orders: orders)
    else {
      throw .words(
        "A list has a number from 1, at most \(Notices.orderLimit) orders, and pseudonyms of "
          + "letters, digits, dots and hyphens.", exitCode: 64)
    }
    try inVault { () throws(VaultError) in
      guard let note = try? notices.signed(by: lead.signing, named: lead.person.name) else {
        throw .people(.badName(lead.person.name))
      }
      try NoteFile.write(Array(note.encoded.utf8), toNew: path)
    }
  }

  /// Applies lists in order of their numbers, each whole or not at all, and erases what they order.
  package func applyNotices(
    _ paths: [String], progress: (ErasureProgress) -> Void
  ) throws(SessionError) -> [String] {
    try whileLocked { (store) throws(SessionError) in
      var lines: [String] = []
      for path in paths { lines.append(try applyNotice(path, in: store)) }
      let report = try finishErasures(in: store, progress)
      return lines + (report.clipCount > 0 ? report.lines : [])
    }
  }

  private func applyNotice(_ path: String, in store: LabelStore) throws(SessionError) -> String {
    let applied = try inStore { () throws(StoreError) in try store.appliedNotice()?.number ?? 0 }
    let now = try now(store)
    let result = try inVault { () throws(VaultError) in
      try Notices.read(
        file: path, vault: vault.id, signers: vault.consentSigners,
        appliedNumber: Int(applied), nowMilliseconds: now)
    }
    let notices: Notices
    let signer: String
    switch result {
    case .failure(let defect):
      throw .words(defect.sentence(file: path), exitCode: defect.exitCode)
    case .success(.applied(let number)): return Notices.appliedSentence(number)
    case .success(.next(let next, signer: let name)): (notices, signer) = (next, name)
    }
    let orders = try resolve(notices.orders, in: store)
    try noteWithdrawal(of: orders.subjects, at: notices.atMilliseconds)
    try inStore { () throws(StoreError) in
      try store.applyNotice(
        Int64(notices.number), signedAtMilliseconds: notices.atMilliseconds,
        withdrawals: orders.withdrawals, erasures: orders.erasures, by: actor,
        nowMilliseconds: now)
    }
    return "Notices number \(notices.number), signed by \(signer): "
      + "\(orders.withdrawals.count) withdrawn, \(orders.erasures.count) to be erased."
  }

  /// The orders' clips, as far as this vault has them: a list is for all seats.
  private func resolve(
    _ orders: [Notices.Order], in store: LabelStore
  ) throws(SessionError) -> (
    withdrawals: [NamedClip], erasures: [NamedClip], subjects: [String]
  ) {
    let known = try inStore { () throws(StoreError) in try store.clipIDs() }
    var withdrawals: [ClipID] = []
    var erasures: [ClipID] = []
    var subjects: [String] = []
    for order in orders {
      switch order {
      case .withdrawClip(let clip): withdrawals.append(clip)
      case .eraseClip(let clip): erasures.append(clip)
      case .withdrawSubject(let subject):
        subjects.append(subject)
        withdrawals += try clips(ofSubject: subject, in: store)
      case .eraseSubject(let subject):
        subjects.append(subject)
        erasures += try clips(ofSubject: subject, in: store)
      }
    }
    return (
      try named(withdrawals.filter(known.contains)), try named(erasures.filter(known.contains)),
      subjects
    )
  }
}
