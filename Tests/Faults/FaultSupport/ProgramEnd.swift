// SPDX-License-Identifier: Apache-2.0

/// How a run of a program ended and what it said.
package struct ProgramEnd: Sendable, CustomStringConvertible {
  /// The exit code; minus the signal that ended it.
  package let code: Int32
  package let output: String
  package let errors: String

  /// Makes a record of a run, for those who drive a program themselves.
  package init(code: Int32, output: String, errors: String) {
    self.code = code
    self.output = output
    self.errors = errors
  }

  /// Both streams' lines, without empty ones.
  package var lines: [String] { (output + errors).split(separator: "\n").map(String.init) }

  package var description: String { "\(code) \(lines)" }
}
