// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Glibc
import ClipVault
import ReviewSession
import Vocabulary

/// How commands end: one sentence on standard error, and a code after `sysexits.h`.
enum Leaving {
  /// Says why and gives the code to leave with.
  static func because(_ sentence: String, code: Int32) -> ExitCode {
    warn(sentence)
    return ExitCode(code)
  }

  /// Writes a line to standard error.
  static func warn(_ sentence: String) {
    let line = harmless(sentence, keepsLines: false)
    FileHandle.standardError.write(Data("milkglass: \(line)\n".utf8))
  }

  /// Runs a command's work and turns its error into a sentence and a code.
  static func onError<Value>(_ work: () throws(SessionError) -> Value) throws -> Value {
    try onError(saying: \.sentence, work)
  }

  /// As `onError`, for a session, whose reviewer is told in that language.
  static func onError<Value>(
    in language: Language, _ work: () throws(SessionError) -> Value
  ) throws -> Value {
    try onError(saying: { $0.spoken(language) }, work)
  }

  private static func onError<Value>(
    saying words: (SessionError) -> String, _ work: () throws(SessionError) -> Value
  ) throws -> Value {
    do { return try work() } catch {
      if case .told(let code) = error { throw ExitCode(code) }
      throw because(words(error), code: error.exitCode)
    }
  }

  /// Refuses a session where keys and screen are not at a terminal.
  static func demandTerminal(_ phrase: StartPhrase, in language: Language) throws {
    guard !hasTerminal else { return }
    throw because(StartWords(language)(phrase), code: EX_UNAVAILABLE)
  }

  /// Prints what a session did; leaves with an error where labels were lost at its end.
  static func sum(up summary: SessionSummary) throws {
    tell(summary.text)
    if !summary.lost.isEmpty {
      throw because(summary.lost.joined(separator: " "), code: EX_IOERR)
    }
  }

  /// Whether a person sits at both ends: standard input and output are a terminal.
  static var hasTerminal: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

  /// Writes a line to standard output at once.
  static func tell(_ line: String) {
    FileHandle.standardOutput.write(Data((harmless(line) + "\n").utf8))
  }

  /// Ends the program as ArgumentParser would: help on standard output, what is wrong with the
  /// arguments on standard error.
  ///
  /// Its own way out quotes arguments as they came; they may hold escape sequences.
  static func end(_ command: (some ParsableCommand).Type, with error: any Error) -> Never {
    let code = command.exitCode(for: error)
    let text = command.fullMessage(for: error)
    if !text.isEmpty {
      let file = code.isSuccess ? FileHandle.standardOutput : FileHandle.standardError
      file.write(Data((harmless(text) + "\n").utf8))
    }
    Foundation.exit(code.rawValue)
  }

  /// The text without what must not reach a terminal: a file's name may hold escape sequences.
  static func harmless(_ text: String, keepsLines: Bool = true) -> String {
    DisplayText.sentence(text, keepsLines: keepsLines)
  }
}
