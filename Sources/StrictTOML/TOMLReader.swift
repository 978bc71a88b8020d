// SPDX-License-Identifier: Apache-2.0

import TOMLKit

/// Reads one table of a TOML file, field by field, and refuses what nobody asked for.
///
/// Each field is read once with the type it must have; `finish` then complains of the fields that
/// were never read. `nil` from an optional read means that the field is not there.
package final class TOMLReader {
  private let source: TOMLSource
  private let path: TOMLPath
  private let table: TOMLTable
  private var known: Set<String> = []

  init(_ table: TOMLTable, path: TOMLPath, in source: TOMLSource) {
    self.table = table
    self.path = path
    self.source = source
  }

  /// Where the table begins.
  package var position: TextPosition { source.position(path) }

  /// Where a field stands; the table's place where it has none.
  package func position(_ field: String) -> TextPosition {
    source.position(path + [.key(field)])
  }

  /// Where an element of an array field stands.
  package func position(_ field: String, element: Int) -> TextPosition {
    source.position(path + [.key(field), .index(element)])
  }

  /// The field names, in alphabetical order; for tables whose keys are free.
  package var fields: [String] { table.keys.sorted() }

  /// A complaint about a field's place.
  package func complaint(_ field: String, _ message: String) -> PolicyFileError {
    PolicyFileError(file: source.file, at: position(field), message: message)
  }

  /// A complaint about the place of an element, from 0, of a list.
  package func complaint(_ field: String, element: Int, _ message: String) -> PolicyFileError {
    PolicyFileError(file: source.file, at: position(field, element: element), message: message)
  }

  /// A complaint about the table's place.
  package func complaint(_ message: String) -> PolicyFileError {
    PolicyFileError(file: source.file, at: position, message: message)
  }

  /// Reads a text that may be missing.
  package func optionalString(_ field: String) throws(PolicyFileError) -> String? {
    try read(field, "a text in quotes") { $0.string }
  }

  /// Reads a text that must be there.
  package func string(_ field: String) throws(PolicyFileError) -> String {
    try required(field, try optionalString(field))
  }

  /// Reads a whole number that may be missing.
  package func optionalInt(_ field: String) throws(PolicyFileError) -> Int? {
    try read(field, "a whole number") { $0.int }
  }

  /// Reads a whole number that must be there.
  package func int(_ field: String) throws(PolicyFileError) -> Int {
    try required(field, try optionalInt(field))
  }

  /// Reads a finite number that may be missing; a whole number will do.
  package func optionalDouble(_ field: String) throws(PolicyFileError) -> Double? {
    try read(field, "a number") { value in
      let number = value.double ?? value.int.map(Double.init)
      return number.flatMap { $0.isFinite ? $0 : nil }
    }
  }

  /// Reads a finite number that must be there; a whole number will do.
  package func double(_ field: String) throws(PolicyFileError) -> Double {
    try required(field, try optionalDouble(field))
  }

  /// Reads a truth value that may be missing.
  package func optionalBool(_ field: String) throws(PolicyFileError) -> Bool? {
    try read(field, "true or false") { $0.bool }
  }

  /// Reads a truth value that must be there.
  package func bool(_ field: String) throws(PolicyFileError) -> Bool {
    try required(field, try optionalBool(field))
  }

  /// Reads a table that may be missing.
  package func optionalTable(_ field: String) throws(PolicyFileError) -> TOMLReader? {
    let table = try read(field, "a table") { $0.table }
    return table.map { TOMLReader($0, path: path + [.key(field)], in: source) }
  }

  /// Reads a table that must be there.
  package func table(_ field: String) throws(PolicyFileError) -> TOMLReader {
    try required(field, try optionalTable(field))
  }

  /// Reads a list of texts that may be missing.
  package func optionalStrings(_ field: String) throws(PolicyFileError) -> [String]? {
    guard let array = try read(field, "a list of texts", { $0.array }) else { return nil }
    var strings: [String] = []
    for (index, element) in array.enumerated() {
      guard let string = element.string else {
        throw complaint(
          field, element: index, "element \(index + 1) of \"\(field)\" must be a text in quotes")
      }
      strings.append(string)
    }
    return strings
  }

  /// Reads a text or a list of texts that may be missing; a text alone is a list of one.
  package func optionalStringOrStrings(_ field: String) throws(PolicyFileError) -> [String]? {
    let isAny = try read(field, "a text in quotes or a list of them") { value in
      value.string != nil || value.array != nil ? true : nil
    }
    guard isAny == true else { return nil }
    if let string = table[field]?.string { return [string] }
    return try optionalStrings(field)
  }

  /// Reads an array of tables (`[[field]]`), in the file's order; empty where it is missing.
  package func tables(_ field: String) throws(PolicyFileError) -> [TOMLReader] {
    guard let array = try read(field, "a list of [[\(field)]] tables", { $0.array }) else {
      return []
    }
    var readers: [TOMLReader] = []
    for (index, element) in array.enumerated() {
      let path = path + [.key(field), .index(index)]
      guard let table = element.table else {
        throw PolicyFileError(
          file: source.file, at: source.position(path),
          message: "element \(index + 1) of \"\(field)\" must be a table")
      }
      readers.append(TOMLReader(table, path: path, in: source))
    }
    return readers
  }

  /// Refuses the fields that were never read; the first one in the file is named.
  package func finish() throws(PolicyFileError) {
    let unknown = table.keys.filter { !known.contains($0) }
    let first = unknown.min { (position($0), $0) < (position($1), $1) }
    guard let first else { return }
    let expected = known.sorted().joined(separator: ", ")
    throw complaint(first, "unknown field \"\(first)\" (known here: \(expected))")
  }

  private func read<Value>(
    _ field: String, _ kind: String, _ convert: (any TOMLValueConvertible) -> Value?
  ) throws(PolicyFileError) -> Value? {
    known.insert(field)
    guard let value = table[field] else { return nil }
    guard let converted = convert(value) else {
      throw complaint(field, "\"\(field)\" must be \(kind)")
    }
    return converted
  }

  private func required<Value>(_ field: String, _ value: Value?) throws(PolicyFileError) -> Value {
    guard let value else { throw complaint("\"\(field)\" is missing") }
    return value
  }
}
