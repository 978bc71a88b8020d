// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import DecoderLink
internal import Lockdown
internal import StrictTOML
internal import TerminalScreen
package import Vocabulary
internal import Words

extension SessionError {
  /// What whoever is at the terminal is told, in their language; empty where it was told already.
  package func spoken(_ language: Language) -> String { spoken(Words.texts(language)) }

  /// What happened and what to do next, in the reviewer's language.
  func spoken(_ texts: Texts) -> String {
    switch self {
    case .noResources(let error): texts(StartPhrase.noResources, error.spoken(texts))
    case .terminal(let error): error.spoken(texts)
    case .store(let error): error.spoken(texts)
    case .vault(let error): error.spoken(texts)
    case .decoder(let error): error.spokenAtStart(texts)
    case .passphrase(let error): error.spoken(texts)
    case .ownFile(let error): error.spokenToItsOwner(texts)
    case .kiosk(let error): error.spoken(texts)
    case .start(let phrase, let values, _): texts(phrase, values: values)
    case .words(let sentence, _): sentence
    case .told: ""
    }
  }
}

extension LinkError {
  /// Why no decoder is there for any clip.
  fileprivate func spokenAtStart(_ texts: Texts) -> String {
    switch self {
    case .cannotStart(let error): texts(StartPhrase.decoderNotStarted, error.spoken(texts))
    case .system(let error): texts(StartPhrase.decoderLacks, error.spoken(texts))
    case .memory(let error): texts(StartPhrase.decoderLacksMemory, error.spoken(texts))
    case .hostGone: texts(StartPhrase.decoderGone)
    }
  }
}

extension PolicyFileError {
  /// What is wrong with a file that the person at the terminal wrote; its reader's own words are
  /// English, and nobody but that person could look them up elsewhere.
  fileprivate func spokenToItsOwner(_ texts: Texts) -> String {
    if isUnreadable { return texts(StartPhrase.ownFileUnreadable, file) }
    return line == 0
      ? texts(StartPhrase.ownFileWhole, file, message)
      : texts(StartPhrase.ownFile, file, line, column, message)
  }
}

extension TerminalError {
  /// Why there is no screen, in the reviewer's language.
  func spoken(_ texts: Texts) -> String {
    switch self {
    case .notATerminal: texts(ScreenPhrase.notATerminal)
    case .unknownTerminal(""): texts(ScreenPhrase.nameUnset)
    case .unknownTerminal(let name): texts(ScreenPhrase.nameUnknown, name)
    case .cannotMoveCursor(let name): texts(ScreenPhrase.cannotMoveCursor, name)
    case .strangeTerminal(let name): texts(ScreenPhrase.strange, name)
    case .outsideGrammar(let offence): texts(ScreenPhrase.outsideGrammar, "\(offence.reason)")
    case .lost(let code): texts(ScreenPhrase.lost, code)
    }
  }
}

extension PassphraseError {
  /// Why there is no passphrase, in the reviewer's language; only commands choose new ones.
  func spoken(_ texts: Texts) -> String {
    switch self {
    case .noTerminal: texts(PassphrasePhrase.noTerminal)
    case .lost(let error): texts(PassphrasePhrase.lost, error.spoken(texts))
    case .ended: texts(PassphrasePhrase.ended)
    case .badDescriptor(let number, let code):
      texts(
        PassphrasePhrase.badDescriptor, number,
        SystemError(call: "read", code: code).spoken(texts))
    case .terminalDescriptor(let number): texts(PassphrasePhrase.terminalDescriptor, number)
    case .tooLong: texts(PassphrasePhrase.tooLong, Passphrase.mostBytes)
    case .empty, .tooShort, .mismatch: sentence
    }
  }
}

extension KioskFileError {
  /// Why the kiosk's settings are not believed, in the reviewer's language.
  func spoken(_ texts: Texts) -> String {
    let what: KioskPhrase
    switch fault {
    case .wrong(let error): return texts(KioskPhrase.wrong, error.description)
    case .missing: what = .missing
    case .unreadable: what = .unreadable
    case .noText: what = .noText
    case .noFolder: what = .noFolder
    case .noFile: what = .noFile
    case .notRoots: what = .notRoots
    case .notTheAccounts: what = .notTheAccounts
    case .writable: what = .writable
    }
    return texts(KioskPhrase.notBelieved, DisplayText.line(path, limit: 200), texts(what))
  }
}
