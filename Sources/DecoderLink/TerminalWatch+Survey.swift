// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import Lockdown

/// What is known of all processes, from one look to the next.
struct ProcessSurvey {
  private var facts: [Int32: ProcessFacts] = [:]
  /// Who has the other end of which pseudo-terminals.
  private var holdings: [Int32: Set<UInt32>] = [:]
  private var screenReaders: Set<Int32> = []
  /// Those that a name makes a multiplexer, or a recorder of whole screens.
  private var multiplexers: Set<Int32> = []
  private var screenRecorders: Set<Int32> = []
  private var unreadable: Set<Int32> = []
  private var isComplete = true
  private var deadline: Int64 = 0

  /// No look takes longer, in milliseconds; what was not seen by then is not known.
  private static let budgetMilliseconds: Int64 = 1_200
  /// No chain of terminals is followed further.
  private static let mostTerminals = 8
  private static let mostAncestors = 16

  /// Looks at a terminal.
  mutating func look(_ look: TerminalLook) -> TerminalFinding {
    let start = Self.milliseconds
    deadline = start + Self.budgetMilliseconds
    // One that ran out of time goes on where it was.
    if look.isThorough, isComplete { self = ProcessSurvey(deadline: deadline) }
    isComplete = true
    refresh()
    let device = terminal(of: look)
    var finding = TerminalFinding(
      kind: device.kind, index: device.pseudoIndex ?? 0,
      isTraced: ProcessFolder(process: Int32(clamping: look.process)).isTraced,
      isInTmux: look.isInTmux, isInScreen: look.isInScreen)
    if let index = device.pseudoIndex { finding.parties = chain(from: index) }
    finding.parties += screenParties(device.kind)
    if finding.parties.count > TerminalFinding.partyLimit {
      finding.parties.removeLast(finding.parties.count - TerminalFinding.partyLimit)
      isComplete = false
    }
    finding.hasUnreadable = !unreadable.isEmpty
    finding.isComplete = isComplete
    finding.milliseconds = UInt32(clamping: Self.milliseconds - start)
    return finding
  }

  init() {}

  private init(deadline: Int64) { self.deadline = deadline }

  /// The terminal itself; `/dev/tty` stands for the process's own.
  private func terminal(of look: TerminalLook) -> TerminalDevice {
    guard look.device == TerminalDevice(major: 5, minor: 0),
      let index = facts[Int32(clamping: look.process)]?.terminal
    else { return look.device }
    return TerminalDevice(major: 136, minor: index)
  }

  // MARK: - Processes

  private mutating func refresh() {
    guard let processes = ProcessFolder.all() else { return isComplete = false }
    let now = Set(processes)
    for gone in facts.keys where !now.contains(gone) { forget(gone) }
    // One that holds a terminal, or may hold one unseen, is looked at again each time.
    for process in Set(holdings.keys).union(screenReaders).union(screenRecorders) {
      forget(process)
    }
    for process in processes where facts[process] == nil {
      guard Self.milliseconds < deadline else { return isComplete = false }
      note(process)
    }
  }

  private mutating func forget(_ process: Int32) {
    facts[process] = nil
    holdings[process] = nil
    screenReaders.remove(process)
    multiplexers.remove(process)
    screenRecorders.remove(process)
    unreadable.remove(process)
  }

  private mutating func note(_ process: Int32) {
    let folder = ProcessFolder(process: process)
    guard let known = folder.facts else { return }
    facts[process] = known
    let deadline = self.deadline
    let descriptors = folder.descriptors { Self.milliseconds >= deadline }
    if !descriptors.isComplete { isComplete = false }
    if !descriptors.isReadable { unreadable.insert(process) }
    if descriptors.readsScreen { screenReaders.insert(process) }
    for descriptor in descriptors.masters {
      guard let index = folder.heldTerminal(descriptor) else { continue }
      holdings[process, default: []].insert(index)
    }
    noteName(known.name, of: process)
  }

  private mutating func noteName(_ name: [UInt8], of process: Int32) {
    if TerminalPrograms.isNamed(name: name, TerminalPrograms.multiplexers) {
      multiplexers.insert(process)
    }
    if TerminalPrograms.isNamed(name: name, TerminalPrograms.screenRecorders)
      || isGrabbing(process, name)
    {
      screenRecorders.insert(process)
    }
  }

  // MARK: - The chain

  private func chain(from first: UInt32) -> [TerminalParty] {
    var parties: [TerminalParty] = []
    var waiting = [first]
    var seen: Set<UInt32> = []
    while let index = waiting.popLast(), seen.count < Self.mostTerminals {
      guard seen.insert(index).inserted else { continue }
      let here = self.parties(behind: index)
      parties += here
      waiting += here.compactMap(\.ownIndex)
    }
    return parties
  }

