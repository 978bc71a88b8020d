// SPDX-License-Identifier: Apache-2.0

import DecoderLink
import Glibc
import LabelStore
import Lockdown
import StrictTOML
import Testing
import Vocabulary
import Words

@testable import ClipVault
@testable import ReviewSession
@testable import TerminalScreen

/// Why a session does not begin, or ends: what is printed before the screen opens or after it closed.
@Suite("Errors of a session in its language") struct SpokenSessionErrorTests {
  private let english = Words.texts(.english)
  private let german = Words.texts(.german)

  private static let failure = SystemError(call: "pipe2", code: EMFILE)
  private static let links: [LinkError] = [
    .cannotStart(failure), .system(failure), .memory(.notSealed), .hostGone,
  ]
  private static let terminals: [TerminalError] = [
    .notATerminal, .unknownTerminal(""), .unknownTerminal("x"), .cannotMoveCursor("dumb"),
    .strangeTerminal("x"), .lost(errno: 5),
    .outsideGrammar(OutputGrammar.Offence(position: 3, reason: .control(7))),
  ]
  private static let passphrases: [PassphraseError] = [
    .noTerminal, .lost(failure), .ended, .badDescriptor(7, code: EBADF), .terminalDescriptor(0),
    .tooLong,
  ]
  private static let kiosks: [KioskFileError] = [
    .missing, .unreadable, .noText, .noFolder, .noFile, .notRoots, .notTheAccounts, .writable,
  ].map { KioskFileError(path: "/etc/milkglass/kiosk.toml", fault: $0) }
  /// One of each source at least, but those that only pass words on.
  private static let errors: [SessionError] =
    [
      .noResources(failure), .store(.notAStore), .vault(.notAVault("/v")),
      .ownFile(.unreadable("keys.toml")),
    ] + links.map { .decoder($0) } + terminals.map { .terminal($0) }
    + passphrases.map { .passphrase($0) } + kiosks.map { .kiosk($0) }
    + StartPhrase.allCases.map { .start($0, ["x", "y", "7", "z"], exitCode: 1) }

  @Test(arguments: errors) func errorIsTranslated(_ error: SessionError) {
    SpokenSentence.expect(error.spoken(.english), error.spoken(.german), as: error.sentence)
  }

  @Test func everySourceIsCovered() {
    let words: [SessionError] = [.words("Said.", exitCode: 1), .told(exitCode: 1)]
    #expect(Set((Self.errors + words).map(Self.number)) == Set(0...10))
  }

  /// A new source does not compile here; its number belongs into the test above, a value into the list.
  private static func number(_ error: SessionError) -> Int {
    switch error {
    case .noResources: 0
    case .terminal: 1
    case .store: 2
    case .vault: 3
    case .decoder: 4
    case .passphrase: 5
    case .ownFile: 6
    case .kiosk: 7
    case .start: 8
    case .words: 9
    case .told: 10
    }
  }

  @Test func wordsArePassedOn() {
    #expect(SessionError.words("Fertig.", exitCode: 1).spoken(.german) == "Fertig.")
    #expect(SessionError.told(exitCode: 1).spoken(.german).isEmpty)
  }

  @Test func theDecoderIsCalledAsItsLinkCallsIt() {
    for link in Self.links {
      #expect(
        SessionError.decoder(link).sentence
          == "The decoder \(link.sentence); build or install Milkglass again.")
    }
  }

  @Test func ofAFileOfOnesOwnItsReaderIsQuoted() {
    let error = SessionError.ownFile(
      PolicyFileError(
        file: "keys.toml", at: TextPosition(line: 3, column: 5), message: "unknown action"))
    #expect(error.spoken(.english) == error.sentence && error.exitCode == 65)
    #expect(error.spoken(.german) == "keys.toml ist in Zeile 3, Spalte 5 falsch (unknown action).")
    #expect(SessionError.ownFile(.unreadable("keys.toml")).exitCode == 66)
  }

  @Test(arguments: [
    (Receipt.Defect.notSigned, true), (.otherVault, true),
    (.line(NoteLineError(line: 4, message: "must be the number")), false),
  ]) func receiptThatIsNoneIsTranslated(_ defect: Receipt.Defect, isWhole: Bool) {
    let (spoken, translated) = (defect.spoken(3, english), defect.spoken(3, german))
    SpokenSentence.expectGerman(translated, not: spoken)
    #expect(!isWhole || spoken == defect.sentence(file: "receipt 3"))
    #expect(isWhole || spoken.contains("line 4") && translated.contains("Zeile 4"))
    #expect(!translated.contains("must be"), "what `audit receipts` tells")
  }
}
