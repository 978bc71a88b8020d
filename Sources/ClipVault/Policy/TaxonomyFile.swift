// SPDX-License-Identifier: Apache-2.0

package import StrictTOML
package import Vocabulary

/// Reads `taxonomy.toml`, strictly: what it lets through has no two meanings for one key.
package struct TaxonomyFile {
  private let reservedKeys: [Character: String]
  /// Who has each key, and on which line.
  private var owners: [Character: (name: String, line: Int)] = [:]
  /// The line of each term id.
  private var termLines: [String: Int] = [:]

  /// The most terms of one taxonomy.
  package static let termLimit = 64

  private init(reservedKeys: [Character: String]) { self.reservedKeys = reservedKeys }

  /// Reads a taxonomy; keys that actions have are refused to labels.
  package static func parse(
    _ text: String, fileName: String = "taxonomy.toml",
    reservedKeys: [Character: String] = ReservedKeys.actions
  ) throws(PolicyFileError) -> Taxonomy {
    var file = TaxonomyFile(reservedKeys: reservedKeys)
    return try file.read(try TOMLDocument(text, fileName: fileName).table)
  }

  private mutating func read(_ root: TOMLReader) throws(PolicyFileError) -> Taxonomy {
    let version = try root.string("version")
    guard PolicyText.isPlainName(version, limit: 32) else {
      throw root.complaint("version", "\"version\" must be 1 to 32 printable characters")
    }
    var terms: [Term] = []
    for table in try root.tables("term") { terms.append(try term(table)) }
    try checkAxes(terms, root)
    let cannotJudge = try root.table("cannot_judge")
    let cannotJudgeKey = try key(cannotJudge, of: "cannot judge")
    let cannotJudgeReasons = try reasons(cannotJudge, "cannot_judge")
    try cannotJudge.finish()
    let skip = try root.table("skip")
    let skipReasons = try reasons(skip, "skip")
    try skip.finish()
    try root.finish()
    return Taxonomy(
      version: version, terms: terms, cannotJudgeKey: cannotJudgeKey,
      cannotJudgeReasons: cannotJudgeReasons, skipReasons: skipReasons,
      keyLines: owners.mapValues(\.line))
  }

  private mutating func term(_ table: TOMLReader) throws(PolicyFileError) -> Term {
    let id = try table.string("id")
    guard PolicyText.isIdentifier(id) else {
      throw table.complaint("id", "\"id\" must be lower-case letters, digits and underscores")
    }
    if let line = termLines[id] {
      throw table.complaint("id", "term \"\(id)\" is on line \(line) too")
    }
    termLines[id] = table.position("id").line
    let axisName = try table.string("axis")
    guard let axis = Axis(rawValue: axisName) else {
      let names = Axis.allCases.map(\.rawValue).joined(separator: ", ")
      throw table.complaint("axis", "unknown axis \"\(axisName)\" (known: \(names))")
    }
    let isExclusive = try table.optionalBool("exclusive") ?? false
    if isExclusive, axis == .level {
      throw table.complaint("exclusive", "the terms of the level axis exclude each other anyway")
    }
    let term = Term(
      id: TermID(id), axis: axis, key: try key(table, of: "term \"\(id)\""),
      name: try name(table), standard: try table.optionalString("standard") ?? "",
      isExclusive: isExclusive)
    try table.finish()
    return term
  }

  private func name(_ table: TOMLReader) throws(PolicyFileError) -> String {
    let name = try table.string("name")
    guard PolicyText.isPlainName(name, limit: 32) else {
      throw table.complaint("name", "\"name\" must be 1 to 32 printable characters")
    }
    return name
  }

  private mutating func key(
    _ table: TOMLReader, of owner: String
  ) throws(PolicyFileError) -> Character {
    let text = try table.string("key")
    let line = table.position("key").line
    guard let key = text.first, text.count == 1, let ascii = key.asciiValue,
      (0x21...0x7E).contains(ascii), !key.isUppercase
    else {
      throw table.complaint(
        "key", "\"key\" must be one lower-case letter, digit or sign that a keyboard has")
    }
    if let other = owners[key] {
      throw table.complaint(
        "key",
        "key \"\(key)\" of \(owner) (line \(line)) is taken by \(other.name) (line \(other.line))")
    }
    if let action = reservedKeys[key] {
      throw table.complaint(
        "key", "key \"\(key)\" of \(owner) (line \(line)) belongs to the action \"\(action)\"")
    }
    if let capital = key.uppercased().first, let action = reservedKeys[capital] {
      throw table.complaint(
        "key",
        "key \"\(key)\" of \(owner) (line \(line)) is in capitals the action \"\(action)\"")
    }
    owners[key] = (owner, line)
    return key
  }

  private func reasons(
    _ table: TOMLReader, _ field: String
  ) throws(PolicyFileError) -> [Reason] {
    var lines: [String: Int] = [:]
    var reasons: [Reason] = []
    for reason in try table.tables("reason") {
      let id = try reason.string("id")
      guard PolicyText.isIdentifier(id) else {
        throw reason.complaint("id", "\"id\" must be lower-case letters, digits and underscores")
      }
      let digit = try reason.string("key")
      guard let key = digit.first, digit.utf8.count == 1, key.isASCII, key.isNumber else {
        throw reason.complaint("key", "\"key\" of a reason must be one digit")
      }
      for (field, value) in [("id", id), ("key", digit)] {
        if let line = lines["\(field) \(value)"] {
          throw reason.complaint(
            field, "\(field) \"\(value)\" of this reason is taken by the one on line \(line)")
        }
        lines["\(field) \(value)"] = reason.position(field).line
      }
      reasons.append(Reason(id: id, key: key, name: try name(reason)))
      try reason.finish()
    }
    guard !reasons.isEmpty else { throw table.complaint("\"\(field)\" has no [[\(field).reason]]") }
    return reasons
  }

  /// The level axis needs three terms: level 0, level 1 and what is above decide on the alert.
  private func checkAxes(_ terms: [Term], _ root: TOMLReader) throws(PolicyFileError) {
    guard terms.count <= Self.termLimit else {
      throw root.complaint("term", "there are more than \(Self.termLimit) terms")
    }
    for (axis, least) in [(Axis.moved, 1), (.level, 3)] {
      guard terms.count(where: { $0.axis == axis }) >= least else {
        throw root.complaint("term", "axis \"\(axis.rawValue)\" needs at least \(least) terms")
      }
    }
  }
}
