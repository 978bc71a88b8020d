// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Glibc
import ClipVault
import ReviewSession

/// How commands end: one sentence on standard error, and a code after `sysexits.h`.
enum Leaving {
  /// Says why and gives the code to leave with.
  static func because(_ sentence: String, code: Int32) -> ExitCode {
    let line = harmless(sentence, keepsLines: false)
    FileHandle.standardError.write(Data("milkglass: \(line)\n".utf8))
    return ExitCode(code)
  }

  /// Runs a command's work and turns its error into a sentence and a code.
  static func onError<Value>(_ work: () throws(SessionError) -> Value) throws -> Value {
    do { return try work() } catch { throw because(error.sentence, code: error.exitCode) }
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

  // A file's name may hold escape sequences; they must not reach the terminal.
  private static func harmless(_ text: String, keepsLines: Bool = true) -> String {
    let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        scalar == "\n" && keepsLines ? scalar : "·"
      default: scalar
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
