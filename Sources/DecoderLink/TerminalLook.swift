// SPDX-License-Identifier: Apache-2.0

package import Lockdown

/// What the watch is asked: who holds a terminal.
package struct TerminalLook: Hashable, Sendable {
  /// The terminal that pictures go to.
  package var device: TerminalDevice
  /// The process that draws them.
  package var process: UInt32
  /// Whether the environment names tmux (`TMUX`) or screen (`STY`).
  package var isInTmux: Bool
  package var isInScreen: Bool
  /// Whether every process is to be looked at; else those that are new since the last look, and
  /// those that mattered in it.
  package var isThorough: Bool

  /// Makes a question.
  package init(
    device: TerminalDevice, process: UInt32, isInTmux: Bool, isInScreen: Bool, isThorough: Bool
  ) {
    self.device = device
    self.process = process
    self.isInTmux = isInTmux
    self.isInScreen = isInScreen
    self.isThorough = isThorough
  }
}

/// The messages between the host and the watch: all of one length, of this version.
enum TerminalMessage {
  static let version: UInt8 = 1
  static let byteCount = 384

  fileprivate static let lookKind: UInt8 = 1
  fileprivate static let findingKind: UInt8 = 33
  fileprivate static let partyKind: UInt8 = 34
}

/// A question as it crosses the socket.
struct TerminalQuestion: Hashable {
  let serial: UInt32
  let look: TerminalLook

  init(serial: UInt32, look: TerminalLook) {
    self.serial = serial
    self.look = look
  }

  /// The message's bytes.
  func encoded() -> [UInt8] {
    var writer = WireWriter(kind: TerminalMessage.lookKind)
    writer.put8(TerminalMessage.version)
    writer.put32(serial)
    writer.put32(look.device.major)
    writer.put32(look.device.minor)
    writer.put32(look.process)
    for flag in [look.isInTmux, look.isInScreen, look.isThorough] { writer.put8(flag ? 1 : 0) }
    return writer.finished(byteCount: TerminalMessage.byteCount)
  }

  /// Reads a message.
  init(_ bytes: [UInt8]) throws(LinkViolation) {
    var reader = WireReader(bytes)
    let kind = reader.take8()
    guard kind == TerminalMessage.lookKind else { throw .unknownKind(kind) }
    guard reader.take8() == TerminalMessage.version else { throw .malformed }
    serial = reader.take32()
    let device = TerminalDevice(major: reader.take32(), minor: reader.take32())
    look = TerminalLook(
      device: device, process: reader.take32(), isInTmux: try reader.takeFlag(),
      isInScreen: try reader.takeFlag(), isThorough: try reader.takeFlag())
    try reader.finish(byteCount: TerminalMessage.byteCount)
  }
}

/// A finding as it crosses the socket: one message, then one for each process that it names.
enum TerminalAnswer {
  /// The messages of a finding.
  static func encoded(_ finding: TerminalFinding, serial: UInt32) -> [[UInt8]] {
    let parties = finding.parties.prefix(TerminalFinding.partyLimit)
    var writer = WireWriter(kind: TerminalMessage.findingKind)
    writer.put8(TerminalMessage.version)
    writer.put32(serial)
    writer.put8(finding.kind.rawValue)
    writer.put32(finding.index)
    writer.put32(finding.milliseconds)
    writer.put8(UInt8(parties.count))
    let flags = [
      finding.isComplete, finding.hasUnreadable, finding.isTraced, finding.isInTmux,
      finding.isInScreen,
    ]
    for flag in flags { writer.put8(flag ? 1 : 0) }
    return [writer.finished(byteCount: TerminalMessage.byteCount)]
      + parties.map { encoded($0, serial: serial) }
  }

  private static func encoded(_ party: TerminalParty, serial: UInt32) -> [UInt8] {
    var writer = WireWriter(kind: TerminalMessage.partyKind)
    writer.put32(serial)
    writer.put8(party.role.rawValue)
    writer.put32(party.process)
    writer.put32(party.user)
    writer.put32(party.index)
    writer.put8(party.ownIndex == nil ? 0 : 1)
    writer.put32(party.ownIndex ?? 0)
    for flag in [party.isFileAtPath, party.isFileRoots, party.isTraced] {
      writer.put8(flag ? 1 : 0)
    }
    writer.put32(party.name.count)
    writer.put(party.name)
    writer.put32(party.path.count)
    writer.put(party.path)
    return writer.finished(byteCount: TerminalMessage.byteCount)
  }

  /// Reads the first message of a finding; gives how many parties follow.
  static func finding(
    _ bytes: [UInt8]
  ) throws(LinkViolation) -> (serial: UInt32, TerminalFinding, partyCount: Int) {
    var reader = WireReader(bytes)
    let kind = reader.take8()
    guard kind == TerminalMessage.findingKind else { throw .unknownKind(kind) }
    guard reader.take8() == TerminalMessage.version else { throw .malformed }
    let serial = reader.take32()
    guard let terminal = TerminalDevice.Kind(rawValue: reader.take8()) else { throw .malformed }
    var finding = TerminalFinding(kind: terminal, index: reader.take32())
    finding.milliseconds = reader.take32()
    let count = Int(reader.take8())
    guard count <= TerminalFinding.partyLimit else { throw .tooMany }
    finding.isComplete = try reader.takeFlag()
    finding.hasUnreadable = try reader.takeFlag()
    finding.isTraced = try reader.takeFlag()
    finding.isInTmux = try reader.takeFlag()
    finding.isInScreen = try reader.takeFlag()
    try reader.finish(byteCount: TerminalMessage.byteCount)
    return (serial, finding, count)
  }

  /// Reads one party of the finding with that number.
  static func party(_ bytes: [UInt8], serial: UInt32) throws(LinkViolation) -> TerminalParty {
    var reader = WireReader(bytes)
    let kind = reader.take8()
    guard kind == TerminalMessage.partyKind else { throw .unknownKind(kind) }
    guard reader.take32() == serial else { throw .outOfPlace }
    guard let role = TerminalParty.Role(rawValue: reader.take8()) else { throw .malformed }
    var party = TerminalParty(
      role: role, process: reader.take32(), user: reader.take32(), index: reader.take32(),
      name: [])
    let hasOwn = try reader.takeFlag()
    let own = reader.take32()
    party.ownIndex = hasOwn ? own : nil
    party.isFileAtPath = try reader.takeFlag()
    party.isFileRoots = try reader.takeFlag()
    party.isTraced = try reader.takeFlag()
    let nameCount = reader.takeCount()
    guard nameCount <= TerminalParty.nameLimit else { throw .wrongLength }
    party.name = reader.take(nameCount)
    let pathCount = reader.takeCount()
    guard pathCount <= TerminalParty.pathLimit else { throw .wrongLength }
    party.path = reader.take(pathCount)
    try reader.finish(byteCount: TerminalMessage.byteCount)
    return party
  }
}

extension WireReader {
  /// A byte that is 0 or 1.
  fileprivate mutating func takeFlag() throws(LinkViolation) -> Bool {
    switch take8() {
    case 0: return false
    case 1: return true
    default: throw .malformed
    }
  }
}
