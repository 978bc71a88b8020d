// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Glibc
internal import Lockdown
internal import Vocabulary
internal import Words

/// What `milkglass doctor` has to say of a seat and its vault.
package struct DoctorReport: Sendable {
  /// One thing about the vault, or about the terminal's pictures.
  package struct Fact: Hashable, Sendable {
    let name: String
    let text: String
  }

  let vault: String
  let seat: SeatReport
  /// The worst grade at which the policy lets customers' clips open.
  let wanted: SeatGrade
  /// What the policy says to this terminal; nil where there is none to look at.
  let terminal: TerminalVerdict?
  let facts: [Fact]
  /// What the terminal can show, and how the picture would be drawn; empty where none was asked.
  let picture: [Fact]

  /// Whether customers' clips open at this seat, as far as seat and terminal go.
  package var isFit: Bool { seat.grade <= wanted && terminal?.outcome != .refused }

  /// The code to leave with: 0 where customers' clips open at this seat, else `EX_CONFIG`.
  package var exitCode: Int32 { isFit ? 0 : EX_CONFIG }

  /// Lines for a person: the grade, a line for each measure, then the vault.
  package var lines: [String] {
    var lines = ["Seat grade \(seat.grade.letter); the policy asks for \(wanted.letter)"]
    lines += seat.measures.map(Self.line)
    if let terminal {
      let state = terminal.outcome == .allowed ? "in force" : Self.word(terminal.outcome)
      lines.append(Self.line(state, " ", "terminal", terminal.sentence(Words.texts(.english))))
    }
    if !picture.isEmpty { lines += ["", "Picture"] + picture.map { Self.line($0, width: 21) } }
    lines += ["", "Vault \(vault)"]
    return lines + facts.map { Self.line($0, width: 10) }
  }

  private static func line(_ fact: Fact, width: Int) -> String {
    "  " + padded(fact.name, width) + fact.text
  }

  private static func line(_ measure: SeatMeasure) -> String {
    let grade = measure.best == .a ? " " : measure.best.letter
    let advice = measure.advice.isEmpty ? "" : " " + measure.advice
    return line(measure.state.rawValue, grade, measure.name, measure.why + advice)
  }

  private static func line(_ state: String, _ grade: String, _ name: String, _ text: String)
    -> String
  {
    "  \(grade)  \(padded(state, 9)) \(padded(name, 14)) \(text)"
  }

  private static func word(_ outcome: TerminalVerdict.Outcome) -> String {
    outcome == .notice ? "weak" : "missing"
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

// MARK: - For programs

extension DoctorReport {
  /// The same as one JSON object; its keys never change meaning, and more may come.
  package var json: String {
    let object = Object(
      format: 1, vault: vault, grade: seat.grade.letter, asked: wanted.letter, fit: isFit,
      measures: seat.measures.map {
        Object.Measure(
          name: $0.name, state: $0.state.word, grade: $0.best.letter, why: $0.why,
          advice: $0.advice)
      },
      terminal: terminal.map {
        Object.Terminal(
          result: $0.outcome.rawValue, kind: $0.nature.rawValue, program: $0.program,
          why: $0.sentence(Words.texts(.english)))
      },
      facts: facts.map { Object.Fact(name: $0.name, text: $0.text) },
      picture: picture.map { Object.Fact(name: $0.name, text: $0.text) })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Strings, numbers and truths of our own: nothing in it can fail to be encoded.
    guard let data = try? encoder.encode(object) else { return "{}" }
    return String(decoding: data, as: UTF8.self)
  }

  private struct Object: Encodable {
    let format: Int
    let vault: String
    let grade: String
    let asked: String
    let fit: Bool
    let measures: [Measure]
    let terminal: Terminal?
    let facts: [Fact]
    /// What the terminal can show, and how the picture would be drawn; empty where none was asked.
    let picture: [Fact]

    struct Measure: Encodable {
      let name: String
      let state: String
      let grade: String
      let why: String
      let advice: String
    }

    struct Terminal: Encodable {
      let result: String
      let kind: String
      let program: String
      let why: String
    }

    struct Fact: Encodable {
      let name: String
      let text: String
    }
  }
}

extension SeatMeasure.State {
  /// The state's name for programs: `in_force`, `weak` or `missing`.
  fileprivate var word: String { self == .inForce ? "in_force" : rawValue }
}
