// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
internal import ClipVault
internal import Lockdown
internal import Synchronization

/// What was found last at the terminal, for whoever decides over a clip, on whatever thread.
final class TerminalStanding: Sendable {
  /// Before the first look nothing is known, and that counts as such.
  private let latest = Mutex(TerminalFinding.noLook)

  /// Notes what a look found.
  func note(_ finding: TerminalFinding) { latest.withLock { $0 = finding } }

  /// What the rules say to it, for customers' clips.
  func verdict(_ rules: TerminalRules) -> TerminalVerdict {
    TerminalVerdict(latest.withLock { $0 }, rules, isCustomer: true)
  }
}

extension VaultEntry {
  /// Notes that there is no terminal but a pipe or a file; what the policy says to that.
  func lookWithoutTerminal() -> TerminalVerdict {
    terminal.note(TerminalFinding(kind: .none))
    return terminal.verdict(vault.policy.terminalRules)
  }
}

extension TerminalVerdict {
  /// The event that tells of it.
  var draft: AuditDraft {
    var detail: [(String, AuditValue)] = [
      ("result", .word(outcome.rawValue)), ("kind", .word(nature.rawValue)),
    ]
    let word = String(program.map { $0 == " " ? "_" : $0 })
    if !word.isEmpty { detail.append(("program", .word(word))) }
    return AuditDraft(.terminal, AuditDetail(detail))
  }
}
