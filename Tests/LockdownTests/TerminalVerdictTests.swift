// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary
import Words

@testable import Lockdown

/// Verdicts as a function of what was found and of the policy's rules.
@Suite struct TerminalVerdictTests {
  private static let strict = TerminalRules(
    terminals: ["/usr/bin/xterm", "foot", "/opt/term/bin/term"], recorders: .refuse,
    multiplexers: .refuse, otherTerminals: .refuse, unknownTerminals: .refuse)

  /// A process of the system's, unless said otherwise.
  private static func party(
    _ path: String, name: String? = nil, _ role: TerminalParty.Role = .holder, of index: UInt32 = 3,
    at own: UInt32? = nil, user: UInt32 = 1000, isRoots: Bool = true, isThere: Bool = true,
    isTraced: Bool = false
  ) -> TerminalParty {
    let last = path.split(separator: "/").last.map(String.init) ?? ""
    return TerminalParty(
      role: role, process: 77, user: user, index: index, ownIndex: own,
      name: Array((name ?? String(last.prefix(15))).utf8), path: Array(path.utf8),
      isFileAtPath: isThere, isFileRoots: isRoots, isTraced: isTraced)
  }

  private static func at(_ parties: TerminalParty...) -> TerminalFinding {
    TerminalFinding(kind: .pseudo, index: 3, parties: parties)
  }

  private static func changed(
    _ finding: TerminalFinding, _ change: (inout TerminalFinding) -> Void
  ) -> TerminalFinding {
    var finding = finding
    change(&finding)
    return finding
  }

  private static let xterm = party("/usr/bin/xterm")

  /// What each finding is, and whether the strict rules refuse it.
  private static let table: [(TerminalFinding, TerminalVerdict.Nature, String)] = [
    (TerminalFinding(kind: .console), .console, ""),
    (at(xterm), .terminal, "/usr/bin/xterm"),
    (at(party("/usr/bin/foot")), .terminal, "/usr/bin/foot"),
    (at(party("/opt/term/bin/term", isRoots: false)), .terminal, "/opt/term/bin/term"),
    (at(party("/usr/sbin/sshd", user: 0)), .login, "sshd"),
    (at(party("", name: "sshd", .login)), .login, "sshd"),
    (at(party("/usr/bin/yasr", at: 4), party("/usr/bin/xterm", of: 4)), .assistive, "yasr"),
    (
      changed(TerminalFinding(kind: .console)) {
        $0.parties = [party("/usr/bin/brltty", .screenReader, of: 0, user: 0)]
      }, .assistive, "brltty"
    ),
    (
      changed(TerminalFinding(kind: .console)) {
        $0.parties = [party("/usr/bin/python3.11", name: "fenrir", .screenReader, of: 0, user: 0)]
      }, .assistive, "python3.11"
    ),
    // What may not be shown by the strict rules.
    (at(), .unknown, ""), (.noLook, .unknown, ""), (TerminalFinding(kind: .line), .unknown, ""),
    (TerminalFinding(kind: .none), .pipe, ""),
    (changed(at(xterm)) { $0.isComplete = false }, .unknown, ""),
    (at(party("/home/me/xterm")), .other, "xterm"),
    (at(party("/home/me/foot", isRoots: false)), .other, "foot"),
    (at(party("/usr/bin/foot", isRoots: false)), .other, "foot"),
    (at(party("/usr/bin/xterm", isThere: false)), .other, "xterm"),
    (at(party("/usr/bin/xterm (deleted)")), .other, "xterm (deleted)"),
    (at(party("/usr/bin/python3.11")), .other, "python3.11"),
    (at(party("/home/me/sshd", isRoots: false)), .other, "sshd"),
    (at(party("/home/me/orca", isRoots: false)), .other, "orca"),
    (at(party("/usr/bin/python3.11", name: "orca")), .other, "python3.11"),
    (at(party("/usr/bin/tmux", name: "tmux: server")), .multiplexer, "tmux"),
    (at(party("", name: "screen", .ancestor)), .multiplexer, "screen"),
    (changed(at(xterm)) { $0.isInTmux = true }, .multiplexer, "tmux"),
    (changed(at(xterm)) { $0.isInScreen = true }, .multiplexer, "screen"),
    (at(party("/usr/bin/script")), .recorder, "script"),
    (at(party("/usr/bin/python3.11", name: "asciinema")), .recorder, "asciinema"),
    (at(party("/home/me/x", name: "ttyrec")), .recorder, "ttyrec"),
    (at(xterm, party("/usr/bin/script")), .recorder, "script"),
    (changed(at(xterm)) { $0.isTraced = true }, .recorder, "a debugger or tracer"),
    (at(party("/usr/bin/xterm", isTraced: true)), .recorder, "a debugger or tracer"),
    (at(xterm, party("/usr/bin/obs", .screenRecorder, of: 0)), .recorder, "obs"),
    (
      changed(TerminalFinding(kind: .console)) {
        $0.parties = [party("/home/me/brltty", .screenReader, of: 0, isRoots: false)]
      }, .recorder, "brltty"
    ),
    // Down the chain: a multiplexer inside a recorder, by the holder's own terminal or a client's.
    (
      at(
        party("/usr/bin/tmux", name: "tmux: server"),
        party("/usr/bin/tmux", name: "tmux: client", .client, at: 5),
        party("/usr/bin/script", of: 5, at: 6), party("/usr/bin/xterm", of: 6)), .recorder, "script"
    ),
    (
      at(party("/usr/bin/python3.11", at: 5), party("/usr/bin/script", of: 5)), .recorder, "script"
    ),
    // A terminal that draws by itself ends the chain: its own terminal shows nothing of ours.
    (
      at(party("/usr/bin/xterm", at: 5), party("/usr/bin/script", of: 5)), .terminal,
      "/usr/bin/xterm"
    ),
    (at(party("/usr/bin/yasr", at: 4)), .unknown, ""),
  ]

