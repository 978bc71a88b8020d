// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
internal import ClipVault
internal import LabelStore
internal import ReviewCore
internal import Vocabulary

// The store's and the log's values in the core's words: the layers do not know each other.

extension DisputedClip {
  var forCore: DisputeItem {
    DisputeItem(
      record: record, first: first, second: second, differences: differences, cause: cause)
  }
}

extension FlaggedClip {
  var forCore: FlagItem {
    FlagItem(
      clip: clip, camera: camera, recordedAt: recordedAt, duration: facts.duration,
      motion: facts.motion, flaggedBy: flaggedBy, flaggedAtMilliseconds: flaggedAtMilliseconds,
      reason: reason, dueAtMilliseconds: dueAtMilliseconds, heldReason: heldReason)
  }
}

extension TeamMember {
  var forCore: TeamRow {
    TeamRow(
      reviewer: totals.reviewer, seen: totals.seen, committed: totals.committed,
      skipped: totals.skipped, flagged: totals.flagged,
      clearSeconds: Int(totals.clearMilliseconds / 1000), secondOpinions: secondOpinions,
      compared: compared, disputed: disputed)
  }
}

extension AuditEvent {
  /// As much of it as `audit show` tells: of a clip's name in the log the first eight digits.
  var forCore: LogEntry {
    LogEntry(
      number: seq, atMilliseconds: atMilliseconds, person: actor.name, seat: actor.seat,
      kind: kind.rawValue, clip: clip.map { String($0.text.prefix(8)) } ?? "",
      details: detail.entries.map { entry in
        switch entry.value {
        case .number(let number): "\(entry.name)=\(number)"
        case .word(let word): "\(entry.name)=\(word)"
        }
      })
  }
}

extension LogFilter {
  /// Whether an event is one of those that are wanted.
  func admits(_ event: AuditEvent) -> Bool {
    (kinds.isEmpty || kinds.contains(event.kind.rawValue))
      && (person.map { $0 == event.actor.name } ?? true)
      && (clip.map { event.clip?.text.hasPrefix($0) ?? false } ?? true)
  }
}

extension LogVerdict {
  init(_ result: Result<AuditReport, AuditFault>) {
    switch result {
    case .success(let report):
      self =
        report.last == 0
        ? .empty
        : .whole(first: report.first, last: report.last, unsigned: report.unsignedCount)
    case .failure(let fault):
      self = .fault(kind: fault.kind.rawValue, number: fault.seq, through: fault.through)
    }
  }
}

extension ReceiptItem {
  init(_ stored: StoredReceipt, of vault: Vault, _ texts: Texts) {
    let receipt = try? Receipt(
      Array(stored.note.utf8), vault: vault.id, logKey: vault.statement.logKey)
    self.init(
      number: stored.number,
      content: receipt.map { receipt in
        Content(
          atMilliseconds: receipt.atMilliseconds, reason: texts(receipt.reason.phrase),
          order: Self.words(receipt.order, texts), clips: receipt.counts.clips)
      })
  }

  private static func words(_ order: Receipt.Order, _ texts: Texts) -> String {
    switch order {
    case .lead(let name): name
    case .housekeeping: LogFilter.housekeeping
    case .notices(let number): texts(DeskPhrase.orderedByNotices, number)
    }
  }
}

extension Receipt.Reason {
  fileprivate var phrase: DeskPhrase {
    switch self {
    case .erase: .reasonErase
    case .subject: .reasonSubject
    case .expired: .reasonExpired
    case .flagged: .reasonFlagged
    }
  }
}

extension ReceiptText {
  /// The text that was signed, as it was; or why it is no receipt.
  init(_ stored: StoredReceipt, of vault: Vault, _ texts: Texts) {
    do throws(Receipt.Defect) {
      let receipt = try Receipt(
        Array(stored.note.utf8), vault: vault.id, logKey: vault.statement.logKey)
      self.init(
        number: stored.number, lines: receipt.text.split(separator: "\n").map(String.init))
    } catch {
      self.init(number: stored.number, lines: [error.spoken(stored.number, texts)])
    }
  }
}
