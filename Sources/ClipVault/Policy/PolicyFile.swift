// SPDX-License-Identifier: Apache-2.0

import Lockdown
import Vocabulary
package import StrictTOML

/// Reads and writes `policy.toml`.
package enum PolicyFile {
  /// Reads the policy; every field has a default.
  package static func parse(
    _ text: String, fileName: String = "policy.toml"
  ) throws(PolicyFileError) -> Policy {
    let table = try TOMLDocument(text, fileName: fileName).table
    var policy = Policy()
    for field in PolicyField.allCases { try read(field, table, into: &policy) }
    try table.finish()
    return policy
  }

  private static func read(
    _ field: PolicyField, _ table: TOMLReader, into policy: inout Policy
  ) throws(PolicyFileError) {
    let name = field.rawValue
    switch field.kind {
    case .number(let range, let unit, let path):
      guard let number = try table.optionalInt(name) else { return }
      guard range.contains(number) else {
        throw table.complaint(
          name, "\"\(name)\" must be \(range.lowerBound) to \(range.upperBound) \(unit)")
      }
      policy[keyPath: path] = number
    case .truth(let path):
      policy[keyPath: path] = try table.optionalBool(name) ?? policy[keyPath: path]
    case .word(let path):
      guard let word = try table.optionalString(name) else { return }
      guard PolicyText.isPlainName(word) else {
        throw table.complaint(name, "\"\(name)\" must be 1 to 64 printable characters")
      }
      policy[keyPath: path] = word
    case .sentence(let path):
      guard let sentence = try table.optionalString(name) else { return }
      guard sentence.isEmpty || PolicyText.isPlainName(sentence, limit: 400) else {
        throw table.complaint(name, "\"\(name)\" must be at most 400 printable characters")
      }
      policy[keyPath: path] = sentence
    case .choice(let words, let path):
      policy[keyPath: path] = try choice(of: words, table, name) ?? policy[keyPath: path]
    case .notices: policy.notices = try notices(table, name)
    case .grade:
      guard let word = try table.optionalString(name) else { return }
      guard let grade = SeatGrade.allCases.first(where: { $0.letter == word }) else {
        throw table.complaint(name, "\"\(name)\" must be A, B or C")
      }
      policy.seatGrade = grade
    case .programs(let path):
      policy[keyPath: path] = try programs(table, name) ?? policy[keyPath: path]
    }
  }

  private static func choice(
    of words: [String], _ table: TOMLReader, _ name: String
  ) throws(PolicyFileError) -> String? {
    guard let word = try table.optionalString(name) else { return nil }
    guard words.contains(word) else {
      let choice = words.dropLast().joined(separator: ", ") + " or \(words.last ?? "")"
      throw table.complaint(name, "\"\(name)\" must be \(choice)")
    }
    return word
  }

  private static func programs(
    _ table: TOMLReader, _ name: String
  ) throws(PolicyFileError) -> [String]? {
    guard let names = try table.optionalStrings(name) else { return nil }
    for (index, program) in names.enumerated() {
      guard TerminalRules.isProgram(program) else {
        throw table.complaint(
          name, element: index, "a program must be a name or a path that begins with /")
      }
      guard names.firstIndex(of: program) == index else {
        throw table.complaint(name, element: index, "program \"\(program)\" is listed twice")
      }
    }
    return names
  }

  private static func notices(
    _ table: TOMLReader, _ name: String
  ) throws(PolicyFileError) -> [NoticeDigest] {
    var notices: [NoticeDigest] = []
    for (index, text) in (try table.optionalStrings(name) ?? []).enumerated() {
      guard let notice = NoticeDigest(text: text) else {
        throw table.complaint(
          name, element: index, "a notice must be \"ID sha256:\" and 64 hexadecimal digits")
      }
      guard !notices.contains(where: { $0.id == notice.id }) else {
        throw table.complaint(name, element: index, "notice \"\(notice.id)\" is listed twice")
      }
      notices.append(notice)
    }
    return notices
  }

  /// The file's text for a policy, with comments.
  package static func text(_ policy: Policy) -> String {
    var text =
      "# What the lead decides for this vault. After each change: `milkglass policy sign`.\n"
    for field in PolicyField.allCases {
      text += field.comment.isEmpty ? "" : "\n# \(field.comment)\n"
      text += "\(field.rawValue) = \(field.text(in: policy))\n"
    }
    return text
  }
}
