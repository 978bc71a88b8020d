// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
internal import ClipVault
internal import LabelStore
package import Lockdown
internal import Vocabulary

/// What is right and what is not about a seat and its vault.
extension VaultEntry {
  /// The seat's facts, for its grade.
  var seatReport: SeatReport { locked?.seatReport ?? SeatProbe().report(vault: path) }

  /// The doctor's findings; `terminal` is nil and `picture` empty where it was not looked at.
  package func examine(
    terminal finding: TerminalFinding?, picture: [DoctorReport.Fact]
  ) throws(SessionError) -> DoctorReport {
    let policy = vault.policy
    let people = vault.people.persons
    let open = people.filter { !$0.hasPassphrase }.count
    var facts = [
      DoctorReport.Fact(
        name: "policy",
        text: "version \(vault.statement.version), signed by \(vault.signer), in order"),
      DoctorReport.Fact(
        name: "people", text: "\(people.count)" + (open > 0 ? ", \(open) without a passphrase" : "")
      ),
      DoctorReport.Fact(name: "key store", text: keyStoreState),
    ]
    facts += try withStore { (store) throws(SessionError) in try storeFacts(store) }
    return DoctorReport(
      vault: vault.id.text, seat: seatReport, wanted: policy.seatGrade,
      terminal: finding.map { TerminalVerdict($0, policy.terminalRules, isCustomer: true) },
      facts: facts, picture: picture)
  }

  private var keyStoreState: String {
    do throws(VaultError) {
      var rows = 0
      let keyStore = try KeyStore.open(vault.layout, vault.state)
      try keyStore.forEachRow { _ in rows += 1 }
      return "\(rows) clip\(rows == 1 ? "" : "s"), opens with this account's epoch key"
    } catch { return error.sentence }
  }

  private func storeFacts(_ store: LabelStore) throws(SessionError) -> [DoctorReport.Fact] {
    let now = try now(store)
    let facts = try inStore { () throws(StoreError) in
      (
        pending: try store.pendingErasures(atMilliseconds: now).count,
        events: try store.verifyLog(vault: vault.id.text, key: vault.statement.logKey)
      )
    }
    let waiting = try due(store)
    var lines: [DoctorReport.Fact] = []
    func tell(_ name: String, _ text: String) {
      lines.append(DoctorReport.Fact(name: name, text: text))
    }
    let aheadHours = (now - SessionClock.wallMilliseconds) / 3_600_000
    if aheadHours > 0 {
      tell(
        "clock",
        "the log's last event lies \(aheadHours) h ahead of this clock; set it right, consent "
          + "counts by the later of both")
    }
    switch facts.events {
    case .success(let report): tell("log", report.sentence)
    case .failure(let fault): tell("log", fault.sentence)
    }
    let due = facts.pending + waiting.expired.count + waiting.flagged.count
    tell(
      "erasure",
      due == 0
        ? "nothing is due"
        : "\(due) clip\(due == 1 ? " is" : "s are") due; run `milkglass housekeeping`")
    if vault.policy.offlineSeat {
      let age = try inStore { () throws(StoreError) in
        try store.noticesAgeMilliseconds(at: now)
      }.map { "\($0 / 3_600_000) h old" }
      tell("notices", "\(age ?? "none applied yet"); offline seat")
    }
    return lines
  }
}
