// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
internal import ClipVault
internal import LabelStore
internal import Vocabulary

/// Which part of the log somebody wants to see.
package struct AuditRequest: Hashable, Sendable {
  /// The newest so many events; nil for all, the oldest first.
  package var limit: Int?
  /// The kinds' words, with spaces or underscores; empty for all.
  package var kinds: [String]
  /// Whose events; nil for everyone's.
  package var actor: String?

  /// Makes a request.
  package init(limit: Int?, kinds: [String], actor: String?) {
    self.limit = limit
    self.kinds = kinds
    self.actor = actor
  }
}

/// What a check of the log found.
package struct AuditVerdict: Hashable, Sendable {
  package let isGood: Bool
  /// One sentence for a person; names the first bad event.
  package let sentence: String
}

/// The audit log, as far as somebody's role goes.
extension VaultEntry {
  /// Prints events or totals line by line.
  package func showAudit(
    _ request: AuditRequest, _ tell: (String) -> Void
  ) throws(SessionError) {
    let person = try person().person
    let kinds = try kinds(request.kinds)
    try withStore { (store) throws(SessionError) in
      switch Rights.auditView(person.roles) {
      case .totals:
        try showTotals(store, tell)
        guard person.roles.contains(.reviewer) else { return }
        tell("")
        try show(AuditFilter(actor: person.name, kinds: kinds), request.limit, store, tell)
      case .own:
        try show(AuditFilter(actor: person.name, kinds: kinds), request.limit, store, tell)
      case .everything:
        try show(AuditFilter(actor: request.actor, kinds: kinds), request.limit, store, tell)
      }
    }
  }

  /// Verifies the whole log, also against a checkpoint kept elsewhere.
  package func verifyAudit(against path: String?) throws(SessionError) -> AuditVerdict {
    var kept: Checkpoint?
    if let path {
      let note = try inVault { () throws(VaultError) in try NoteFile.read(path) }
      do throws(AuditError) {
        kept = try Checkpoint(note: note, vault: vault.id.text, key: vault.statement.logKey)
      } catch {
        throw .words(
          "\(DisplayText.line(path, limit: 200)) is no checkpoint that this vault's log signed.",
          exitCode: 65)
      }
    }
    let store = try inStore { () throws(StoreError) in
      try LabelStore.open(directory: vault.layout.store)
    }
    let result = try inStore { () throws(StoreError) in
      try store.verifyLog(vault: vault.id.text, key: vault.statement.logKey, against: kept)
    }
    try? store.close()
    switch result {
    case .success(let report): return AuditVerdict(isGood: true, sentence: report.sentence)
    case .failure(let fault): return AuditVerdict(isGood: false, sentence: fault.sentence)
    }
  }

  /// Signs where the log ends; the note to be kept elsewhere.
  package func auditCheckpoint() throws(SessionError) -> String {
    let note = try withStore { (store) throws(SessionError) in
      try inStore { () throws(StoreError) in
        try store.checkpoint(nowMilliseconds: SessionClock.wallMilliseconds)
      }
    }
    guard let note else {
      throw .words("The log is empty; there is nothing to sign.", exitCode: 66)
    }
    return note
  }

  /// The receipts of erasures, each verified, as lines; and how many are not what was signed.
  package func auditReceipts() throws(SessionError) -> (lines: [String], badCount: Int) {
    let receipts = try withStore { (store) throws(SessionError) in
      try inStore { () throws(StoreError) in try store.receipts() }
    }
    guard !receipts.isEmpty else { return (["Nothing was erased yet."], 0) }
    var lines: [String] = []
    var badCount = 0
    for receipt in receipts {
      do throws(Receipt.Defect) {
        let read = try Receipt(
          Array(receipt.note.utf8), vault: vault.id, logKey: vault.statement.logKey)
        lines += read.text.split(separator: "\n").map(String.init) + [""]
      } catch {
        badCount += 1
        lines += [error.sentence(file: "receipt \(receipt.number)"), ""]
      }
    }
    return (lines, badCount)
  }

  private func kinds(_ words: [String]) throws(SessionError) -> Set<AuditKind>? {
    guard !words.isEmpty else { return nil }
    var kinds: Set<AuditKind> = []
    for word in words {
      guard let kind = AuditKind(rawValue: word.replacing(" ", with: "_")) else {
        let known = AuditKind.allCases.map { $0.rawValue.replacing("_", with: " ") }
        throw .words(
          "\(DisplayText.line(word, limit: 40)) is no kind of event; there are "
            + known.joined(separator: ", ") + ".", exitCode: 64)
      }
      kinds.insert(kind)
    }
    return kinds
  }

  private func show(
    _ filter: AuditFilter, _ limit: Int?, _ store: LabelStore, _ tell: (String) -> Void
  ) throws(SessionError) {
    do {
      guard let limit else {
        return try store.forEachAuditEvent(filter) { event in
          tell(AuditText.line(event))
          return true
        }
      }
      var newest: [AuditEvent] = []
      try store.forEachAuditEvent(filter, newestFirst: true) { event in
        newest.append(event)
        return newest.count < limit
      }
      for event in newest.reversed() { tell(AuditText.line(event)) }
    } catch let error as StoreError {
      throw .store(error)
    } catch {
      throw .words("The log could not be read.", exitCode: 74)
    }
  }

  private func showTotals(_ store: LabelStore, _ tell: (String) -> Void) throws(SessionError) {
    let totals = try inStore { () throws(StoreError) in try store.teamTotals() }
    guard !totals.isEmpty else { return tell("Nobody has reviewed anything yet.") }
    let width = max(8, totals.map(\.reviewer.text.count).max() ?? 0)
    func padded(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    tell("\(padded("reviewer", width))    seen  committed  skipped  flagged  clear seconds")
    for row in totals {
      let cells = [
        padded(row.reviewer.text, width), padded("\(row.seen)", 6),
        padded("\(row.committed)", 9), padded("\(row.skipped)", 7), padded("\(row.flagged)", 7),
        padded("\(row.clearMilliseconds / 1000)", 13),
      ]
      tell(cells.joined(separator: "  "))
    }
  }
}
