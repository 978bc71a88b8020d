// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// What a policy says to what was found at a terminal.
package struct TerminalVerdict: Hashable, Sendable {
  /// What becomes of clips there; the later the worse.
  package enum Outcome: String, Comparable, Sendable, CaseIterable {
    case allowed, notice, refused

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// The better outcome is the lesser.
    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
  }

  /// What the terminal is, by the link of the chain that decided; the later the graver.
  package enum Nature: String, Sendable, CaseIterable {
    case console, terminal, login, assistive
    case pipe, unknown, other, multiplexer, recorder
  }

  package let outcome: Outcome
  package let nature: Nature
  /// The program that decided, as harmless text; empty where there is none.
  package let program: String
  /// Whether it is about customers' clips; staff test clips are never refused.
  package let isCustomer: Bool

  /// Judges a finding.
  ///
  /// The chain from this terminal through its holder to the holder's own terminal, and so on, is
  /// followed until a program that draws by itself (a listed terminal) or a remote login; the worst
  /// link counts. For staff test clips a refusal becomes a notice.
  package init(_ finding: TerminalFinding, _ rules: TerminalRules, isCustomer: Bool) {
    var judge = TerminalJudge(finding, rules)
    let worst = judge.worst()
    nature = worst.nature
    program = worst.program
    self.isCustomer = isCustomer
    outcome = isCustomer ? worst.outcome : min(worst.outcome, .notice)
  }

  /// One sentence for the person at the keys.
  package func sentence(_ texts: Texts) -> String {
    let subject = texts(nature == .pipe ? TerminalPhrase.thisOutput : .thisTerminal)
    return switch outcome {
    case .allowed: texts(TerminalPhrase.allowed, subject, what(texts))
    case .notice: texts(TerminalPhrase.notice, subject, what(texts))
    case .refused: texts(TerminalPhrase.refused, subject, what(texts), advice(texts))
    }
  }

  private func what(_ texts: Texts) -> String {
    switch nature {
    case .console: texts(TerminalPhrase.console)
    case .terminal: texts(TerminalPhrase.terminal, program)
    case .login: texts(TerminalPhrase.login)
    case .assistive: texts(TerminalPhrase.assistive, program)
    case .pipe: texts(TerminalPhrase.pipe)
    case .unknown: texts(TerminalPhrase.unknown)
    case .other: texts(TerminalPhrase.other, program)
    case .multiplexer: texts(TerminalPhrase.multiplexer, program)
    case .recorder: texts(TerminalPhrase.recorder, program)
    }
  }

  private func advice(_ texts: Texts) -> String {
    switch nature {
    case .multiplexer: texts(TerminalPhrase.adviceLeave, program)
    case .recorder: texts(TerminalPhrase.adviceEnd, program)
    case .unknown: texts(TerminalPhrase.adviceUnknown)
    default: texts(TerminalPhrase.adviceList)
    }
  }
}

/// Walks the chain of a finding.
private struct TerminalJudge {
  typealias Link = (
    nature: TerminalVerdict.Nature, program: String, outcome: TerminalVerdict.Outcome
  )

  private let finding: TerminalFinding
  private let rules: TerminalRules
  private var links: [Link] = []

  init(_ finding: TerminalFinding, _ rules: TerminalRules) {
    self.finding = finding
    self.rules = rules
  }

  mutating func worst() -> Link {
    if finding.isTraced { add(.recorder, "a debugger or tracer") }
    if finding.isInTmux { add(.multiplexer, "tmux") }
    if finding.isInScreen { add(.multiplexer, "screen") }
    for party in finding.parties where party.role == .screenRecorder {
      add(.recorder, TerminalPrograms.text(party.name))
    }
    switch finding.kind {
    case .console: judgeConsole()
    case .pseudo: walk()
    case .line: add(.unknown, "")
    case .none: add(.pipe, "")
    }
    if !finding.isComplete { add(.unknown, "") }
    let rank = TerminalVerdict.Nature.allCases
    // There is at least one link: each kind of terminal adds one.
    return links.max { left, right in
      if left.outcome != right.outcome { return left.outcome < right.outcome }
      return (rank.firstIndex(of: left.nature) ?? 0) < (rank.firstIndex(of: right.nature) ?? 0)
    } ?? (.unknown, "", Self.outcome(rules.unknownTerminals))
  }