  private func parties(behind index: UInt32) -> [TerminalParty] {
    let holders = holdings.keys.filter { holdings[$0]?.contains(index) == true }
    var here = holders.sorted().compactMap { party(.holder, $0, index) }
    if here.isEmpty { here = unseen(index) }
    for holder in here where TerminalPrograms.isNamed(holder, TerminalPrograms.multiplexers) {
      here += clients(of: holder, index)
    }
    return here
  }

  private func party(_ role: TerminalParty.Role, _ process: Int32, _ index: UInt32)
    -> TerminalParty?
  {
    guard let known = facts[process] else { return nil }
    let folder = ProcessFolder(process: process)
    let program = folder.program
    return TerminalParty(
      role: role, process: UInt32(clamping: process),
      user: UInt32(clamping: folder.status("Uid") ?? Int64(UInt32.max)), index: index,
      ownIndex: known.terminal == index ? nil : known.terminal, name: known.name,
      path: program.path, isFileAtPath: program.isFileAtPath, isFileRoots: program.isFileRoots,
      isTraced: folder.isTraced)
  }

  /// The other processes of a multiplexer's program that sit at terminals of their own.
  private func clients(of holder: TerminalParty, _ index: UInt32) -> [TerminalParty] {
    multiplexers.sorted().compactMap { process in
      guard let own = facts[process]?.terminal, own != index,
        UInt32(clamping: process) != holder.process,
        let client = party(.client, process, index),
        client.program == holder.program || client.path.isEmpty
      else { return nil }
      return client
    }
  }

  /// What can be known of a terminal that nobody readable holds: root's remote login by its place
  /// in the chain of parents, else a known program among the parents.
  private func unseen(_ index: UInt32) -> [TerminalParty] {
    let leaders = facts.filter { $0.value.terminal == index && $0.value.session == $0.key }
    guard let leader = leaders.first else { return [] }
    if let login = login(of: leader.value, index) { return [login] }
    var process = leader.value.parent
    for _ in 0..<Self.mostAncestors {
      guard process > 1, let known = facts[process] else { return [] }
      let names = [TerminalPrograms.multiplexers, TerminalPrograms.recorders]
      if names.contains(where: { TerminalPrograms.isNamed(name: known.name, $0) }) {
        return [party(.ancestor, process, index)].compactMap { $0 }
      }
      process = known.parent
    }
    return []
  }

  /// Root's sshd for the session that has a leader: its parent says that it serves this terminal,
  /// and that one's parent is root's own.
  ///
  /// A name can be chosen, but not the place: what root's sshd forks for a session is never the
  /// account's own program, and nobody else of the account can write what it calls itself.
  private func login(of leader: ProcessFacts, _ index: UInt32) -> TerminalParty? {
    guard let session = facts[leader.parent], let monitor = facts[session.parent],
      TerminalPrograms.isNamed(name: session.name, TerminalPrograms.logins),
      TerminalPrograms.isNamed(name: monitor.name, TerminalPrograms.logins),
      ProcessFolder(process: session.parent).status("Uid") == 0,
      Self.serves(ProcessFolder(process: leader.parent).commandLine, index)
    else { return nil }
    return party(.login, leader.parent, index)
  }

  /// Whether sshd's title (`sshd: name@pts/3,pts/4`) names a terminal.
  static func serves(_ title: [UInt8], _ index: UInt32) -> Bool {
    let words = String(decoding: title.prefix { $0 != 0 }, as: UTF8.self)
    guard words.hasPrefix("sshd: ") || words.hasPrefix("sshd-session: "),
      let at = words.lastIndex(of: "@")
    else { return false }
    return words[words.index(after: at)...].split(separator: ",").contains("pts/\(index)")
  }

  // MARK: - The whole screen

  private func screenParties(_ kind: TerminalDevice.Kind) -> [TerminalParty] {
    var parties: [TerminalParty] = []
    if kind == .console {
      parties += screenReaders.sorted().compactMap { party(.screenReader, $0, 0) }
    }
    return parties + screenRecorders.sorted().compactMap { party(.screenRecorder, $0, 0) }
  }

  private static let grabbers: Set<String> = ["ffmpeg", "gst-launch-1.0"]
  private static let grabs = ["x11grab", "kmsgrab", "fbdev", "ximagesrc", "pipewiresrc"]

  private func isGrabbing(_ process: Int32, _ name: [UInt8]) -> Bool {
    guard TerminalPrograms.isNamed(name: name, Self.grabbers) else { return false }
    let line = String(decoding: ProcessFolder(process: process).commandLine, as: UTF8.self)
    return Self.grabs.contains { line.contains($0) }
  }

  /// Unsafe use: the structure is a local that outlives the call.
  private static var milliseconds: Int64 {
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec) * 1_000 + Int64(now.tv_nsec) / 1_000_000
  }
}