  private static let harmless: Set<TerminalVerdict.Nature> = [
    .console, .terminal, .login, .assistive,
  ]

  @Test(arguments: table.indices) func eachFindingIsWhatItIs(row: Int) {
    let (finding, nature, program) = Self.table[row]
    let verdict = TerminalVerdict(finding, Self.strict, isCustomer: true)
    #expect(verdict.nature == nature)
    #expect(verdict.program == program)
    #expect(verdict.outcome == (Self.harmless.contains(nature) ? .allowed : .refused))
    #expect(verdict.sentence(Words.texts(.english)).hasSuffix("."))
    let staff = TerminalVerdict(finding, Self.strict, isCustomer: false)
    #expect(staff.outcome == (Self.harmless.contains(nature) ? .allowed : .notice))
  }

  @Test(arguments: TerminalRule.allCases) func eachKindHasItsOwnRule(rule: TerminalRule) {
    let outcome: TerminalVerdict.Outcome =
      switch rule {
      case .allow: .allowed
      case .notice: .notice
      case .refuse: .refused
      }
    let fields: [(WritableKeyPath<TerminalRules, TerminalRule>, TerminalFinding)] = [
      (\.recorders, Self.at(Self.party("/usr/bin/script"))),
      (\.multiplexers, Self.at(Self.party("/usr/bin/tmux"))),
      (\.otherTerminals, Self.at(Self.party("/usr/bin/python3"))),
      (\.unknownTerminals, Self.at()),
    ]
    for (field, finding) in fields {
      var rules = TerminalRules(
        terminals: [], recorders: rule == .refuse ? .allow : .refuse,
        multiplexers: rule == .refuse ? .allow : .refuse,
        otherTerminals: rule == .refuse ? .allow : .refuse,
        unknownTerminals: rule == .refuse ? .allow : .refuse)
      // A chain that ends nowhere is unknown too, and is no subject here.
      if field != \.unknownTerminals { rules.unknownTerminals = .allow }
      rules[keyPath: field] = rule
      #expect(TerminalVerdict(finding, rules, isCustomer: true).outcome == outcome)
    }
  }

