// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
internal import ClipVault
internal import LabelStore
internal import Lockdown
internal import Vocabulary

/// What is right and what is not about a seat and its vault.
extension VaultEntry {
  /// The seat's facts, for its grade.
  var seatReport: SeatReport { SeatProbe().report(vault: path) }

  /// Lines for a person: the grade with its reasons, then the vault.
  package func doctorLines() throws(SessionError) -> [String] {
    let report = seatReport
    var lines = ["Seat grade \(report.grade.letter)"]
    lines += report.reasons.map { "  \($0.best.letter)  \($0.sentence)" }
    lines += ["", "Vault \(vault.id.text)"]
    let people = vault.people.persons
    let open = people.filter { !$0.hasPassphrase }.count
    lines.append(
      "  policy    version \(vault.statement.version), signed by \(vault.signer), in order")
    lines.append("  people    \(people.count)" + (open > 0 ? ", \(open) without a passphrase" : ""))
    lines.append("  key store \(keyStoreState)")
    lines += try withStore { (store) throws(SessionError) in try storeLines(store) }
    return lines
  }

  private var keyStoreState: String {
    do throws(VaultError) {
      var rows = 0
      let keyStore = try KeyStore.open(vault.layout, vault.state)
      try keyStore.forEachRow { _ in rows += 1 }
      return "\(rows) clip\(rows == 1 ? "" : "s"), opens with this account's epoch key"
    } catch { return error.sentence }
  }

  private func storeLines(_ store: LabelStore) throws(SessionError) -> [String] {
    let now = try now(store)
    let facts = try inStore { () throws(StoreError) in
      (
        pending: try store.pendingErasures(atMilliseconds: now).count,
        events: try store.verifyLog(vault: vault.id.text, key: vault.statement.logKey)
      )
    }
    let waiting = try due(store)
    var lines: [String] = []
    let aheadHours = (now - SessionClock.wallMilliseconds) / 3_600_000
    if aheadHours > 0 {
      lines.append(
        "  clock     the log's last event lies \(aheadHours) h ahead of this clock; set it right, "
          + "consent counts by the later of both")
    }
    switch facts.events {
    case .success(let report): lines.append("  log       \(report.sentence)")
    case .failure(let fault): lines.append("  log       \(fault.sentence)")
    }
    let due = facts.pending + waiting.expired.count + waiting.flagged.count
    lines.append(
      due == 0
        ? "  erasure   nothing is due"
        : "  erasure   \(due) clip\(due == 1 ? " is" : "s are") due; run `milkglass housekeeping`")
    if vault.policy.offlineSeat {
      let age = try inStore { () throws(StoreError) in
        try store.noticesAgeMilliseconds(at: now)
      }.map { "\($0 / 3_600_000) h old" }
      lines.append("  notices   \(age ?? "none applied yet"); offline seat")
    }
    return lines
  }
}
