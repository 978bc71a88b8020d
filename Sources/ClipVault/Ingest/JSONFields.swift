// SPDX-License-Identifier: Apache-2.0

package import StrictTOML

/// What is wrong with a record's text, and with which field.
package struct RecordComplaint: Error, Hashable, Sendable, CustomStringConvertible {
  /// The field's name with dots (`notice.sha256`); empty where the text is no record at all.
  package let field: String
  /// The place and the words.
  package let place: PolicyFileError

  package var description: String { place.description }
}

/// The fields of one JSON object, read strictly: every complaint names the field and its place.
struct JSONFields {
  /// The text the object stands in.
  private struct Source {
    let file: String
    let bytes: ArraySlice<UInt8>
  }

  private let source: Source
  /// The object's own name with a dot at the end; empty for the outermost.
  private let prefix: String
  private let members: [JSONMember]
  private let offset: Int

  /// Reads a text that is one object with none but the `known` fields.
  init(_ bytes: [UInt8], file: String, known: Set<String>) throws(RecordComplaint) {
    let source = Source(file: file, bytes: bytes[...])
    let node: JSONNode
    do { node = try JSONScanner.parse(bytes[...]) } catch {
      throw Self.complaint("", at: error.offset, error.message, in: source)
    }
    try self.init(node, named: "", in: source, known: known)
  }

  private init(
    _ node: JSONNode, named name: String, in source: Source, known: Set<String>
  ) throws(RecordComplaint) {
    guard case .object(let members) = node.value else {
      let what = name.isEmpty ? "the record" : "\"\(name)\""
      throw Self.complaint(name, at: node.offset, "\(what) must be an object in { }", in: source)
    }
    prefix = name.isEmpty ? "" : name + "."
    self.source = source
    self.members = members
    offset = node.offset
    if let first = members.first(where: { !known.contains($0.name) }) {
      let names = known.sorted().joined(separator: ", ")
      throw Self.complaint(
        prefix + first.name, at: first.offset,
        "unknown field \"\(prefix)\(first.name)\" (known here: \(names))", in: source)
    }
  }

  /// Whether the object has a field.
  func has(_ name: String) -> Bool { members.contains { $0.name == name } }

  /// A complaint about a field, or about where it is missing.
  func complaint(_ name: String, _ message: String) -> RecordComplaint {
    let member = members.first { $0.name == name }
    return Self.complaint(
      prefix + name, at: member?.node.offset ?? offset, "\"\(prefix)\(name)\" \(message)",
      in: source)
  }

  private func node(_ name: String) throws(RecordComplaint) -> JSONNode {
    guard let member = members.first(where: { $0.name == name }) else {
      throw complaint(name, "is missing")
    }
    return member.node
  }

  /// Lines and columns count from 1; columns count bytes that do not continue a character.
  private static func complaint(
    _ field: String, at offset: Int, _ message: String, in source: Source
  ) -> RecordComplaint {
    let before = source.bytes.prefix(offset)
    let newline = UInt8(ascii: "\n")
    let line = before.count { $0 == newline } + 1
    let column = before.reversed().prefix { $0 != newline }.count { $0 & 0xC0 != 0x80 } + 1
    let position = TextPosition(line: line, column: column)
    return RecordComplaint(
      field: field, place: PolicyFileError(file: source.file, at: position, message: message))
  }
}

extension JSONFields {
  /// A text of 1 to `limit` printable characters.
  func text(_ name: String, limit: Int = 255) throws(RecordComplaint) -> String {
    guard case .string(let text) = try node(name).value else {
      throw complaint(name, "must be a text in quotes")
    }
    guard PolicyText.isPlainName(text, limit: limit) else {
      throw complaint(name, "must be 1 to \(limit) printable characters")
    }
    return text
  }

  func bool(_ name: String) throws(RecordComplaint) -> Bool {
    guard case .bool(let value) = try node(name).value else {
      throw complaint(name, "must be true or false")
    }
    return value
  }

  /// A whole number of a range.
  func int(_ name: String, in range: ClosedRange<Int>) throws(RecordComplaint) -> Int {
    guard case .number(let value) = try node(name).value else {
      throw complaint(name, "must be a number")
    }
    guard let value = Int(exactly: value), range.contains(value) else {
      throw complaint(
        name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// A date and time with zone, as milliseconds since 1970.
  func time(_ name: String) throws(RecordComplaint) -> Int64 {
    guard case .string(let text) = try node(name).value else {
      throw complaint(name, "must be a text in quotes")
    }
    guard let time = Timestamp.milliseconds(text) else {
      throw complaint(
        name, "must be a date and time with zone, as in 2026-01-14T22:15:30+01:00")
    }
    return time
  }

  /// A list of one or more texts, none twice.
  func texts(_ name: String, limit: Int = 255) throws(RecordComplaint) -> [String] {
    guard case .array(let nodes) = try node(name).value else {
      throw complaint(name, "must be a list in [ ]")
    }
    guard !nodes.isEmpty else { throw complaint(name, "must not be empty") }
    var texts: [String] = []
    var seen: Set<String> = []
    for node in nodes {
      guard case .string(let text) = node.value else {
        throw complaint(name, "must hold texts in quotes")
      }
      guard PolicyText.isPlainName(text, limit: limit) else {
        throw complaint(name, "must hold texts of 1 to \(limit) printable characters")
      }
      guard seen.insert(text).inserted else {
        throw complaint(name, "holds \"\(text)\" a second time")
      }
      texts.append(text)
    }
    return texts
  }

  /// An object with none but the `known` fields.
  func object(_ name: String, known: Set<String>) throws(RecordComplaint) -> JSONFields {
    try JSONFields(try node(name), named: prefix + name, in: source, known: known)
  }

  /// A list of one or more such objects.
  func objects(_ name: String, known: Set<String>) throws(RecordComplaint) -> [JSONFields] {
    guard case .array(let nodes) = try node(name).value else {
      throw complaint(name, "must be a list in [ ]")
    }
    guard !nodes.isEmpty else { throw complaint(name, "must not be empty") }
    var objects: [JSONFields] = []
    for node in nodes {
      objects.append(try JSONFields(node, named: prefix + name, in: source, known: known))
    }
    return objects
  }
}