  private mutating func judgeConsole() {
    add(.console, "")
    for party in finding.parties where party.role == .screenReader {
      if Self.isAssistive(party) {
        add(.assistive, TerminalPrograms.text(party.program))
      } else {
        add(.recorder, TerminalPrograms.text(party.name))
      }
    }
  }

  private mutating func walk() {
    var waiting = [finding.index]
    var seen: Set<UInt32> = []
    while let index = waiting.popLast() {
      guard seen.insert(index).inserted else { continue }
      let parties = finding.parties.filter { $0.index == index && $0.role != .screenReader }
      let behind = parties.filter { $0.role != .client && $0.role != .screenRecorder }
      if behind.isEmpty { add(.unknown, "") }
      for party in behind where !judge(party) {
        let clients = parties.filter { $0.role == .client }
        waiting += ([party] + clients).compactMap(\.ownIndex)
      }
    }
  }

  /// Adds a link; true where the chain ends with it.
  private mutating func judge(_ party: TerminalParty) -> Bool {
    let program = TerminalPrograms.text(party.program)
    if party.isTraced { add(.recorder, "a debugger or tracer") }
    if TerminalPrograms.isNamed(party, TerminalPrograms.recorders) {
      add(.recorder, Self.shortest(party, TerminalPrograms.recorders))
    } else if TerminalPrograms.isNamed(party, TerminalPrograms.multiplexers) {
      add(.multiplexer, Self.shortest(party, TerminalPrograms.multiplexers))
    } else if party.role == .login || Self.isSystems(party, TerminalPrograms.logins) {
      add(.login, "sshd")
      return true
    } else if isListed(party) {
      add(.terminal, TerminalPrograms.text(party.path))
      return true
    } else if Self.isAssistive(party) {
      add(.assistive, program)
    } else if party.role == .ancestor {
      add(.unknown, "")
    } else {
      add(.other, program)
    }
    return false
  }

  private mutating func add(_ nature: TerminalVerdict.Nature, _ program: String) {
    let outcome: TerminalVerdict.Outcome =
      switch nature {
      case .console, .terminal, .login, .assistive: .allowed
      case .pipe, .unknown: Self.outcome(rules.unknownTerminals)
      case .other: Self.outcome(rules.otherTerminals)
      case .multiplexer: Self.outcome(rules.multiplexers)
      case .recorder: Self.outcome(rules.recorders)
      }
    links.append((nature, program, outcome))
  }

  private static func outcome(_ rule: TerminalRule) -> TerminalVerdict.Outcome {
    switch rule {
    case .allow: .allowed
    case .notice: .notice
    case .refuse: .refused
    }
  }

  /// The name by which a program is known, of the two that it has.
  private static func shortest(_ party: TerminalParty, _ names: Set<String>) -> String {
    let program = TerminalPrograms.text(party.program)
    if names.contains(program) { return program }
    let words = TerminalPrograms.text(party.name).split(separator: ":")
    return words.first.map(String.init) ?? program
  }

  /// Whether the policy lists the program: its very path, or the bare name of a system's program.
  private func isListed(_ party: TerminalParty) -> Bool {
    guard party.isFileAtPath else { return false }
    return rules.terminals.contains { entry in
      let bytes = Array(entry.utf8)
      if entry.hasPrefix("/") { return party.path == bytes }
      return party.program == bytes && Self.isSystems(party)
    }
  }

  private static func isAssistive(_ party: TerminalParty) -> Bool {
    if isSystems(party, TerminalPrograms.assistive) { return true }
    // Some are scripts: the file is an interpreter, and only root's own word for the name counts.
    return party.user == 0 && isSystems(party)
      && TerminalPrograms.isNamed(name: party.name, TerminalPrograms.assistive)
  }

  private static func isSystems(_ party: TerminalParty, _ names: Set<String>) -> Bool {
    isSystems(party) && names.contains(TerminalPrograms.text(party.program))
  }

  /// Whether its program is the system's: root's file in a system folder.
  private static func isSystems(_ party: TerminalParty) -> Bool {
    guard party.isFileRoots, party.isFileAtPath else { return false }
    return TerminalPrograms.systemFolders.contains { party.path.starts(with: Array($0.utf8)) }
  }
}
