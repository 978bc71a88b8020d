// SPDX-License-Identifier: Apache-2.0

import Lockdown
import TestSupport
import Testing

@testable import DecoderLink

/// Questions to the terminal's watch and its answers, as bytes.
@Suite struct TerminalMessageTests {
  private static func party(_ generator: inout SeededGenerator) -> TerminalParty {
    func bytes(_ most: Int, _ generator: inout SeededGenerator) -> [UInt8] {
      (0..<Int.random(in: 0...most, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
    }
    return TerminalParty(
      role: TerminalParty.Role.allCases.randomElement(using: &generator) ?? .holder,
      process: .random(in: 0 ... .max, using: &generator),
      user: .random(in: 0 ... .max, using: &generator),
      index: .random(in: 0 ... .max, using: &generator),
      ownIndex: Bool.random(using: &generator) ? .random(in: 0 ... .max, using: &generator) : nil,
      name: bytes(TerminalParty.nameLimit, &generator),
      path: bytes(TerminalParty.pathLimit, &generator), isFileAtPath: .random(using: &generator),
      isFileRoots: .random(using: &generator), isTraced: .random(using: &generator))
  }

  private static func finding(_ generator: inout SeededGenerator) -> TerminalFinding {
    let count = Int.random(in: 0...TerminalFinding.partyLimit, using: &generator)
    return TerminalFinding(
      kind: [.pseudo, .console, .line, .none].randomElement(using: &generator) ?? .line,
      index: .random(in: 0 ... .max, using: &generator), isComplete: .random(using: &generator),
      hasUnreadable: .random(using: &generator), isTraced: .random(using: &generator),
      isInTmux: .random(using: &generator), isInScreen: .random(using: &generator),
      parties: (0..<count).map { _ in party(&generator) },
      milliseconds: .random(in: 0 ... .max, using: &generator))
  }

  @Test func questionsAndAnswersComeBackAsTheyWere() throws {
    var generator = SeededGenerator(seed: 4)
    for serial in UInt32(0)..<60 {
      let look = TerminalLook(
        device: TerminalDevice(
          major: .random(in: 0 ... .max, using: &generator),
          minor: .random(in: 0 ... .max, using: &generator)),
        process: .random(in: 0 ... .max, using: &generator),
        isInTmux: .random(using: &generator), isInScreen: .random(using: &generator),
        isThorough: .random(using: &generator))
      let question = TerminalQuestion(serial: serial, look: look)
      #expect(try TerminalQuestion(question.encoded()) == question)
      let finding = Self.finding(&generator)
      let messages = TerminalAnswer.encoded(finding, serial: serial)
      #expect(messages.allSatisfy { $0.count == TerminalMessage.byteCount })
      var (number, read, count) = try TerminalAnswer.finding(messages[0])
      for message in messages.dropFirst() {
        read.parties.append(try TerminalAnswer.party(message, serial: serial))
      }
      #expect(number == serial && count == finding.parties.count && read == finding)
    }
  }

  @Test func messagesThatAreChangedAreRefusedOrOtherMessages() throws {
    var generator = SeededGenerator(seed: 5)
    let finding = Self.finding(&generator)
    let question = TerminalQuestion(
      serial: 7,
      look: TerminalLook(
        device: TerminalDevice(major: 136, minor: 1), process: 9, isInTmux: false,
        isInScreen: false, isThorough: true))
    var refused = 0
    for _ in 0..<4000 {
      var messages = [question.encoded()] + TerminalAnswer.encoded(finding, serial: 7)
      let chosen = Int.random(in: messages.indices, using: &generator)
      let place = Int.random(in: 0..<TerminalMessage.byteCount, using: &generator)
      messages[chosen][place] ^= UInt8.random(in: 1...255, using: &generator)
      let bytes = messages[chosen]
      switch chosen {
      case 0:
        if let other = try? TerminalQuestion(bytes) {
          #expect(other.encoded() == bytes)
        } else {
          refused += 1
        }
      case 1:
        if let other = try? TerminalAnswer.finding(bytes) {
          #expect(other.partyCount <= TerminalFinding.partyLimit)
        } else {
          refused += 1
        }
      default: if (try? TerminalAnswer.party(bytes, serial: 7)) == nil { refused += 1 }
      }
    }
    #expect(refused > 500)
  }

  @Test func impossibleFieldsAreRefused() throws {
    let finding = TerminalFinding(kind: .pseudo, index: 3)
    let good = TerminalAnswer.encoded(finding, serial: 1)[0]
    #expect(try TerminalAnswer.finding(good).1 == finding)
    // The version, the kind of terminal, the number of parties, a flag, the padding.
    for (place, value) in [(1, 2), (6, 9), (15, 25), (16, 2), (383, 1)] as [(Int, UInt8)] {
      var bad = good
      bad[place] = value
      #expect(throws: LinkViolation.self) { try TerminalAnswer.finding(bad) }
    }
    for count in [0, 64, 383, 385] {
      let bytes = Array((good + [0]).prefix(count))
      #expect(throws: LinkViolation.self) { try TerminalAnswer.finding(bytes) }
    }
    let party = TerminalParty(role: .holder, process: 1, index: 3, name: Array("x".utf8))
    var message = TerminalAnswer.encoded(
      TerminalFinding(kind: .pseudo, parties: [party]), serial: 1)[1]
    #expect(try TerminalAnswer.party(message, serial: 1) == party)
    #expect(throws: LinkViolation.outOfPlace) { try TerminalAnswer.party(message, serial: 2) }
    // The length of the name lies behind the flags.
    message[26] = 17
    #expect(throws: LinkViolation.self) { try TerminalAnswer.party(message, serial: 1) }
  }

  @Test(
    arguments: [
      ("12 (bash) S 3 12 12 34819 12 0 0", "bash", 3, 12, 3),
      ("12 (a) b) (c) R 1 2 7 0 -1 0", "a) b) (c", 1, 7, nil),
      ("12 (\u{1B}]0;x\n1 2 3 4) Z 0 0 0 0 0", "\u{1B}]0;x\n1 2 3 4", 0, 0, nil),
      ("12 () S 99999999999 1 2 1025 0", "", .max, 2, nil),
    ] as [(String, String, Int32, Int32, UInt32?)])
  func processesAreTold(text: String, name: String, parent: Int32, session: Int32, own: UInt32?)
    throws
  {
    let facts = try #require(ProcessFacts(stat: Array(text.utf8)))
    #expect(facts.name == Array(name.utf8) && facts.parent == parent)
    #expect(facts.session == session && facts.terminal == own)
  }

  @Test(arguments: ["", "12", "12 (bash", "12 bash) S 1 2 3 4", "1 (x) S 1 2", "1 (x) S a b c d e"])
  func whatIsNoProcessIsPassedOver(text: String) {
    #expect(ProcessFacts(stat: Array(text.utf8)) == nil)
  }

  @Test(
    arguments: [
      ("sshd: ada@pts/3", 3, true), ("sshd: ada@pts/2,pts/3", 3, true),
      ("sshd-session: ada@pts/3\0rest", 3, true), ("sshd: ada@pts/30", 3, false),
      ("sshd: ada@notty", 3, false), ("sshd: ada [priv]", 3, false), ("notsshd: a@pts/3", 3, false),
      ("sshd: x@pts/3@pts/4", 3, false), ("", 0, false),
    ] as [(String, UInt32, Bool)])
  func titlesOfRemoteLoginsNameTheirTerminals(title: String, index: UInt32, serves: Bool) {
    #expect(ProcessSurvey.serves(Array(title.utf8), index) == serves)
  }
}