  @Test func ofTwoLinksTheWorseOutcomeDecidesAndThenTheGraverNature() {
    let both = Self.changed(Self.at(Self.party("/usr/bin/script"))) { $0.isInTmux = true }
    var rules = Self.strict
    rules.recorders = .notice
    #expect(TerminalVerdict(both, rules, isCustomer: true).nature == .multiplexer)
    rules.multiplexers = .notice
    #expect(TerminalVerdict(both, rules, isCustomer: true).nature == .recorder)
  }

  @Test func hostileNamesComeOutHarmless() {
    let hostile: [UInt8] = [0x1B, 0x5D, 0x35, 0x32, 0x07, 0xE2, 0x80, 0xAE, 0xFF, 0x0A]
    let party = TerminalParty(
      role: .holder, process: 1, index: 3, name: hostile, path: Array("/home/".utf8) + hostile)
    let verdict = TerminalVerdict(Self.at(party), Self.strict, isCustomer: true)
    #expect(verdict.nature == .other)
    #expect(verdict.program == "?]52?????" + "?")
    #expect(verdict.sentence(Words.texts(.english)).utf8.allSatisfy { (0x20...0x7E).contains($0) })
    let long = TerminalParty(
      role: .holder, process: 1, index: 3, name: [],
      path: Array(repeating: UInt8(ascii: "/"), count: 300))
    #expect(long.path.count == TerminalParty.pathLimit)
    #expect(TerminalVerdict(Self.at(long), Self.strict, isCustomer: true).program.count <= 64)
  }

  @Test func aPathThatOnlyLooksListedIsNotListed() {
    var rules = Self.strict
    rules.terminals = ["/usr/bin/?"]
    let party = TerminalParty(
      role: .holder, process: 1, index: 3, name: [], path: Array("/usr/bin/".utf8) + [0xFF],
      isFileAtPath: true, isFileRoots: true)
    #expect(TerminalVerdict(Self.at(party), rules, isCustomer: true).nature == .other)
  }

  @Test func chainsThatBiteTheirTailEnd() {
    let finding = Self.at(
      Self.party("/home/me/a", at: 4), Self.party("/home/me/b", of: 4, at: 3))
    #expect(TerminalVerdict(finding, Self.strict, isCustomer: true).nature == .other)
  }

  @Test(
    arguments: [
      (0x8803, 136, 3, TerminalDevice.Kind.pseudo), (0x8903, 137, 3, .pseudo),
      (0x0401, 4, 1, .console),
      (0x043F, 4, 63, .console), (0x0440, 4, 64, .line), (0x0400, 4, 0, .line),
      (0x0501, 5, 1, .line),
      (0, 0, 0, .none), (0xBC00, 188, 0, .line),
    ] as [(Int64, UInt32, UInt32, TerminalDevice.Kind)])
  func devicesAreTold(field: Int64, major: UInt32, minor: UInt32, kind: TerminalDevice.Kind) {
    let device = TerminalDevice(statField: field)
    #expect(device == TerminalDevice(major: major, minor: minor) && device.kind == kind)
    #expect(TerminalDevice(device: UInt64(field)) == device)
  }

  @Test func pseudoTerminalsBeyondOneByteAreTold() {
    // Terminal 300 of major 136: minor 0x12C, whose upper bits lie above the major's.
    let device = TerminalDevice(statField: 0x10_882C)
    #expect(device.pseudoIndex == 300)
    #expect(TerminalDevice(statField: 0x8903).pseudoIndex == 259)
    #expect(TerminalDevice(major: 4, minor: 1).pseudoIndex == nil)
  }
}
